// The page of a measure is looked at in all its parts; what needs attention leads to it; a window is doubted.
import { equal, journey, ok, twice } from "../journey.mjs";

const number = (text) => Number.parseInt(text.replaceAll(",", ""), 10);

// Contacts of the last minutes, so that something is there to look at; counted within a second or so.
async function some(program, many, javaScript) {
  const analyst = await program("analyst");
  const advisor = await program("service advisor");
  const before = (await analyst.get("/measures/contacts")).whole.numerator;
  for (let line = 0; line < many; line += 1) {
    const at = new Date(Date.now() - 60_000 * (line + 1)).toISOString();
    await advisor.post("/contacts", { channel: "non_emergency", option: "4", number: "07700 900497", arrived_at: at, answered_at: at, their_reference: `page-${javaScript}-${line}` });
  }
  for (let turn = 0; turn < 100; turn += 1) {
    if ((await analyst.get("/measures/contacts")).whole.numerator >= before + many) return analyst;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the contacts are not counted");
}

twice("a measure page has its verdict, its divisions, its reasons and its hours, and each adds up", async ({ program, signIn, look, javaScript, eyes }) => {
  const analyst = await some(program, 4, javaScript);
  const page = await signIn("supervisor");
  await page.goto("/measures/contacts");
  await look(page, "the page of a measure");
  const main = page.locator("main");
  const whole = number(await page.locator(".an-verdict__number").innerText());
  const figures = async (name, column) => (await page.getByRole("table", { name, exact: true }).locator(`tbody td:nth-of-type(${column})`).allInnerTexts()).reduce((sum, text) => sum + number(text), 0);
  equal(await figures("By division", 1), whole, "the divisions add up");
  equal(await figures("Channel", 1), whole, "the channels add up");
  const shares = await page.getByRole("table", { name: "Channel", exact: true }).locator("tbody td:nth-of-type(2)").allInnerTexts();
  ok(Math.abs(shares.reduce((sum, text) => sum + Number.parseFloat(text), 0) - 100) < 0.1 * shares.length, `the shares add up: ${shares}`);

  // Every small chart says in words what it shows.
  const small = page.locator("svg.an-sparkline");
  ok((await small.count()) > 0, "a small chart for a division");
  for (const words of await small.locator("desc").allTextContents()) ok(/^\d+ values from .*the first .*, the last .*, mean .*\./.test(words), words);

  // A head for each row and column of the heat map, and a number or a dash in every cell.
  const hours = page.getByRole("table", { name: /^By hour of the day/ });
  equal([await hours.locator("thead th[scope=col]").count(), await hours.locator("tbody th[scope=row]").count(), await hours.locator("tbody td").count()], [8, 24, 168], "hours by days of the week");
  for (const cell of await hours.locator("tbody td").allInnerTexts()) ok(/^(–|\d+(\.\d)?)$/.test(cell.trim()), `a cell has “${cell}”`);
  const { heat } = await analyst.get("/measures/contacts");
  const cells = heat.rows.flatMap((row) => row.cells);
  equal(cells.reduce((sum, cell) => sum + cell.numerator, 0), heat.numerator, "the cells add up");
  ok(heat.numerator >= 4 && cells.some((cell) => cell.shade === 5), "the fullest hour has the deepest shade");
  await main.getByText("All of them add up to").getByRole("link").click();
  await page.waitForURL(/records/);
  ok((await page.locator("h1").innerText()).includes(`: ${heat.numerator}`), "the records of the heat map");

  await page.goto("/measures/contacts");
  ok((await main.innerText()).includes("Where it is used"), "it says for what it is evidence");
  for (const width of [1366, 1680, 320]) {
    await eyes.screenshot(page, `measure-page-${javaScript ? "scripts" : "plain"}`, width);
    ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), `nobody scrolls sideways at ${width} px`);
  }
});

journey("a measure page of a rate, a month, a division and a reason says plainly what is not there", async ({ signIn, look, eyes }) => {
  const page = await signIn("analyst");
  await page.goto("/measures/failure_demand?by=month&from=2026-01-01");
  await look(page, "the page of a rate by month");
  await eyes.screenshot(page, "measure-page-rate", 1366);
  const main = page.locator("main");
  for (const [address, told] of [
    ["/measures/contacts?from=2021-02-01&until=2021-02-28", "Nothing was counted in this period."],
    ["/measures/appointments_kept?from=2021-02-01&until=2021-02-28", "Too little to draw"],
    ["/measures/contacts?from=2025-10-01&until=2025-10-31&by=month", "26 October 2025 has 25 hours"],
    ["/measures/contacts?from=2026-03-01&until=2026-03-31&by=month", "29 March 2026 has 23 hours"],
    ["/measures/contacts?reason=web", "Hours are not kept by what is counted for"],
  ]) {
    await page.goto(address);
    ok((await main.innerText()).includes(told), `${address} does not say “${told}”`);
    await look(page, `a measure page that says “${told}”`);
  }
  await page.goto("/measures/contacts?division=YY");
  equal(page.answered, 422, "an unknown division");
});

twice("what needs attention has every measure once, and each leads to its page", async ({ program, signIn, look, eyes, javaScript }) => {
  const analyst = await program("analyst");
  const page = await signIn("supervisor");
  await page.goto("/measures");
  await page.getByRole("link", { name: "What needs attention" }).click();
  await page.waitForURL(/attention/);
  await look(page, "what needs attention");
  const { rows } = await analyst.get("/measures/attention");
  const matrix = page.getByRole("table", { name: /^Measures by whether/ });
  const table = page.getByRole("table", { name: /^Measures, what needs attention first/ });
  equal([await matrix.locator("li").count(), await table.locator("tbody tr").count()], [rows.length, rows.length], "every measure once");
  for (const width of [1366, 1680, 320]) {
    await eyes.screenshot(page, `measure-attention-${javaScript ? "scripts" : "plain"}`, width);
    ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), `nobody scrolls sideways at ${width} px`);
  }
  const first = table.locator("tbody th a").first();
  const name = await first.innerText();
  await first.click();
  await page.waitForURL(/from=/);
  equal(await page.locator("h1").innerText(), name, "its page");
  await page.goto("/measures/attention?by=month");
  ok((await page.locator("main").innerText()).includes("12 whole months"), "by month");
  const file = await page.request.get("/measures/attention.csv?by=month");
  equal((await file.text()).trim().split("\n").length, rows.length + 1, "a line for each measure");
  await page.goto("/measures/attention?by=hour");
  equal(page.answered, 422, "only weeks and months are judged");
  const member = await signIn("committee member");
  for (const address of ["/measures/attention", "/measures/attention.csv"]) equal((await member.request.get(address)).status(), 403, address);
});

twice("a window of failure demand is doubted, and it is said what another would do", async ({ program, signIn, look, javaScript, eyes }) => {
  await some(program, 2, `doubt-${javaScript}`);
  const page = await signIn("analyst");
  await page.goto("/measures/failure_demand/definition");
  await page.getByLabel("From").fill(new Date(Date.now() - 6 * 86_400_000).toISOString().slice(0, 10));
  await page.getByRole("button", { name: "Compute" }).click();
  await page.waitForURL(/from=/);
  await look(page, "what another window would do");
  const table = page.getByRole("table", { name: "Failure demand with other windows" });
  ok((await table.locator("tbody tr").count()) > 5, "all windows, and each alone");
  equal(await table.locator("tbody th").first().innerText(), "All windows", "all of them first");
  await eyes.screenshot(page, `measure-window-${javaScript ? "scripts" : "plain"}`, 1366);
  await page.goto("/measures/failure_demand/definition?from=2020-01-01&until=2020-12-31");
  equal(page.answered, 422, "a year is too long to be computed while somebody waits");
});
