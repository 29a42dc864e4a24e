// axe-core on every page and state, wide and on the narrowest screen. No rule is switched off; `target-size` (WCAG 2.2,
// level AA), which axe-core leaves out unless asked, is switched on. What it still leaves out is deprecated or level AAA.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test as single } from "node:test";

import { choose, contact, enter, field, gates, NEXT, section, type, upToGates, wrong } from "../answers.mjs";
import { demo, office } from "../suite.mjs";
import { heading, NARROW, open, press, visitor, WIDE } from "../visitor.mjs";
import { links } from "./entrances.mjs";
import { logIn } from "./panel.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SAVE = "Zapisz i wróć do spisu";

// Looking at pages takes most of the run, so two cases at a time are run, gathered here and begun at the end.
const cases = [];
const test = (...one) => cases.push(one);

/** What axe-core finds on the page as it stands: rule, explanation, elements. */
async function violations(page) {
  if (!await page.evaluate(() => "axe" in window)) await page.evaluate(`${AXE}; undefined`);
  return page.evaluate(async () => {
    const options = { rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] };
    const { violations: found } = await window.axe.run(document, options);
    return found.map((one) => [one.id, one.help, ...one.nodes.map((node) => node.html)]);
  });
}

/** Fails when axe-core finds anything, or when the page has to be moved sideways to be read. */
export async function accessible(page, state) {
  for (const viewport of [WIDE, NARROW]) {
    await page.setViewportSize(viewport);
    assert.deepEqual(await violations(page), [], `${state}, ${viewport.width} px`);
  }
  const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
  assert.ok(width <= NARROW.width, `${state}: ${width} px wide on a screen of ${NARROW.width} px`);
  await page.setViewportSize(WIDE);
}

/** Opens an address and looks at the page. */
async function look(page, address, status = 200) {
  assert.equal(await open(page, address), status, address);
  await accessible(page, address);
}

test("what is not accessible is noticed", async () => {
  await visitor(async (page) => {
    await open(page, "/");
    await page.locator("label[for=kod]").evaluate((label) => label.remove());
    assert.deepEqual((await violations(page)).map(([rule]) => rule), ["label-title-only", "label"]);
    await page.locator(".lead").evaluate((text) => { text.innerHTML = "x".repeat(200); text.style.overflowWrap = "normal"; });
    await assert.rejects(accessible(page, "sabotaged"));
  });
});

test("public pages are accessible", async () => {
  await visitor(async (page) => {
    for (const address of ["/", "/informacja-rodo", "/deklaracja-dostepnosci", "/pomoc"]) await look(page, address);
    await open(page, "/");
    await page.getByLabel("Kod dostępu").fill(wrong(office("jst", "open").code));
    assert.equal(await press(page, "Przejdź do ankiety"), 404);
    await accessible(page, "landing page with an error");
  });
});

test("pages that say why something failed are accessible", async () => {
  await visitor(async (page) => {
    await look(page, "/nie-ma-takiej-strony", 404);
    await look(page, wrong(office("jst", "open").link), 404);
    await look(page, "/ankieta", 401);
    const replaced = office("jst", "open");
    const link = links("--reissue", replaced);
    await look(page, replaced.link, 410);
    links("--revoke", { ...replaced, link });
    await look(page, link, 410);
    await enter(page, office("jst", "open"));
    await look(page, "/ankieta/czesc/nie-ma", 404);
    await section(page, "kontakt");
    await page.locator("[name=_csrf]").evaluate((field) => { field.value = "x"; });
    assert.equal(await press(page, NEXT), 403);
    await accessible(page, "form of another origin");
    await open(page, "/");
    for (let status = 404; status === 404;) {
      await page.getByLabel("Kod dostępu").fill("ABCD");
      status = await press(page, "Przejdź do ankiety");
    }
    assert.equal(await heading(page), "Za dużo prób");
    await accessible(page, "too many wrong codes");
  });
});

test("the way of an office with nothing to report is accessible", async () => {
  await visitor(async (page) => {
    const asked = office("jst", "open");
    await look(page, asked.link);
    await press(page, "Rozpocznij");
    await look(page, "/ankieta");
    await look(page, "/ankieta/wzor");
    await look(page, "/ankieta/kopia");
    await section(page, "kontakt");
    await accessible(page, "contact");
    await press(page, NEXT);
    await accessible(page, "contact with errors");
    await contact(page);
    await press(page, NEXT);
    await accessible(page, "opening questions");
    await press(page, NEXT);
    await accessible(page, "opening questions with errors");
    await look(page, "/ankieta");
    await look(page, "/ankieta/sprawdz");
    await section(page, "bramki");
    await gates(page, "nie");
    await press(page, NEXT);
    await accessible(page, "check page without errors");
    await look(page, "/ankieta");
    await open(page, "/ankieta/sprawdz");
    await press(page, "Wyślij ankietę");
    await accessible(page, "confirmation");
    await look(page, "/ankieta");
    await look(page, "/ankieta/kopia");
    await look(page, "/ankieta/czesc/bramki");
    await look(page, asked.link);
    await open(page, "/ankieta");
    await press(page, "Popraw odpowiedzi");
    await accessible(page, "list of sections while correcting");
  });
});

for (const form of ["jst", "up"]) {
  test(`every section of ${form} is accessible, empty, opened and with errors`, { timeout: 180_000 }, async () => {
    await visitor(async (page) => {
      await upToGates(page, office(form, "open"), "tak");
      await look(page, "/ankieta");
      const links = await page.locator(".tasks a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
      assert.ok(links.length > 10, `${links.length} sections`);
      for (const link of links) {
        await look(page, link);
        await everythingOpen(page);
        await press(page, NEXT);
        if (page.url().endsWith(link)) {
          await accessible(page, `${link} opened`);
          if (await press(page, NEXT) === 422) await accessible(page, `${link} with errors`);
        }
      }
      await look(page, "/ankieta/sprawdz");
    });
  });
}

/** Answers every choice of a section so that as many questions as possible are asked, and ticks every box. */
async function everythingOpen(page) {
  await page.locator("form[data-section] input[type=radio]").evaluateAll((radios) => {
    for (const radio of radios) if (["tak", "lista"].includes(radio.value)) radio.checked = true;
  });
  for (const box of await page.locator("form[data-section] input[type=checkbox]:not([name$='.nw'])").all()) {
    await box.check();
  }
}

test("sections that are filled in, and their check page, are accessible", async () => {
  await visitor(async (page) => {
    await enter(page, await fullest(), "Zobacz wysłaną ankietę");
    await look(page, "/ankieta/kopia");
    await open(page, "/ankieta");
    await press(page, "Popraw odpowiedzi");
    const links = await page.locator(".tasks a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    for (const link of links) await look(page, link);
    const removal = page.getByRole("button", { name: /^Usuń wpis 1/ });
    for (const link of links) {
      await open(page, link);
      if (await removal.count() === 0) continue;
      await Promise.all([page.waitForURL(/usunieto=/), removal.first().click()]);
      return accessible(page, "an entry just removed");
    }
    assert.fail("no office of the demo has a list");
  });
});

/** Of the first labour offices that have sent the questionnaire the one with the longest copy. */
async function fullest() {
  let best = { length: -1 };
  for (let tried = 0; tried < 4; tried += 1) {
    const asked = office("up", "submitted");
    const length = await visitor(async (page) => {
      await enter(page, asked, "Zobacz wysłaną ankietę");
      await open(page, "/ankieta/kopia");
      return (await page.locator("main").innerText()).length;
    });
    if (length > best.length) best = { length, asked };
  }
  return best.asked;
}

test("warnings, conflicts and pages that wait for the code are accessible", async () => {
  const asked = office("jst", "open");
  await visitor(async (page, context) => {
    await upToGates(page, asked, "nie", { media_czy: "tak" });
    await choose(page, "media_sposob", "liczby");
    await press(page, NEXT);
    await type(page, "media_materialy_razem", "1500");
    await press(page, SAVE);
    await section(page, "media");
    await accessible(page, "a warning");
    const other = await context.newPage();
    await section(other, "media");
    await type(other, "media_materialy_razem", "1600");
    await press(other, SAVE);
    await type(page, "media_materialy_razem", "1700");
    assert.equal(await press(page, SAVE), 409);
    await accessible(page, "conflict");
    await section(page, "media");
    await context.clearCookies();
    assert.equal(await press(page, SAVE), 401);
    await accessible(page, "waiting for the code");
    await page.getByLabel("Kod dostępu").fill(wrong(asked.code));
    await press(page, "Wejdź i zapisz odpowiedzi");
    await accessible(page, "waiting for the code, with an error");
    assert.equal(await field(page, "media_materialy_razem").count(), 0);
  });
});

test("the panel is accessible", async () => {
  await visitor(async (page) => {
    await look(page, "/panel/logowanie");
    await page.getByLabel("Login").fill("ktos");
    await press(page, "Zaloguj");
    await accessible(page, "login with an error");
    await logIn(page);
    await look(page, "/panel");
    await look(page, `/panel/${demo.edition}/liczby`);
    const coding = `/panel/${demo.edition}/kodowanie`;
    for (const place of ["", "/jst/potrzeby_opis", "/jst/potrzeby_opis?stan=zakodowane", "/jst/potrzeby_opis/wyniki",
      "/jst/problemy_opis/drugie", "/jst/potrzeby_opis/kod/nj01", "/klucz/kody_potrzeb_jst"]) {
      await look(page, coding + place);
    }
    const places = [
      "liczby/jst/media_jst", "liczby/jst/media_rodzaje", "liczby/up/miejsca_pracy", "przekroje",
      "przekroje?miernik=jst.media_jst&wiersze=nuts3&kolumny=kind", "przekroje?miernik=jst.media_jst&wiersze=powiat",
      "przekroje?miernik=jst.media_jst&wiersze=kind&kind=powiat", "gminy", "braki-odpowiedzi", "decyzje",
    ];
    for (const place of places) await look(page, `/panel/${demo.edition}/${place}`);
    await look(page, `/panel/${demo.edition}/laczenie`);
    await look(page, `/panel/${demo.edition}/laczenie/jst/medium`);
    await look(page, `/panel/${demo.edition}/podmioty?od=wczoraj`);
    await look(page, `/panel/${demo.edition}/przekroje?miernik=jst.nie_ma`, 404);
    await look(page, "/panel/mazowsze/1999", 404);
    await look(page, `/panel/${demo.edition}/podmioty`);
    for (const place of ["porownanie", "porownanie?widok=te-same", "podane"]) {
      await look(page, `/panel/${demo.edition}/${place}`);
    }
    for (const place of ["notatnik", "notatnik/1.3", "notatnik/fakty", "notatnik/fakty/nowy", "rozdzial", "stany"]) {
      await look(page, `/panel/${demo.edition}/${place}`);
    }
    assert.equal(await press(page, "Zamroź liczby"), 422);
    await accessible(page, "a state that nobody said the purpose of");
    await open(page, `/panel/${demo.edition}/rozdzial`);
    assert.equal(await press(page, "Odśwież i pobierz"), 422);
    await accessible(page, "a document that was not chosen");
    await look(page, `/panel/${demo.edition}/wskazniki`);
    for (const code of ["W1.1", "W2.1", "W3.1"]) await look(page, `/panel/${demo.edition}/wskazniki/${code}`);
    await page.getByLabel("Wartość", { exact: true }).fill("dużo");
    assert.equal(await press(page, "Zapisz wartość"), 422);
    await accessible(page, "a value that was refused");
  });
});

describe("every page and state is accessible", { concurrency: 2 }, () => {
  for (const one of cases) single(...one);
});
