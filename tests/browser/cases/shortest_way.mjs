// An office with nothing to report: four pages, with and without JavaScript, with a mouse and with the keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";

import { contact, gates, NEXT } from "../answers.mjs";
import { office } from "../suite.mjs";
import { heading, open, path, press, visitor } from "../visitor.mjs";

const NUMBER = /^2024-JST-\d{5}-[0-9A-Z]$/;

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  test(`an office with nothing to report sends after four pages ${how}`, async () => {
    await visitor(async (page) => {
      const { link, unit } = office("jst", "open");
      const pages = [];
      const seen = async () => pages.push(path(page).replace(/^\/a\/.*/, "/a/…"));
      await open(page, link);
      assert.match(await page.locator("main").innerText(), new RegExp(unit));
      await seen();
      await press(page, "Rozpocznij");
      await seen();
      await contact(page);
      await press(page, NEXT);
      await seen();
      await gates(page, "nie");
      await press(page, NEXT);
      await seen();
      await press(page, "Wyślij ankietę");
      assert.deepEqual(pages, ["/a/…", "/ankieta/czesc/kontakt", "/ankieta/czesc/bramki", "/ankieta/sprawdz"]);
      assert.equal(path(page), "/ankieta/potwierdzenie");
      assert.equal(await heading(page), "Ankieta przyjęta");
      assert.match(await page.locator("[data-number]").innerText(), NUMBER);
      assert.match(await page.locator("main").innerText(), /Potwierdzenie wysyłamy na adres a…@urzad\.example/);
    }, { scripted });
  });
}

test("the shortest way needs only the keyboard", async () => {
  await visitor(async (page) => {
    await open(page, office("jst", "open").link);
    await follow(page, "main .btn", "Enter");
    for (const [name, text] of [["komorka", "Sekretariat"], ["osoba", "Jan Przykładowy"], ["email", "jan@urzad.example"]]) {
      await tabTo(page, `[name=kontakt_${name}]`);
      await page.keyboard.type(text);
    }
    await follow(page, ".acts [name=_next]", "Enter");
    const names = await page.locator("input[type=radio][value=nie]").evaluateAll((all) => all.map((one) => one.name));
    assert.equal(names.length, 15);
    for (const name of names) {
      await tabTo(page, `[name=${name}]`);
      await page.keyboard.press("ArrowDown");
      assert.ok(await page.locator(`[name=${name}][value=nie]`).isChecked(), `${name} is answered with an arrow`);
    }
    await tabTo(page, "[name=oswiadczenie]");
    await page.keyboard.press("Space");
    await follow(page, ".acts [name=_next]", "Enter");
    assert.equal(path(page), "/ankieta/sprawdz");
    await follow(page, ".acts .btn", "Space");
    assert.match(await page.locator("[data-number]").innerText(), NUMBER);
  });
});

test("the first stop of the keyboard leads over the header to the content", async () => {
  await visitor(async (page) => {
    await open(page, "/");
    await page.keyboard.press("Tab");
    assert.equal(await page.locator(":focus").innerText(), "Przejdź do treści");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(":focus").getAttribute("id"), "tresc");
  });
});

/** Presses Tab until the focus is on what the selector finds. */
async function tabTo(page, selector) {
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`the keyboard does not reach ${selector}`);
}

/** Goes to a button with Tab, presses the key and waits for the next page. */
async function follow(page, selector, key) {
  await tabTo(page, selector);
  const moved = page.waitForEvent("framenavigated");
  await page.keyboard.press(key);
  await moved;
  await page.waitForLoadState("load");
}
