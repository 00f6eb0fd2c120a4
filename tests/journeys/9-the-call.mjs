// The reference call: a domestic incident by keyboard alone. Caller, address, an earlier incident linked, THRIVE in
// six, a grade, the incident, the hand-over. And the same without scripts.
import { equal, journey, ok } from "../journey.mjs";

const SAYS = "Her ex-partner was at the door of the flat, shouting, and kicked it. He has left on foot and said that he would be back tomorrow. Two children are in the flat.";
const WHY = ["He says that he will return.", "The door is cracked. Nobody is hurt.", "The third time in a month.", "A door camera across the close.", "Two children at home.", "She will give a statement."];

// A call as telephony posts it; the second time the same number calls there is something earlier to find.
export async function call(program, reference, number = "07700 900461") {
  const now = new Date(Date.now() - 60_000).toISOString();
  const advisor = await program("service advisor");
  return advisor.post("/contacts", { channel: "non_emergency", option: "4", number, arrived_at: now, answered_at: now, their_reference: reference });
}

// A form that has several buttons: filled in, and sent by the one with these words.
async function fill(page, address, typed, button) {
  await page.goto(address);
  for (const [name, value] of Object.entries(typed)) {
    const field = page.locator(`main [name="${name}"]`);
    if (await field.evaluate((element) => element.tagName === "SELECT")) await field.selectOption(value);
    else await field.fill(value);
  }
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.waitForLoadState();
}

async function earlierIncident(program, reference, number) {
  const { id } = await call(program, reference, number);
  const advisor = await program("service advisor");
  await advisor.post("/incidents", { contact: id, incident_type: "domestic_incident", qualifiers: ["domestic"], summary: "Messages from a former partner", grade: "immediate" });
  return id;
}

journey("a domestic call from the first word to the control room, by keyboard alone, in at most sixty keys", async ({ program, signIn, look, eyes }) => {
  await earlierIncident(program, "reference-earlier");
  const { id } = await call(program, "reference-call");
  const page = await signIn("service advisor", { width: 1680, height: 1050 });
  await page.goto(`/contacts/${id}`);
  equal(page.answered, 200, "status of the call screen");
  await page.locator("[data-line]").first().waitFor();
  let mouse = 0;
  await page.exposeFunction("mouseUsed", () => (mouse += 1));
  await page.evaluate(() => ["mousedown", "pointerdown", "click"].forEach((kind) => addEventListener(kind, (event) => event.isTrusted && event.detail > 0 && window.mouseUsed(), true)));
  let keys = 0;
  const press = async (...all) => {
    for (const key of all) {
      await page.keyboard.press(key);
      keys += 1;
    }
  };
  const type = (words) => page.keyboard.type(words);

  await press("Alt+1");
  await type("Ailsa Morven Reid");
  await press("Tab", "Tab", "v");
  equal(await page.locator("#relation").inputValue(), "victim", "the relation");
  await press("Alt+2");
  await type("14 Rowan Court, Kin");
  await page.locator("[data-gazetteer] button").first().waitFor();
  await press("Enter");
  equal(await page.locator("#division").inputValue(), "D", "the division of the place");
  await press("Alt+7", "o");
  equal(await page.locator("[data-line] select").first().inputValue(), "new_occurrence", "the link");
  await press("Alt+3");
  await type(SAYS);
  await press("Tab", "Tab", "d", "o", "m");
  equal(await page.locator("#incident_type").inputValue(), "domestic_incident", "the type");
  await press("Tab", "Space");
  ok(await page.locator('[name="qualifiers"][value="domestic"]').isChecked(), "domestic is ticked");
  await press("Alt+4");
  for (const [index, why] of WHY.entries()) {
    if (index > 0) await press("Tab");
    await press(index === 4 ? "3" : "2");
    await type(why);
  }
  await page.locator("[data-considered]", { hasText: "6 of 6" }).waitFor();
  await press("Tab", "Space");
  await page.locator("[data-draft-told]", { hasText: "Draft saved" }).waitFor();
  await look(page, "a call in progress");
  await press("Alt+5", "ArrowDown");
  equal(await page.locator('[name="grade"]:checked').inputValue(), "prompt", "the grade");
  const suggested = await page.locator("[data-suggested]").getAttribute("data-suggested");
  await press("Tab");
  if (suggested !== "prompt") await type("He is gone, and comes back tomorrow: not now, and not in a week.");
  await press("Alt+6", "Space", "Tab", "Space");
  await press("Control+Enter");
  await page.getByRole("status").filter({ hasText: "The incident is open" }).waitFor();
  ok(/Prompt, .*[Cc]ontrol/.test(await page.locator(".an-call__opened").innerText()), "the incident is not with a control room");
  await look(page, "a call with its incident");
  await press("Control+Enter");
  await page.waitForURL(/\/contacts\?done=end/);
  equal(mouse, 0, "mouse events");
  ok(keys <= 60, `${keys} key actions`);
  console.log(`        ${keys} key actions beyond free text`);
  await eyes.screenshot(page, "contacts", 1680, 1050);
});

journey("the same call without scripts: the whole screen is one form", async ({ program, signIn, look }) => {
  await earlierIncident(program, "plain-earlier", "07700 900462");
  const { id } = await call(program, "plain-call", "07700 900462");
  const page = await signIn("service advisor");
  const address = `/contacts/${id}`;
  await fill(page, address, { name: "Mòrag Bàn", place_words: "14 Rowan Court, Kinmuir", division: "D", narrative: SAYS }, "Save");
  equal(page.answered, 200, "status after saving");
  await page.goto(address);
  await look(page, "a call without scripts");
  await page.locator('[name^="link-incident-"]').first().selectOption("new_occurrence");
  await page.locator('[name="incident_type"]').selectOption("domestic_incident");
  await page.locator('[name="qualifiers"][value="domestic"]').check();
  for (const [index, element] of ["threat", "harm", "risk", "investigation", "vulnerability", "engagement"].entries()) {
    await page.locator(`[name="${element}"][value="medium"]`).check();
    await page.locator(`[name="${element}_narrative"]`).fill(WHY[index]);
  }
  await page.getByRole("button", { name: "Create incident" }).click();
  equal(page.answered, 422, "no grade was chosen");
  ok((await page.locator(".govuk-error-summary").innerText()).includes("Choose a grade"), "the refusal names the grade");
  equal(await page.locator('[name="threat_narrative"]').inputValue(), WHY[0], "what was typed came back");
  await page.locator('[name="grade"][value="prompt"]').check();
  await page.locator('[name="rationale"]').fill("He is gone, and comes back tomorrow.");
  await page.getByRole("button", { name: "Create incident" }).click();
  equal(page.answered, 200, "status after opening");
  ok((await page.locator(".an-call__opened").innerText()).includes("Prompt"), "the incident is shown");
  await look(page, "a call with its incident, without scripts");
}, { javaScript: false });

journey("Immediate is one key from anywhere, and what is missing is owed", async ({ program, signIn, look }) => {
  const { id } = await call(program, "immediate-call", "07700 900463");
  const page = await signIn("service advisor");
  await page.goto(`/contacts/${id}`);
  await page.locator("#narrative").focus();
  await page.keyboard.type("He has a knife, he is in the stair");
  await page.keyboard.press("Alt+E");
  await page.getByRole("status").filter({ hasText: "open as Immediate" }).waitFor();
  const opened = await page.locator(".an-call__opened").innerText();
  ok(/Immediate/.test(opened) && /THRIVE/.test(opened), `what is owed is not told: ${opened}`);
  equal(await page.locator("#narrative").inputValue(), "He has a knife, he is in the stair", "what was said is kept");
  await look(page, "an Immediate that owes");
});

journey("an emergency made on a form that somebody overtook keeps what they wrote of the risk", async ({ program, signIn }) => {
  const { id } = await call(program, "an-emergency-late", "07700 900467");
  const one = await signIn("service advisor");
  await one.goto(`/contacts/${id}`);
  const other = await signIn("supervisor");
  await other.goto(`/contacts/${id}`);
  await other.locator('[name="threat"][value="high"]').check({ force: true });
  await other.locator('[name="threat_narrative"]').fill("He has a knife.");
  await other.keyboard.press("Alt+S");
  await other.getByRole("status").filter({ hasText: "Saved." }).waitFor();
  await one.locator("#name").fill("Ailsa Reid");
  await one.keyboard.press("Alt+E");
  await one.getByRole("status").filter({ hasText: "open as Immediate" }).waitFor();
  equal(await one.locator('[name="threat"]:checked').inputValue(), "high", "the threat that the other saved");
  equal(await one.locator('[name="threat_narrative"]').inputValue(), "He has a knife.", "and why");
  equal(await one.locator("#name").inputValue(), "Ailsa Reid", "what only one of them wrote");
});

const six = (level) => Object.fromEntries(["threat", "harm", "risk", "investigation", "vulnerability", "engagement"].flatMap((element, index) => [[element, level], [`${element}_narrative`, WHY[index]]]));
const fails = (promise) => promise.then(() => "stored", (error) => error.message);

journey("what Immediate could not save is kept, without scripts too, and of an assessment what can be meant", async ({ program, signIn, look }) => {
  const { id } = await call(program, "immediate-left-out", "07700 900468");
  const page = await signIn("service advisor");
  await page.goto(`/contacts/${id}`);
  await page.locator("#narrative").fill("He has a knife.");
  await page.locator('[name="threat"][value="high"]').check();
  await page.locator('[name="harm"][value="low"]').check();
  await page.locator('[name="harm_narrative"]').fill("A cut hand.");
  await page.getByRole("button", { name: "Make emergency" }).click();
  const notice = await page.locator(".an-notice").innerText();
  ok(notice.includes("could not be saved"), `it is not told that something is left: ${notice}`);
  equal(await page.locator('[name="harm_narrative"]').inputValue(), "A cut hand.", "what could be saved of it");
  equal(await page.locator('[name="threat"]:checked').inputValue(), "high", "a level without its reason is put back in the form");
  const left = page.getByRole("region", { name: "Typed, and not saved" });
  ok((await left.innerText()).includes("high"), "what was left out is shown");
  ok(!(await left.innerText()).includes("A cut hand"), "and nothing that was saved");
  await look(page, "an Immediate that left something out");
  // A second emergency takes none of it away.
  await (await program("service advisor")).post(`/contacts/${id}`, { do: "immediate", risk: "high" });
  await page.goto(`/contacts/${id}`);
  const both = await left.innerText();
  ok(/threat/i.test(both) && /risk/i.test(both), `both are there: ${both}`);
  // With its reason it is saved, and is left out no more.
  await page.locator('[name="threat_narrative"]').fill("He has a knife.");
  await page.locator('[name="risk_narrative"]').fill("He will be back.");
  if (await page.locator("#change").count()) await page.locator("#change").fill("More became known.");
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  equal(await left.count(), 0, "nothing is left");
}, { javaScript: false });

journey("what Immediate could not save comes back in the form", async ({ program, signIn }) => {
  const { id } = await call(program, "immediate-comes-back", "07700 900469");
  const page = await signIn("service advisor");
  await page.goto(`/contacts/${id}`);
  await page.locator('[name="threat"][value="high"]').check({ force: true });
  await page.locator("#narrative").fill("He has a knife.");
  await page.keyboard.press("Alt+E");
  await page.getByRole("status").filter({ hasText: "could not be saved" }).waitFor();
  equal(await page.locator('[name="threat"]:checked').inputValue(), "high", "the level that has no reason yet");
  const left = page.getByRole("region", { name: "Typed, and not saved" });
  await page.reload();
  await left.getByRole("button", { name: "Throw it away" }).click();
  await page.goto(`/contacts/${id}`);
  equal(await left.count(), 0, "it was thrown away");
  equal(await page.locator('[name="threat"]:checked').count(), 0, "and is in the form no more");
});

journey("from its opening on what is assessed is the incident, on its own page and on the call screen", async ({ program, signIn, look }) => {
  const { id } = await call(program, "one-assessment", "07700 900471");
  const advisor = await program("service advisor");
  const { incident } = await advisor.change(`/contacts/${id}`, { do: "open", name: "Ailsa Reid", place_words: "14 Rowan Court, Kinmuir", division: "D", narrative: SAYS, summary: "At the door", incident_type: "domestic_incident", qualifiers: "domestic", grade: "standard", rationale: "He has left and nobody is hurt.", ...six("low") });
  const page = await signIn("service advisor");
  await page.goto(`/contacts/${id}`);
  // Meanwhile somebody assesses the incident anew.
  const control = await program("area control room");
  await control.change(`/incidents/${incident}`, { ...six("high"), change: "He is back at the door." }, "/assessment");
  await page.locator('[name="harm"][value="medium"]').check({ force: true });
  await page.locator("#change").fill("A bruise on her arm.");
  await page.keyboard.press("Alt+S");
  await page.locator("#both-title").waitFor();
  equal(page.answered, 409, "status of a save that has not seen it");
  // A program that knows less changes only what it says, and says what changed.
  equal((await advisor.get(`/contacts/${id}`)).fields.threat, "high", "the threat on the call screen");
  const silent = await fails(advisor.change(`/contacts/${id}`, { engagement: "none_identified", engagement_narrative: "" }));
  ok(silent.includes(": 422 ") && silent.includes("What changed"), `in silence: ${silent}`);
  await advisor.change(`/contacts/${id}`, { engagement: "none_identified", engagement_narrative: "", change: "She asks for nothing more." });
  const now = (await advisor.get(`/contacts/${id}`)).fields;
  equal([now.engagement, now.threat, now.narrative], ["none_identified", "high", SAYS], "what was said and what was left out");
  const own = await signIn("area control room");
  await own.goto(`/incidents/${incident}`);
  ok((await own.locator("main").innerText()).includes("She asks for nothing more."), "the incident has it, too");
  // And its caller can make an emergency of it.
  await advisor.post(`/contacts/${id}`, { do: "immediate", last_seq: 1 });
  const raised = await advisor.get(`/incidents/${incident}`);
  equal(raised.grade, "immediate", "the grade");
  ok(/control room/i.test(raised.unit), `it is with who sends officers, not with the division: ${raised.unit}`);
  await page.goto(`/contacts/${id}`);
  equal(await page.getByRole("button", { name: "Make emergency" }).count(), 0, "it is one already");
  await look(page, "a call whose incident is assessed");
});

journey("an emergency that saves everything says of nothing that it was left out", async ({ program, signIn }) => {
  const { id } = await call(program, "emergency-whole", "07700 900478");
  const advisor = await program("service advisor");
  await advisor.change(`/contacts/${id}`, { do: "open", name: "Ailsa Reid", place_words: "14 Rowan Court, Kinmuir", division: "D", narrative: SAYS, summary: "At the door", incident_type: "noise", grade: "standard", rationale: "He has left and nobody is hurt.", ...six("low") });
  const page = await signIn("service advisor");
  await page.goto(`/contacts/${id}`);
  await page.locator('[name="risk"][value="high"]').check({ force: true });
  await page.locator('[name="risk_narrative"]').fill("He has a key.");
  await page.locator("#change").fill("He is back.");
  await page.keyboard.press("Alt+E");
  await page.locator(".an-notice", { hasText: "open as Immediate" }).waitFor();
  equal(await page.getByRole("region", { name: "Typed, and not saved" }).count(), 0, "nothing is left");
});

journey("an emergency is called to the control room of the place that was typed, and to nobody else", async ({ program }) => {
  const { id } = await call(program, "emergency-elsewhere", "07700 900477");
  const advisor = await program("service advisor");
  await advisor.change(`/contacts/${id}`, { name: "Ailsa Reid", narrative: SAYS, ...six("none_identified") });
  const { id: incident } = await advisor.post("/incidents", { contact: id, incident_type: "noise", summary: "Shouting", grade: "other_resolution", rationale: "A quarrel, and nobody is hurt." });
  ok(/resolution/i.test((await advisor.get(`/incidents/${incident}`)).unit), "it is with the resolution team");
  const { last_seq } = await advisor.get(`/contacts/${id}`);
  await advisor.post(`/contacts/${id}`, { do: "immediate", last_seq, place_words: "2 Harbour Row", division: "N" });
  const raised = await advisor.get(`/incidents/${incident}`);
  ok(/north/i.test(raised.unit), `the control room that serves the place: ${raised.unit}`);
  ok(raised.place.includes("Harbour Row"), `officers know where: ${raised.place}`);
  // Offered away by the control room and raised again: nobody else has to accept it first.
  const at = `/incidents/${incident}`;
  const control = await program("area control room");
  await control.change(at, { grade: "prompt", reason: "information", rationale: "He has left the house." }, "/grade");
  await control.change(at, { to: "division_n", grade: "standard", reason: "information", rationale: "He has left the house." }, "/offer");
  ok((await advisor.get(at)).offered_to.length > 0, "it is offered");
  await advisor.post(`/contacts/${id}`, { do: "immediate", last_seq: 1 });
  const again = await advisor.get(at);
  equal([again.grade, again.offered_to, /north/i.test(again.unit)], ["immediate", "", true], "with the control room, and offered to nobody");
});

journey("a program that leaves something out blanks nothing, and one that is cut short is refused", async ({ program }) => {
  const { id } = await call(program, "in-part", "07700 900472");
  const advisor = await program("service advisor");
  const at = `/contacts/${id}`;
  const first = (await advisor.get(at)).last_seq;
  await advisor.change(at, { name: "Łukasz Żak", narrative: SAYS, unsafe: ["letter"], unsafe_why: "He opens the post." });
  await advisor.change(at, { call_back_on: "0131 496 0125" });
  const { fields, last_seq } = await advisor.get(at);
  equal([fields.name, fields.narrative, fields.unsafe, fields.call_back_on], ["Łukasz Żak", SAYS, "letter", "0131 496 0125"], "what is there");
  // The title and what qualifies it are kept until the incident is opened, whoever leaves them out.
  await advisor.change(at, { summary: "At the door", incident_type: "domestic_incident", qualifiers: ["domestic"] });
  await advisor.change(at, { beat: "D12" });
  for (const [body, wanted] of [
    [{ name: "A" }, "last_seq"],
    [{ last_seq, do: "Immediate" }, "do"],
    [{ last_seq, do: "attach:I-1F2J" }, "do"],
    [{ last_seq, nmae: "A" }, "nmae"],
    [{ last_seq: first, unsafe: [] }, "409"],
  ]) {
    const answer = await fails(advisor.post(at, body));
    ok(answer.includes(wanted), `${JSON.stringify(body)}: ${answer}`);
  }
  const token = (await advisor.site.answerable("token", "service_advisor")).trim();
  const cut = await fetch(advisor.site.address + at, { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json", accept: "application/json" }, body: `{"last_seq": ${last_seq}, "name": "Łuk` });
  equal(cut.status, 422, "a body that was cut short");
  equal((await advisor.get(at)).fields.name, "Łukasz Żak", "nothing is blanked");
  const { incident } = await advisor.post(at, { do: "immediate", narative: "a misspelt field" });
  const opened = await advisor.get(`/incidents/${incident}`);
  equal([opened.summary, opened.is_domestic], ["At the door", true], "what was kept of the incident");
  const late = await advisor.change(at, { summary: "Another title" }).catch((error) => error.message);
  ok(late.includes(": 422 ") && late.includes("summary"), `a title that comes after the opening: ${late}`);
});

journey("what did not arrive is put back, although somebody else saved meanwhile", async ({ program, signIn }) => {
  const { id } = await call(program, "an-outage", "07700 900473");
  const page = await signIn("service advisor");
  await page.goto(`/contacts/${id}`);
  await page.locator("#name").fill("Ailsa Reid");
  const away = (route) => (route.request().method() === "GET" ? route.continue() : route.abort());
  await page.route("**/*", away);
  await page.locator("#narrative").fill("Typed in the outage.");
  await page.keyboard.press("Alt+S");
  await page.waitForTimeout(1500);
  await (await program("supervisor")).change(`/contacts/${id}`, { beat: "D12" });
  await page.unroute("**/*", away);
  await page.goto(`/contacts/${id}`);
  await page.locator("[data-draft-told]", { hasText: "Put back" }).waitFor();
  equal(await page.locator("#narrative").inputValue(), "Typed in the outage.", "what was typed");
  await page.keyboard.press("Alt+S");
  await page.getByRole("status").filter({ hasText: "Saved." }).waitFor();
  equal([await page.locator("#narrative").inputValue(), await page.locator("#beat").inputValue()], ["Typed in the outage.", "D12"], "what both wrote");
  await page.reload();
  await page.waitForTimeout(500);
  equal(await page.locator("[data-draft-told]").innerText(), "", "it has arrived, and is not put back again");
});

journey("two people on one contact see each other, and neither writes over the other", async ({ program, signIn, look }) => {
  const { id } = await call(program, "two-people", "07700 900464");
  const one = await signIn("service advisor");
  await one.goto(`/contacts/${id}`);
  const other = await signIn("supervisor");
  await other.goto(`/contacts/${id}`);
  await one.locator("#narrative").fill("A door was kicked.");
  await one.locator("[data-draft-told]", { hasText: "Draft saved" }).waitFor();
  await other.locator("#narrative").fill("A window was broken.");
  await other.locator("[data-draft-others]", { hasText: "has this open" }).waitFor();
  await other.keyboard.press("Alt+S");
  await other.getByRole("status").filter({ hasText: "Saved." }).waitFor();
  await one.keyboard.press("Alt+S");
  await one.locator("#both-title").waitFor();
  equal(one.answered, 409, "status of the stale save");
  const both = await one.locator(".govuk-error-summary").innerText();
  ok(both.includes("A window was broken.") && both.includes("A door was kicked."), "both versions are shown");
  await look(one, "a contact that somebody else saved");
  await one.locator("#narrative").fill("A window was broken and a door was kicked.");
  await one.keyboard.press("Alt+S");
  await one.getByRole("status").filter({ hasText: "Saved." }).waitFor();
});

journey("what was typed comes back after a reload, and keys can be changed and turned off", async ({ program, signIn, look }) => {
  const { id } = await call(program, "a-reload", "07700 900465");
  const page = await signIn("service advisor");
  await page.goto(`/contacts/${id}`);
  await page.locator("#narrative").fill("Typed and never saved");
  await page.waitForTimeout(400);
  await page.reload();
  await page.locator("[data-draft-told]", { hasText: "Put back" }).waitFor();
  equal(await page.locator("#narrative").inputValue(), "Typed and never saved", "what was typed");
  await page.goto("/drafts");
  await look(page, "drafts");
  await fill(page, "/account/keys", { pane3: "Ctrl+T" }, "Change the keys");
  equal(page.answered, 422, "a key of the browser's");
  await look(page, "keys refused");
  await fill(page, "/account/keys", { pane3: "Alt+9", save: "" }, "Change the keys");
  await look(page, "keys");
  await page.goto(`/contacts/${id}`);
  await page.locator('kbd[data-shows="pane3"]', { hasText: "Alt 9" }).waitFor();
  equal((await page.locator('kbd[data-shows="save"]').first().innerText()).trim(), "off", "a key that is turned off");
  await page.keyboard.press("Alt+9");
  equal(await page.evaluate(() => document.activeElement.id), "narrative", "the changed key");
  await fill(page, "/account/keys", {}, "Bring back the first ones");
  equal(await page.locator("#pane3").inputValue(), "Alt+3", "the first key is back");
});

journey("what is wrong on the call screen is refused beside its field, and everything typed comes back", async ({ program, signIn, look }) => {
  const { id } = await call(program, "refusals", "07700 900466");
  const page = await signIn("service advisor");
  await page.goto(`/contacts/${id}`);
  const save = async () => {
    await page.keyboard.press("Alt+S");
    await page.waitForLoadState();
  };
  await page.locator("#name").fill("Zażółć Gęśla");
  await page.locator("#narrative").fill("a".repeat(20_001));
  await save();
  await page.locator("#narrative-error").waitFor();
  equal(page.answered, 422, "status of too long a narrative");
  ok((await page.locator("#narrative-error").innerText()).includes("20,001"), "it says how long it is");
  equal((await page.locator("#narrative").inputValue()).length, 20_001, "what was typed came back");
  equal(await page.locator("#name").inputValue(), "Zażółć Gęśla", "and so did the name");
  await look(page, "a call with a refusal");
  // A megabyte, from a paste that went wrong.
  await page.locator("#narrative").evaluate((field) => {
    field.value = "a line of it ".repeat(80_000);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await save();
  await page.locator("#narrative-error", { hasText: "1,0" }).waitFor();
  equal(page.answered, 422, "status of a megabyte");
  await page.locator("#narrative").fill("A door was kicked.");
  await page.getByText("Safe ways, language, agency").click();
  await page.locator("#safe_from").fill("late");
  await save();
  await page.locator("#safe_from-error").waitFor(); // and what hid the field is open
  await look(page, "a call with a refusal in what was folded");
  await page.locator("#safe_from").fill("");
  await save();
  await page.getByRole("status").filter({ hasText: "Saved." }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.locator(".govuk-error-summary").waitFor();
  equal(await page.locator("#narrative").inputValue(), "A door was kicked.", "what the caller says is kept");
});
