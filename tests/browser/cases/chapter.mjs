// The chapter: taken along, edited elsewhere, sent back for its numbers to be refreshed.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { demo } from "../suite.mjs";
import { heading, open, press, visitor } from "../visitor.mjs";
import { accessible } from "./accessibility.mjs";
import { logIn } from "./panel.mjs";

const chapterPage = () => `/panel/${demo.edition}/rozdzial`;

// A program built without optimisation draws the pictures of a chapter slowly.
const timeout = 120_000;

/** The bytes of what a click downloads, and the name it is saved under. */
async function downloaded(page, click) {
  const [file] = await Promise.all([page.waitForEvent("download", { timeout }), click()]);
  return { bytes: readFileSync(await file.path()), name: file.suggestedFilename() };
}

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  test(`a chapter that comes back is looked at beside its form and taken along refreshed ${how}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "rozdzial-"));
    await visitor(async (page, context) => {
      context.setDefaultTimeout(timeout);
      await logIn(page);
      await open(page, chapterPage());
      const chapter = await downloaded(page, () => page.getByRole("link", { name: "Rozdział (Word)" }).click());
      const edited = join(folder, "Rozdział po uwagach.docx");
      writeFileSync(edited, chapter.bytes);
      await page.getByLabel("Dokument Worda").setInputFiles(edited);
      const show = page.getByRole("button", { name: "Pokaż, co się zmieni" });
      const [list] = await Promise.all([page.waitForEvent("popup"), show.click()]);
      await list.waitForLoadState("load", { timeout });
      assert.match(await heading(list), /^Co się zmieni w dokumencie/);
      assert.match(await list.locator("main").innerText(), /Żadna liczba w dokumencie się nie zmieni/);
      if (scripted) await accessible(list, "what would change");
      await list.close();
      const fresh = await downloaded(page, () => page.getByRole("button", { name: "Odśwież i pobierz" }).click());
      assert.equal(fresh.name, `${demo.edition.replace("/", "-")}-rozdzial-odswiezony.docx`);
      assert.deepEqual(fresh.bytes.subarray(0, 4), Buffer.from("PK\u0003\u0004"));
      writeFileSync(edited, "to nie jest dokument");
      await page.getByLabel("Dokument Worda").setInputFiles(edited);
      assert.equal(await press(page, "Odśwież i pobierz"), 422);
      assert.match(await page.locator(".summary").innerText(), /nie jest dokumentem Worda/);
    }, { scripted });
    rmSync(folder, { recursive: true });
  });
}
