// Coding of open answers, with the keyboard alone and without JavaScript.
import assert from "node:assert/strict";
import { test } from "node:test";

import { heading, open, path, press, visitor } from "../visitor.mjs";
import { logIn } from "./panel.mjs";

const LIST = "/panel/mazowsze/2024/kodowanie";
const BENCH = `${LIST}/jst/potrzeby_opis`;

test("an analyst codes answers with the keyboard: j, the key of a code, Enter", async () => {
  await visitor(async (page) => {
    await logIn(page);
    assert.equal(await open(page, LIST), 200);
    await page.locator("tbody a").filter({ hasText: "Opis potrzeb" }).first().click();
    await page.waitForURL(`**${BENCH}`);
    const before = await page.locator("article").count();
    assert.ok(before > 1, "the demo leaves some answers open");
    const ids = await page.locator("article").evaluateAll((all) => all.map((one) => one.id));
    await page.keyboard.press("j");
    assert.equal(await page.evaluate(() => document.activeElement.id), ids[0]);
    await page.keyboard.press("1");
    assert.ok(await page.locator(`#${ids[0]} [data-key="1"]`).isChecked());
    await Promise.all([page.waitForURL(/zapisano=1/), page.keyboard.press("Enter")]);
    await page.waitForLoadState("load");
    assert.equal(await page.locator("article").count(), before - 1);
    assert.equal(await page.evaluate(() => document.activeElement.id), ids[1], "the next answer is at hand");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    assert.equal(await page.evaluate(() => document.activeElement.id), ids[1]);
  });
});

test("the same works without JavaScript, is kept in the history and can be taken back", async () => {
  await visitor(async (page) => {
    await logIn(page);
    await open(page, `${LIST}/up/problemy_opis`);
    const card = page.locator("article").first();
    const id = await card.getAttribute("id");
    await card.getByRole("checkbox").first().check();
    assert.equal(await press(page, /^Zapisz kody/, { within: card }), 200);
    assert.match(await page.locator("[role=status]").innerText(), /Zapisano/);
    await open(page, `${LIST}/up/problemy_opis?stan=zakodowane`);
    const coded = page.locator(`#${id}`);
    await coded.locator("summary", { hasText: "Historia" }).click();
    assert.match(await coded.innerText(), /z: bez kodów; na: PU01/);
    assert.equal(await press(page, /^Cofnij ostatnią decyzję/, { within: coded }), 200);
    await open(page, `${LIST}/up/problemy_opis?stan=do-zakodowania`);
    assert.equal(await page.locator(`#${id}`).count(), 1);
  }, { scripted: false });
});

test("counts stand beside the list on the same topic and lead to the units", async () => {
  await visitor(async (page) => {
    await logIn(page);
    await open(page, `${BENCH}/wyniki`);
    assert.match(await page.locator("main").innerText(), /nie dodaje się/);
    await page.locator("tbody a").first().click();
    await page.waitForURL(`**${BENCH}/kod/*`);
    assert.equal(path(page).startsWith(`${BENCH}/kod/nj`), true);
    assert.match(await heading(page), /^NJ\d\d\. /);
    assert.ok(await page.locator("tbody tr").count() > 0);
  });
});
