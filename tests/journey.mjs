// A journey: one walk through the product in a real browser, told as a sentence.
//
//   journey("a supervisor signs in", async ({ signIn, eyes }) => {
//     const page = await signIn("supervisor");
//     await eyes.accessible(page);
//   });
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as eyes from "./browser.mjs";

// What scripts/check-papers.sh looks at after the journeys.
export const PAPERS = fileURLToPath(new URL("../target/papers/", import.meta.url));

export const journeys = [];
export const journey = (title, walk, { javaScript } = {}) => journeys.push({ title, walk, javaScript });

// The same walk twice: with scripts and without. `open` and `signIn` then give pages of that kind.
export function twice(title, walk) {
  journey(title, walk);
  journeys.push({ title: `${title}, without scripts`, walk, javaScript: false });
}

const looked = new Set();

// What a journey is handed. Every page it opens is closed after it, and may have had nothing to complain about.
export function hands(browser, site, javaScript = true) {
  const pages = [];
  const page = async (options) => {
    const opened = await eyes.open(browser, { baseURL: site?.address, javaScript, ...options });
    pages.push(opened);
    return opened;
  };
  return {
    site,
    browser, // for a journey with an Answerable of its own
    eyes,
    pages,
    open: page,
    javaScript,
    // Leaves a PDF for the checkers: await keepPaper("frozen", await (await page.request.get("/papers/1.pdf")).body())
    keepPaper(name, bytes) {
      mkdirSync(PAPERS, { recursive: true });
      writeFileSync(`${PAPERS}${name}.pdf`, bytes);
    },
    // A program in a role, with a bearer token: what a journey needs to be there before it begins.
    //   await (await program("audit manager")).post("/recommendations/new", { reference: "3", … })
    program: (role) => program(site, role),
    // All the eyes on this state of a page, once in a run: the name tells states apart. Without scripts axe cannot run; the others can.
    async look(page, state) {
      const key = `${state} ${javaScript}`;
      if (looked.has(key)) return;
      looked.add(key);
      await eyes.accessible(page, javaScript);
    },
    // role as in the demonstration's list or in words: "audit manager". The first page of a role signs in through
    // the form; later ones begin with its cookie, as another tab would.
    async signIn(role, options) {
      const who = find(site, role);
      const cookies = site.cookies.get(who.role);
      const opened = await page(options);
      if (cookies) {
        await opened.context().addCookies(cookies);
        return opened;
      }
      await opened.goto("/sign-in");
      await typeSignIn(opened, who);
      await opened.getByRole("button", { name: "Sign out", exact: true }).waitFor();
      site.cookies.set(who.role, await opened.context().cookies());
      return opened;
    },
  };
}

export function find(site, role) {
  const who = site.signIns.find((one) => one.role === role.replaceAll(" ", "_"));
  if (!who) throw new Error(`no sign-in for "${role}": there are ${site.signIns.map((one) => one.role).join(", ")}`);
  return who;
}

export async function typeSignIn(page, { sign_in, password }) {
  await page.locator("input[autocomplete=username]").fill(sign_in);
  await page.locator("input[autocomplete=current-password]").fill(password);
  await page.locator("main form button[type=submit]").first().click();
}

async function program(site, role) {
  const { role: key } = find(site, role);
  if (!site.tokens.has(key)) site.tokens.set(key, (await site.answerable("token", key)).trim());
  const headers = { authorization: `Bearer ${site.tokens.get(key)}`, accept: "application/json", "content-type": "application/json" };
  const send = async (method, address, body) => {
    const answer = await fetch(site.address + address, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${text.slice(0, 300)}`);
    return JSON.parse(text);
  };
  const [get, post] = [(address) => send("GET", address), (address, body) => send("POST", address, body)];
  // What replaces something says which entry it has seen: that of the record now, unless `body` says another.
  const change = async (record, body, form = "") => post(record + form, { last_seq: (await get(record)).last_seq, ...body });
  return { site, get, post, change };
}

export function equal(found, wanted, what = "value") {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: found ${a}, wanted ${b}`);
}

export function ok(truth, what) {
  if (!truth) throw new Error(what);
}

// A change's form: opened, filled in by the names of its fields, sent. Gives the status of what came back.
export async function send(page, address, typed = {}) {
  if (address) await page.goto(address);
  for (const [name, value] of Object.entries(typed)) {
    const field = page.locator(`main form [name="${name}"]`);
    // Boxes are ticked by their words.
    if (Array.isArray(value)) for (const words of value) await page.locator("main form label").filter({ hasText: words }).locator(`[name="${name}"]`).check();
    else if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  await page.locator("main form button[type=submit]").last().click();
  await page.waitForLoadState();
  return page.answered;
}

// The sentence beside the field, which the summary at the top repeats and leads to. Refuses half sentences.
export async function refusal(page, field) {
  equal(page.answered, 422, `status of ${page.url()}`);
  const told = (await page.locator(`#${field}-error`).innerText()).replace(/^Error:\s*/, "").trim();
  sentence(told);
  const link = page.locator(`.govuk-error-summary a[href="#${field}"]`);
  equal((await link.innerText()).trim(), told, "the summary's sentence");
  ok(await page.locator(`#${field}`).evaluate((element, id) => element.getAttribute("aria-invalid") === "true" && element.getAttribute("aria-describedby").split(" ").includes(id), `${field}-error`), `${field} is not tied to its error`);
  ok((await page.title()).startsWith("Problem: "), `the title does not tell of the problem: ${await page.title()}`);
  return told;
}

// A person reads it: it begins with a capital letter or a quotation, ends with a full stop, and has no code in it.
export function sentence(words) {
  ok(/^[\p{Lu}“\d]/u.test(words) && /[.?]$/.test(words) && words.split(" ").length > 2 && !/[{}<>_]|\.\./.test(words), `not a full sentence: “${words}”`);
}

// "22 recommendations" of a register's page.
export async function counted(page) {
  return number(await page.locator(".an-listbar strong").innerText());
}

export const number = (words) => Number(words.replaceAll(",", "").match(/\d+/)?.[0] ?? NaN);

// The same of many addresses, without drawing the pages.
export async function countedAt(page, address) {
  const answer = await page.request.get(address, { headers: { accept: "text/html" } });
  equal(answer.status(), 200, `status of ${address}`);
  const found = (await answer.text()).match(/an-listbar">\s*<p><strong>([\d,]+) recommendations?</);
  ok(found, `no count on ${address}`);
  return number(found[1]);
}
