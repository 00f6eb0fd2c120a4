// A measure is read, narrowed and opened to its records, which add up to it; what cannot be counted is said.
import { equal, journey, ok, twice } from "../journey.mjs";

const number = (text) => Number.parseInt(text.replaceAll(",", ""), 10);

// What was just recorded is counted within a second; a loaded machine has some more.
async function counted(program, key, least, part = "numerator") {
  for (let turn = 0; turn < 100; turn += 1) {
    const { whole } = await program.get(`/measures/${key}`);
    if (whole[part] >= least) return whole;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${key} is not counted`);
}

twice("a measure opens to its records, and they add up to it", async ({ program, signIn, look, javaScript }) => {
  const analyst = await program("analyst");
  const before = await counted(analyst, "contacts", 1);
  const advisor = await program("service advisor");
  const at = new Date(Date.now() - 60_000).toISOString();
  for (const line of [1, 2]) await advisor.post("/contacts", { channel: "non_emergency", option: "4", number: "07700 900495", arrived_at: at, answered_at: at, their_reference: `measure-${javaScript}-${line}` });
  const after = await counted(analyst, "contacts", before.numerator + 2);

  const page = await signIn("supervisor");
  await page.goto("/measures");
  ok((await page.locator("tbody tr").count()) >= 10, "the first measures");
  await look(page, "measures");
  await page.getByRole("link", { name: "Contacts", exact: true }).last().click();
  await page.waitForURL(/measures\/contacts/);
  await look(page, "a measure");
  const parts = async (name) => (await page.getByRole("table", { name }).locator("tbody td:first-of-type").allInnerTexts()).reduce((sum, text) => sum + number(text), 0);
  const whole = number(await page.locator(".an-standing a").first().innerText());
  ok(whole >= after.numerator, `${whole} are shown, ${after.numerator} were counted`);
  equal(await parts("Period by period"), whole, "the periods add up");
  equal(await parts("By division"), whole, "the divisions add up");
  equal(await parts("Channel"), whole, "the channels add up");

  ok(/No variation recorded|Not enough data|No significant change|Improving|Getting worse|Changed/i.test(await page.locator(".an-standing").innerText()), "a verdict in words");
  const channel = page.getByRole("table", { name: "Channel" }).getByRole("link").first();
  const figure = number(await channel.innerText());
  await channel.click();
  await page.waitForURL(/records/);
  await look(page, "the records behind a figure");
  let rows = await page.locator("tbody tr").count();
  for (let next = page.getByRole("link", { name: "More records" }); await next.count(); next = page.getByRole("link", { name: "More records" })) {
    await next.click();
    await page.waitForLoadState();
    rows += await page.locator("tbody tr").count();
  }
  equal(rows, figure, "as many records as the figure says");
  await page.locator("tbody th a").first().click();
  await page.waitForURL(/contacts\//);
  equal(page.answered, 200, "a record is its contact");

  await page.goto("/measures/answer_wait?by=day&division=E");
  await look(page, "a measure of one division by day");
  await page.goto("/measures/contacts?until=2199-01-01");
  ok((await page.locator("main").innerText()).includes("still to come"), "a period in the future");
});

journey("what cannot be counted is refused by name, and an empty month is said to be empty", async ({ program, signIn, look }) => {
  const analyst = await program("analyst");
  const refused = (way) => analyst.get(way).then(() => "told", (error) => error.message);
  for (const [way, told] of [
    ["/measures/nothing", "404"],
    ["/measures/contacts?division=YY", "no division"],
    ["/measures/contacts?from=2026-11-26&until=2026-11-01", "before it begins"],
    ["/measures/contacts?from=soon", "not a day"],
    ["/measures/contacts?by=hour", "day, week or month"],
    ["/measures/contacts/records?as_at=soon", "no entry"],
    ["/measures/contacts/records?after=here", "no place in the list"],
  ]) ok((await refused(way)).includes(told), `${way}: ${await refused(way)}`);
  const empty = await analyst.get("/measures/contacts?from=2021-03-01&until=2021-03-31&by=month");
  equal([empty.whole.numerator, empty.periods.length], [0, 1], "an empty month");
  // The clocks go back on 25 October 2020: its week is one of seven days.
  const week = await analyst.get("/measures/contacts?from=2020-10-19&until=2020-11-01");
  equal(week.periods.length, 2, "two weeks over the change of the clocks");
  const records = await analyst.get("/measures/contacts/records");
  ok(records.rows.length > 0 && records.rows.every((row) => row.address === ""), "an analyst sees no contact behind a figure");
  const page = await signIn("analyst");
  await page.goto("/measures/appointments_kept?from=2021-03-01&until=2021-03-31");
  ok((await page.locator("main").innerText()).includes("Nothing was counted in this period."), "it is said");
  await look(page, "a measure of a month in which nothing was counted");
  const member = await signIn("committee member");
  for (const address of ["/measures", "/measures/contacts", "/measures/contacts/records"]) equal((await member.goto(address)).status(), 403, address);
});

journey("failure demand opens to contacts, and its definition is published", async ({ program, signIn, look }) => {
  const analyst = await program("analyst");
  const advisor = await program("service advisor");
  const at = new Date(Date.now() - 60_000).toISOString();
  await advisor.post("/contacts", { channel: "non_emergency", option: "4", number: "07700 900496", arrived_at: at, answered_at: at, their_reference: "measure-failure-1" });
  await counted(analyst, "failure_demand", 1, "denominator");
  const { rows } = await analyst.get("/measures/failure_demand/definition");
  equal(rows.length, 23, "every reason is published");
  equal(rows[0].code, "F01", "the gravest first");
  equal(rows.find((row) => row.code === "F11").recorded, "In part", "it says what the records can show");

  const page = await signIn("supervisor");
  await page.goto("/measures/failure_demand");
  await look(page, "failure demand");
  await page.getByRole("link", { name: "The reasons, their windows and what is recorded of them" }).click();
  await page.waitForURL(/definition/);
  await look(page, "the definition of failure demand");
  equal(await page.locator("tbody tr").count(), 23, "a row for each reason");
  await page.goto("/measures/failure_demand/records");
  await look(page, "the contacts behind failure demand");
  await page.locator("tbody th a").first().click();
  await page.waitForURL(/contacts\//);
  equal(page.answered, 200, "a record is its contact");
  const member = await signIn("committee member");
  equal((await member.goto("/measures/failure_demand/definition")).status(), 403, "only whom measures are for");
});
