// The life of a recommendation, each step by the role that may; and what is refused to the others.
import { equal, journey, ok, refusal, send, sentence, twice } from "../journey.mjs";

// A new recommendation with two actions, for a journey of its own. Every reference is of one inspection.
export async function prepare(program, more = {}) {
  const manager = await program("audit manager");
  const kept = (manager.site.licensing ??= { made: 0 });
  kept.inspection ??= (await manager.post("/inspections/new", { title: "Shotgun certificates 2024", code: "SG24", kind: "thematic", published_on: "2 May 2024", inspectorate: "HMICS", addressees: "Caledonia Police" })).id;
  kept.made += 1;
  const { inspection, made } = kept;
  const { id } = await manager.post("/recommendations/new", { inspection, reference: String(made), text: `Caledonia Police should visit every holder before a licence is renewed (case ${made}).`, exposure: "Medium", owner_post: "Head of Licensing", target: "March 2025", ...more });
  const at = `/recommendations/${id}`;
  await manager.post(`${at}/action`, { text: "Count the licences that fall due each month." });
  await manager.post(`${at}/action`, { text: "Plan the visits by division." });
  return { id, at, manager, label: `SG24-R${made}` };
}

const titles = (page) => page.locator(".moj-timeline__title").allInnerTexts();
const done = (page, words) => page.getByRole("status").filter({ hasText: words }).waitFor();
const status = (page) => page.locator(".an-standing .govuk-tag").innerText();

twice("a recommendation is worked on, proposed, returned, proposed again and discharged, and its timeline tells it", async ({ site, program, signIn, look }) => {
  const { at } = await prepare(program);
  const name = (role) => `${site.signIns.find((one) => one.role === role).name}, `;

  const manager = await signIn("audit manager");
  await manager.goto(at);
  await look(manager, "recommendation");
  // What was typed is kept whatever is wrong.
  const move = { to: "Spring", reason: "The visits wait for the new drivers.", delay_reason: "technical_development", approved_by: "Assistant Chief Constable" };
  await send(manager, `${at}/target`, move);
  ok((await refusal(manager, "to")).includes("“Spring” is not a target date"), "“Spring” is not named in the refusal");
  await look(manager, "change refused");
  equal(await manager.locator("[name=reason]").inputValue(), move.reason, "the reason that was typed");
  await send(manager, null, { to: "June 2026", reason: " " });
  ok((await refusal(manager, "reason")).startsWith("The reason"), "the missing reason is not named");
  equal(await manager.locator("[name=to]").inputValue(), "June 2026", "the target that was typed");
  await send(manager, null, { reason: move.reason });
  await done(manager, "The target date is moved.");
  ok(/March 2025/.test(await manager.locator(".an-standing").innerText()), "the first target is gone");
  await look(manager, "recommendation after a change");

  const owner = await signIn("action owner");
  await send(owner, `${at}/update`, { text: "word ".repeat(8000) });
  ok(/10,000/.test(await refusal(owner, "text")), "the refusal does not say how much is allowed");
  ok((await owner.locator("[name=text]").inputValue()).length > 39_000, "the 40,000 characters are lost");
  await send(owner, null, { text: "Visits began in the north.\nTwo divisions are without a driver." });
  await done(owner, "The update is added.");
  await send(owner, `${at}/action-done`, { note: "Counted, in the licensing folder." });
  ok((await refusal(owner, "number")).includes("Choose"), "the action is not asked for");
  equal(await owner.locator("[name=note]").inputValue(), "Counted, in the licensing folder.", "the note that was typed");
  await send(owner, null, { number: { index: 1 } });
  await done(owner, "The action is finished.");
  ok((await owner.locator(".an-card").first().innerText()).includes("1 of 2 done"), "the finished action is not counted");

  await send(manager, `${at}/evidence`, { evidence: "The count of licences\nThe plan of visits" });
  await done(manager, "The evidence is recorded as assembled.");
  await send(manager, `${at}/closure`, { what_we_did: "Every holder is visited.", impact: "No licence is renewed unseen." });
  await done(manager, "Closure is proposed");
  equal(await manager.getByRole("link", { name: "Discharge", exact: true }).count(), 0, "links to discharge for who may not");

  const reviewer = await signIn("inspectorate reviewer");
  await reviewer.goto(at);
  await reviewer.getByRole("link", { name: "Return for more evidence" }).click();
  await send(reviewer, null, { reason: "" });
  await refusal(reviewer, "reason");
  await send(reviewer, null, { reason: "Show the visits of the islands too." });
  await done(reviewer, "It is returned.");
  equal(await status(reviewer), "Returned", "status");

  await send(manager, `${at}/evidence`, { evidence: "The visits of the islands" });
  await send(manager, `${at}/closure`, { what_we_did: "Every holder is visited, on the islands too.", impact: "No licence is renewed unseen." });
  await reviewer.goto(at);
  await reviewer.getByRole("link", { name: "Discharge", exact: true }).click();
  await send(reviewer, null, { reason: "The sample of twenty visits is convincing." });
  await done(reviewer, "It is discharged.");
  equal(await status(reviewer), "Discharged", "status");

  const told = await titles(reviewer);
  equal(
    told.slice(0, 9),
    ["Discharged by the inspectorate", "Proposed for closure to the inspectorate", "Evidence assembled", "Returned by the inspectorate", "Proposed for closure to the inspectorate", "Evidence assembled", "Action 1 finished", "Update", "Target moved to June 2026"].map((title, index) => (index === 6 ? told[6] : title)),
    "the timeline, newest first",
  );
  ok(/^Action .*1 finished$/.test(told[6]), told[6]);
  const moments = await reviewer.locator(".moj-timeline__item").allInnerTexts();
  for (const [index, who, words] of [[0, "inspectorate_reviewer", "Their decision: The sample of twenty visits"], [3, "inspectorate_reviewer", "What they ask: Show the visits of the islands"], [7, "action_owner", "Two divisions are without a driver."], [8, "audit_manager", "Reason: The visits wait for the new drivers."], [8, "audit_manager", "Approved by: Assistant Chief Constable"]]) {
    ok(moments[index].includes(name(who)) && moments[index].includes(words), `moment ${index} should name ${name(who)} and say “${words}”: ${moments[index]}`);
  }
  const times = await reviewer.locator(".moj-timeline__item time").evaluateAll((all) => all.map((one) => Date.parse(one.dateTime)));
  equal(times, [...times].sort((a, b) => b - a), "the moments' times");
  await look(reviewer, "recommendation discharged");

  // A closed record offers nothing, and takes nothing.
  await manager.goto(at);
  equal(await manager.locator(`main a[href^="${at}/"]`).count(), 0, "changes that a closed record offers");
  await manager.goto(`${at}/update`);
  if (manager.answered === 200) await send(manager, null, { text: "One more thing." });
  equal(manager.answered, 422, "status of a change to a closed record");
  const why = await manager.locator("main").innerText();
  ok(why.includes("its record is closed"), `the refusal does not say why: ${why}`);
  await manager.goto(at);
  equal((await titles(manager)).length, told.length, "moments after the refused change");

  // As it was: the page looks back, and offers nothing.
  await manager.getByRole("link", { name: /^As it was after this/ }).nth(4).click();
  ok((await manager.locator(".an-notice--asat").innerText()).includes("You see the register as at entry"), "no notice that one looks back");
  equal([await status(manager), (await titles(manager)).length], ["Proposed for closure", told.length - 4], "status and moments then");
  equal(await manager.locator(`main a[href^="${at}/"]`).count(), 0, "changes offered when looking back");
  await look(manager, "recommendation as it was");
});

twice("of two people who change the same thing, the second is told and loses nothing", async ({ program, signIn, look }) => {
  const { at } = await prepare(program);
  const [first, second] = [await signIn("audit manager"), await signIn("audit manager")];
  await first.goto(`${at}/owner`);
  await second.goto(`${at}/owner`);
  await send(first, null, { owner_post: "Head of Firearms", reason: "The post was renamed." });
  await done(first, "The owner is changed.");
  await send(second, null, { owner_post: "Chief Inspector Licensing", reason: "Agreed on Monday, with much thought." });
  equal(second.answered, 409, "status of the second save");
  const words = await second.locator("main").innerText();
  ok(words.includes("Nothing was overwritten") && words.includes("Chief Inspector Licensing") && words.includes("Agreed on Monday, with much thought."), `what was typed is not shown: ${words}`);
  ok(!words.includes("csrf"), "the form's own token is shown");
  await look(second, "changed meanwhile");
  await second.getByRole("link", { name: "See it as it is now" }).click();
  ok((await second.locator(".an-standing").innerText()).includes("Head of Firearms"), "the first save is gone");
  // An update replaces nothing: two are two.
  await first.goto(`${at}/update`);
  await second.goto(`${at}/update`);
  await send(first, null, { text: "One says this." });
  await send(second, null, { text: "The other says that." });
  await done(second, "The update is added.");
  const said = await second.locator(".moj-timeline").innerText();
  ok(said.includes("One says this.") && said.includes("The other says that."), "an update is lost");
});

twice("a recommendation waits for another, and a loop is refused", async ({ program, signIn, look }) => {
  const [one, two, three] = [await prepare(program), await prepare(program), await prepare(program)];
  const page = await signIn("audit manager");
  const wait = (a, b) => send(page, `${a.at}/dependency`, { on: b.id, reason: "Its list of holders is needed." });
  await wait(one, two);
  await done(page, "The dependency is added.");
  ok((await page.locator(".an-facts").first().innerText()).includes(`${two.label}: Its list of holders is needed.`), "what it waits for is not shown");
  await wait(two, three);
  await done(page, "The dependency is added.");
  await wait(three, one);
  ok(/loop|wait/i.test(await refusal(page, "on")), "the loop is not named");
  equal(await page.locator("[name=reason]").inputValue(), "Its list of holders is needed.", "the reason that was typed");
  await look(page, "loop refused");
  equal(await page.locator(`[name=on] option[value="${three.id}"]`).count(), 0, "a recommendation is offered itself");
  await page.goto(two.at);
  await page.getByRole("link", { name: one.label, exact: true }).waitFor();
});

journey("a role that may not change the plan is refused in a full sentence, by page and by program", async ({ program, signIn }) => {
  const { at } = await prepare(program);
  const mayNot = {
    "action owner": ["target", "evidence", "closure", "owner", "risk", "text", "action", "dependency", "return", "discharge"],
    "committee member": ["update", "action-done", "target", "discharge"],
    "inspectorate reviewer": ["update", "target", "evidence", "closure", "owner"],
    "audit manager": ["return", "discharge"],
    "partner agency": ["update"],
  };
  for (const [role, changes] of Object.entries(mayNot)) {
    const page = await signIn(role);
    await page.goto(`${at}/${changes[0]}`);
    equal([page.answered, await page.locator("main h1").innerText()], [403, "Your role may not do this"], `${changes[0]} for ${role}`);
    for (const change of changes) {
      const answer = await page.request.get(`${at}/${change}`, { headers: { accept: "application/json" } });
      equal(answer.status(), 403, `status of ${change} for ${role}`);
      const told = (await answer.json()).detail;
      sentence(told);
      ok(/^Only the roles? .* may .*\. You are signed in as /.test(told), told);
    }
    const refused = await (await program(role)).post(`${at}/${changes[0]}`, { text: "Not by me." }).catch((error) => error.message);
    ok(String(refused).includes("403"), `${role} by program: ${refused}`);
    if (role !== "partner agency") {
      await page.goto(at);
      const offered = await page.locator(`main a[href^="${at}/"]`).evaluateAll((all) => all.map((one) => one.pathname.split("/").at(-1)));
      equal(offered.filter((one) => changes.includes(one)), [], `what ${role} is offered and may not do`);
    }
  }
});

journey("every other change to a recommendation is made from its page, with its reason", async ({ program, signIn, look }) => {
  const { at, id } = await prepare(program);
  const other = await prepare(program);
  const page = await signIn("audit manager");
  const changes = [
    ["owner", { owner_post: "Head of Vetting", owner_team: "Operations", reason: "Moved with the work." }, "Owner is now Head of Vetting"],
    ["risk", { exposure: "High", risk_statement: "A holder may be unfit.", reason: "Two cases in a month." }, "Risk exposure is now High"],
    ["impact", { impact: "Nobody unfit holds a licence.", reason: "As the board asked." }, "Intended impact restated"],
    ["text", { text: "Caledonia Police should visit every holder.", reason: "A word was printed twice." }, "Words put right"],
    ["alias", { alias: "Licensing 9" }, "Also known as Licensing 9"],
    ["action", { text: "Train the visitors." }, "Action"],
    ["action-done", { number: { index: 1 }, note: "Counted." }, "finished"],
    ["action-reopened", { number: { index: 1 }, reason: "One division was forgotten." }, "reopened"],
    ["action-words", { number: { index: 1 }, text: "Count them all.", reason: "Clearer so." }, "changed"],
    ["dependency", { on: other.id, reason: "Its drivers are needed." }, "Waits for"],
    ["dependency-ended", { on: `recommendation ${other.id}`, reason: "There are drivers." }, "Waits no more for"],
    ["supersession", { by: other.id, reason: "The later one says more." }, "Superseded by"],
  ];
  for (const [word, typed, title] of changes) {
    await page.goto(at);
    await page.locator(`main a[href="${at}/${word}"]`).first().click();
    if (["risk", "dependency"].includes(word)) await look(page, `form ${word}`); // all are one template
    await send(page, null, typed);
    equal(page.answered, 200, `status after ${word}`);
    const [newest] = await page.locator(".moj-timeline__item").allInnerTexts();
    ok(newest.includes(title) && newest.includes(typed.reason ?? ""), `${word}: the timeline says ${newest}`);
  }
  equal(await status(page), "Superseded", "status");
  const found = await page.request.get("/recommendations?words=Licensing+9", { headers: { accept: "text/html" } });
  ok((await found.text()).includes(id), "it is not found by its other reference");
});

twice("an inspection and a recommendation are entered by hand, and what is missing is refused at its field", async ({ javaScript, signIn, look }) => {
  const page = await signIn("audit manager");
  await page.goto("/inspections/new");
  await look(page, "new inspection");
  const inspected = { title: `Call handling ${javaScript ? 2021 : 2022}`, kind: { index: 1 }, published_on: "31 of May", inspectorate: "HMICS", addressees: "Caledonia Police" };
  await send(page, null, { ...inspected, title: "" });
  await refusal(page, "title");
  await send(page, null, inspected);
  ok((await refusal(page, "published_on")).includes("31 of May"), "the day is not named");
  await send(page, null, { published_on: `31 May ${javaScript ? 2021 : 2022}` });
  equal(page.answered, 200, "status after registering");
  await page.getByRole("status").filter({ hasText: "The inspection is registered" }).waitFor();
  await look(page, "inspection");
  await send(page, null, { title: inspected.title, addressees: "Caledonia Police\nCaledonia Police Authority", reason: "The Authority is addressed too." });
  equal(page.answered, 200, "status after correcting");

  await page.goto("/recommendations/new");
  await look(page, "new recommendation");
  const typed = { inspection: { label: await page.locator("[name=inspection] option", { hasText: inspected.title }).innerText() }, reference: "R02", text: "Caledonia Police should answer within a minute.", target: "Whenever" };
  await send(page, null, { ...typed, reference: "" });
  await refusal(page, "reference");
  await send(page, null, { reference: "R02" });
  await refusal(page, "target");
  await send(page, null, { target: "30 November 2027" });
  await page.getByRole("heading", { level: 1 }).waitFor();
  ok(/\/recommendations\/[0-9a-f-]{36}/.test(page.url()), `it is not shown: ${page.url()}`);
  ok((await page.locator(".an-standing").innerText()).includes("30 November 2027"), "the target is not shown");
  // The same reference, written another way, is the same.
  await send(page, "/recommendations/new", { ...typed, reference: "2", target: "" });
  await refusal(page, "reference");
});
