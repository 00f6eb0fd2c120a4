// A crime is recorded directly, exported with a receipt, returned, reworked and resubmitted; where somebody is vulnerable a
// supervisor says why; a retailer sends many at once.
import { equal, ok, refusal, send, twice } from "../journey.mjs";

async function opened(program, reference, vulnerability) {
  const advisor = await program("service advisor");
  const now = new Date(Date.now() - 60_000).toISOString();
  const { id } = await advisor.post("/contacts", { channel: "non_emergency", option: "4", number: "07700 900491", arrived_at: now, answered_at: now, their_reference: reference });
  const assessed = ["threat", "harm", "risk", "investigation", "vulnerability", "engagement"].flatMap((element) => [[element, element === "vulnerability" ? vulnerability : "none_identified"], [`${element}_narrative`, "It was asked about."]]);
  await advisor.change(`/contacts/${id}`, { name: "Iain Drummond", narrative: "It was there last night.", division: "D", place_words: "14 Rowan Court, Kinmuir", ...Object.fromEntries(assessed) });
  return (await advisor.post("/incidents", { contact: id, incident_type: "theft", qualifiers: [], summary: `A bicycle was taken from a shed (${reference})`, grade: "other_resolution", rationale: "The advisor’s judgement." })).id;
}

const theft = {
  happened_from: "00:01",
  account: "A red bicycle was taken from a locked shed. The lock was cut.",
  others: "Victim; Iain Drummond; 07700 900491",
  property: "Bicycle, red; 450; frame WBK 12345",
  theft_was_locked: "yes",
  line_cctv: "not_possible",
  line_witnesses: "not_possible",
  line_suspect: "not_possible",
  line_property_trace: "to_do",
  digital_doorbell: "none",
  ending: "record_and_enquire",
};

// What is on a page is reached and used with the keyboard: Tab to it, Enter on it.
async function keyed(page, words) {
  const target = page.locator("main a", { hasText: words }).first();
  for (let presses = 0; presses < 90; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) break;
  }
  ok(await target.evaluate((element) => element === document.activeElement), `“${words}” is not reached by Tab`);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

twice("a crime is recorded directly, exported, returned and resubmitted", async ({ program, signIn, look, javaScript }) => {
  const incident = await opened(program, `crime-${javaScript}`, "none_identified");
  const page = await signIn("resolution team");
  await page.goto(`/incidents/${incident}`);
  await keyed(page, "Record a crime directly");
  await look(page, "which crime is recorded");
  await keyed(page, "Theft");
  if (page.url().includes("shoplifting")) {
    await page.goBack();
    await page.getByRole("link", { name: "Theft", exact: true }).press("Enter");
    await page.waitForLoadState();
  }
  ok(page.url().includes("crime_type=theft"), page.url());
  await look(page, "the form of a crime report");
  await send(page, "", { ...theft, others: "Hero; Iain Drummond" });
  ok((await refusal(page, "others")).includes("“Hero” is no role"), "the row and the mend");
  equal(await page.locator("[name=account]").inputValue(), theft.account, "nothing typed is lost");
  await look(page, "a crime report with a fault");
  await send(page, "", { ...theft, ending: "record_and_file", filing_reason: "no_lines_of_enquiry", told_way: "spoken", told_at: "00:00" });
  ok((await refusal(page, "ending")).includes("still to be followed"), "nothing is filed while a line is open");
  await send(page, "", theft);
  const at = new URL(page.url()).pathname;
  const words = await page.locator("main").innerText();
  ok(["To be exported", "1 line of enquiry still to be followed", "£450.00"].every((one) => words.includes(one)), words);
  ok(!(await page.title()).includes("Drummond"), "no name in the title");
  await look(page, "a crime report");

  await keyed(page, "Export it to the crime system");
  await send(page, "", {});
  const file = page.locator("main a", { hasText: "JSON" }).first();
  const bytes = await (await page.request.get(await file.getAttribute("href"))).json();
  equal(bytes.property[0].pence, 45_000, "the file of the receipt");
  await keyed(page, "Record the crime system’s reference");
  await send(page, "", { reference: "CR/0012345/26" });
  ok((await page.locator(".an-standing").innerText()).includes("In the crime system"), "it is there");

  const chief = await signIn("supervisor");
  await chief.goto(at);
  await keyed(chief, "Return it for rework");
  await send(chief, "", { unit: "division_d", words: "Ask the neighbour." });
  await refusal(chief, "reason");
  equal(await chief.locator("main [name=words]").inputValue(), "Ask the neighbour.", "nothing typed is lost");
  await look(chief, "returning a crime report");
  await send(chief, "", { unit: "division_d", reason: "lines_missed", words: "Ask the neighbour." });
  await page.goto(`/incidents/${incident}`);
  ok((await page.locator(".an-ask", { hasText: "Crime reports" }).innerText()).includes("was returned for rework"), "its incident says so");
  await look(page, "an incident whose crime report was returned");
  await page.goto(at);
  ok((await page.locator(".an-standing").innerText()).includes("Lines of enquiry missed: Ask the neighbour."), "why, and what to mend");
  await look(page, "a crime report that was returned");
  await keyed(page, "Rework and resubmit it");
  await send(page, "", { line_witnesses: "done", line_witnesses_words: "She saw nothing." });
  await refusal(page, "words");
  await look(page, "reworking a crime report");
  await send(page, "", { words: "The neighbour was asked." });
  const life = await page.locator(".moj-timeline").innerText();
  ok(["Recorded", "Exported, receipt 1", "Taken by the crime system", "Returned for rework", "Reworked and resubmitted"].every((one) => life.includes(one)), life);
  await page.goto(`${at}/resubmission`);
  equal(page.answered, 422, "resubmitting what nobody returned");
  ok((await page.locator("main").innerText()).includes("is not possible: the report is to be exported"), "it says why");

  // Another crime, and what stands against a closing without one.
  await send(chief, `${at}/return`, { unit: "division_d", reason: "wrong_crime", words: "The lock was broken, and nothing taken." });
  await send(page, `${at}/resubmission`, { crime_type: "vandalism", words: "It is vandalism." });
  ok((await refusal(page, "vandalism_what")).includes("What was damaged"), "the questions of that crime");
  await send(page, "", { vandalism_what: "The lock of a shed", line_forensic: "not_possible", line_suspect: "to_do" });
  ok((await page.locator("h1").innerText()).includes("Vandalism"), "it is that crime now");
  const told = Object.fromEntries(["overview", "updates", "action", "outcome"].map((part) => [part, "It was dealt with, and he was told."]));
  await send(page, `/incidents/${incident}/closure`, { code: "SC02", ...told });
  ok((await refusal(page, "code")).includes("A crime is recorded on it"), "an incident with a crime is not closed as one without");
  await look(page, "a closing that a crime report stands against");
  await send(chief, `${at}/withdrawal`, { words: "It was recorded twice." });
  ok((await chief.locator(".an-standing").innerText()).includes("Withdrawn"), "it is kept, and nothing is done with it");

  await page.goto("/crime-reports?crime_type=vandalism&division=D");
  ok((await page.locator("table").innerText()).includes("Returned 2 times"), "it is in the list");
  await look(page, "crime reports");
  await page.goto("/crime-reports?ending=attend&until=2020-01-01");
  await look(page, "no crime report matches");
  await page.goto("/crime-reports/returns");
  await look(page, "returned crime reports");
  await page.goto("/crime-reports/counts");
  await look(page, "crime reports by team");
  const figure = page.locator("table", { hasText: "Division" }).first().locator("tbody tr").first().locator("a").first();
  const number = Number.parseInt(await figure.innerText(), 10);
  await Promise.all([page.waitForURL(/crime-reports\?/), figure.press("Enter")]);
  equal(await page.locator("tbody tr").count(), Math.min(number, 50), "a figure opens what it counts");
});

twice("whoever is vulnerable is recorded by a supervisor who says why, and by nobody else", async ({ program, signIn, look, javaScript }) => {
  const incident = await opened(program, `vulnerable-${javaScript}`, "high");
  const to = `/crime-reports/new?incident=${incident}&crime_type=theft`;
  const page = await signIn("resolution team");
  await page.goto(to);
  ok((await page.locator("main").innerText()).includes("Vulnerability was identified"), "it says so before anything is typed");
  await look(page, "a crime that is not recorded by telephone");
  await send(page, "", theft);
  equal(page.answered, 422, "and refuses it");
  equal(await page.locator("[name=account]").inputValue(), theft.account, "nothing typed is lost");
  const chief = await signIn("supervisor");
  await send(chief, to, theft);
  await refusal(chief, "override_reason");
  await look(chief, "why it is recorded although somebody is vulnerable");
  await send(chief, "", { override_reason: "He asks for it, and his nurse is with him." });
  ok((await chief.locator(".an-standing").innerText()).includes("his nurse is with him"), "the reason stands on the report");
});

twice("a retailer’s form is checked, carried in whole, and makes nothing twice", async ({ signIn, look, javaScript }) => {
  const shop = `Kerr’s Grocers ${javaScript ? "one" : "two"}`;
  const table = (threatened) => `shop,division,date,time,taken,cctv,threatened,value\n${shop},D,2026-11-20,16:20,Two bottles of whisky,yes,no,64.50\n${shop},D,2026-11-20,18:05,A tablet,no,${threatened},329\n`;
  const page = await signIn("resolution team");
  await page.goto("/crime-reports/retail");
  await look(page, "a retailer's form");
  const check = () => page.getByRole("button", { name: "Check the table" }).click();
  await page.getByLabel("File", { exact: true }).setInputFiles({ name: "thefts.csv", mimeType: "text/csv", buffer: Buffer.from(table("perhaps")) });
  await check();
  ok(/3\s+threatened\s+“perhaps” is neither yes nor no/.test(await page.getByRole("table", { name: "Faults of the file" }).innerText()), "the row, the column, the mend");
  await look(page, "a retailer's form with a fault");
  await page.getByLabel("Or paste the table").fill(table("yes"));
  await check();
  await page.getByRole("heading", { name: "Check the table before it is carried in" }).waitFor();
  await look(page, "a retailer's form before it is carried in");
  await page.getByRole("button", { name: "Carry it in" }).click();
  ok((await page.locator(".an-notice").innerText()).includes("is carried in"), "it is told");
  await page.goto("/crime-reports/retail");
  await page.getByLabel("Or paste the table").fill(table("yes"));
  await check();
  ok((await page.locator("main").innerText()).includes("Every row was sent before"), "the same again makes nothing");
});
