// The browser and the eyes: what axe sees, and what axe cannot see (LOOK.md, section 4).
import { readFileSync, mkdirSync, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
export const PICTURES = fileURLToPath(new URL("../target/screenshots/", import.meta.url));

export function browserPath() {
  const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = places.find((place) => place && existsSync(place));
  if (!found) throw new Error("No Chromium found. Install it (Debian: apt-get install chromium) or set CHROMIUM to its path.");
  return found;
}

// No telemetry, no updates, the same letters on every machine; root has no sandbox.
export const FLAGS = () => ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--font-render-hinting=none", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];

export function launch() {
  return chromium.launch({ executablePath: browserPath(), headless: true, args: FLAGS() });
}

// One person at one screen. Whatever the page complains about (a script error, a blocked resource, a missing
// file), a request to another host, and a page without its security headers are kept in page.complaints; a
// journey that ends with complaints has failed. page.answered is the status of the page it shows.
export async function open(browser, { width = 1366, height = 900, javaScript = true, ...more } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    javaScriptEnabled: javaScript,
    locale: "en-GB",
    timezoneId: "Europe/London",
    reducedMotion: "reduce",
    ...more,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.complaints = [];
  const pagesAsked = new Set();
  const home = more.baseURL ?? "about:blank";
  page.on("request", (request) => {
    if (request.isNavigationRequest()) pagesAsked.add(request.url());
    if (!request.url().startsWith(home) && !request.url().startsWith("data:")) page.complaints.push(`asks another host: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (!response.request().isNavigationRequest()) return;
    page.answered = response.status();
    page.complaints.push(...unguarded(response));
  });
  // A page that answers 404 or 422 is a page; a style that does is a fault.
  const ofPage = (message) => message.text().startsWith("Failed to load resource") && pagesAsked.has(message.location().url);
  page.on("console", (message) => message.type() === "error" && !ofPage(message) && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  return page;
}

// What every page's headers must say (TRUST: no inline script or style, nothing from elsewhere, in no frame).
const GUARDS = {
  "content-security-policy": /default-src 'none'; script-src 'self'; style-src 'self'; (?!.*unsafe)(?=.*form-action 'self').*frame-ancestors 'none'/,
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^same-origin$/,
  "x-frame-options": /^DENY$/,
};

export function unguarded(response) {
  const headers = response.headers();
  return Object.entries(GUARDS).filter(([name, wanted]) => !wanted.test(headers[name] ?? "")).map(([name]) => `${name} of ${response.url()} is “${headers[name]}”`);
}

// Every rule of WCAG 2.0 to 2.2, levels A and AA, and axe's best practices. Throws with what to mend and where.
export async function axe(page) {
  await page.evaluate(`${AXE};0`);
  const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), TAGS);
  if (violations.length > 0) {
    const told = violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map((node) => `  ${id}: ${help}\n    ${node.html.slice(0, 160)}\n    ${node.failureSummary?.split("\n").slice(1).join(";")}`));
    throw new Error(`axe finds ${violations.length} faults on ${page.url()}\n${told.join("\n")}`);
  }
}

// 1.4.10: at 320 px (1280 px at 400 %) nobody scrolls sideways; only a labelled region (a table) may.
export async function reflow320(page) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 800 });
  const wide = await page.evaluate(() => {
    if (document.scrollingElement.scrollWidth <= 320) return [];
    const out = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > 321 && !element.parentElement.closest(".an-scroll"));
    return [`scrollWidth ${document.scrollingElement.scrollWidth}`, ...out.slice(0, 8).map((element) => element.outerHTML.slice(0, 120))];
  });
  await page.setViewportSize(before);
  if (wide.length > 0) throw new Error(`${page.url()} is wider than 320 px:\n  ${wide.join("\n  ")}`);
}

// 1.4.12: with the spacing a reader may set, no words are cut off and nothing grows sideways.
export async function textSpacing(page) {
  const cut = await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const bad = [...document.querySelectorAll("main *, header *, footer *")].filter((element) => {
      const style = getComputedStyle(element);
      const hidden = style.position === "absolute" && element.clientWidth <= 1;
      return !hidden && style.overflow === "hidden" && !element.closest("svg, .an-clamp") && (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1);
    });
    const sideways = document.scrollingElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [];
    const told = [...sideways, ...bad.map((element) => element.outerHTML.slice(0, 120))];
    document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1);
    return told;
  });
  if (cut.length > 0) throw new Error(`Text spacing cuts words on ${page.url()}:\n  ${cut.join("\n  ")}`);
}

// 2.4.3, 2.4.7, 2.4.11: Tab reaches everything that can be operated, in the order of the page; each stop is seen,
// is in view, and nothing lies over it. Gives the stops' names, for a journey to look at.
export async function tabOrder(page) {
  // After a change of width a page decides anew, a frame later, what scrolls and so can be reached.
  await page.waitForTimeout(60);
  await page.evaluate(() => {
    // Blurring is not enough: Tab would go on from where the focus was.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
  });
  const expected = await page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")];
    // While a dialog is open, everything else is out of reach, as it should be.
    const root = document.querySelector("dialog:modal") ?? document;
    const operable = all.filter((element) => root.contains(element) && !element.disabled && element.checkVisibility({ visibilityProperty: true }) && !element.closest("dialog:not([open]), details:not([open]) > :not(summary)"));
    // Radios of one name are one stop.
    const names = new Set();
    return operable.filter((element) => element.type !== "radio" || (!names.has(element.name) && names.add(element.name))).length;
  });
  const stops = new Map();
  let outside = 0; // the browser's own bar, between the last stop and the first, has some stops of its own
  for (let press = 0; press < expected + 20; press += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(look);
    if (!stop && stops.size < expected && outside++ < 4) continue;
    if (!stop || (stops.size === expected && stops.has(stop.path))) break;
    if (!stops.has(stop.path)) stops.set(stop.path, stop);
  }
  const all = [...stops.values()];
  const wrong = all.filter((stop) => stop.fault).map((stop) => `${stop.fault}: ${stop.html}`);
  const forced = await page.evaluate(() => [...document.querySelectorAll("[tabindex]")].filter((element) => element.tabIndex > 0).map((element) => element.outerHTML.slice(0, 110)));
  wrong.push(...forced.map((html) => `tabindex forces an order of its own: ${html}`));
  if (all.length < expected) wrong.push(`Tab reaches ${all.length} of ${expected} things, last: ${all.at(-1)?.html}`);
  if (wrong.length > 0) throw new Error(`Keyboard on ${page.url()}:\n  ${wrong.slice(0, 8).join("\n  ")}`);
  return all.map((stop) => stop.name);
}

// Runs in the page.
function look() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !/^rgba\(.*, 0\)$/.test(style.outlineColor);
  const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 12), 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  let fault = "";
  if (!ring) fault = "the focus is not seen";
  else if (box.bottom <= 0 || box.top >= innerHeight) fault = "the focus is out of view";
  else if (top && !element.contains(top) && !top.contains(element)) fault = `something lies over the focus (${top.className || top.tagName})`;
  let path = "";
  for (let at = element; at.parentElement; at = at.parentElement) path = `${[...at.parentElement.children].indexOf(at)}/${path}`;
  return { fault, path, html: element.outerHTML.slice(0, 110), name: (element.ariaLabel || element.labels?.[0]?.innerText || element.innerText || element.name || "").trim().slice(0, 60) };
}

// All of the above on one state of one page.
export async function accessible(page, javaScript = true) {
  if (javaScript) await axe(page);
  await reflow320(page);
  await textSpacing(page);
  await tabOrder(page);
}

export async function screenshot(page, name, width = 1366, height = 1000) {
  mkdirSync(PICTURES, { recursive: true });
  await page.setViewportSize({ width, height });
  await page.evaluate(() => {
    scrollTo(0, 0);
    return document.fonts.ready.then(() => true);
  });
  await page.screenshot({ path: `${PICTURES}${name}-${width}.png`, fullPage: true, animations: "disabled" });
}
