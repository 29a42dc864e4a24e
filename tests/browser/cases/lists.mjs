// Sections with lists: entries, the short way with numbers only, what cannot be read, warnings.
import assert from "node:assert/strict";
import { test } from "node:test";

import { choose, enter, field, NEXT, section, type, upToGates } from "../answers.mjs";
import { office } from "../suite.mjs";
import { path, press, visitor } from "../visitor.mjs";

const SAVE = "Zapisz i wróć do spisu";
const LIST = "Media, w których ukazały się materiały";
const ADD = `Dodaj kolejny wpis (${LIST})`;

async function medium(page, entry, name, articles) {
  await type(page, "medium_nazwa", name, entry);
  await choose(page, "medium_rodzaj", "radio", entry);
  await type(page, "medium_materialy", articles, entry);
}

const media = (page) => page.locator("[name$='.medium_nazwa']").evaluateAll((all) => all.map((one) => one.value));

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  test(`entries of a list are added, removed and brought back ${how}`, async () => {
    await visitor(async (page) => {
      await upToGates(page, office("jst", "open"), "nie", { media_czy: "tak" });
      assert.equal(path(page), "/ankieta/czesc/media");
      await choose(page, "media_sposob", "lista");
      assert.equal(await press(page, NEXT), 422, "the list has appeared");
      assert.match(await page.locator("[role=status]").first().innerText(), /pojawiły się kolejne pytania/);
      await medium(page, 0, "Gazeta Łąkowa", "3");
      for (const [entry, name] of [[1, "Radio Żuraw"], [2, "Tygodnik Śliwkowy"]]) {
        await page.getByRole("button", { name: ADD }).click();
        await page.locator(".entry").nth(entry).waitFor();
        await medium(page, entry, name, "1 090");
      }
      await press(page, `Usuń wpis 2 (${LIST})`);
      assert.deepEqual(await media(page), ["Gazeta Łąkowa", "Tygodnik Śliwkowy"]);
      await press(page, "Przywróć usunięty wpis");
      assert.deepEqual((await media(page)).toSorted(), ["Gazeta Łąkowa", "Radio Żuraw", "Tygodnik Śliwkowy"]);
      assert.match(await page.locator("[data-shown=media_podsumowanie]").innerText(), / 2183\./);
      assert.equal(await press(page, NEXT), 200);
      assert.equal(path(page), "/ankieta/czesc/zakonczenie");
    }, { scripted });
  });

  test(`the short way asks for numbers only ${how}`, async () => {
    await visitor(async (page) => {
      await upToGates(page, office("jst", "open"), "nie", { media_czy: "tak" });
      await choose(page, "media_sposob", "liczby");
      await press(page, SAVE);
      await section(page, "media");
      assert.equal(await page.locator("[name$='.medium_nazwa']").count(), 0, "no list");
      await type(page, "media_materialy_razem", "17");
      assert.equal(await press(page, NEXT), 200);
      assert.equal(path(page), "/ankieta/czesc/zakonczenie");
    }, { scripted });
  });
}

test("a number that cannot be read is kept, explained and linked from the summary that has the focus", async () => {
  await visitor(async (page) => {
    await upToGates(page, office("jst", "open"), "nie", { media_czy: "tak" });
    await choose(page, "media_sposob", "lista");
    await press(page, NEXT);
    await medium(page, 0, "Gazeta Łąkowa", "1.090");
    assert.equal(await press(page, NEXT), 422);
    assert.match(await page.title(), /^Błąd: /);
    const summary = page.locator(".bad[role=alert]");
    assert.ok(await summary.evaluate((box) => box === document.activeElement), "the summary has the focus");
    const input = field(page, "medium_materialy");
    assert.equal(await input.inputValue(), "1.090");
    assert.equal(await input.getAttribute("aria-invalid"), "true");
    const link = summary.getByRole("link");
    assert.match(await link.innerText(), /wpis 1\. Nie wiemy, czy „1\.090” to 1090, czy 1,09/);
    await link.click();
    assert.ok(await input.evaluate((box) => box === document.activeElement), "the link leads to the field");
    await type(page, "medium_materialy", "1 090");
    assert.equal(await press(page, NEXT), 200);
  });
});

test("every link of a summary leads to its field", async () => {
  await visitor(async (page) => {
    await enter(page, office("jst", "open"));
    assert.equal(await press(page, NEXT), 422);
    const links = await page.locator(".bad a").all();
    assert.equal(links.length, 3);
    for (const link of links) {
      await link.click();
      const focused = await page.evaluate(() => `#${document.activeElement.id}`);
      assert.equal(await link.getAttribute("href"), focused);
    }
  });
});

test("what looks odd is asked about once, does not stop anybody and can be confirmed with a word", async () => {
  await visitor(async (page) => {
    await upToGates(page, office("jst", "open"), "nie", { media_czy: "tak" });
    await choose(page, "media_sposob", "liczby");
    await press(page, NEXT);
    await type(page, "media_materialy_razem", "1500");
    assert.equal(await press(page, NEXT), 200, "a warning does not stop");
    assert.equal(await press(page, NEXT), 200);
    assert.equal(path(page), "/ankieta/sprawdz");
    const line = page.locator("[id='o-media_materialy_razem']");
    assert.match(await line.innerText(), /Proszę sprawdzić: Ponad 1000 materiałów to dużo/);
    await press(page, "Zmień odpowiedź: Liczba wszystkich materiałów w 2024 r.", { role: "link" });
    await page.locator("[name='_ok.media_materialy_razem'][type=checkbox]").check();
    await page.locator("[name='_why.media_materialy_razem']").fill("Policzono także ogłoszenia");
    await press(page, "Zapisz i wróć do sprawdzania");
    assert.equal(path(page), "/ankieta/sprawdz");
    assert.match(await line.innerText(), /Sprawdzone, zgadza się: Ponad 1000/);
    await press(page, "Wyślij ankietę");
    assert.equal(path(page), "/ankieta/potwierdzenie");
  });
});
