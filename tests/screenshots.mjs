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

// The first page that a list leads to.
const first = (list, kind) => async (page) => {
  await page.goto(list);
  await page.locator(`main tbody th a[href^='/${kind}/']`).first().click();
};
// The first three of a list ticked, and one of its buttons pressed.
const ticked = (button) => async (page) => {
  await page.goto("/recommendations?status=open");
  for (const nth of [0, 1, 2]) await page.getByRole("checkbox", { name: /^Choose / }).nth(nth).check();
  await page.getByRole("button", { name: button }).click();
};
// The preview of a round, with its meeting chosen.
const previewed = async (page) => {
  await ticked("Ask for updates")(page);
  await page.getByLabel("For the meeting").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Preview" }).click();
};
const round = async (page) => {
  await page.goto("/rounds");
  const link = page.locator("main tbody th a[href^='/rounds/']").first();
  if ((await link.count()) > 0) return link.click();
  await previewed(page);
  await page.getByRole("button", { name: /^Ask for \d+ updates?$/ }).click();
};

// An incident that has an appointment, and a diary; each with a page below it.
const appointed = (then = "") => async (page) => {
  await page.goto("/appointments?outcome=to_come");
  const address = await page.locator("main tbody th a[href^='/incidents/']").first().getAttribute("href");
  await page.goto(address + then);
};
const diary = (then = "") => async (page) => {
  await first("/diaries?unit=division_e", "diaries")(page);
  if (then) await page.goto(new URL(page.url()).pathname + then);
};

// An incident with a referral, and referring somebody of it.
const referred = async (page) => {
  await first("/referrals", "referrals")(page);
  await page.getByRole("link", { name: "Its incident" }).click();
  await page.waitForURL(/incidents/);
};
const referring = (then = "") => async (page) => {
  await referred(page);
  await page.goto(`/referrals/new?incident=${new URL(page.url()).pathname.split("/").at(-1)}${then}`);
};

// A crime report, and recording a crime on its incident.
const reported = (then = "") => async (page) => {
  await first("/crime-reports?state=returned", "crime-reports")(page);
  if (then) await page.goto(new URL(page.url()).pathname + then);
};
const recording = async (page) => {
  await reported()(page);
  await page.getByRole("link", { name: "Its incident" }).click();
  await page.waitForURL(/incidents/);
  await page.goto(`/crime-reports/new?incident=${new URL(page.url()).pathname.split("/").at(-1)}&crime_type=housebreaking`);
};

// A call in progress: somebody has rung before, and the assessment is half made.
const call = async (page) => {
  await page.goto("/contacts/new");
  await page.locator('[name="channel"]').selectOption("non_emergency");
  await page.locator('[name="number"]').fill("07700 900461");
  await page.locator("main form button[type=submit]").last().click();
  await page.locator("#name").fill("Ailsa Morven Reid");
  await page.locator("#place_words").fill("14 Rowan Court, Kinmuir");
  await page.locator('[name="division"]').selectOption("D");
  await page.locator("#narrative").fill("Her ex-partner was at the door of the flat, shouting, and kicked it. He has left on foot and said that he would be back tomorrow. Two children are in the flat.");
  await page.locator('[name="incident_type"]').selectOption("domestic_incident");
  for (const [element, level, why] of [["threat", "medium", "He says that he will return."], ["harm", "low", "The door is cracked. Nobody is hurt."], ["vulnerability", "high", "Two children at home."]]) {
    await page.locator(`[name="${element}"][value="${level}"]`).check({ force: true });
    await page.locator(`[name="${element}_narrative"]`).fill(why);
  }
  await page.locator("[data-draft-told]", { hasText: "Draft saved" }).waitFor();
};

// [name, role or nothing for nobody, how to get there]
const views = [
  ["call", "service advisor", call],
  ["contacts", "service advisor", at("/contacts")],
  ["queues", "area control room", at("/queues")],
  ["queue", "area control room", at("/queues/control_room_west")],
  ["incidents", "service advisor", at("/incidents")],
  ["incident", "supervisor", first("/incidents", "incidents")],
  ["incident-with-appointment", "supervisor", appointed()],
  ["appointment-book", "service advisor", appointed("/appointment")],
  ["appointment-missed", "diary manager", appointed("/miss")],
  ["appointments", "diary manager", at("/appointments")],
  ["appointment-counts", "diary manager", at("/appointments/counts")],
  ["diaries", "diary manager", at("/diaries")],
  ["diary", "diary manager", diary()],
  ["diary-shift", "diary manager", diary("/shift")],
  ["diary-feeds", "diary manager", diary("/feeds")],
  ["diary-import", "diary manager", at("/diaries/import")],
  ["diary-import-preview", "diary manager", async (page) => {
    await page.goto("/diaries/import");
    const day = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel("Or paste the table").fill(`division,station,date,from,until,modes,officers\nE,Pier Head,${day},08:00,12:00,home; station,woman; man\n`);
    await page.getByRole("button", { name: "Check the file" }).click();
  }],
  ["referrals", "service advisor", at("/referrals")],
  ["referral", "service advisor", first("/referrals", "referrals")],
  ["referral-counts", "supervisor", at("/referrals/counts")],
  ["referral-agencies", "service advisor", at("/referrals/agencies")],
  ["referral-new", "service advisor", referring()],
  ["referral-new-form", "service advisor", referring("&to=mental_health_hub.mental_health_pathway")],
  ["incident-with-referral", "supervisor", referred],
  ["crime-reports", "supervisor", at("/crime-reports")],
  ["crime-report", "supervisor", reported()],
  ["crime-report-new", "resolution team", recording],
  ["crime-report-resubmission", "resolution team", reported("/resubmission")],
  ["crime-report-counts", "analyst", at("/crime-reports/counts")],
  ["crime-report-returns", "supervisor", at("/crime-reports/returns")],
  ["crime-retail", "resolution team", at("/crime-reports/retail")],
  ["messages", "service advisor", at("/messages")],
  ["message", "service advisor", first("/messages", "messages")],
  ["message-mailbox", "service advisor", at("/messages/mailbox")],
  ["message-choose", "service advisor", appointed("/messages/new")],
  ["message-new", "service advisor", appointed("/messages/new?template=not_reached")],
  ["measures", "analyst", at("/measures")],
  ["evidence", "audit manager", at("/evidence")],
  ["evidence-one", "audit manager", first("/evidence", "evidence")],
  ["measure", "supervisor", at("/measures/answer_wait")],
  ["measure-attention", "supervisor", at("/measures/attention")],
  ["measure-records", "supervisor", at("/measures/contacts/records")],
  ["measure-failure-demand", "supervisor", at("/measures/failure_demand")],
  ["measure-definition", "supervisor", at("/measures/failure_demand/definition")],
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
  ["reports", "analyst", at("/reports")],
  ["report-new", "analyst", at("/reports/new?pack=authority_monthly")],
  ["reports-due", "analyst", at("/reports/due")],
  ["reports-told", "analyst", async (page) => {
    await page.goto("/reports/subscriptions");
    for (const name of ["Tell me of Control room, weekly, Whole service", "Tell me of Division, weekly, the division that is chosen"]) {
      if ((await page.getByRole("button", { name }).count()) > 0) await page.getByRole("button", { name }).click();
    }
  }],
  ["report", "analyst", first("/reports", "reports")],
  ["attention", "action owner", at("/attention")],
  ["groups", "audit manager", at("/groups")],
  ["group", "audit manager", first("/groups", "groups")],
  ["meetings", "audit manager", at("/meetings")],
  ["meeting", "audit manager", first("/meetings", "meetings")],
  ["meeting-refused", "audit manager", pressed("/meetings/new")],
  ["bulk-owner", "audit manager", ticked("Change the owner")],
  ["bulk-request", "audit manager", ticked("Ask for updates")],
  ["bulk-request-preview", "audit manager", previewed],
  ["round", "audit manager", round],
  ["rounds", "audit manager", at("/rounds")],
  ["round-closure", "audit manager", async (page) => {
    await round(page);
    await page.getByRole("link", { name: "Close the round" }).first().click();
  }],
  ["calendar", "audit manager", at("/calendar")],
  ["calendar-feeds", "audit manager", at("/calendar/feeds")],
  ["mailbox", "action owner", at("/mailbox")],
  ["notice", "action owner", first("/mailbox", "mailbox")],
  ["mailbox-settings", "action owner", at("/mailbox/settings")],
  ["views", "audit manager", async (page) => {
    await page.goto("/recommendations?flag=delayed");
    await page.locator("summary", { hasText: "Save this list" }).click();
    await page.getByLabel("Name of the view").fill("Past its first target");
    await page.getByRole("button", { name: "Save the view" }).click();
    await page.goto("/views");
  }],
  ["check", "audit manager", at("/check?severity=fault")],
  ["check-several", "audit manager", async (page) => {
    await page.goto("/check?severity=fault");
    await page.getByRole("checkbox", { name: /^Not only the ticked/ }).first().check();
    await page.getByRole("button", { name: /^Accept the ticked/ }).first().click();
  }],
  ["find", "audit manager", at("/find?words=missing+persons")],
  ["summary", "audit manager", at("/recommendations/summary")],
  ["posts", "audit manager", at("/posts")],
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
