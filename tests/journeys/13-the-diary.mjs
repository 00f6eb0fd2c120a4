// A diary of local policing: opened, given its shifts, and blocked where nobody is seen.
import { equal, ok, refusal, send, twice } from "../journey.mjs";

const day = (after) => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);

twice("a diary is opened, has shifts, and what is blocked is not offered", async ({ program, signIn, look, javaScript }) => {
  const station = `Harbour Office ${javaScript ? "one" : "two"}`;
  const page = await signIn("diary manager");
  await page.goto("/diaries");
  await page.getByRole("link", { name: "Open a diary" }).click();
  await page.getByRole("button", { name: "Open the diary" }).click();
  await refusal(page, "unit");
  await page.getByLabel("Division").selectOption("division_n");
  await page.getByRole("textbox", { name: "Station" }).fill(station);
  await page.getByRole("button", { name: "Open the diary" }).click();
  ok((await page.locator(".an-notice").innerText()).includes("is open"), "it is told");
  ok((await page.locator("main").innerText()).includes("nobody can be booked"), "it has no shift yet");
  await look(page, "a diary without shifts");
  const at = new URL(page.url()).pathname;
  equal((await page.goto("/diaries/new")).status(), 200, "the form");
  await page.getByLabel("Division").selectOption("division_n");
  await page.getByRole("textbox", { name: "Station" }).fill(station.toUpperCase());
  await page.getByRole("button", { name: "Open the diary" }).click();
  ok((await refusal(page, "station")).includes("already"), "a second diary of one station");

  await page.goto(`${at}/shift`);
  await page.getByRole("textbox", { name: "Officers" }).fill("woman: magic");
  await page.getByRole("button", { name: "Add the shift" }).click();
  ok((await refusal(page, "officers")).includes("is no skill"), "a skill that there is not");
  await page.getByRole("textbox", { name: "Officers" }).fill("woman: Sexual offences liaison\nman");
  for (const name of ["Saturday", "Sunday"]) await page.getByRole("checkbox", { name }).check();
  await look(page, "the form of a shift");
  await page.getByRole("button", { name: "Add the shift" }).click();
  const week = page.getByRole("table", { name: "Places taken and offered" });
  await page.goto(`${at}?week=${day(7)}`);
  equal(await week.locator("tbody tr").count(), 12, "from eight to eight by the hour");
  equal(await week.locator("tbody td", { hasText: "0 of 2" }).count(), 84, "two places, seven days");
  await look(page, "a week of a diary");

  await send(page, `${at}/block`, { from: day(7), until: day(7), reason: "" });
  await refusal(page, "reason");
  await send(page, `${at}/block`, { from: day(7), until: day(7), reason: "A training day" });
  await page.goto(`${at}?week=${day(7)}`);
  equal(await week.locator("tbody td", { hasText: "0 of 2" }).count(), 72, "that day is not offered");
  const manager = await program("diary manager");
  const stale = await manager.post(`${at}/unblock`, { number: 0, last_seq: 1 }).catch((error) => error.message);
  ok(stale.includes(": 412 ") || stale.includes(": 409 "), `a form that was overtaken: ${stale}`);
  await manager.change(at, { number: 0 }, "/unblock");
  await manager.change(at, { number: 0, last: day(8) }, "/end");
  await page.goto(`${at}?week=${day(14)}`);
  ok((await page.locator("main").innerText()).includes("Nothing is offered in this week"), "the shift is over by then");
  await page.goto("/diaries?unit=division_n");
  ok((await page.locator("main").innerText()).includes(station), "it is in the list of its division");
  await look(page, "the diaries");
  equal((await page.goto("/diaries?unit=nowhere")).status(), 422, "a division that there is not");
  equal((await page.goto(`${at}?week=soon`)).status(), 422, "a week that there is not");
  const advisor = await signIn("service advisor");
  equal((await advisor.goto(`${at}/shift`)).status(), 403, "who may look at a diary and not keep it");
});
