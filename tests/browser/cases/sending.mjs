// Saving, checking, sending and correcting.
import assert from "node:assert/strict";
import { test } from "node:test";

import { choose, enter, gates, NEXT, section, type, upToGates } from "../answers.mjs";
import { office } from "../suite.mjs";
import { open, path, press, visitor } from "../visitor.mjs";

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  test(`saving a half-filled section leads to the list and keeps what was typed ${how}`, async () => {
    await visitor(async (page) => {
      await enter(page, office("jst", "open"));
      await type(page, "kontakt_osoba", "Zofia Łącka");
      await press(page, "Zapisz i wróć do spisu");
      assert.equal(path(page), "/ankieta");
      assert.match(await page.locator("[role=status]").innerText(), /Zapisano odpowiedzi/);
      const contact = page.locator(".tasks li").first();
      assert.match(await contact.innerText(), /Osoba do kontaktu\s+W trakcie/);
      await press(page, "Osoba do kontaktu", { role: "link" });
      assert.equal(await page.locator("[name=kontakt_osoba]").inputValue(), "Zofia Łącka");
    }, { scripted });
  });

  test(`an answer is changed from the check page, sent and corrected by the same link ${how}`, async () => {
    await visitor(async (page) => {
      const asked = office("jst", "open");
      await upToGates(page, asked, "nie");
      assert.equal(path(page), "/ankieta/sprawdz");
      const gate = page.locator("[id='o-resis_czy']");
      await press(page, /^Zmień odpowiedź: Czy w 2024 r\. w jednostce działał Rzecznik/, { role: "link" });
      assert.match(page.url(), /\/ankieta\/czesc\/bramki\?z=sprawdz#f-resis_czy$/);
      await choose(page, "resis_czy", "tak");
      await press(page, "Zapisz i wróć do sprawdzania");
      assert.match(await gate.innerText(), /Tak/);
      await press(page, "Wyślij ankietę");
      const first = await page.locator("[data-number]").innerText();

      await open(page, asked.link);
      await press(page, "Zobacz wysłaną ankietę");
      assert.equal(await page.locator("[data-number]").innerText(), first);
      await press(page, "Popraw odpowiedzi");
      await section(page, "bramki");
      await choose(page, "resis_czy", "nie");
      await press(page, NEXT);
      assert.equal(path(page), "/ankieta/sprawdz");
      assert.match(await page.locator("main").innerText(), new RegExp(`poprawka ankiety wysłanej pod numerem ${first}`));
      await press(page, "Wyślij ankietę");
      const second = await page.locator("[data-number]").innerText();
      assert.notEqual(second, first);

      await press(page, "Kopia odpowiedzi do wydruku lub zapisania", { role: "link" });
      const copy = await page.locator("main").innerText();
      assert.match(copy, new RegExp(second));
      assert.match(copy, /Anna Przykładowa/);
      assert.doesNotMatch(copy, /Błąd|Nie podano.*\n.*Proszę/);
    }, { scripted });
  });
}

test("the list leads to sending once only what nobody has to answer is left", async () => {
  await visitor(async (page) => {
    await upToGates(page, office("jst", "open"), "nie", { media_czy: "tak" });
    await choose(page, "media_sposob", "liczby");
    await press(page, NEXT);
    await open(page, "/ankieta");
    assert.match(await page.locator("main").innerText(), /Ukończone części: 2 z 3/);
    assert.equal(await page.getByRole("link", { name: "Sprawdź i wyślij" }).count(), 0);
    await section(page, "media");
    await type(page, "media_materialy_razem", "17");
    await press(page, "Zapisz i wróć do spisu");
    assert.match(await page.locator(".tasks").innerText(), /Uwagi do ankiety\s+Nieobowiązkowa/);
    await press(page, "Sprawdź i wyślij", { role: "link" });
    await press(page, "Wyślij ankietę");
    assert.equal(path(page), "/ankieta/potwierdzenie");
  });
});

test("nothing is sent while something is missing, and the check page says what", async () => {
  await visitor(async (page) => {
    await enter(page, office("jst", "open"));
    await section(page, "bramki");
    await gates(page, "nie");
    await press(page, NEXT);
    assert.equal(path(page), "/ankieta/sprawdz");
    assert.equal(await page.getByRole("button", { name: "Wyślij ankietę" }).count(), 0);
    const links = page.locator(".bad a");
    assert.equal(await links.count(), 3);
    await links.first().click();
    assert.equal(await page.evaluate(() => document.activeElement.id), "o-kontakt_komorka");
  });
});

test("a page drawn before sending saves nothing into what was sent and shows what was typed", async () => {
  await visitor(async (page, context) => {
    await upToGates(page, office("jst", "open"), "nie");
    const old = await context.newPage();
    await section(old, "kontakt");
    await press(page, "Wyślij ankietę");
    await type(old, "kontakt_komorka", "Zupełnie inny wydział");
    assert.equal(await press(old, NEXT), 409);
    assert.match(await old.locator("main").innerText(), /Zupełnie inny wydział/);
    await open(page, "/ankieta/kopia");
    assert.doesNotMatch(await page.locator("main").innerText(), /Zupełnie inny wydział/);
  });
});
