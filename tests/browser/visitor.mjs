// A person with a browser of their own. Whatever the person does, nothing may be asked of another server, and
// neither the console nor the content security policy may complain.
import assert from "node:assert/strict";

import { browser, demo } from "./suite.mjs";

export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 320, height: 640 };
const WAIT = 20_000;

/** Runs `work(page)` in a fresh context and looks afterwards at what the browser complained about; `expected` matches
 * complaints that the case itself brings about. */
export async function visitor(work, { scripted = true, viewport = WIDE, expected = undefined } = {}) {
  const context = await browser.newContext({ javaScriptEnabled: scripted, viewport, locale: "pl-PL" });
  const complaints = [], foreign = [];
  context.setDefaultTimeout(WAIT);
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${demo.url}/`) && !url.startsWith("data:")) foreign.push(url);
  });
  context.on("console", (message) => {
    const meant = isStatusOfPage(message) || expected?.test(message.text());
    if (message.type() === "error" && !meant) complaints.push(message.text());
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  if (scripted) await context.addInitScript(reportViolations);
  const page = await context.newPage();
  try {
    const result = await work(page, context);
    assert.deepEqual(foreign, [], "requests to other servers");
    assert.deepEqual(complaints, [], "complaints of the browser");
    return result;
  } finally {
    await context.close();
  }
}

/** Chromium writes one line for each page whose status is 4xx; such pages are meant. */
function isStatusOfPage(message) {
  return /^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())
    && !message.location().url.includes("/static/");
}

function reportViolations() {
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
  });
}

/** Opens an address of the service and returns the status. */
export async function open(page, path) {
  const answer = await page.goto(path.startsWith("http") ? path : demo.url + path);
  return answer.status();
}

/** Presses a button or link and waits for the page that it leads to; returns its status. */
export async function press(page, name, { role = "button", within = page } = {}) {
  const target = within.getByRole(role, { name, exact: true });
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.request().isNavigationRequest() && one.status() !== 303),
    target.click(),
  ]);
  await page.waitForLoadState("load");
  return answer.status();
}

export const path = (page) => new URL(page.url()).pathname;
export const heading = (page) => page.locator("h1").innerText();
