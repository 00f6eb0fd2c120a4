// Somebody is written to: the words are shown before they go, an unsafe way is refused, and the local mailbox keeps what would have left.
import { equal, ok, refusal, send, twice } from "../journey.mjs";

async function opened(program, reference, number = "07700 900482", reach = {}) {
  const advisor = await program("service advisor");
  const now = new Date(Date.now() - 60_000).toISOString();
  const { id } = await advisor.post("/contacts", { channel: "non_emergency", option: "4", number, arrived_at: now, answered_at: now, their_reference: reference });
  const assessed = ["threat", "harm", "risk", "investigation", "vulnerability", "engagement"].map((element) => [element, "none_identified"]);
  await advisor.change(`/contacts/${id}`, { name: "Morag Reid", narrative: "Her bicycle is gone.", division: "D", place_words: "12 Mill Street, Kinmuir", ...reach, ...Object.fromEntries(assessed) });
  const incident = (await advisor.post("/incidents", { contact: id, incident_type: "concern_for_person", summary: `A bicycle (${reference})`, grade: "immediate", rationale: "She saw who took it." })).id;
  return { contact: id, incident };
}

// What is on a page is reached and used with the keyboard: Tab to it, Enter on it.
async function keyed(page, words) {
  const target = page.locator("main a", { hasText: words }).first();
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) break;
  }
  ok(await target.evaluate((element) => element === document.activeElement), `“${words}” is not reached by Tab`);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

twice("somebody is written to in words that were shown, never by an unsafe way, and nothing leaves", async ({ program, signIn, look, javaScript }) => {
  const reference = `message-${javaScript}`;
  const { incident } = await opened(program, reference);
  const page = await signIn("service advisor");
  await page.goto(`/incidents/${incident}`);
  await keyed(page, "Write to them");
  await look(page, "what can be said to somebody");
  await keyed(page, "We could not reach you");
  await page.getByRole("button", { name: "Show what it says" }).click();
  ok((await refusal(page, "when")).includes("is missing"), "nothing is shown without what it needs");
  await look(page, "a message that lacks something");
  await page.locator("[name=when]").fill("26 November 2026, 11:00");
  await page.locator("[name=urgent]").check();
  await page.getByRole("button", { name: "Show what it says" }).click();
  ok((await page.locator("main").innerText()).includes("We tried to reach you on 26 November 2026, 11:00."), "the words are shown");
  await look(page, "a message before it goes");
  await page.getByRole("button", { name: "Send it" }).click();
  ok((await page.locator("main").innerText()).includes("+447700900482"), "where it goes");
  ok(!(await page.title()).includes("Morag") && !page.url().includes("900482"), "nobody in the title or the address");
  await look(page, "a message");
  const at = new URL(page.url()).pathname;

  // A letter is printed and posted by hand.
  await page.goto(`/incidents/${incident}/messages/new?template=crime_reference`);
  await page.locator('[name=way][value="letter"]').check();
  await page.locator("[name=to]").fill("12 Mill Street\nKinmuir");
  await page.getByRole("button", { name: "Show what it says" }).click();
  await page.getByRole("button", { name: "Send it" }).click();
  await keyed(page, "The letter, to print");
  ok((await page.locator("article").innerText()).includes("12 Mill Street"), "the address on the letter");
  await look(page, "a letter");

  // The service lets it leave within a minute; with nothing set up it is in the local mailbox.
  for (let tries = 0; tries < 80 && !(await (await program("service advisor")).get(at)).state.startsWith("kept"); tries += 1) await new Promise((done) => setTimeout(done, 1000));
  await page.goto("/messages/mailbox");
  ok((await page.locator("main").innerText()).includes("We could not reach you"), "the mailbox keeps it");
  await look(page, "the local mailbox");
  await page.goto("/messages?way=text");
  await look(page, "messages");
  await page.goto("/messages?state=given_up&way=letter");
  ok((await page.locator("main").innerText()).includes("No message matches."), "an empty list says so");
  await send(page, `${at}/settlement`, { words: "Called" });
  equal(page.answered, 422, "what left is not settled");
  equal((await (await program("service advisor")).get(at)).state, "kept", "it stays as it was");

  // Somebody else reads her texts and opens her post: neither is offered, nor taken from a program.
  const her = await opened(program, `${reference}-unsafe`, "07700 900483", { unsafe: ["text", "letter"], unsafe_why: "He reads them." });
  const form = `/incidents/${her.incident}/messages/new?template=crime_reference`;
  await page.goto(form);
  ok((await page.locator("main").innerText()).includes("Text is not safe for this person"), "why it is not offered");
  equal(await page.locator("[name=way]").count(), 1, "only an e-mail is offered");
  await look(page, "a message to somebody who cannot be texted");
  const advisor = await program("service advisor");
  for (const way of ["text", "letter"]) {
    const told = await advisor.post(form, { way, to: way === "text" ? "" : "12 Mill Street", do: "send" }).then(() => "sent", (error) => error.message);
    ok(told.includes("is not safe for this person"), `${way}: ${told}`);
  }
  const { id } = await advisor.post(form, { way: "email", to: "m.reid@example.org", do: "send" });
  const mail = await advisor.get(`/messages/${id}`);
  ok(!`${mail.subject} ${mail.body}`.includes("Caledonia"), "it does not say who writes");
});
