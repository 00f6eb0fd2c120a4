// An incident in its queues: from the control room to the closing, by a second person where it is domestic, from unit
// to unit, and on a screen that stays open.
import { equal, journey, ok, refusal, send, sentence, twice } from "../journey.mjs";

const SIX = ["threat", "harm", "risk", "investigation", "vulnerability", "engagement"];
const assessment = () => Object.fromEntries(SIX.flatMap((element) => [[element, "low"], [`${element}_narrative`, `Looked at: ${element}.`]]));

// An incident with its paperwork, as the call screen opens one. West is the control room of division G.
async function opened(program, reference, more = {}) {
  const advisor = await program("service advisor");
  const now = new Date(Date.now() - 60_000).toISOString();
  const { id } = await advisor.post("/contacts", { channel: "non_emergency", option: "4", number: "07700 900470", arrived_at: now, answered_at: now, their_reference: reference });
  const said = { do: "open", name: "Ruairidh Mac an Tàilleir", place_words: "5 Station Brae, Gryfebridge", division: "G", narrative: "Shouting outside, and a bin was set on fire.", summary: `A bin on fire (${reference})`, incident_type: "disorder", grade: "prompt", rationale: "Somebody should look before it spreads.", ...assessment(), ...more };
  return (await advisor.change(`/contacts/${id}`, said)).incident;
}

const CLOSING = { overview: "A bin was on fire.", updates: "It was put out before officers came.", action: "Officers spoke to two witnesses.", outcome: "Nobody was hurt. Nothing more is known." };
const told = (page) => page.locator(".an-notice").innerText();
const standing = (page) => page.locator(".an-standing").innerText();
const inQueue = async (page, queue, incident) => {
  await page.goto(`/queues/${queue}`);
  return page.locator(`[data-line="${incident}"]`).count();
};

twice("an incident goes from the control room to officers, their arrival, their result, and is closed", async ({ program, signIn, look, javaScript }) => {
  const incident = await opened(program, `a-life-${javaScript}`);
  const page = await signIn("area control room");
  await page.goto("/queues");
  await look(page, "every queue");
  equal(await inQueue(page, "control_room_west", incident), 1, "lines in its queue");
  equal(await inQueue(page, "control_room_east", incident), 0, "lines in another");
  await look(page, "a queue with several");
  await page.goto("/queues/control_room_west");
  await page.locator(`[data-line="${incident}"] a`).click();
  ok((await standing(page)).includes("Officers to be sent"), "what it waits for");
  await look(page, "an incident that is open");
  const at = `/incidents/${incident}`;

  await send(page, `${at}/dispatch`, { call_sign: "" });
  await refusal(page, "call_sign");
  await look(page, "sending nobody is refused");
  await send(page, `${at}/dispatch`, { call_sign: "KM21", at: "25:70" });
  await refusal(page, "at");
  await send(page, `${at}/dispatch`, { call_sign: "KM21" });
  ok((await told(page)).includes("sent"), "it is told");
  ok((await standing(page)).includes("Officers sent"), "it waits for those who were sent");

  const control = await program("area control room");
  const early = await control.post(`${at}/arrival`, { call_sign: "KM22" }).then(() => "stored", (error) => error.message);
  ok(early.includes(": 422 ") && early.includes("KM22"), `nobody arrives who was not sent: ${early}`);
  await send(page, `${at}/arrival`, { call_sign: "KM21", at: "2000-01-01T00:00:00Z" });
  await refusal(page, "at");
  await send(page, `${at}/arrival`, { call_sign: "KM21", at: "" });
  await send(page, `${at}/closure`, { code: "SC01", ...CLOSING });
  ok((await refusal(page, "code")).includes("KM21"), "who is out has a result first");
  await look(page, "a closing while officers are out is refused");
  equal(await page.locator("#overview").inputValue(), CLOSING.overview, "what was typed came back");
  await send(page, `${at}/result`, { call_sign: "KM21", result: "report", at: "" });
  await send(page, `${at}/closure`, { code: "SC01", ...CLOSING, overview: "" });
  await refusal(page, "overview");
  await send(page, `${at}/closure`, { code: "SC01", ...CLOSING, accounts_conflict: "yes" });
  await refusal(page, "explanation");
  await send(page, `${at}/closure`, { code: "SC01", ...CLOSING });
  ok((await standing(page)).includes("Closed"), "it is closed");
  await look(page, "an incident that is closed");
  equal(await inQueue(page, "control_room_west", incident), 0, "closed, and in no queue");
});

twice("a domestic incident closed SC02 waits for a supervisor, who is not the closer", async ({ program, signIn, look, javaScript }) => {
  const domestic = { incident_type: "domestic_incident", qualifiers: "domestic", division: "D" };
  const incident = await opened(program, `sc02-${javaScript}`, domestic);
  const at = `/incidents/${incident}`;
  const supervisor = await signIn("supervisor");
  // Whoever closes it cannot be the second person, whatever they are.
  await send(supervisor, `${at}/closure`, { code: "SC02", ...CLOSING });
  ok((await standing(supervisor)).includes("Endorse its closing"), "it waits for a second person");
  equal(await inQueue(supervisor, "supervisors", incident), 1, "lines for a second person");
  await look(supervisor, "what waits for a second person");
  await send(supervisor, `${at}/endorsement`, { decision: "endorse", words: "" });
  equal(supervisor.answered, 422, "status for the closer");
  const words = await supervisor.locator(".govuk-error-summary").innerText();
  ok(words.includes("Who closed it cannot endorse it"), `the closer is told: ${words}`);
  await look(supervisor, "the closer may not endorse");

  // Another closes one: the supervisor sends it back with reasons, it is closed again, and endorsed.
  const second = await opened(program, `sc02-again-${javaScript}`, domestic);
  const other = `/incidents/${second}`;
  const advisor = await signIn("service advisor");
  await send(advisor, `${other}/closure`, { code: "SC02", ...CLOSING });
  equal((await advisor.goto(`${other}/endorsement`)).status(), 403, "an advisor endorses nothing");
  await look(advisor, "a page that a role may not see");
  await send(supervisor, `${other}/endorsement`, { decision: "refuse", words: "" });
  equal(supervisor.answered, 422, "no reason, no sending back");
  await send(supervisor, `${other}/endorsement`, { decision: "refuse", words: "The neighbour was not asked." });
  ok(!(await standing(supervisor)).includes("Endorse its closing"), "it is open again");
  ok((await supervisor.locator(".moj-timeline").innerText()).includes("The neighbour was not asked."), "the reason is in its timeline");
  await send(advisor, `${other}/closure`, { code: "SC02", ...CLOSING, updates: "The neighbour heard nothing." });
  await send(supervisor, `${other}/endorsement`, { decision: "endorse", words: "Rightly so." });
  ok((await standing(supervisor)).includes("Closed"), "it is closed");
  equal(await inQueue(supervisor, "supervisors", second), 0, "and waits for nobody");
});

twice("an incident is offered to another unit, returned with a reason, and accepted", async ({ program, signIn, look, javaScript }) => {
  const incident = await opened(program, `an-offer-${javaScript}`);
  const at = `/incidents/${incident}`;
  const page = await signIn("service advisor");
  await send(page, `${at}/log`, { words: "A second bin is on fire.", changes_circumstances: "yes" });
  ok((await standing(page)).includes("something changed since"), "the assessment is out of date");
  await send(page, `${at}/offer`, { to: "resolution_team", words: "Please record it." });
  equal(page.answered, 422, "status without an assessment");
  const words = await page.locator(".govuk-error-summary").innerText();
  ok(words.includes("Assess it before"), `the refusal says what is missing: ${words}`);
  await look(page, "an offer without its assessment is refused");
  await page.goto(`${at}/assessment`);
  await look(page, "assessing anew");
  await send(page, `${at}/assessment`, { threat: "medium", change: "A second bin." });
  ok(!(await standing(page)).includes("something changed since"), "it is assessed again");
  await send(page, `${at}/offer`, { to: "resolution_team", words: "Please record it." });
  ok((await standing(page)).includes("offered to Resolution team"), "it is offered and still the sender’s");
  await send(page, `${at}/acceptance`);
  equal(page.answered, 422, "who offered it does not accept it");
  sentence((await page.locator(".govuk-error-summary li").innerText()).trim());

  const team = await signIn("resolution team");
  equal(await inQueue(team, "resolution_team", incident), 1, "lines with the receiver");
  ok((await team.locator(`[data-line="${incident}"]`).innerText()).includes("Your unit to accept"), "it is told what to do");
  await send(team, `${at}/return`, { words: "Officers are needed." });
  await refusal(team, "reason");
  await look(team, "a return without its reason is refused");
  await send(team, `${at}/return`, { reason: "grade_not_supported", words: "Officers are needed." });
  ok(/Returned\s+Once/.test(await standing(team)), `the bounce is counted: ${await standing(team)}`);
  await look(team, "an incident that was returned");
  await send(page, `${at}/offer`, { to: "division_g", grade: "standard", words: "For local officers." });
  equal(page.answered, 422, "another grade has its reason");
  await send(page, `${at}/offer`, { to: "division_g", words: "For local officers." });
  await send(team, `${at}/acceptance`);
  ok((await standing(team)).includes("Greater Glasgow Division"), "it is the division’s");
  equal(await inQueue(team, "division_g", incident), 1, "lines in the division’s queue");
});

journey("what is wrong is refused: no code, no such unit, a form that somebody overtook, a role that may not", async ({ program, signIn, look }) => {
  const incident = await opened(program, "what-is-wrong");
  const at = `/incidents/${incident}`;
  const control = await program("area control room");
  for (const [way, body, wanted] of [
    ["closure", { code: "SC99", ...CLOSING }, "SC99"],
    ["closure", { code: "SC07", ...CLOSING }, "division"],
    ["offer", { to: "division_z", grade: "prompt" }, "not a unit"],
    ["dispatch", { call_sign: "KM21", at: new Date(Date.now() + 3_600_000).toISOString() }, "come"],
    ["classification", { incident_type: "no_such" }, "no_such"],
    ["grade", { grade: "urgent", rationale: "x" }, "grade"],
    ["link", { to: "I-0000-0", why: "the same" }, "reference"],
  ]) {
    const answer = await control.change(at, body, `/${way}`).then(() => "stored", (error) => error.message);
    ok(answer.includes(": 422 ") && answer.includes(wanted), `${way} ${JSON.stringify(body)}: ${answer}`);
  }
  const unseen = await control.post(`${at}/location`, { place_words: "7 Station Brae" }).catch((error) => error.message);
  ok(unseen.includes(": 422 ") && unseen.includes("last_seq"), `a form that has seen nothing: ${unseen}`);
  const diary = await program("diary manager");
  const graver = await diary.change(at, { to: "division_g", grade: "standard", reason: "information", rationale: "He has left; nobody is hurt." }, "/offer").catch((error) => error.message);
  ok(graver.includes(": 403 ") && graver.includes("choose a grade"), `an offer with another grade by whom no grade is chosen: ${graver}`);
  const raised = await control.post(`${at}/grade`, { grade: "immediate", last_seq: 1 });
  ok(raised.entry > 0, "a life comes first, whatever was seen");
  const page = await signIn("area control room");
  await page.goto(`${at}/location`);
  await control.post(`${at}/log`, { words: "Somebody else was here." });
  await page.locator("#place_words").fill("7 Station Brae, Gryfebridge");
  await page.locator("main form button[type=submit]").last().click();
  await page.waitForLoadState();
  equal(page.answered, 409, "status of a form that was overtaken");
  ok((await page.locator("main").innerText()).includes("7 Station Brae, Gryfebridge"), "what was typed is shown");
  await look(page, "a form that somebody overtook");
  for (const [role, address] of [["service advisor", `${at}/dispatch`], ["analyst", at], ["analyst", "/queues/control_room_west"], ["resolution team", `${at}/endorsement`]]) {
    const asked = await signIn(role);
    equal((await asked.goto(address)).status(), 403, `${role} at ${address}`);
  }
  const lost = await signIn("area control room");
  for (const address of ["/queues/no_such", "/incidents/no-such", `${at}/no-such`]) equal((await lost.goto(address)).status(), 404, address);
});

journey("a queue stays live, its rows keep still under the hand, and Pause holds it", async ({ program, signIn, look }) => {
  const page = await signIn("area control room");
  await page.goto("/queues/control_room_west");
  await page.locator("[data-queue-state]", { hasText: "Live" }).waitFor();
  const rows = page.locator("[data-queue-lines] tr");
  const fresh = page.locator("[data-queue-new]");
  const before = await rows.count();
  const come = async (reference) => {
    const incident = await opened(program, reference);
    const answered = Date.now();
    return { incident, answered };
  };
  const first = await come("live-1");
  await page.locator(`[data-line="${first.incident}"]`).waitFor({ timeout: 2_000 });
  ok(Date.now() - first.answered <= 1_000, `it was seen after ${Date.now() - first.answered} ms`);
  equal(await rows.count(), before + 1, "rows");

  await rows.nth(0).hover();
  const order = await rows.evaluateAll((all) => all.map((row) => row.dataset.line));
  const second = await come("live-2");
  await fresh.waitFor({ state: "visible", timeout: 2_000 });
  equal(await fresh.innerText(), "1 new: show", "what is told");
  equal(await rows.evaluateAll((all) => all.map((row) => row.dataset.line)), order, "the rows under the hand");
  await look(page, "a queue with something new");
  await page.mouse.move(2, 2);
  await page.locator(`[data-line="${second.incident}"]`).waitFor({ timeout: 2_000 });

  await page.getByRole("button", { name: "Pause" }).click();
  await page.mouse.move(2, 2);
  const third = await come("live-3");
  await fresh.waitFor({ state: "visible", timeout: 2_000 });
  await page.waitForTimeout(1_200);
  equal(await page.locator(`[data-line="${third.incident}"]`).count(), 0, "rows while it pauses");
  await look(page, "a queue that pauses");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.locator(`[data-line="${third.incident}"]`).waitFor({ timeout: 2_000 });

  // What changes in a row changes where it stands; what is closed goes.
  const control = await program("area control room");
  await control.post(`/incidents/${third.incident}/dispatch`, { call_sign: "KM40" });
  await page.locator(`[data-line="${third.incident}"]`, { hasText: "Officers sent" }).waitFor({ timeout: 2_000 });
  await control.post(`/incidents/${third.incident}/result`, { call_sign: "KM40", result: "stood_down" });
  await control.change(`/incidents/${third.incident}`, { code: "SC01", ...CLOSING }, "/closure");
  await page.locator(`[data-line="${third.incident}"]`).waitFor({ state: "detached", timeout: 2_000 });
  await page.goto("/queues/service_centre_govan");
  await page.getByText("Nothing waits here.").waitFor();
  await look(page, "a queue with nothing");
});

twice("incidents are found by what they are about, and nothing of it stands in the address", async ({ program, signIn, look, javaScript }) => {
  const incident = await opened(program, `found-${javaScript}`);
  const page = await signIn("service advisor");
  await page.goto("/incidents");
  await look(page, "many incidents");
  await send(page, "/incidents", { words: "Tàilleir" });
  ok(!decodeURI(page.url()).includes("illeir"), "no name in the address");
  await send(page, "/incidents", { words: "Gryfebridge", state: "open" });
  equal(await page.locator(`main a[href="/incidents/${incident}"]`).count(), 1, "found by its place");
  await send(page, "/incidents", { words: "Nowhereatall" });
  await page.getByText("No incident matches.").waitFor();
  await look(page, "no incident matches");
  const reference = (await (await program("service advisor")).get(`/incidents/${incident}`)).reference;
  await send(page, "/incidents", { words: reference });
  equal(await page.locator(`main a[href="/incidents/${incident}"]`).count(), 1, "found by its reference");
  await look(page, "one incident");
});

journey("every form of an incident, and the pages around contacts, are sound for all eyes", async ({ program, signIn, look }) => {
  const incident = await opened(program, "every-form");
  const supervisor = await signIn("supervisor");
  await supervisor.goto(`/incidents/${incident}`);
  const forms = await supervisor.locator("main .an-steps-list a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  ok(forms.length >= 14, `only these forms are offered: ${forms}`);
  for (const form of forms) {
    await supervisor.goto(form);
    equal(supervisor.answered, 200, `status of ${form}`);
    await look(supervisor, `the form ${form.split("/").at(-1).split("?")[0]}`);
  }
  const advisor = await signIn("service advisor");
  await advisor.goto("/contacts");
  await look(advisor, "many contacts");
  await advisor.goto("/contacts?day=2001-01-01");
  await look(advisor, "no contact");
  await advisor.goto("/contacts?reference=C-9999-9");
  await look(advisor, "a reference that is none");
  await send(advisor, "/contacts/new", { arrived_at: "2099-01-01 10:00" });
  await refusal(advisor, "arrived_at");
  await look(advisor, "a contact from the future is refused");
  await send(advisor, "/contacts/new", { channel: "front_counter", name: "Zofia Kowalska", narrative: "She found a purse." });
  equal(advisor.answered, 200, "status of a contact by hand");
  await look(advisor, "a contact by hand");
  const administrator = await signIn("administrator");
  await administrator.goto("/places");
  await look(administrator, "the gazetteer");
  await administrator.locator("#file").setInputFiles({ name: "wrong.csv", mimeType: "text/csv", buffer: Buffer.from("reference,address,division,beat\nP1,1 Nowhere Street,Z,ZZ01\n,,,\n") });
  await administrator.getByRole("button", { name: "Import the gazetteer" }).click();
  await administrator.waitForLoadState();
  equal(administrator.answered, 422, "status of a gazetteer with faults");
  await look(administrator, "a gazetteer with faults");
});
