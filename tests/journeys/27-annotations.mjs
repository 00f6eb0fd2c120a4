// What was changed is marked on the chart of a measure, tied to the recommendation whose work it was.
import { journey, ok, twice } from "../journey.mjs";

twice("a change is marked on a chart, refused where it cannot be, and taken back", async ({ signIn, look, eyes, javaScript }) => {
  const page = await signIn("analyst");
  const words = `More advisors in the evening ${javaScript ? "with" : "without"} scripts`;
  await page.goto("/measures/contacts");
  await page.getByRole("link", { name: "Mark a change on the chart" }).click();
  await page.waitForURL(/annotations\/new/);
  await look(page, "the form that marks a change");
  await page.getByLabel("What was changed").fill(words);
  await page.getByLabel("Since").fill("2199-01-01");
  await page.getByRole("button", { name: "Mark it" }).click();
  const main = page.locator("main");
  ok((await main.innerText()).includes("still to come"), "a day to come is refused");
  ok((await page.getByLabel("What was changed").inputValue()) === words, "nothing typed is lost");
  await look(page, "a mark refused");
  const day = new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("Since").fill(day);
  await page.getByLabel("Recommendation").selectOption("CAM22-R3");
  await page.getByLabel("Action").fill("3.4");
  await page.getByRole("button", { name: "Mark it" }).click();
  await page.waitForURL(/done=marked/);
  await look(page, "a marked chart");
  const note = page.getByRole("listitem").filter({ hasText: words });
  const name = (await note.innerText()).match(/^Change \d+/)?.[0];
  ok(name && (await note.innerText()).includes("CAM22-R3, action 3.4"), await note.innerText());
  for (const width of [1366, 1680, 320]) {
    await eyes.screenshot(page, `annotations-${javaScript ? "scripts" : "plain"}`, width);
    ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), `nobody scrolls sideways at ${width} px`);
  }
  const drawing = page.locator("svg").filter({ has: page.locator("#chart-description") });
  ok((await drawing.locator("desc").textContent()).includes(`${name} from`), "the picture says so in words, too");
  ok((await drawing.locator(".an-chart__mark--change").count()) > 0, "a line for it");
  await note.getByRole("link", { name: "Take back" }).click();
  await page.waitForURL(/taken-back/);
  await page.getByLabel("Reason").fill("It was another measure");
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.waitForURL(/done=taken_back/);
  ok(!(await main.innerText()).includes(words), "it has gone from the chart");
});

journey("whoever only reads measures sees marks and cannot change them", async ({ signIn, program }) => {
  const page = await signIn("diary manager");
  await page.goto("/measures/answer_wait");
  ok((await page.getByRole("link", { name: "Mark a change on the chart" }).count()) === 0, "no way is offered");
  const answer = await page.request.get("/measures/answer_wait/annotations/new");
  ok(answer.status() === 403, `${answer.status()}`);
  const analyst = await program("analyst");
  const { changes } = await analyst.get("/measures/answer_wait");
  if (changes.length > 0) ok((await page.locator("main").innerText()).includes(changes[0].words), "it reads what is marked");
});
