// A measure whose definition changed is looked at: what was published, and what each version would say beside it.
import { equal, ok, twice } from "../journey.mjs";

const ADDRESS = "/measures/appointments_kept?from=2026-09-07";

twice("a definition that changed is told beside what was published, and never instead of it", async ({ program, signIn, look, javaScript, eyes }) => {
  const analyst = await program("analyst");
  const page = await signIn("supervisor");
  await page.goto(ADDRESS);
  await look(page, "a measure whose definition changed");
  const main = page.locator("main");
  ok((await main.innerText()).includes("Version 2 from 1 October 2026:"), "the table says where another version begins");
  const beside = page.getByRole("table", { name: /^The period by each version/ });
  const heads = await beside.locator("thead th").allInnerTexts();
  equal(heads, ["Period", "As published", "In force", "By version 1", "By version 2"], "both side by side");
  const told = await analyst.get(ADDRESS);
  equal(told.versions.definition.map((one) => one.version), [1, 2], "the figure says by what it was counted");
  ok(told.versions.organisation >= 1 && told.versions.calendar >= 1, "and by which organisation and calendar");
  equal(await beside.locator("tbody tr").count(), told.beside.rows.length, "the whole period, and each of its weeks");
  equal(told.beside.rows[0].in_force.numerator, told.whole.numerator, "what is published is the figure of the page");
  const mixed = told.beside.rows.filter((row) => row.in_force.versions === "1 and 2");
  equal(mixed.length, 2, "the whole period and the week of the change have days of both");
  for (const width of [1366, 1680, 320]) {
    await eyes.screenshot(page, `measure-versions-${javaScript ? "scripts" : "plain"}`, width);
    ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), `nobody scrolls sideways at ${width} px`);
  }

  // By the first version for all days: the page says that it is not what is published, and so does its address.
  await page.getByLabel("Counted by").selectOption("Version 1 for all days");
  await page.getByRole("button", { name: "Apply filters" }).click();
  await page.waitForURL(/version=1/);
  await look(page, "a measure by an earlier version");
  ok((await main.innerText()).includes("Not as published"), "it is said");
  const first = await analyst.get(`${ADDRESS}&version=1`);
  equal(first.whole.denominator, told.beside.rows[0].by[0].denominator, "the figure is that of the first version");
  equal(first.beside.rows[0].in_force.denominator, told.whole.denominator, "what was published stands beside it");

  // The file and the records carry the versions, and what cannot be is refused.
  const file = await page.request.get("/measures/appointments_kept/series.csv?from=2026-09-28&until=2026-10-11");
  const lines = (await file.text()).trim().split(/\r?\n/);
  ok(lines[0].endsWith("Value,Organisation version,Calendar version") && lines[1].startsWith("appointments_kept,1 and 2,2026-09-28"), lines.join("\n"));
  const records = await analyst.get("/measures/appointments_kept/records?from=2026-09-07&version=1");
  equal(records.numerator, first.whole.numerator, "its records add up to it");
  await page.goto(`${ADDRESS}&version=7`);
  equal(page.answered, 422, "there is no such version");
});
