// What somebody is promised: recorded on the incident, in the list until it is kept, and broken when its time goes by.
import { equal, journey, ok, refusal, send, twice } from "../journey.mjs";

async function opened(program, reference, more = {}) {
  const advisor = await program("service advisor");
  const now = new Date(Date.now() - 60_000).toISOString();
  const { id } = await advisor.post("/contacts", { channel: "non_emergency", option: "4", number: "07700 900480", arrived_at: now, answered_at: now, their_reference: reference });
  await advisor.change(`/contacts/${id}`, { name: "Mòrag Bàn", narrative: "The shop window was broken in the night.", ...more });
  return (await advisor.post("/incidents", { contact: id, incident_type: "vandalism", summary: `A broken window (${reference})`, grade: "immediate", rationale: "Somebody may still be inside." })).id;
}

const inHours = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();
const promises = (page) => page.locator("main").getByRole("table", { name: "Promises, the latest first" });

twice("a promise is made, stays in the list until it is kept, and cannot be kept twice", async ({ program, signIn, look, javaScript }) => {
  const reference = `promise-${javaScript}`;
  const incident = await opened(program, reference, { unsafe: ["letter"], unsafe_why: "He opens the post." });
  const at = `/incidents/${incident}`;
  const page = await signIn("service advisor");
  await send(page, `${at}/promise`, { due_at: inHours(2) });
  await refusal(page, "kind");
  await send(page, `${at}/promise`, { kind: "call_back", due_at: "soon" });
  const told = await refusal(page, "due_at");
  ok(told.includes("20:14"), `it says how a time is given: ${told}`);
  await look(page, "a promise with a time that cannot be read");
  await send(page, `${at}/promise`, { kind: "call_back", due_at: inHours(-1) });
  ok((await refusal(page, "due_at")).includes("is past"), "a time that is past");
  await send(page, `${at}/promise`, { kind: "call_back", due_at: inHours(2), words: "When the glazier has been" });
  ok((await page.locator(".an-notice").innerText()).includes("recorded"), "it is told");
  ok((await promises(page).innerText()).includes("to be kept"), "its state");
  ok((await page.locator("main").innerText()).includes("Never by letter: He opens the post."), "how the caller must not be reached");
  await look(page, "an incident with a promise");

  await page.goto("/promises?unit=control_room_west");
  ok((await page.locator("main").innerText()).includes(reference), "it is in the list of its unit");
  await look(page, "promises to be kept");
  await page.goto("/promises?unit=division_n");
  ok(!(await page.locator("main").innerText()).includes(reference), "and in no other");
  await look(page, "no promise to be kept");
  equal((await page.goto("/promises?unit=nobody")).status(), 422, "a unit that there is not");
  equal((await page.goto("/promises?after=here")).status(), 422, "a place that there is not");

  await send(page, `${at}/fulfilment`, {});
  await refusal(page, "way");
  await send(page, `${at}/fulfilment`, { way: "call", words: "She is content." });
  ok((await promises(page).innerText()).includes("kept"), "it is kept");
  const again = await (await program("service advisor")).post(`${at}/fulfilment`, { number: 0, way: "call" }).catch((error) => error.message);
  ok(again.includes(": 422 ") && again.includes("was fulfilled"), `twice: ${again}`);
  await page.goto("/promises?unit=control_room_west");
  ok(!(await page.locator("main").innerText()).includes(reference), "it is not to be kept any more");
});

journey("a promise outlives the closing of its incident, and is withdrawn with a reason", async ({ program, signIn, look }) => {
  const assessed = ["threat", "harm", "risk", "investigation", "vulnerability", "engagement"].map((element) => [element, "none_identified"]);
  const incident = await opened(program, "promise-closed", { place_words: "5 Station Brae, Gryfebridge", division: "G", ...Object.fromEntries(assessed) });
  const at = `/incidents/${incident}`;
  const control = await program("area control room");
  await control.post(`${at}/promise`, { kind: "update", due_at: inHours(1) });
  await control.change(at, { code: "SC01", overview: "A window was broken.", updates: "Nothing further.", action: "Seen by officers.", outcome: "Recorded." }, "/closure");
  const page = await signIn("area control room");
  await page.goto("/promises");
  const row = page.locator("tr", { hasText: "promise-closed" });
  ok((await row.innerText()).includes("Closed"), "the list says that it is closed");
  await send(page, `${at}/release`, { reason: "" });
  await refusal(page, "reason");
  await send(page, `${at}/release`, { reason: "She rang and knows." });
  ok((await promises(page).innerText()).includes("withdrawn"), "it is withdrawn");
  await page.goto(at);
  equal(await page.locator(`a[href="${at}/fulfilment"]`).count(), 0, "nothing is left to be kept");
  await look(page, "a closed incident with a withdrawn promise");
  const analyst = await signIn("analyst");
  equal((await analyst.goto("/promises")).status(), 403, "a role that reads no incidents");
});
