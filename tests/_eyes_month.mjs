import { launch, axe, accessible } from "./browser.mjs";
import { hands } from "./journey.mjs";
import { start } from "./site.mjs";
import { mkdirSync } from "node:fs";
mkdirSync("/tmp/pics", { recursive: true });
const browser = await launch();
const site = await start();
const shots = process.argv.slice(2);
const wanted = (name) => shots.length === 0 || shots.some((one) => name.includes(one));
try {
  const { signIn } = hands(browser, site);
  const page = await signIn("audit manager");
  const see = async (name, on = page) => {
    if (!wanted(name)) return;
    for (const width of [1366, 1680, 320]) {
      await on.setViewportSize({ width, height: 900 });
      await on.screenshot({ path: `/tmp/pics/${name}-${width}.png`, fullPage: true });
    }
    await on.setViewportSize({ width: 1366, height: 900 });
    try { await accessible(on, true); } catch (error) { console.log(name, "EYES", error.message.slice(0, 600)); }
    console.log(name, on.url());
  };
  const go = async (name, address) => { await page.goto(address); await see(name); };
  await go("rounds", "/rounds");
  await page.locator("tbody th a").first().click();
  await see("round");
  await go("new", "/rounds/new");
  const meeting = await page.locator("select[name=meeting] option").filter({ hasText: "Mental Health Tactical" }).first().getAttribute("value");
  await go("new-meeting", `/rounds/new?meeting=${meeting}`);
  for (const month of ["2026-12", "2027-01", "2024-12", "2026-11"]) await go(`calendar-${month}`, `/calendar?month=${month}`);
  await go("groups", "/groups");
  await page.locator("tbody th a").first().click();
  await see("group");
  await page.goto(page.url() + "/terms");
  await see("group-terms");
  await go("attention", "/attention");
  await go("attention-everybody", "/attention?everybody=1");
  await go("meetings", "/meetings");
  await page.locator("tbody a[href^='/meetings/']").first().click();
  await see("meeting");
  await go("keys", "/help/keys");
  await go("views", "/recommendations");
  await page.goto(`/rounds/new?meeting=${meeting}`);
  await page.locator("select[name=inspection]").selectOption("all");
  await page.locator("main form button[type=submit]").last().click();
  await see("round-all");
  const round = new URL(page.url()).pathname;
  await page.locator("#unheld summary").click().catch((error) => console.log("no unheld", error.message.split("\n")[0]));
  await see("round-all-open");
  await page.locator("form[action$=escalations] button").nth(8).click();
  await see("round-escalated");
  const owner = await signIn("action owner");
  await owner.goto("/mailbox");
  await see("mailbox", owner);
  await owner.locator("tbody th a").first().click();
  await see("notice", owner);
  await page.goto("/mailbox"); 
  await see("mailbox-manager");
  await page.locator("tbody th a").first().click();
  await see("notice-manager");
  await page.goto(`/meetings/${meeting}/cancellation`);
  await page.locator("textarea[name=reason]").fill("Snow");
  await page.locator("main form button[type=submit]").last().click();
  await see("meeting-cancelled");
  await page.goto(round);
  await see("round-cancelled");
  await page.goto(`${round}/closure`);
  await page.locator("main form button[type=submit]").last().click();
  await page.goto(`${round}/withdrawal`);
  await see("round-closed");
} catch (error) { console.log(error.message); } finally {
  await browser.close();
  await site.stop();
}
