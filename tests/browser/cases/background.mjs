// What JavaScript adds: saving while one types, and questions that appear without a reload.
import assert from "node:assert/strict";
import { test } from "node:test";

import { choose, enter, field, NEXT, section, type, upToGates } from "../answers.mjs";
import { office } from "../suite.mjs";
import { press, visitor } from "../visitor.mjs";

const saved = (page) => page.getByText(/^Zapisano o godz\. \d\d:\d\d\.$/).waitFor();

test("what was typed is saved in the background and is there after a reload", async () => {
  await visitor(async (page) => {
    await enter(page, office("jst", "open"));
    await type(page, "kontakt_osoba", "Maria Ćwiczebna");
    await saved(page);
    await page.reload();
    assert.equal(await field(page, "kontakt_osoba").inputValue(), "Maria Ćwiczebna");
    await type(page, "kontakt_osoba", "Maria Poprawiona");
    assert.equal(await press(page, "Zapisz i wróć do spisu"), 200, "one's own page never conflicts with itself");
    await section(page, "kontakt");
    assert.equal(await field(page, "kontakt_osoba").inputValue(), "Maria Poprawiona");
  });
});

test("questions, lists and totals follow the answers without a reload", async () => {
  await visitor(async (page) => {
    await upToGates(page, office("jst", "open"), "nie", { media_czy: "tak" });
    await page.evaluate(() => { window.sameDocument = true; });
    await choose(page, "media_sposob", "liczby");
    await field(page, "media_materialy_razem").waitFor();
    await choose(page, "media_sposob", "lista");
    await field(page, "medium_nazwa").waitFor();
    assert.equal(await page.locator("[name=media_materialy_razem]").count(), 0, "the short way is gone");
    await type(page, "medium_nazwa", "Gazeta Łąkowa");
    await type(page, "medium_materialy", "17");
    await page.getByText("Razem materiałów na liście: 17.").waitFor();
    assert.ok(await page.evaluate(() => window.sameDocument), "the page was not loaded again");
    await page.reload();
    assert.equal(await field(page, "medium_nazwa").inputValue(), "Gazeta Łąkowa");
    assert.equal(await page.locator(".entry").count(), 1, "the new entry was stored once");
  });
});

test("an entry is added without a reload, and only one blank entry at a time", async () => {
  await visitor(async (page) => {
    await upToGates(page, office("jst", "open"), "nie", { media_czy: "tak" });
    await choose(page, "media_sposob", "lista");
    await press(page, NEXT);
    await page.evaluate(() => { window.sameDocument = true; });
    const add = page.getByRole("button", { name: /^Dodaj kolejny wpis/ });
    await type(page, "medium_nazwa", "Gazeta Łąkowa");
    for (const _ of [1, 2]) {
      await add.click();
      const second = field(page, "medium_nazwa", 1);
      await second.waitFor();
      await page.waitForFunction(() => document.activeElement.name?.endsWith(".medium_nazwa"));
      assert.ok(await second.evaluate((input) => input === document.activeElement), "typing goes on in the new entry");
      await add.focus();
    }
    assert.deepEqual(await page.locator(".entry > legend").evaluateAll((all) => all.map((one) => one.firstChild.data)),
      ["Wpis 1", "Nowy wpis 2"]);
    assert.equal(await page.getByRole("button", { name: /^Usuń wpis 1/ }).count(), 1);
    assert.ok(await page.evaluate(() => window.sameDocument), "the page was not loaded again");
  });
});

test("a lost connection is said and the next change is saved", async () => {
  await visitor(async (page, context) => {
    await enter(page, office("jst", "open"));
    await context.route("**/ankieta/czesc/**", (route) => route.abort("internetdisconnected"));
    await type(page, "kontakt_osoba", "Maria");
    await page.getByText("Brak połączenia. Odpowiedzi z tej strony nie są jeszcze zapisane.").waitFor();
    await context.unroute("**/ankieta/czesc/**");
    await type(page, "kontakt_osoba", "Maria Ćwiczebna");
    await saved(page);
    await page.reload();
    assert.equal(await field(page, "kontakt_osoba").inputValue(), "Maria Ćwiczebna");
  }, { expected: /net::ERR_INTERNET_DISCONNECTED/ });
});
