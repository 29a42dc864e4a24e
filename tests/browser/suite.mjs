// One demo and one browser for the whole run. What is missing ends the run with a message that says what.
import { execFileSync, spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";

import { chromium } from "playwright-core";

const START_SECONDS = 120;
const BROWSER_ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** The absolute path of the program that an environment variable names; throws when there is none. */
function program(variable, what) {
  const named = process.env[variable];
  if (!named) throw new Error(`${variable} is not set: it must hold the path of ${what}`);
  const path = resolve(named);
  try {
    accessSync(path, constants.X_OK);
  } catch {
    throw new Error(`${variable}=${named}: there is no program at ${path}; it must be ${what}`);
  }
  return path;
}

const binary = program("MIERNIK_TEST_BINARY", "the built miernik");
const chrome = program("CHROMIUM", "a Chromium browser");
const folder = mkdtempSync(join(tmpdir(), "miernik-browser-"));
const service = spawn(binary, ["demo", "--dir", join(folder, "demo"), "--port", "0", "--json"], {
  stdio: ["ignore", "pipe", "pipe"],
});

/** Reads the demo's document, which is whole once standard error says `listening …`. */
function announced() {
  return new Promise((good, bad) => {
    let printed = "", complaints = "";
    const late = setTimeout(() => bad(new Error(`the demo did not listen in ${START_SECONDS} s:\n${complaints}`)),
      START_SECONDS * 1000);
    // The two streams may arrive in either order.
    const look = () => {
      if (!/^listening http.*\n/m.test(complaints) || !printed.endsWith("}\n")) return;
      clearTimeout(late);
      good(JSON.parse(printed));
    };
    service.stderr.setEncoding("utf8").on("data", (text) => { complaints += text; look(); });
    service.stdout.setEncoding("utf8").on("data", (text) => { printed += text; look(); });
    service.on("error", (error) => { clearTimeout(late); bad(error); });
    service.on("exit", (code) => {
      clearTimeout(late);
      bad(new Error(`the demo ended by itself with ${code}:\n${complaints}`));
    });
  });
}

async function stop() {
  if (service.exitCode !== null || service.signalCode !== null) return;
  const ended = new Promise((done) => service.once("exit", done));
  service.kill("SIGTERM");
  const hurry = setTimeout(() => service.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(hurry);
}

async function clear() {
  await stop();
  rmSync(folder, { recursive: true, force: true });
}

async function start() {
  try {
    const demo = await announced();
    return { demo, browser: await chromium.launch({ executablePath: chrome, args: BROWSER_ARGUMENTS }) };
  } catch (error) {
    await clear();
    throw error;
  }
}

export const { demo, browser } = await start();

after(async () => {
  await browser.close();
  await clear();
});

/** Runs another command on the demo's database, as an administrator beside the running service would. */
export function command(...words) {
  return execFileSync(binary, [...words, "--config", demo.config], { encoding: "utf8" });
}

const offices = [...demo.respondents];

/** An office that no other case uses: its `link`, `code` and `unit`. */
export function office(form, state) {
  const place = offices.findIndex((one) => one.form === form && one.state === state);
  if (place < 0) throw new Error(`the demo has no further office ${form}/${state}`);
  return offices.splice(place, 1)[0];
}
