// Pictures of every page at 1366 and 1680 px, and some at 320, for a person to look at:
//   node tests/screenshots.mjs [WORDS]   only those whose name has the words
import { launch, screenshot } from "./browser.mjs";
import { hands } from "./journey.mjs";
import { PLAN, newInspection } from "./plans.mjs";
import { start } from "./site.mjs";

const FIRST = "tbody th[scope=row] a[href^='/recommendations/']";
const recommendation = (found, then = "") => async (page) => {
  await page.goto(`/recommendations?${found}`);
  const address = await page.locator(FIRST).first().getAttribute("href");
  await page.goto(address + then);
};
const at = (address) => (page) => page.goto(address);
const pressed = (address) => async (page) => {
  await page.goto(address);
  await page.locator("main form button[type=submit]").last().click();
};
const preview = async (page) => {
  await page.goto("/imports");
  await newInspection(page, { title: "Custody centres 2024", day: "28 March 2024" });
  await page.getByLabel("Or paste the table").fill(PLAN);
  await page.getByRole("button", { name: "Check the plan" }).click();
};
const paper = (then = "") => async (page) => {
  await page.goto("/papers");
  const link = page.locator("th[scope=row] a[href^='/papers/']").first();
  if ((await link.count()) === 0) {
    await page.goto("/papers/new");
    await page.getByLabel("Date of the meeting").fill("9 December 2026");
    await page.getByLabel("Presented by").fill("Chief Superintendent, Contact and Command");
    await page.getByRole("button", { name: "Draft the paper" }).click();
  } else await link.click();
  if (then) await page.goto(new URL(page.url()).pathname + then);
};

// [name, role or nothing for nobody, how to get there]
const views = [
  ["sign-in", null, at("/sign-in")],
  ["sign-in-refused", null, pressed("/sign-in")],
  ["register", "audit manager", at("/recommendations")],
  ["register-filtered", "audit manager", at("/recommendations?flag=delayed&risk=High&words=police&group=owner")],
  ["register-none", "audit manager", at("/recommendations?words=zebra")],
  ["register-as-at", "committee member", at("/recommendations?as_at=60")],
  ["recommendation", "audit manager", recommendation("flag=delayed")],
  ["recommendation-closed", "committee member", recommendation("status=discharged")],
  ["recommendation-proposed", "inspectorate reviewer", recommendation("status=proposed_for_closure")],
  ["move-target", "audit manager", recommendation("flag=delayed", "/target")],
  ["move-target-refused", "audit manager", async (page) => {
    await recommendation("flag=delayed", "/target")(page);
    await page.getByLabel("New target").fill("Spring");
    await page.getByRole("button", { name: "Move the target date" }).click();
  }],
  ["closure", "audit manager", recommendation("status=returned&status=evidence_assembled", "/closure")],
  ["new-recommendation", "audit manager", at("/recommendations/new")],
  ["new-inspection", "audit manager", at("/inspections/new")],
  ["imports", "audit manager", at("/imports")],
  ["imports-refused", "audit manager", pressed("/imports")],
  ["import-preview", "audit manager", preview],
  ["papers", "audit manager", at("/papers")],
  ["paper-new", "audit manager", at("/papers/new")],
  ["paper", "audit manager", paper()],
  ["paper-freeze", "audit manager", paper("/freeze")],
  ["account", "audit manager", at("/account")],
  ["accounts", "administrator", at("/accounts")],
  ["account-of-another", "administrator", async (page) => {
    await page.goto("/accounts");
    await page.locator("tbody th a").nth(2).click();
  }],
  ["account-new", "administrator", at("/accounts/new")],
  ["forbidden", "committee member", at("/imports")],
  ["not-found", "committee member", at("/nothing")],
  ["accessibility", null, at("/accessibility")],
  ["keys", null, at("/help/keys")],
];

const words = process.argv.slice(2).join(" ");
const failed = [];
const browser = await launch();
const site = await start();
try {
  for (const [name, role, go] of views) {
    if (!name.includes(words)) continue;
    const { open, signIn } = hands(browser, site);
    const page = role ? await signIn(role) : await open();
    try {
      await go(page);
    } catch (error) {
      failed.push(name);
      console.log(`${name}: ${error.message.split("\n")[0]}`);
      continue;
    }
    for (const width of [1366, 1680, 320]) await screenshot(page, name, width);
    console.log(`${name}: ${page.url()}`);
    await page.context().close();
  }
} finally {
  await browser.close();
  await site.stop();
}
process.exit(failed.length > 0 ? 1 : 0);
