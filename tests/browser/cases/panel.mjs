// The panel: its door, the editions, the numbers.
import assert from "node:assert/strict";
import { test } from "node:test";

import { demo } from "../suite.mjs";
import { heading, open, path, press, visitor } from "../visitor.mjs";

export async function logIn(page) {
  await open(page, "/panel/logowanie");
  await page.getByLabel("Login").fill(demo.panel.login);
  await page.getByLabel("Hasło").fill(demo.panel.password);
  return press(page, "Zaloguj");
}

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  test(`an analyst logs in, reads the numbers of an edition and logs out ${how}`, async () => {
    await visitor(async (page) => {
      assert.equal(await logIn(page), 200);
      assert.equal(path(page), "/panel");
      await page.locator("tbody a").first().click();
      await page.waitForURL("**/panel/mazowsze/2024/liczby");
      const expected = demo.measures.measures.find((one) => one.form === "jst" && one.fn === "distinct");
      const row = page.getByRole("row", { name: expected.label }).first();
      assert.match(await row.innerText(), new RegExp(`\\b${expected.value}\\b`));
      await press(page, /^Wyloguj/);
      assert.equal(await open(page, "/panel"), 401);
      assert.equal(await heading(page), "Logowanie do panelu");
    }, { scripted });
  });
}

test("a wrong password says nothing about what was wrong and keeps the login", async () => {
  await visitor(async (page) => {
    await open(page, "/panel/logowanie");
    await page.getByLabel("Login").fill("ktos");
    await page.getByLabel("Hasło").fill("nie to");
    assert.equal(await press(page, "Zaloguj"), 401);
    assert.equal(await heading(page), "Logowanie do panelu");
    assert.match(await page.locator(".bad").innerText(), /Login, hasło lub kod jest nieprawidłowy/);
    assert.equal(await page.getByLabel("Login").inputValue(), "ktos");
    assert.equal(await page.getByLabel("Hasło").inputValue(), "");
  });
});
