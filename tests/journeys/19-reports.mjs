// A report is composed from measures, looked at and frozen; each figure opens to its records; everybody sees what is published.
import { equal, journey, ok, twice } from "../journey.mjs";

// What was just recorded is counted within a second; a loaded machine has some more.
async function counted(program, least) {
  for (let turn = 0; turn < 100; turn += 1) {
    const { whole } = await program.get("/measures/contacts");
    if (whole.numerator >= least) return whole.numerator;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("contacts are not counted");
}

async function contact(program, reference) {
  const advisor = await program("service advisor");
  const at = new Date(Date.now() - 60_000).toISOString();
  await advisor.post("/contacts", { channel: "non_emergency", option: "4", number: "07700 900497", arrived_at: at, answered_at: at, their_reference: reference });
}

twice("a report is looked at, frozen, and frozen again with what was and what is now", async ({ javaScript, program, signIn, look, keepPaper }) => {
  const analyst = await program("analyst");
  await contact(program, `report-${javaScript}-1`);
  await counted(analyst, 1);
  const page = await signIn("analyst");
  await page.goto("/reports");
  await look(page, "reports");
  await page.getByRole("link", { name: "Compose a report" }).click();
  await page.waitForURL(/reports\/new/);
  await look(page, "a report is chosen");
  // The day on which the journey runs is of a week that is not over: its figures are provisional.
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" }).format(new Date());
  const pack = javaScript ? "control_room_weekly" : "control_room_daily";
  await page.goto(`/reports/new?pack=${pack}&period=${today}`);
  ok((await page.locator("main").innerText()).includes("is not over"), "the period is under way");
  await look(page, "a report before it is frozen");
  await page.getByRole("button", { name: /^Freeze edition/ }).click();
  await page.getByRole("status").filter({ hasText: "is frozen" }).waitFor();
  const address = new URL(page.url()).pathname;
  await look(page, "a frozen report");

  const links = await page.locator(".paper a[href*='/measures/']").evaluateAll((all) => all.map((one) => [one.pathname + one.search, one.innerText]));
  ok(links.length >= 5, `${links.length} figures lead to their records`);
  for (const [to, words] of links.slice(0, 12)) {
    const records = await analyst.get(to);
    equal(records.told, words, to);
  }
  const pdf = await page.request.get(`${address}/pdf`);
  equal([pdf.status(), pdf.headers()["content-type"]], [200, "application/pdf"], "the PDF");
  await keepPaper(`report-${pack}`, await pdf.body());
  const file = await page.request.get(`${address}/csv`);
  ok((await file.text()).includes("contacts,1,period,"), "the figures as CSV");

  await page.goto(`/reports/new?pack=${pack}&period=${today}`);
  await page.getByLabel("Why there is another edition").fill("To be sure");
  await page.getByRole("button", { name: /^Freeze edition 2/ }).click();
  equal(page.answered, 422, "nothing changed");
  ok((await page.locator("main").innerText()).includes("No figure changed since edition 1"), "it is said");
  await look(page, "nothing changed");
  const before = (await analyst.get("/measures/contacts")).whole.numerator;
  await contact(program, `report-${javaScript}-2`);
  await counted(analyst, before + 1);
  await page.goto(`/reports/new?pack=${pack}&period=${today}`);
  await page.getByRole("button", { name: /^Freeze edition 2/ }).click();
  equal(page.answered, 422, "without a reason");
  await page.getByLabel("Why there is another edition").fill("A contact came late");
  await page.getByRole("button", { name: /^Freeze edition 2/ }).click();
  await page.getByRole("status").filter({ hasText: "Edition 2 is frozen" }).waitFor();
  equal(new URL(page.url()).pathname, address, "it is the same report");
  const words = await page.locator(".paper").innerText();
  for (const said of ["What changed since edition 1", "Was in edition 1, and now", "A contact came late"]) ok(words.includes(said), `it does not say “${said}”`);
  await look(page, "a second edition");
  await page.getByRole("link", { name: "Edition 1", exact: true }).click();
  await page.waitForURL(/edition=1/);
  ok((await page.locator("main").innerText()).includes("There is a later edition"), "the first stays");
});

journey("what is published is seen by everybody with its small numbers suppressed, and what is due is frozen by one button", async ({ program, signIn, look, keepPaper }) => {
  const analyst = await signIn("analyst");
  await analyst.goto("/reports/due");
  await look(analyst, "reports that are due");
  const rows = await analyst.locator("tbody tr").count();
  await analyst.getByRole("button", { name: /^Freeze Authority, monthly/ }).click();
  await analyst.getByRole("status").filter({ hasText: "is frozen" }).waitFor();
  const address = new URL(analyst.url()).pathname;
  await look(analyst, "a published report, inside");
  await analyst.goto("/reports/due");
  equal(await analyst.locator("tbody tr").count(), rows - 1, "it is due no longer");

  const member = await signIn("committee member");
  await member.goto("/reports");
  await look(member, "reports, for everybody");
  await member.goto(address);
  equal(member.answered, 200, "the published report");
  await look(member, "a published report, for everybody");
  const words = await member.locator(".paper").innerText();
  ok(words.includes("Suppressed"), "small numbers are suppressed");
  equal(await member.locator(".paper a[href*='/measures/']").count(), 0, "no figure leads to its records");
  const pdf = await member.request.get(`${address}/pdf`);
  await keepPaper("report-published", await pdf.body());
  const file = await (await member.request.get(`${address}/csv`)).text();
  for (const line of file.split("\n").filter((one) => one.startsWith("contacts,") && !one.includes("suppressed"))) ok(Number(line.split(",")[5]) >= 5, line);
  const inside = (await (await program("analyst")).get("/reports")).rows.find((one) => !one.is_published);
  if (inside) equal((await member.goto(`/reports/${inside.id}`)).status(), 404, "what is not published");
});

journey("what cannot be a report is refused by name", async ({ program, signIn, look }) => {
  const analyst = await program("analyst");
  const refused = (way) => analyst.get(way).then(() => "told", (error) => error.message);
  for (const [way, told] of [
    ["/reports/new?pack=everything", "no pack of reports"],
    ["/reports/new?pack=control_room_weekly&period=2199-01-01", "still to come"],
    ["/reports/new?pack=control_room_weekly&period=soon", "not a day"],
    ["/reports/new?pack=control_room_weekly&division=E", "whole service"],
    ["/reports/new?pack=division_weekly", "Choose which"],
    ["/reports?kind=year", "no such length"],
    ["/reports?page=0", "no such page"],
    ["/reports/nothing", "404"],
  ]) ok((await refused(way)).includes(told), `${way}: ${await refused(way)}`);
  const page = await signIn("audit manager");
  await page.goto("/reports/new?pack=division_weekly&period=2021-03-01");
  equal(page.answered, 422, "no division is chosen");
  await look(page, "a division is missing");
  await page.goto("/reports/new?pack=division_monthly&period=2021-03-01&division=E");
  ok((await page.locator("main").innerText()).includes("Nothing was counted in this period."), "an empty month");
});
