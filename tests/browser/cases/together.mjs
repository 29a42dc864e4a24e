// Two people of one office at once.
import assert from "node:assert/strict";
import { test } from "node:test";

import { choose, enter, field, section, type, upToGates } from "../answers.mjs";
import { office } from "../suite.mjs";
import { path, press, visitor } from "../visitor.mjs";

const SAVE = "Zapisz i wróć do spisu";

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  for (const [kept, choice, expected] of [["mine", /^Odpowiedź z tej strony/, "nie"], ["theirs", /^Odpowiedź zapisana/, "tak"]]) {
    test(`two people who answer differently are asked, and ${kept} is kept ${how}`, async () => {
      const asked = office("jst", "open");
      await visitor(async (first) => visitor(async (second) => {
        await enter(first, asked);
        await enter(second, asked, "Wróć do ankiety");
        await section(first, "bramki");
        await section(second, "bramki");
        await choose(first, "media_czy", "tak");
        await press(first, SAVE);
        await choose(second, "media_czy", "nie");
        await choose(second, "klimat_czy", "nie");
        assert.equal(await press(second, SAVE), 409);
        assert.equal(await second.locator("fieldset").count(), 1, "only what differs is asked");
        await second.getByRole("radio", { name: choice }).check();
        assert.equal(await press(second, "Zapisz wybór"), 200);
        assert.equal(path(second), "/ankieta");
        await section(first, "bramki");
        assert.ok(await field(first, "media_czy", 0, expected).isChecked());
        assert.ok(await field(first, "klimat_czy", 0, "nie").isChecked(), "the rest of the page was saved");
      }, { scripted }), { scripted });
    });
  }
}

test("two people who work in different fields of one page do not notice each other", async () => {
  const asked = office("jst", "open");
  await visitor(async (first) => visitor(async (second) => {
    await upToGates(first, asked, "nie", { media_czy: "tak" });
    await enter(second, asked, "Wróć do ankiety");
    await section(first, "zakonczenie");
    await section(second, "zakonczenie");
    await type(first, "uwagi", "Dziękujemy za ankietę");
    await press(first, SAVE);
    await type(second, "czas_minuty", "12");
    assert.equal(await press(second, SAVE), 200);
    await section(first, "zakonczenie");
    assert.equal(await field(first, "uwagi").inputValue(), "Dziękujemy za ankietę");
    assert.equal(await field(first, "czas_minuty").inputValue(), "12");
  }));
});
