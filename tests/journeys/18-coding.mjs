// A week is drawn, coded blind by a second person, closed, and says how far its coding can be trusted.
import { equal, ok, twice } from "../journey.mjs";

const DAY = 86_400_000;

// Noon of the Wednesday so many weeks ago.
function wednesday(weeks) {
  const now = new Date();
  const at = new Date(now.getTime() - (((now.getUTCDay() + 6) % 7) + 7 * weeks - 2) * DAY);
  at.setUTCHours(12, 0, 0, 0);
  return at;
}

// "2026-W48": the week is of the year in which its Thursday is.
function isoWeek(wednesday) {
  const thursday = new Date(wednesday.getTime() + DAY);
  const days = (thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / DAY;
  return `${thursday.getUTCFullYear()}-W${String(Math.floor(days / 7) + 1).padStart(2, "0")}`;
}

const day = (at) => at.toISOString().slice(0, 10);

// What was just recorded is counted within a second; a loaded machine has some more.
async function counted(program, at, least) {
  const asked = `from=${day(new Date(at.getTime() - 2 * DAY))}&until=${day(new Date(at.getTime() + 4 * DAY))}`;
  for (let turn = 0; turn < 100; turn += 1) {
    const { records } = await program.get(`/measures/failure_demand/records?${asked}`);
    if (records >= least) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the week is not counted");
}

twice("a week is sampled for quality, coded blind and closed", async ({ program, signIn, look, javaScript }) => {
  const at = wednesday(javaScript ? 2 : 3);
  const advisor = await program("service advisor");
  for (const number of [1, 2, 3, 4]) await advisor.post("/contacts", { channel: "non_emergency", option: "4", number: "07700 900496", arrived_at: at.toISOString(), answered_at: at.toISOString(), division: "E", narrative: "Somebody shouts in the street", their_reference: `coding-${javaScript}-${number}` });
  await counted(await program("analyst"), at, 4);

  const analyst = await signIn("analyst");
  await analyst.goto("/coding");
  await look(analyst, "quality sampling, with a week to draw");
  const week = isoWeek(at);
  await analyst.getByLabel("Week", { exact: true }).selectOption(week);
  await analyst.getByRole("button", { name: "Draw the sample" }).click();
  await analyst.waitForURL(/coding\/\d{4}-W\d\d/);
  ok((await analyst.locator("main").innerText()).includes("4 of 4 contacts"), "all of the week are drawn");
  await look(analyst, "an open sample");
  await analyst.getByRole("link", { name: "Draw it again" }).click();
  await analyst.waitForURL(/again/);
  ok((await analyst.locator("main").innerText()).includes("It is the same draw"), "anybody draws the same");
  await look(analyst, "a sample drawn again");

  // The second person, by keyboard: no code is told before they say theirs.
  const page = await signIn("supervisor");
  await page.goto(`/coding/${week}`);
  await page.getByRole("link", { name: "Code the next contact" }).click();
  await page.waitForURL(/contacts\//);
  ok(!(await page.locator("main").innerText()).includes("Derived"), "the coder is told what was derived");
  await look(page, "a contact to be coded");
  await page.getByRole("button", { name: "Code it" }).click();
  await page.getByText("Choose the code that fits best").first().waitFor();
  equal(page.answered, 422, "status of a coding without a code");
  await look(page, "a coding that was refused");
  for (const code of ["V1", "F04", "V1", "unknown"]) {
    const radio = page.locator(`input[name=code][value=${code}]`);
    await radio.focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.type("As it is told");
    await page.getByRole("button", { name: "Code it" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/done=coded/);
    await page.waitForLoadState();
    if (code === "V1") await look(page, "the next contact to be coded");
    await page.goto(page.url().replace("?done=coded", ""));
  }
  ok((await page.locator("main").innerText()).includes("4 of 4"), "everything is coded");
  await page.getByRole("link", { name: "Contact 1", exact: true }).click();
  await page.waitForURL(/contacts\//);
  await page.locator("input[name=code][value=V2]").check();
  await page.getByLabel("Why it is amended").fill("It happened again");
  await page.getByRole("button", { name: "Amend the coding" }).click();
  await page.waitForURL(/done=amended/);
  await look(page, "a coding that was amended");

  await analyst.goto(`/coding/${week}/close`);
  await look(analyst, "closing a sample");
  await analyst.getByRole("button", { name: "Close the sample" }).click();
  await analyst.waitForURL(/done=closed/);
  await look(analyst, "what a sample says");
  const table = analyst.getByRole("table", { name: "Derived against second coding" });
  const cell = table.getByRole("link", { name: "derived as V1, coded as V2" });
  equal((await cell.innerText()).split(/\s/)[0], "1", "what was amended counts as it is now");
  await cell.click();
  await analyst.waitForURL(/contacts\?/);
  equal(await analyst.locator("tbody tr").count(), 1, "the cell opens to its contacts");
  await look(analyst, "the contacts behind a cell");
  await analyst.locator("tbody th a").click();
  await analyst.waitForURL(/contacts\/[0-9a-f]/);
  ok((await analyst.locator("main").innerText()).includes("It happened again"), "both codings stay, with the reason");
  await look(analyst, "a contact of a closed sample");
  await analyst.goto("/coding");
  await look(analyst, "quality sampling, with a closed week");
  ok((await analyst.locator("tbody").innerText()).includes("Closed"), "the week is closed");
});
