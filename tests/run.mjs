// Runs the journeys:  node tests/run.mjs [WORDS]   only those whose title has the words; --eyes-only needs no binary.
// Two go at once, each lane with an Answerable and data of its own, so that no journey sees another's changes come.
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { launch, PICTURES } from "./browser.mjs";
import { hands, journeys, PAPERS } from "./journey.mjs";
import { start } from "./site.mjs";

const words = process.argv.slice(2).filter((word) => !word.startsWith("--")).join(" ").toLowerCase();
const eyesOnly = process.argv.includes("--eyes-only");
const LANES = Number(process.env.LANES ?? 2);
const began = Date.now();

await import("./eyes.mjs");
const withoutSite = journeys.length;
if (!eyesOnly) {
  const folder = new URL("./journeys/", import.meta.url);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of names.filter((name) => name.endsWith(".mjs")).sort()) await import(new URL(name, folder));
}
const wanted = journeys.map((one, index) => ({ ...one, needsSite: index >= withoutSite })).filter(({ title }) => title.toLowerCase().includes(words));
if (wanted.length === 0) throw new Error(`no journey has “${words}” in its title`);

rmSync(PAPERS, { recursive: true, force: true }); // none of an earlier run
const browser = await launch();
const waiting = [...wanted];
let passed = 0;
const failed = [];
try {
  await Promise.all(Array.from({ length: Math.min(LANES, wanted.length) }, lane));
} finally {
  await browser.close().catch(() => {});
}
console.log(`Journeys, in ${Math.round((Date.now() - began) / 1000)} s: ${passed} passed, ${failed.length} failed`);
process.exit(failed.length > 0 ? 1 : 0);

async function lane() {
  let site;
  let fell = false;
  try {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (next.needsSite) site ??= await start();
      if (!(await walk(next, site))) fell = true;
    }
  } finally {
    if (fell && site) console.log(`\nThe server said last:\n${site.said().split("\n").filter((line) => !line.startsWith("  ")).slice(-12).join("\n")}`);
    await site?.stop();
  }
}

async function walk({ title, walk, javaScript }, site) {
  const given = hands(browser, site, javaScript);
  const start = Date.now();
  try {
    await walk(given);
    const complaints = given.pages.flatMap((page) => page.complaints);
    if (complaints.length > 0) throw new Error(`the browser complains: ${complaints.slice(0, 5).join("; ")}`);
    passed += 1;
    console.log(`ok      ${title} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    failed.push(title);
    console.log(`FAILED  ${title}\n        ${error.stack.replaceAll("\n", "\n        ")}`);
    await picture(given, title);
    return false;
  } finally {
    for (const page of given.pages) await page.context().close().catch(() => {});
  }
}

async function picture(given, title) {
  mkdirSync(PICTURES, { recursive: true });
  const path = `${PICTURES}failed-${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").slice(0, 60)}.png`;
  const taken = await given.pages.at(-1)?.screenshot({ path, fullPage: true }).catch(() => null);
  if (taken) console.log(`        picture: ${path}`);
}
