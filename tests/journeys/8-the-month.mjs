// A month: updates are asked for, the owner is told and answers, and the round says so.
import { equal, journey, ok, send, twice } from "../journey.mjs";

const WHAT = { true: ["Policing Performance Committee", "Missing Persons 2024"], false: ["Mental Health Tactical Forum", "Domestic Abuse 2023"] };
const choose = async (page, name, words) => page.locator(`main form [name="${name}"]`).selectOption(await page.locator(`main form [name="${name}"] option`, { hasText: words }).first().getAttribute("value"));

twice("a month’s round asks, the owner finds it among what needs attention and answers, and the round says so", async ({ javaScript, signIn, look }) => {
  const [meeting, inspection] = WHAT[javaScript];
  const manager = await signIn("audit manager");
  await manager.goto("/rounds/new");
  await look(manager, "new round");
  await choose(manager, "meeting", meeting);
  await choose(manager, "inspection", inspection);
  await send(manager, null);
  equal(manager.answered, 200, "status after opening the round");
  const round = new URL(manager.url()).pathname;
  await look(manager, "round");

  const owner = await signIn("action owner");
  await owner.goto("/attention");
  await look(owner, "attention");
  const asked = owner.locator("main a[href$='/update']").first();
  const address = new URL(await asked.evaluate((link) => link.href)).pathname;
  await send(owner, address, { text: `Asked by ${meeting}, and answered.` });
  await owner.getByRole("status").filter({ hasText: "The update is added." }).waitFor();
  await owner.goto("/mailbox");
  ok(/asked for/i.test(await owner.locator("main").innerText()), "the owner was not told");
  await look(owner, "mailbox");

  await manager.goto(round);
  ok(/answered/i.test(await manager.locator("main").innerText()), "the round does not say that it was answered");
});

journey("the pages around the register are there, in order, and say what they are", async ({ signIn, look }) => {
  const page = await signIn("audit manager");
  for (const address of ["/recommendations/summary", "/check", "/areas", "/programmes", "/inspections-under-way", "/sources", "/groups", "/meetings", "/rounds", "/calendar", "/posts", "/views", "/mailbox/settings", "/find?words=missing+persons"]) {
    await page.goto(address);
    equal(page.answered, 200, `status of ${address}`);
    await look(page, address);
  }
});
