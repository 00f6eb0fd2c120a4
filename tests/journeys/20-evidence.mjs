// A measure is attached to a recommendation as evidence, judged, run again and withdrawn; closing asks why where it does
// not show what is claimed.
import { equal, journey, ok, refusal, send, twice } from "../journey.mjs";

const day = (back) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);

// A recommendation that is open, and a contact that is counted.
async function begun(program, reference) {
  const manager = await program("audit manager");
  const advisor = await program("service advisor");
  const at = new Date(Date.now() - 60_000).toISOString();
  await advisor.post("/contacts", { channel: "non_emergency", option: "4", number: "07700 900497", arrived_at: at, answered_at: at, their_reference: `evidence-${reference}` });
  for (let turn = 0; turn < 100; turn += 1) {
    const { whole } = await manager.get("/measures/contacts");
    if (whole.numerator > 0) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  const { id: inspection } = await manager.post("/inspections/new", { title: `Evidence ${reference}`, code: `EV${reference}`, kind: "assurance", published_on: "15 January 2026", inspectorate: "HMICS", addressees: "Caledonia Police" });
  const { id } = await manager.post("/recommendations/new", { inspection, reference: "1", text: "Count what people ask of us." });
  return id;
}

twice("a measure is attached, seen on the recommendation, run again and withdrawn", async ({ program, signIn, look, javaScript }) => {
  const id = await begun(program, javaScript ? "1" : "2");
  const page = await signIn("audit manager");
  await page.goto(`/recommendations/${id}`);
  await page.getByRole("link", { name: "Attach a measure as evidence" }).click();
  await page.waitForURL(/evidence\/new/);
  await look(page, "attaching a measure");
  const typed = { measure: "contacts", from: day(14), until: day(0), by: "day", claim: "went_down", words: "Fewer people have to call." };
  await send(page, "", { ...typed, until: "2199-01-01" });
  ok((await refusal(page, "until")).includes("still to come"), "a period in the future");
  equal(await page.locator("main [name=words]").inputValue(), typed.words, "nothing typed is lost");
  await look(page, "attaching a measure, with a fault");
  await send(page, "", typed);
  ok((await refusal(page, "although")).includes("does not say that it serves"), "it serves something else");
  await send(page, "", { ...typed, although: "No measure serves it yet." });
  await page.waitForURL(/evidence\/[0-9a-f-]+\?done=attached/);
  const at = new URL(page.url()).pathname;
  ok((await page.locator(".an-standing").innerText()).includes("Not shown"), "it did not go down, and it is said");
  await look(page, "evidence");
  await page.getByRole("link", { name: "Run it again" }).click();
  await page.waitForURL(/again/);
  ok((await page.locator("main [role=status]").innerText()).includes("The same, to the last digit"), "the same");
  await look(page, "evidence, run again");

  await page.goto(`/recommendations/${id}`);
  const panel = page.locator(".an-card", { has: page.getByRole("heading", { name: "Measured evidence" }) });
  ok((await panel.innerText()).includes("Not shown"), "the verdict stands on the recommendation");
  equal(await panel.locator("svg.an-spark title").count(), 1, "with its course, which has a title");
  await look(page, "a recommendation with measured evidence");

  // Closing asks why.
  await send(page, `/recommendations/${id}/evidence`, { evidence: "The chart." });
  await send(page, `/recommendations/${id}/closure`, { what_we_did: "We count.", impact: "It is known." });
  ok((await refusal(page, "although")).includes("Say why it is closed all the same"), "it is asked why");
  await look(page, "closing although a measure does not show it");

  await send(page, `${at}/withdrawal`, { reason: " " });
  ok((await refusal(page, "reason")).includes("missing"), "a reason is asked for");
  await send(page, "", { reason: "Another period is the right one." });
  await page.waitForURL(/done=withdrawn/);
  ok((await page.locator("main").innerText()).includes("Another period is the right one."), "it stays, with the reason");
  await look(page, "evidence that was withdrawn");
  await page.goto(`/recommendations/${id}/closure`);
  equal(await page.locator("[name=although]").count(), 0, "nothing is in the way any more");
  await page.goto("/evidence");
  await look(page, "the list of evidence");
  ok((await page.locator("tbody tr").count()) >= 1, "it is listed");
});

journey("the demonstration’s evidence is read by a committee member, with no record behind it", async ({ signIn, program, look }) => {
  const { rows } = await (await program("audit manager")).get("/evidence");
  const failure = rows.find((row) => row.measure === "Failure demand");
  ok(failure && failure.recommendation[1] === "CAM22-R3", "failure demand is attached to recommendation 3");
  const member = await signIn("committee member");
  await member.goto(failure.address);
  equal(member.answered, 200, "they may read it");
  await look(member, "evidence as a committee member sees it");
  equal(await member.locator("main a[href^='/measures']").count(), 0, "no record and no measure is opened");
  equal((await member.goto(`${failure.address}/again`)).status(), 403, "and it is not run again");
});
