// What became of contacts: from channels by ways to ends, as a picture and as a table, which add up to the contacts.
import { equal, journey, ok, twice } from "../journey.mjs";

const number = (text) => Number.parseInt(text.replaceAll(",", ""), 10);

twice("the flow of contacts adds up, opens to its contacts, and says the same in a picture and a table", async ({ program, signIn, look, eyes, javaScript }) => {
  const analyst = await program("analyst");
  const page = await signIn("supervisor");
  await page.goto("/measures");
  await page.getByRole("link", { name: "What became of contacts", exact: true }).first().click();
  await page.waitForURL(/\/measures\/flow/);
  await look(page, "the flow of contacts");
  const table = page.getByRole("table", { name: /^Contacts by channel, way and end/ });
  const each = (await table.locator("tbody td:nth-of-type(3)").allInnerTexts()).map(number);
  const whole = number(await table.locator("tfoot td").first().innerText());
  ok(each.length > 3, `${each.length} streams are too few to mean anything`);
  equal(each.reduce((sum, one) => sum + one, 0), whole, "the streams add up");
  ok(each.every((one, place) => place === 0 || one <= each[place - 1]), "the most come first");
  const flow = await analyst.get("/measures/flow");
  const contacts = await analyst.get("/measures/contacts");
  equal(flow.flow.contacts, contacts.whole.numerator, "every contact is in it once");
  for (const column of flow.flow.columns) equal(column.reduce((sum, node) => sum + node.contacts, 0), flow.flow.contacts, "a column adds up");
  const told = await page.locator("svg desc").first().textContent();
  ok(told.includes("By channel:") && told.includes("By way:") && told.includes("By end:"), told);
  equal(await page.locator(".an-flow__bar").count(), flow.flow.columns.flat().length, "a bar for each");
  for (const width of [1366, 1680, 320]) {
    await eyes.screenshot(page, `flow-${javaScript ? "scripts" : "plain"}`, width);
    ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), `nobody scrolls sideways at ${width} px`);
  }
  await table.locator("tbody a").first().click();
  await page.waitForURL(/records/);
  ok((await page.locator("h1").innerText()).includes(`: ${each[0].toLocaleString("en-GB")}`) || (await page.locator("h1").innerText()).includes(`: ${each[0]}`), await page.locator("h1").innerText());
  await look(page, "the contacts of a stream");
});

journey("a flow of a division, of days of which there is nothing, and of what cannot be", async ({ program, signIn, look }) => {
  const analyst = await program("analyst");
  const page = await signIn("supervisor");
  await page.goto("/measures/flow?from=2021-02-01&until=2021-02-07");
  ok((await page.locator("main").innerText()).includes("Nobody got in touch in this period"), "an empty flow says so");
  await look(page, "an empty flow");
  await page.goto("/measures/flow");
  await page.getByLabel("Division").selectOption({ index: 2 });
  await page.getByRole("button", { name: "Apply filters" }).click();
  await page.waitForURL(/division=/);
  ok(await page.getByRole("link", { name: "Clear filters" }).isVisible(), "the filter can be taken away");
  for (const [query, words] of [["until=2199-01-01", "still to come"], ["division=YY", "no division"], ["from=soon", "not a day"]]) {
    const answer = await page.request.get(`/measures/flow?${query}`, { headers: { accept: "application/json" } });
    ok(answer.status() === 422 && (await answer.text()).includes(words), `${query}: ${answer.status()} ${await answer.text()}`);
  }
  const file = await page.request.get("/measures/flow.csv");
  const lines = (await file.text()).trim().split("\n");
  ok(lines[0].includes("Key,Channel,Way,End,Contacts") && lines.length > 3, lines[0]);
  const { flow } = await analyst.get("/measures/flow");
  equal(lines.slice(1).reduce((sum, line) => sum + number(line.split(",").at(-1)), 0), flow.contacts, "the file adds up");
});
