// Somebody asks to be told of reports; when one is frozen there is one notice, with a link and without a figure.
import { equal, journey, ok, refusal, twice } from "../journey.mjs";

const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" }).format(new Date());

async function frozen(program, pack, division, reason = "") {
  return (await program.post("/reports/new", { pack, period: today(), division, reason })).id;
}

twice("a supervisor asks to be told of the reports of a division, is told once by a link, and is told no longer when it is enough", async ({ javaScript, program, signIn, look }) => {
  // The two walks share an Answerable: each has a division of its own.
  const [letter, division, other] = javaScript ? ["D", "D Tayside Division", "P"] : ["E", "E Edinburgh Division", "L"];
  const pack = "division_monthly";
  const analyst = await program("analyst");
  const page = await signIn("supervisor");
  await page.goto("/reports");
  await page.getByRole("link", { name: "Be told by e-mail" }).click();
  await page.getByRole("heading", { name: "Be told of reports" }).waitFor();
  ok((await page.locator("main").innerText()).includes("Your mailbox"), "it does not say where one is told");
  await look(page, "which reports somebody is told of");
  const later = await signIn("supervisor");
  await later.goto("/reports/subscriptions");

  const choose = async (on) => {
    await on.getByLabel("Of which division: Division, monthly").selectOption(letter);
    await on.getByRole("button", { name: "Tell me of Division, monthly, the division that is chosen" }).click();
    await on.waitForLoadState();
  };
  await choose(page);
  await page.getByRole("status").filter({ hasText: "You are told when the next of these reports is frozen." }).waitFor();
  const row = page.getByRole("row").filter({ hasText: "You are told" }).filter({ hasText: division });
  equal(await row.count(), 1, "the division in the list");
  equal(await page.getByLabel("Of which division: Division, monthly").locator(`option[value=${letter}]`).count(), 0, "what is told cannot be chosen again");
  await look(page, "somebody is told of a division");
  // Another tab, opened before.
  await choose(later);
  equal(await refusal(later, `division-${pack}`), "You are told of these reports already. Choose others.", "what the other tab is told");
  await look(later, "somebody is told already");

  const id = await frozen(analyst, pack, letter);
  await frozen(analyst, pack, other);
  await page.goto(`/mailbox?words=${id}`);
  equal(await page.locator("tbody tr").count(), 1, "notices of the report");
  const notice = page.locator("tbody th a");
  const subject = await notice.innerText();
  ok(subject.startsWith(`Report: Division, monthly, ${division}, `) && subject.endsWith(" (provisional)"), subject);
  await notice.click();
  await page.getByRole("heading", { name: subject }).waitFor();
  await look(page, "a notice of a report");
  // A month and its year are in it, and no other number.
  const words = (await page.locator(".an-read").innerText()).replace(/ 20\d\d\./, ".");
  ok(!/\d/.test(words), `the notice has a figure: ${words}`);
  await page.getByRole("link", { name: "Open the report" }).click();
  await page.waitForURL(`**/reports/${id}?edition=1`);
  equal(page.answered, 200, "the report");
  await page.goto("/mailbox");
  ok(!(await page.locator("tbody").innerText()).includes(`Division, monthly, ${other} `), "told of a division that was not asked for");

  await page.getByRole("link", { name: "Reports I am told of" }).click();
  await page.getByRole("button", { name: `Stop telling me of Division, monthly, ${division}` }).click();
  await page.getByRole("status").filter({ hasText: "You are told of these reports no longer." }).waitFor();
  equal(await page.getByRole("row").filter({ hasText: division }).filter({ hasText: "You are told" }).count(), 0, "it is not in the list");
});

journey("a committee member is offered what is published, and what cannot be asked for is refused in full sentences", async ({ program, signIn, look }) => {
  const page = await signIn("committee member");
  await page.goto("/reports/subscriptions");
  const packs = await page.locator("tbody th").evaluateAll((all) => all.map((one) => one.firstChild.textContent.trim()));
  equal(packs, ["Authority, monthly", "Authority, quarterly"], "the packs that are offered");
  await look(page, "which reports a committee member is told of");
  const member = await program("committee member");
  const asked = (body) => member.post("/reports/subscriptions", body).then(() => "told", (error) => error.message);
  for (const [pack, division, wanted, told] of [
    ["control_room_weekly", "", "on", "is not published"],
    ["everything", "", "on", "is no pack of reports"],
    ["authority_monthly", "D", "on", "is of the whole service"],
    ["authority_monthly", "", "off", "You are not told of these reports"],
    ["authority_monthly", "", "perhaps", "Say “on”"],
  ]) {
    const answer = await asked({ pack, division, wanted });
    ok(answer.includes(": 422 ") && answer.includes(told), `${pack} ${wanted}: ${answer}`);
  }
});
