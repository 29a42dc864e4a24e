// The workbench of distinct things: merging with the keyboard and taking it back, with and without JavaScript.
import assert from "node:assert/strict";
import { test } from "node:test";

import { demo } from "../suite.mjs";
import { open, path, press, visitor } from "../visitor.mjs";
import { logIn } from "./panel.mjs";

const list = `/panel/${demo.edition}/laczenie/jst/wydarzenie`;

/** The number after decisions, as the page has it. */
const things = async (page) => {
  const row = page.locator("dl.facts > div").filter({ hasText: "Różne po decyzjach" });
  return Number((await row.locator("dd").innerText()).replace(/\s/g, ""));
};

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  test(`two events are merged with the keyboard and taken apart again ${how}`, async () => {
    await visitor(async (page) => {
      await logIn(page);
      assert.equal(await open(page, list), 200);
      const before = await things(page);
      const boxes = page.getByRole("row").getByRole("checkbox");
      for (const place of [0, 1]) {
        await boxes.nth(place).focus();
        await page.keyboard.press("Space");
      }
      await page.locator("#powod").fill("to samo spotkanie");
      await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
      assert.equal(path(page), list);
      assert.equal(await things(page), before - 1);
      await page.locator("#historia ~ .box summary").first().press("Enter");
      await press(page, /^Cofnij decyzję\s*: Połączono/);
      assert.equal(await things(page), before);
    }, { scripted });
  });
}
