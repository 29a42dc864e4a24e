// The ways in, and the way back after a session has ended.
import assert from "node:assert/strict";
import { test } from "node:test";

import { enter, field, section, type, wrong } from "../answers.mjs";
import { command, demo, office } from "../suite.mjs";
import { heading, open, path, press, visitor } from "../visitor.mjs";

/** Issues a new link to an office, or revokes the one it has. Gives the new one. */
export function links(action, asked) {
  const rows = command("links", "--edition", demo.edition).split("\n").map((row) => row.split(","));
  const [unit] = rows.find((row) => row.at(-1) === asked.link);
  const printed = command("links", "--edition", demo.edition, action, unit);
  return printed.trim().split("\n").at(-1).split(",").at(-1);
}

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  test(`the letter code opens the questionnaire, however it is typed ${how}`, async () => {
    await visitor(async (page) => {
      const asked = office("jst", "open");
      await open(page, "/");
      await page.getByLabel("Kod dostępu").fill(wrong(asked.code));
      assert.equal(await press(page, "Przejdź do ankiety"), 404);
      assert.equal(await page.getByLabel("Kod dostępu").inputValue(), wrong(asked.code), "what was typed is kept");
      await page.getByLabel("Kod dostępu").fill(` ${asked.code.toLowerCase().replaceAll("-", " ")}`);
      assert.equal(await press(page, "Przejdź do ankiety"), 200);
      assert.equal(path(page), "/ankieta");
      assert.match(await page.locator(".unit").innerText(), new RegExp(asked.unit));
    }, { scripted });
  });

  test(`a page whose session has ended waits for the code and is then saved ${how}`, async () => {
    await visitor(async (page, context) => {
      const asked = office("jst", "open");
      await enter(page, asked);
      await type(page, "kontakt_osoba", "Barbara Wytrwała");
      await context.clearCookies();
      assert.equal(await press(page, "Zapisz i wróć do spisu"), 401);
      assert.match(await page.locator("main").innerText(), /Barbara Wytrwała/, "what waits is shown");
      await page.getByLabel("Kod dostępu").fill(wrong(asked.code));
      assert.equal(await press(page, "Wejdź i zapisz odpowiedzi"), 404);
      assert.match(await page.locator("main").innerText(), /Barbara Wytrwała/, "a wrong code loses nothing");
      await page.getByLabel("Kod dostępu").fill(asked.code);
      assert.equal(await press(page, "Wejdź i zapisz odpowiedzi"), 200);
      await section(page, "kontakt");
      assert.equal(await field(page, "kontakt_osoba").inputValue(), "Barbara Wytrwała");
    }, { scripted });
  });
}

test("looking at a link begins nothing", async () => {
  await visitor(async (page) => {
    const asked = office("jst", "open");
    for (const _ of [1, 2]) {
      assert.equal(await open(page, asked.link), 200);
      assert.equal(await page.getByRole("button", { name: "Rozpocznij" }).count(), 1);
    }
    assert.deepEqual(await page.context().cookies(), []);
    assert.equal(await open(page, "/ankieta"), 401);
    assert.equal(await heading(page), "Proszę wejść do ankiety jeszcze raz");
  });
});

test("a page of another office than the session's is neither saved nor lost", async () => {
  await visitor(async (page, context) => {
    await enter(page, office("jst", "open"));
    await type(page, "kontakt_osoba", "Pierwsza Osoba");
    const other = await context.newPage();
    await enter(other, office("jst", "open"));
    assert.equal(await press(page, "Zapisz i wróć do spisu"), 409);
    assert.match(await page.locator("main").innerText(), /Pierwsza Osoba/);
    await section(other, "kontakt");
    assert.equal(await field(other, "kontakt_osoba").inputValue(), "");
  });
});

test("a replaced link says so, the new one opens, and a revoked one opens nothing", async () => {
  await visitor(async (page) => {
    const asked = office("jst", "open");
    await enter(page, asked);
    const link = links("--reissue", asked);
    assert.equal(await open(page, asked.link), 410);
    assert.equal(await heading(page), "Ten odnośnik zastąpiono nowym");
    assert.equal(await open(page, "/ankieta"), 401, "the session ends with its link");
    await enter(page, { ...asked, link }, "Wróć do ankiety");
    links("--revoke", { ...asked, link });
    assert.equal(await open(page, link), 410);
    assert.equal(await heading(page), "Ten odnośnik wycofano");
    assert.equal(await open(page, "/ankieta"), 401);
  });
});
