// What the people of the cases type.
import { open, press } from "./visitor.mjs";

export const NEXT = "Zapisz i przejdź dalej";

/** Opens the office's link and begins or continues. */
export async function enter(page, office, button = "Rozpocznij") {
  await open(page, office.link);
  return press(page, button);
}

/** A link or code like the office's, with a wrong end. */
export const wrong = (secret) => `${secret.slice(0, -4)}0000`;

export const section = (page, name) => open(page, `/ankieta/czesc/${name}`);

/** Fills in the field of a question, in the given entry of a list or outside of lists. */
export const type = (page, question, text, entry = 0) => field(page, question, entry).fill(text);

/** The input of a question; of a choice the input with `value`. */
export function field(page, question, entry = 0, value = undefined) {
  const input = value === undefined ? ":not([type=hidden])" : `[value="${value}"]`;
  return page.locator(`[name="${question}"]${input}, [name$=".${question}"]:not([name^="_"])${input}`).nth(entry);
}

/** Chooses a radio, ticks a box or picks from a menu, whichever the question is drawn as. */
export async function choose(page, question, value, entry = 0) {
  const menu = page.locator(`select[name="${question}"], select[name$=".${question}"]`);
  if (await menu.count()) await menu.nth(entry).selectOption(value);
  else await field(page, question, entry, value).check();
}

export async function contact(page) {
  await type(page, "kontakt_komorka", "Wydział Spraw Społecznych");
  await type(page, "kontakt_osoba", "Anna Przykładowa");
  await type(page, "kontakt_email", "anna.przykladowa@urzad.example");
}

/** Answers all opening questions with `answer`, except those named in `others`. */
export async function gates(page, answer, others = {}) {
  for (const radio of await page.locator(`input[type=radio][value=${answer}]`).all()) {
    const name = await radio.getAttribute("name");
    await page.locator(`input[type=radio][name="${name}"][value="${others[name] ?? answer}"]`).check();
  }
  await page.locator("[name=oswiadczenie][type=checkbox]").check();
}

/** From the link to the first section behind the opening questions. */
export async function upToGates(page, office, answer, others = {}) {
  await enter(page, office);
  await section(page, "kontakt");
  await contact(page);
  await press(page, NEXT);
  await gates(page, answer, others);
  return press(page, NEXT);
}
