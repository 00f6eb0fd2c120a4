// Somebody is referred to an agency that declines and to one that accepts, by links without an account; a link that ended says so.
import { equal, journey, ok, refusal, send, twice } from "../journey.mjs";

async function opened(program, reference) {
  const advisor = await program("service advisor");
  const now = new Date(Date.now() - 60_000).toISOString();
  const { id } = await advisor.post("/contacts", { channel: "non_emergency", option: "4", number: "07700 900481", arrived_at: now, answered_at: now, their_reference: reference });
  const assessed = ["threat", "harm", "risk", "investigation", "vulnerability", "engagement"].map((element) => [element, "none_identified"]);
  await advisor.change(`/contacts/${id}`, { name: "Mòrag Bàn", narrative: "She leaves the cooker on.", division: "D", place_words: "12 Mill Street, Kinmuir", markers: ["older_person"], ...Object.fromEntries(assessed) });
  return (await advisor.post("/incidents", { contact: id, incident_type: "concern_for_person", summary: `A cooker left on (${reference})`, grade: "immediate", rationale: "Smoke was seen from the road." })).id;
}

const agreed = { consent: "yes", consent_by: "the_person", consent_way: "spoken", person: "Mòrag Bàn", reach: "07700 900481", summary: "Her cooker smoulders; she lives alone." };

// A link as the police are shown it, once.
async function link(page, at) {
  await send(page, `${at}/link`);
  equal(page.answered, 201, "the link is made");
  return new URL((await page.locator("#address").innerText()).trim()).pathname;
}

// What is on a page is reached and used with the keyboard: Tab to it, Enter on it.
async function keyed(page, words) {
  const target = page.locator("main a", { hasText: words }).first();
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) break;
  }
  ok(await target.evaluate((element) => element === document.activeElement), `“${words}” is not reached by Tab`);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

twice("one agency declines, another accepts and finishes, by links without an account", async ({ program, signIn, open, look, javaScript }) => {
  const reference = `referral-${javaScript}`;
  const incident = await opened(program, reference);
  const page = await signIn("service advisor");
  await page.goto(`/incidents/${incident}`);
  await keyed(page, "Refer to a partner agency");
  await look(page, "who could take somebody");
  await keyed(page, "Fire and rescue");
  ok(page.url().includes("fire_and_rescue.general"), "the form of that agency");
  await send(page, "", { summary: agreed.summary });
  const told = await refusal(page, "consent");
  ok(told.includes("a ground has to be recorded"), told);
  equal(await page.locator("[name=summary]").inputValue(), agreed.summary, "nothing typed is lost");
  await look(page, "a referral without consent");
  await send(page, "", agreed);
  const first = new URL(page.url()).pathname;
  ok((await page.locator("main").innerText()).includes("Waiting for a reply"), "it waits");
  await look(page, "a referral that was sent");

  const there = await link(page, first);
  await look(page, "a link that is shown once");
  const agency = await open();
  await agency.goto(there);
  ok((await agency.locator("main").innerText()).includes("smoulders"), "what the agency has to know");
  ok(!(await agency.title()).includes("Mòrag"), "no name in the title");
  await look(agency, "what an agency sees by its link");
  await keyed(agency, "Decline it");
  await send(agency, "", { words: "Full until Monday" });
  await refusal(agency, "reason");
  equal(await agency.locator("[name=words]").inputValue(), "Full until Monday", "nothing typed is lost");
  await send(agency, "", { reason: "no_capacity" });
  const after = await agency.locator("main").innerText();
  ok(after.includes("was declined by the agency") && !after.includes("Mòrag"), "it ended, and nothing of the person is shown");
  await look(agency, "a link of a referral that ended");
  await send(agency, `${there}/acceptance`, { by: "R. Baird", words: "After all we can." });
  equal(agency.answered, 422, "accepting what was declined");
  ok((await agency.locator(".govuk-error-summary").innerText()).includes("was declined by the agency"), "it says what happened");
  equal(await agency.locator("[name=words]").inputValue(), "After all we can.", "nothing typed is lost");

  await page.goto(first);
  ok((await page.locator("main").innerText()).includes("We have no room"), "the police see why");
  await look(page, "a referral that was declined");
  await page.goto("/referrals?state=to_deal_with");
  ok(await page.locator(`tbody a[href="${first}"]`).count(), "it is to be dealt with");
  await page.goto(`/incidents/${incident}`);
  ok((await page.locator(".an-ask", { hasText: "Referrals" }).innerText()).includes("declined (We have no room)"), "its incident says so");
  await look(page, "an incident whose referral came back");
  await page.goto(first);
  await keyed(page, "Refer to another agency");
  await keyed(page, "Social work, by day");
  await send(page, "", agreed);
  const second = new URL(page.url()).pathname;
  const other = await link(page, second);
  await agency.goto(other);
  await keyed(agency, "Accept it");
  await send(agency, "", { by: "R. Baird" });
  await keyed(agency, "Say what came of it");
  await send(agency, "", { outcome: "supported", words: "She has a safe cooker now." });
  ok((await agency.locator(".an-notice").innerText()).includes("is finished"), "it is told");
  await page.goto(second);
  const life = await page.locator(".moj-timeline").innerText();
  ok(["Sent to Social work", "Accepted", "Finished", "The agency, by the link"].every((words) => life.includes(words)), life);
  await look(page, "a referral that was finished");
  await page.goto(`/incidents/${incident}`);
  equal(await page.locator(".an-ask", { hasText: "Referrals" }).count(), 0, "referring anew dealt with it");
  ok((await page.locator("main").innerText()).includes("Finished: They were supported"), "its incident has both");

  await page.goto("/referrals?agency=social_work&state=finished");
  ok((await page.locator("table").innerText()).includes("They were supported"), "it is in the list");
  await look(page, "referrals");
  await page.goto("/referrals?state=bounced_back");
  await look(page, "no referral matches");
  await page.goto("/referrals/counts");
  await look(page, "referrals by agency");
  const figure = page.locator("tr", { hasText: "Fire and rescue" }).locator("a").last();
  const number = Number.parseInt(await figure.innerText(), 10);
  await figure.click();
  await page.waitForLoadState();
  equal(await page.locator("tbody tr").count(), number, "a figure opens what it counts");
  await page.goto("/referrals/agencies");
  await look(page, "the directory of agencies");
});

twice("what came back is dealt with by saying what was done instead", async ({ program, signIn, look, javaScript }) => {
  const incident = await opened(program, `instead-${javaScript}`);
  const advisor = await program("service advisor");
  const { id } = await advisor.post("/referrals", { incident, to: "fire_and_rescue.general", ...agreed });
  const page = await signIn("supervisor");
  await send(page, `/referrals/${id}/settlement`, { words: "Officers go there." });
  equal(page.answered, 422, "nothing came back yet");
  await send(page, `/referrals/${id}/acceptance`, { by: "R. Baird" });
  await send(page, `/referrals/${id}/return`, { reason: "cannot_be_reached", words: "Rang three times." });
  await keyed(page, "Say what was done instead");
  await send(page, "", {});
  ok((await refusal(page, "words")).includes("is missing"), "it says what");
  await look(page, "saying what was done instead");
  await send(page, "", { words: "Officers saw her at 14:00; she is well." });
  ok((await page.locator(".moj-timeline").innerText()).includes("she is well"), "it is on the timeline");
  equal(await page.locator(".an-standing .an-alarm").count(), 0, "and alarms nobody any more");
});

twice("a link that was replaced says with whom to speak, and loses nothing", async ({ program, signIn, open, look, javaScript }) => {
  const incident = await opened(program, `link-${javaScript}`);
  const advisor = await program("service advisor");
  const { id } = await advisor.post("/referrals", { incident, to: "fire_and_rescue.general", ...agreed });
  const at = `/referrals/${id}`;
  const page = await signIn("service advisor");
  const first = await link(page, at);
  const agency = await open();
  await agency.goto(`${first}/acceptance`);
  await link(page, at);
  await send(agency, "", { by: "R. Baird", words: "We ring her today." });
  equal(agency.answered, 410, "it was replaced");
  const told = await agency.locator("main").innerText();
  ok(["was revoked", "Ring 101", "We ring her today.", "Nothing was changed"].every((words) => told.includes(words)), told);
  await look(agency, "a link that was replaced");
  equal((await agency.goto(`/partner/${"0".repeat(64)}`)).status(), 404, "a link that nobody gave out");
  await look(agency, "a link that is not known");
  await send(page, `${at}/revocation`);
  ok((await page.locator(".an-notice").innerText()).includes("revoked"), "the police revoke the new one");
});

journey("roles that make no referrals are told so", async ({ signIn }) => {
  const analyst = await signIn("analyst");
  for (const address of ["/referrals", "/referrals/counts", "/referrals/agencies"]) equal((await analyst.goto(address)).status(), 403, address);
});
