// A local policing appointment: booked for somebody protected, missed by police, seen in the queue, booked again and kept.
import { equal, journey, ok, refusal, send, twice } from "../journey.mjs";

const WHY = ["Threat", "Harm", "Risk", "Investigation", "Vulnerability", "Engagement"].map((one) => `${one} was asked about.`);
const six = (change) => Object.fromEntries([...["threat", "harm", "risk", "investigation", "vulnerability", "engagement"].flatMap((element, index) => [[element, "none_identified"], [`${element}_narrative`, WHY[index]]]), ["change", change]]);
const local = (at) => new Date(at).toLocaleString("sv-SE", { timeZone: "Europe/London" }).slice(0, 16);
const refused = (promise) => promise.then(() => "stored", (error) => error.message);

// A station whose diary offers a slot of ten minutes after the other, day and night: a man and a woman.
async function station(program, name, unit, from = "00:00") {
  const manager = await program("diary manager");
  const { id } = await manager.post("/diaries", { unit, station: name });
  const today = local(Date.now()).slice(0, 10);
  await manager.change(`/diaries/${id}`, { weekdays: ["1", "2", "3", "4", "5", "6", "7"], first: today, from, until: from, slot_minutes: "10", modes: ["home", "phone"], officers: "man\nwoman" }, "/shift");
  return `/diaries/${id}`;
}

async function incident(program, reference, qualifiers, division) {
  const advisor = await program("service advisor");
  const now = new Date(Date.now() - 60_000).toISOString();
  const { id } = await advisor.post("/contacts", { channel: "non_emergency", option: "4", number: "07700 900490", arrived_at: now, answered_at: now, their_reference: reference });
  await advisor.change(`/contacts/${id}`, { name: "Eilidh Ross", narrative: "She was pushed last night; he has left.", place_words: "3 Mill Lane, Harbour", division, ...six("") });
  return `/incidents/${(await advisor.post("/incidents", { contact: id, incident_type: "assault", qualifiers, summary: `Pushed by her partner (${reference})`, grade: "standard", rationale: "He has left and she is with her sister." })).id}`;
}

twice("an appointment of somebody protected is booked, kept on the same page as its diary, and closes nothing", async ({ program, signIn, look, javaScript }) => {
  const reference = `appointment-${javaScript}`;
  const unit = javaScript ? "division_p" : "division_k";
  const diary = await station(program, `Mill Lane ${javaScript}`, unit);
  const at = await incident(program, reference, ["domestic"], javaScript ? "P" : "K");
  const page = await signIn("service advisor");
  await page.goto(at);
  await page.getByRole("link", { name: "Book or move an appointment" }).click();
  ok((await page.locator("main").innerText()).includes("Domestic abuse: within 24 hours. The earliest that fits comes first."), "the standard");
  await look(page, "the times that are offered");
  await page.getByRole("button", { name: "Book it" }).click();
  ok((await refusal(page, "slot")).includes("Choose a time"), "no time");
  // The second time: a later one than need be, and nobody was asked by whom she wants to be interviewed.
  // By day another station of the division is open, too: of this one, because its slots are ten minutes apart.
  const own = page.locator("tbody tr").filter({ hasText: `Mill Lane ${javaScript}` });
  const second = own.locator('input[name="slot"]').nth(1);
  await second.check();
  await page.getByLabel("How they are seen").selectOption("home");
  await page.getByRole("button", { name: "Book it" }).click();
  ok((await refusal(page, "answer")).includes("section 8"), "nobody asked");
  await page.getByLabel("By whom do they want to be interviewed?").selectOption("woman");
  await page.getByRole("combobox", { name: "How they were asked" }).selectOption("call");
  await page.getByRole("button", { name: "Book it" }).click();
  ok((await refusal(page, "why_later")).includes("the earliest that fits"), "later than need be");
  await look(page, "a later time than need be");
  await page.getByRole("button", { name: "Hold it while I ask" }).click();
  ok((await page.locator("main").innerText()).includes("held for this incident until"), "it is held");
  await look(page, "a time that is held");
  // Somebody else is not offered what is held: only the man is left of it.
  const other = await incident(program, `${reference}-other`, [], javaScript ? "P" : "K");
  const advisor = await program("service advisor");
  const held = await page.locator('input[name="slot"]:checked').inputValue();
  const offered = (await advisor.get(`${other}/appointment`)).days.flatMap((one) => one.times).find((time) => time.slot === held);
  equal(offered.officers, "1 officer free: a man", "what is left of the time that is held");
  // And nobody holds a whole diary.
  const later = (await advisor.get(`${other}/appointment`)).days.flatMap((one) => one.times).slice(4, 8).map((time) => time.slot);
  for (const slot of later.slice(0, 3)) await advisor.change(other, { slot, do: "hold" }, "/appointment");
  const fourth = await refused(advisor.change(other, { slot: later[3], do: "hold" }, "/appointment"));
  ok(fourth.includes("Enough times are held"), `a fourth time: ${fourth}`);
  await page.getByRole("textbox", { name: "What the caller wishes" }).fill("She takes the children to school first.");
  await page.getByRole("button", { name: "Book it" }).click();
  ok((await page.locator(".an-notice").innerText()).includes("is booked"), "it is told");
  const shown = page.locator("main").getByRole("table", { name: "Appointments, the latest first" });
  ok((await shown.innerText()).includes("to come"), "it is to come");
  await look(page, "an incident with an appointment");
  await page.goto(diary);
  ok((await page.locator("main").innerText()).includes("1 of 2"), "the diary shows that a place is taken");
  const control = await program("area control room");
  const closing = { code: "SC01", overview: "She was pushed.", updates: "None.", action: "An appointment.", outcome: "Recorded." };
  const closed = await refused(control.change(at, closing, "/closure"));
  ok(closed.includes("booking closes nothing"), `it stays open: ${closed}`);
  await page.goto(`/appointments?unit=${unit}&outcome=to_come`);
  ok((await page.locator("main").innerText()).includes(reference), "it is in the list");
  await look(page, "appointments of a division");
  // Nobody can be moved in silence, nor closed away.
  const moved = await refused(control.change(at, { by: "police", reason: "no_officer" }, "/cancellation"));
  ok(moved.includes("told"), `she has to be told: ${moved}`);
  await send(page, `${at}/cancellation`, { by: "caller", reason: "not_wanted" });
  ok((await page.locator(".an-notice").innerText()).includes("cancelled"), "she cancels it herself");
  await page.goto("/appointments/counts");
  const line = page.locator("tbody tr").filter({ has: page.getByRole("rowheader") }).first();
  const figures = (await line.locator("td").allInnerTexts()).map(Number);
  equal(figures[0], figures.slice(1).reduce((sum, one) => sum + one, 0), "what was booked is the sum of the others");
  await look(page, "appointments counted");
});

journey("what police missed is seen, told, assessed anew, booked again and kept", async ({ program, signIn, look }) => {
  // Its first slot begins within the next minute or so: the time has to go by.
  const begins = new Date(Date.now() + 75_000);
  await station(program, "Quay Street", "division_d", local(begins).slice(11));
  const at = await incident(program, "missed", ["domestic"], "D");
  const advisor = await program("service advisor");
  const times = async (of) => (await advisor.get(`${of}/appointment`)).days.flatMap((one) => one.times);
  const [first] = await times(at);
  await advisor.change(at, { slot: first.slot, mode: "phone", answer: "no_preference", way: "call" }, "/appointment");
  const early = await refused(advisor.change(at, { by: "police", reason: "no_officer" }, "/miss"));
  ok(early.includes("still to come"), `before its time: ${early}`);
  const second = await refused(advisor.change(await incident(program, "second", [], "D"), { slot: first.slot, mode: "phone" }, "/appointment"));
  equal(second, "stored", "the second officer is free");
  const full = await refused(advisor.change(await incident(program, "third", [], "D"), { slot: first.slot, mode: "phone" }, "/appointment"));
  ok(full.includes("has just been taken"), `over capacity: ${full}`);
  const past = await refused(advisor.change(await incident(program, "fourth", [], "D"), { slot: first.slot.replace(/^[^_]+/, "2026-01-05T10:00:00Z"), mode: "phone" }, "/appointment"));
  ok(past.includes("is past"), `in the past: ${past}`);
  const nowhere = await refused(advisor.change(await incident(program, "fifth", [], "D"), { slot: "tomorrow", mode: "phone" }, "/appointment"));
  ok(nowhere.includes("no time of a diary"), `no slot at all: ${nowhere}`);
  const urgent = await incident(program, "urgent", [], "D");
  const [next] = await times(urgent);
  await advisor.change(urgent, { slot: next.slot, mode: "phone" }, "/appointment");
  const control = await program("area control room");
  await control.change(urgent, { grade: "immediate", reason: "information", rationale: "He is back." }, "/grade");
  const page = await signIn("supervisor");
  await page.goto(urgent);
  ok((await page.locator("main").innerText()).includes("converted to dispatch"), "what becomes urgent is no appointment any more");
  const sent = await refused(advisor.change(urgent, { slot: next.slot, mode: "phone" }, "/appointment"));
  ok(sent.includes("officers are sent to it now"), `what officers are sent to: ${sent}`);

  await page.waitForTimeout(Math.max(0, new Date(first.slot.split("_")[0]) - Date.now()) + 500);
  await page.goto(at);
  const main = page.locator("main");
  ok((await main.innerText()).includes("outcome owed"), "its time came, and nobody said what became of it");
  await look(page, "an appointment whose outcome is owed");
  await send(page, `${at}/miss`, { by: "police", reason: "no_officer" });
  const told = await main.innerText();
  ok(told.includes("missed by police") && told.includes("police missed the appointment"), "it is assessed anew");
  ok(told.includes("Tell them how it stands"), "she is told the same day");
  await look(page, "an appointment that police missed");
  const closing = { code: "SC01", overview: "She was pushed.", updates: "None.", action: "None.", outcome: "Recorded." };
  const closed = await refused(control.change(at, closing, "/closure"));
  ok(closed.includes("did not keep its appointment"), `she is not closed away: ${closed}`);
  const [again] = await times(at);
  await page.goto(`${at}/appointment`);
  await page.locator(`input[value="${again.slot}"]`).check();
  await page.getByLabel("How they are seen").selectOption("phone");
  await page.getByRole("button", { name: "Book it" }).click();
  ok((await main.innerText()).includes("to come"), "it is booked again");
  await advisor.change(at, six("Police missed the appointment; he has not been back."), "/assessment");
  await page.goto(at);
  ok(!(await main.innerText()).includes("new THRIVE assessment"), "nothing is owed any more");
  await send(page, `${at}/keeping`, { words: "Spoken to by telephone, and a statement noted." });
  ok((await page.locator(".an-notice").innerText()).includes("kept"), "it was kept");
  await look(page, "an appointment that was kept");
});
