// Getting in, being kept out, and what each role may see.
import { equal, find, journey, ok, sentence, refusal, twice, typeSignIn } from "../journey.mjs";

twice("a wrong password is refused without saying what was wrong, and the right one leads where one wanted to go", async ({ site, open, look }) => {
  const page = await open();
  const who = find(site, "supervisor");
  await page.goto("/papers");
  ok(page.url().endsWith("/sign-in?next=/papers"), `nobody is sent to sign in first, but to ${page.url()}`);
  await look(page, "sign-in");
  ok(await page.locator("input[type=password]").evaluate((field) => !field.onpaste && field.autocomplete === "current-password"), "a password manager cannot fill the password in");

  await typeSignIn(page, { sign_in: who.sign_in, password: "not this one" });
  const wrong = await refusal(page, "password");
  equal(await page.locator("#sign_in").inputValue(), who.sign_in, "the name that was typed");
  equal(await page.locator("#password").inputValue(), "", "the password after a refusal");
  await look(page, "sign-in refused");
  await typeSignIn(page, { sign_in: "nobody.knows.me", password: "not this one" });
  equal(await refusal(page, "password"), wrong, "what an unknown name is told");
  await typeSignIn(page, { sign_in: "", password: "" });
  await refusal(page, "sign_in");

  await typeSignIn(page, who);
  await page.getByRole("heading", { name: "Committee papers" }).waitFor();
  ok(page.url().endsWith("/papers"), `signed in, but sent to ${page.url()}`);
  const cookies = await page.context().cookies();
  ok(cookies.every((one) => one.name.startsWith("__Host-") && one.httpOnly && one.secure && one.sameSite !== "None"), `cookies: ${JSON.stringify(cookies.map(({ value, ...rest }) => rest))}`);

  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.goto("/recommendations");
  ok(page.url().includes("/sign-in"), "signed out, and still let in");
  const old = await page.request.get("/recommendations", { headers: { cookie: cookies.map((one) => `${one.name}=${one.value}`).join("; "), accept: "application/json" } });
  equal(old.status(), 401, "status for the cookie of a session that ended");
});

journey("who tries many passwords has to wait, and is told how long", async ({ open, look }) => {
  const page = await open();
  await page.goto("/sign-in");
  for (let tries = 0; tries < 10; tries += 1) await typeSignIn(page, { sign_in: "someone.else", password: `guess ${tries}` });
  equal(page.answered, 422, "status of the tenth try");
  await typeSignIn(page, { sign_in: "someone.else", password: "guess 11" });
  await page.getByRole("heading", { name: "Too many tries" }).waitFor();
  equal(page.answered, 429, "status of the eleventh try");
  sentence(await page.locator("main h1 + p").innerText());
  await look(page, "too many tries");
});

const MEASURES = ["/measures", "/measures/contacts", "/measures/flow", "/crime-reports/counts"];
const CODING = ["/coding", "/coding.csv"];
const REPORTS = ["/reports", "/reports/subscriptions"];
const FREEZES = [...REPORTS, "/reports/new", "/reports/due"];
const READS = ["/attention", "/recommendations", "/evidence", "/rounds", "/papers", "/account"];
const EXTRACTS = ["/extracts", "/extracts/contact"];
const KEEPS = [...READS, "/imports", "/inspections/new", "/recommendations/new", "/papers/new"];
const INCIDENTS = ["/incidents", "/queues", "/promises", "/appointments", "/appointments/counts", "/diaries"];
const REFERRALS = ["/referrals", "/referrals/counts", "/referrals/agencies"];
const MESSAGES = ["/messages", "/messages/mailbox"];
const CRIMES = ["/crime-reports", "/crime-reports/returns"];
const RECORDS = [...CRIMES, "/crime-reports/retail"];
const CONTACTS = ["/contacts", "/contacts/new", "/drafts", "/outages", ...INCIDENTS, ...REFERRALS, ...MESSAGES];
const DIARIES = ["/diaries/new", "/diaries/import"];
const OUTAGES = ["/outages/new"];
const MARKS = ["/measures/contacts/annotations/new"];
const MAY = {
  "service advisor": [...MEASURES, ...REPORTS, ...CONTACTS, ...CRIMES, ...READS],
  "area control room": [...MEASURES, ...REPORTS, ...CONTACTS, ...CRIMES, ...READS],
  "resolution team": [...MEASURES, ...REPORTS, ...CONTACTS, ...RECORDS, ...READS],
  supervisor: [...MEASURES, ...MARKS, ...REPORTS, ...CONTACTS, ...OUTAGES, ...RECORDS, ...DIARIES, ...CODING, ...READS],
  "diary manager": [...MEASURES, ...REPORTS, ...MESSAGES, ...INCIDENTS, ...DIARIES, ...READS],
  analyst: [...MEASURES, ...MARKS, ...EXTRACTS, ...FREEZES, ...CODING, ...READS],
  "audit manager": [...MEASURES, ...MARKS, ...FREEZES, ...CODING, ...KEEPS],
  "action owner": READS,
  "committee member": [...REPORTS, ...READS],
  "inspectorate reviewer": [...REPORTS, ...READS],
  "partner agency": ["/account"],
  administrator: [...READS, "/accounts", "/accounts/new"],
};
const ALL = [...MEASURES, ...MARKS, ...EXTRACTS, ...FREEZES, ...CODING, ...CONTACTS, ...RECORDS, ...DIARIES, ...OUTAGES, ...KEEPS, "/accounts", "/accounts/new"];

journey("each of the twelve roles signs in, lands on a page it may see, and is refused the others in full sentences", async ({ site, signIn, look }) => {
  equal(site.signIns.map((one) => one.role.replaceAll("_", " ")).sort(), Object.keys(MAY).sort(), "the roles of the demonstration");
  const wrong = [];
  for (const [role, may] of Object.entries(MAY)) {
    const page = await signIn(role);
    await page.goto("/");
    if (page.answered !== 200) wrong.push(`${role} lands on ${page.answered} ${page.url()}`);
    const offered = await page.locator("nav[aria-label=Sections] a").evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
    for (const address of offered.filter((one) => !may.includes(one))) wrong.push(`${role} is offered ${address} and may not see it`);
    for (const address of ALL) {
      const answer = await page.request.get(address, { headers: { accept: "application/json" } });
      const wanted = may.includes(address) ? 200 : 403;
      if (answer.status() !== wanted) wrong.push(`${role} gets ${answer.status()} for ${address}, wanted ${wanted}`);
      if (answer.status() === 403) {
        const { detail } = await answer.json();
        sentence(detail);
        ok(/^Only the roles? .+ may .+\. You are signed in as .+\.$/.test(detail), `${role}, ${address}: ${detail}`);
      }
    }
    if (role === "committee member" || role === "administrator") {
      await page.goto("/imports");
      equal(page.answered, 403, "status of a page that a role may not see");
      ok((await page.locator("main h1 + p").innerText()).startsWith("Only the role Audit manager may"), "the page does not say who may");
      await look(page, "forbidden");
    }
    await page.goto("/account");
    await look(page, "account");
    if (role === "administrator") {
      await page.goto("/accounts");
      await look(page, "accounts");
      await page.locator("tbody th a").nth(2).click();
      await look(page, "account of another");
      await page.goto("/accounts/new");
      await look(page, "new account");
    }
    await page.context().close();
  }
  equal(wrong, [], "what is wrong");
});
