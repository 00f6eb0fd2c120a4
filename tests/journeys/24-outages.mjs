// A system is down: a supervisor says so, advisors see it while they speak, and who rang because of it is counted. And who gave
// up on 101 before they were heard by 999.
import { equal, journey, ok, refusal, send, twice } from "../journey.mjs";

const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

async function received(program, channel, number, reference, came = ago(1)) {
  const advisor = await program("service advisor");
  const option = channel === "non_emergency" ? { option: "4" } : {};
  return advisor.post("/contacts", { channel, ...option, number, arrived_at: came, answered_at: came, their_reference: reference });
}

// Whether a contact is among the records of a reason; what was just recorded is counted within a second, on a loaded machine later.
async function isCounted(program, reason, { address }, wanted = true) {
  const reader = await program("supervisor");
  for (let turn = 0; turn < 150; turn += 1) {
    const page = await reader.get(`/measures/failure_demand/records?reason=${reason}`);
    if (JSON.stringify(page).includes(address) === wanted) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}

twice("a supervisor records an outage, advisors see it while they speak, and who rang because of it is counted", async ({ program, signIn, look, javaScript }) => {
  // Each walk has a system of its own: one is down once at a time.
  const [system, words] = javaScript ? ["crime_record", "Recording crime"] : ["diary", "Diaries of appointments"];
  const supervisor = await signIn("supervisor");
  await supervisor.goto("/contacts");
  await supervisor.getByRole("link", { name: "Outages", exact: true }).click();
  await supervisor.getByRole("heading", { name: "Outages", exact: true }).waitFor();
  await supervisor.getByRole("link", { name: "Record an outage" }).click();
  await supervisor.getByRole("heading", { name: "Record an outage" }).waitFor();
  await look(supervisor, "the form of an outage");
  await send(supervisor, null, { began_at: "2099-01-01 10:00", source: "Service desk, 4711" });
  ok((await refusal(supervisor, "began_at")).includes("still to come"), "a beginning to come");
  await look(supervisor, "the form of an outage, refused");
  await send(supervisor, null, { began_at: ago(90), system: "" });
  ok((await refusal(supervisor, "system")).startsWith("Say which system is down"), "no system");
  equal(await supervisor.locator("#source").inputValue(), "Service desk, 4711", "what was typed stays");
  equal(await send(supervisor, null, { system, callers: "It is taken down on paper. Ring again tomorrow." }), 200, "status of the outage");
  const outage = new URL(supervisor.url()).pathname;
  ok((await supervisor.locator("main").innerText()).includes("Not yet"), "it is down");
  await look(supervisor, "an outage that is open");
  await send(supervisor, "/outages/new", { system, began_at: ago(5), source: "Another desk" });
  ok((await refusal(supervisor, "system")).includes(`“${words}” is recorded as down since`), "twice at a time");
  await supervisor.goto("/outages?state=open");
  ok((await supervisor.locator("tbody").innerText()).includes(words), "it is among what is down");
  await look(supervisor, "outages, one of them open");

  const contact = await received(program, "non_emergency", "07700 900471", `outage-${javaScript}`);
  const page = await signIn("service advisor", { width: 1680, height: 1050 });
  await page.goto(contact.address);
  const notice = page.getByRole("region", { name: "Systems that are down" });
  ok((await notice.innerText()).includes(`${words}. Callers are told: It is taken down on paper.`), await notice.innerText());
  await look(page, "a call while a system is down");
  await page.locator("#why").selectOption("F14");
  await page.getByRole("button", { name: /^Save/ }).last().click();
  await page.waitForURL(/done=save/);
  ok(await isCounted(program, "F14", contact), "who rings because a system is down is not counted so");

  await send(supervisor, `${outage}/end`, { ended_at: ago(120), source: "Service desk, 4711" });
  ok((await refusal(supervisor, "ended_at")).includes("is not after the beginning"), "an end before the beginning");
  equal(await send(supervisor, null, { ended_at: ago(1) }), 200, "status of the end");
  await page.goto(contact.address);
  equal(await notice.count(), 0, "the notice goes");
  // It was another day after all: whoever rang today did not ring because of it.
  await supervisor.goto(`${outage}/correction`);
  await look(supervisor, "the correction of an outage");
  equal(await send(supervisor, null, { began_at: ago(60 * 50), ended_at: ago(60 * 49), reason: "The day was wrong." }), 200, "status of the correction");
  ok(await isCounted(program, "F14", contact, false), "what an outage is corrected to is not counted anew");
  equal(await send(supervisor, `${outage}/correction`, { began_at: ago(60), ended_at: ago(10), reason: "It was right." }), 200, "status of the second correction");
  ok(await isCounted(program, "F14", contact), "what is told late is not counted");
  equal(await send(supervisor, `${outage}/taken-back`, { reason: "It was a drill." }), 200, "status of taking it back");
  ok((await supervisor.locator("main").innerText()).includes("It was a drill."), "why is in its timeline");
  await look(supervisor, "an outage that was taken back");
  ok(await isCounted(program, "F14", contact, false), "what was no outage is still counted");
});

journey("an outage is recorded by those who supervise, and read by those who read contacts", async ({ program }) => {
  const advisor = await program("service advisor");
  const told = await advisor.post("/outages", { system: "radio", began_at: ago(5), source: "Desk" }).then(() => "stored", (error) => error.message);
  ok(told.includes("403") && told.includes("Only the role Supervisor may record outages"), told);
  ok(Array.isArray((await advisor.get("/outages")).outages), "the list is data, too");
  const analyst = await program("analyst");
  const refused = await analyst.get("/outages").then(() => "shown", (error) => error.message);
  ok(refused.includes("403"), refused);
});

journey("who gave up on 101 and is heard by 999 could not get through, and the list of calls given up says when they were", async ({ program, signIn, look }) => {
  const advisor = await program("service advisor");
  const number = "07700 900483";
  const came = ago(20);
  const call = await advisor.post("/contacts", { channel: "non_emergency", option: "4", number, arrived_at: came, ended_at: ago(16), ended_by: "caller", their_reference: "given-up" });
  ok(call.is_attempt, "it is an attempt");
  const heard = await received(program, "emergency", number, "heard-after-it", ago(12));
  ok(await isCounted(program, "F11", heard), "who could not get through is not counted so");
  const page = await signIn("service advisor", { width: 1680, height: 1050 });
  await page.goto("/contacts?state=attempt");
  const row = page.locator("tr").filter({ hasText: call.reference });
  await look(page, "calls that were given up");
  await row.getByRole("link", { name: /^Answered again at/ }).click();
  await page.waitForURL((url) => url.pathname === heard.address);
  ok((await page.locator(".an-calllog").innerText()).includes("The same number had given up a call at"), "the contact says why");
  // Nobody is known by it: what came from another number is not tied to the call.
  const other = await received(program, "emergency", "07700 900484", "another-number", ago(11));
  const log = JSON.stringify((await advisor.get(other.address)).log);
  ok(!log.includes("given up"), log);
});
