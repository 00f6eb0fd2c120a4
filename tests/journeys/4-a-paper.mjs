// The committee's paper: its figures are the register's, and once frozen it stays as it is.
import { countedAt, equal, journey, number, ok, refusal, send, twice } from "../journey.mjs";
import { prepare } from "./3-a-recommendation.mjs";

const DETAILS = { meeting: "Policing Performance Committee", date: "9 December 2026", location: "Video conference", presented_by: "Chief Superintendent Contact and Command" };

// A plan with open ones, and one whose closures are told.
const PLANS = ["Shotgun certificates 2024", "Contact Assessment Model 2022"];

// What the check finds has to be mended, or accepted with a reason, before a paper is frozen.
async function acceptFaults(manager) {
  const { groups } = await manager.get("/check?severity=fault");
  const faults = groups.flatMap((group) => group.findings).filter((one) => one.accepted === null);
  for (const one of faults) await manager.post(`/check/${one.subject}/${one.check}/${one.fingerprint}/acceptance`, { reason: "Known to the committee." });
  return faults.length;
}

async function draft(page, more = {}) {
  await send(page, "/papers/new", { ...DETAILS, ...more });
  equal(page.answered, 200, "status after drafting");
  return new URL(page.url()).pathname;
}
const html = async (page, address) => {
  const answer = await page.request.get(address, { headers: { accept: "text/html" } });
  equal(answer.status(), 200, `status of ${address}`);
  return (await answer.text()).match(/<article[\s\S]*<\/article>/)[0];
};
const pdf = async (page, address) => {
  const answer = await page.request.get(`${address}/pdf`);
  equal([answer.status(), answer.headers()["content-type"]], [200, "application/pdf"], `PDF of ${address}`);
  ok(/^attachment; filename="[^"]+\.pdf"$/.test(answer.headers()["content-disposition"]), "the PDF has no name to keep it under");
  return answer.body();
};
const links = (page) => page.locator('.paper a[href*="/recommendations?as_at="]').evaluateAll((all) => all.map((one) => [one.pathname + one.search, one.innerText]));

// Every figure leads to a list with that many rows.
async function follow(page) {
  const figures = new Map(await links(page));
  ok(figures.size >= 10, `there are ${figures.size} figures with a link`);
  for (const [address, words] of figures) equal(await countedAt(page, address), number(words), `recommendations at ${address}`);
}
const rowsOf = (page, caption) => page.locator(".paper table").evaluateAll((all, words) => all.filter((one) => one.caption.innerText.includes(words)).reduce((sum, one) => sum + one.tBodies[0].rows.length, 0), caption);

twice("a paper is drafted, its figures equal its lists, and frozen it stays the same when the register does not", async ({ javaScript, program, signIn, look, keepPaper }) => {
  const recommendation = await prepare(program);
  const page = await signIn("audit manager");
  await page.goto("/papers/new");
  await look(page, "new paper");
  await send(page, null, { ...DETAILS, date: "Tuesday", background: "The committee asked for this in June." });
  ok((await refusal(page, "date")).includes("Tuesday"), "the day is not named");
  equal(await page.locator("[name=background]").inputValue(), "The committee asked for this in June.", "the text that was typed");
  const title = `Improvement plans ${javaScript ? "with" : "without"} scripts`;
  await send(page, null, { date: DETAILS.date, title, period_from: "1 January 2024", inspection: PLANS, financial: "Visits cost £40,000 a year." });
  await page.getByRole("status").filter({ hasText: "The paper is drafted" }).waitFor();
  const address = new URL(page.url()).pathname;
  await look(page, "paper, a draft");

  const words = await page.locator(".paper").innerText();
  for (const said of ["Policing Performance Committee", "9 December 2026", "The committee asked for this in June.", "Visits cost £40,000 a year.", "There are no legal implications in this report.", recommendation.label]) ok(words.includes(said), `the paper does not say “${said}”`);
  await follow(page);
  const open = number(words.match(/([\d,]+) recommendations? (?:are|is) open\./)[1]);
  equal(await rowsOf(page, "open recommendations"), open, "rows of the open ones");
  const closed = number(words.match(/([\d,]+) recommendations? (?:were|was) discharged by the inspectorate/)?.[1] ?? "0");
  ok(closed > 0, "nothing was discharged in the period");
  equal(await rowsOf(page, "discharged in the period"), closed, "rows of those discharged in the period");
  equal(await rowsOf(page, "improvement plan"), open + closed, "rows of the appendix");
  const summary = await page.locator("#summary tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].slice(1, 5).map((cell) => parseInt(cell.innerText, 10))));
  const all = summary.pop();
  equal(summary.reduce((sum, row) => sum.map((value, index) => value + row[index]), [0, 0, 0, 0]), all, "the last row of the summary, and the sum of the others");
  ok(all[0] === all[1] + all[2] + all[3] && all[3] === open, `made, closed, proposed, open: ${all}`);

  // A draft follows the register, and can be changed.
  await recommendation.manager.post(`${recommendation.at}/update`, { text: "Said after the draft was made." });
  ok((await html(page, address)).includes("Said after the draft was made."), "the draft does not follow the register");
  await page.goto(`${address}/edit`);
  equal([await page.locator("[name=title]").inputValue(), await page.locator("[name=presented_by]").inputValue()], [title, DETAILS.presented_by], "what stands in the form of the draft");
  await send(page, null, { location: "Glasgow" });
  await page.getByRole("status").filter({ hasText: "The draft is changed." }).waitFor();

  // Members do not see a draft.
  const member = await signIn("committee member");
  await member.goto("/papers");
  ok(!(await member.locator("main").innerText()).includes(title), "a member is shown a draft");
  for (const part of ["", "/pdf"]) equal((await member.request.get(address + part)).status(), 404, `status of the draft${part} for a member`);

  await page.goto(`${address}/freeze`);
  await look(page, "freeze, with faults in the way");
  equal(await page.getByRole("button", { name: "Freeze the paper" }).count(), 0, "a way to freeze a paper with faults");
  ok((await acceptFaults(recommendation.manager)) > 0, "there was no fault to accept");
  await page.goto(`${address}/freeze`);
  await look(page, "freeze");
  await send(page, null);
  await page.getByRole("status").filter({ hasText: "The paper is frozen." }).waitFor();
  await look(page, "paper, frozen");
  equal(await page.locator(`main a[href="${address}/edit"], main a[href="${address}/freeze"]`).count(), 0, "changes that a frozen paper offers");
  const [frozen, printed] = [await html(page, address), await pdf(page, address)];
  ok(frozen.includes("Glasgow") && printed.subarray(0, 5).toString() === "%PDF-", "the frozen paper");
  keepPaper(`frozen-${javaScript ? "with" : "without"}-scripts`, printed);

  const later = await prepare(program);
  await recommendation.manager.post(`${recommendation.at}/target`, { to: "August 2027", reason: "Said after the paper was frozen.", delay_reason: "partnership_dependency", approved_by: "Deputy Chief Constable" });
  await recommendation.manager.post(`${recommendation.at}/action-done`, { number: "1", note: "Done after the paper was frozen." }).catch(async () => {
    const { shown } = await recommendation.manager.get(recommendation.at);
    await recommendation.manager.post(`${recommendation.at}/action-done`, { number: shown.actions[0].number, note: "Done after the paper was frozen." });
  });
  equal(await html(page, address), frozen, "the frozen paper after the register changed");
  await page.goto(address);
  if (javaScript) await follow(page); // as it was then: the new one is not counted
  await page.goto(`${address}?as_at=1`);
  ok((await html(page, `${address}?as_at=1`)) === frozen, "a frozen paper looks back further than itself");
  for (const part of ["edit", "freeze"]) {
    await page.goto(`${address}/${part}`);
    if (page.answered === 200) await send(page, null);
    ok([409, 422].includes(page.answered), `a frozen paper takes “${part}”: ${page.answered}`);
  }

  await member.goto("/papers");
  await look(member, "papers");
  await member.getByRole("link", { name: title, exact: true }).click();
  equal(await member.locator("main h1").innerText(), title, "the paper that a member sees");
  ok(!(await member.locator(".paper").innerText()).includes(later.label), "the frozen paper names what came later");
  equal(await member.locator(`main a[href^="${address}/"]`).evaluateAll((all) => all.map((one) => one.pathname.split("/").at(-1))), ["pdf"], "what a member is offered");
  ok((await pdf(member, address)).equals(printed), "the PDF differs after the register changed, or for a member");
});

journey("a paper about one inspection counts only that one, and a paper as at an earlier entry counts what was then", async ({ signIn, keepPaper }) => {
  const page = await signIn("audit manager");
  await page.goto("/papers/new");
  const address = await draft(page, { title: "Domestic abuse: progress", inspection: ["Domestic Abuse 2023"] });
  await follow(page);
  ok(!(await page.locator(".paper").innerText()).includes("CAM22-R"), "it names recommendations of another inspection");
  keepPaper("draft-of-one-inspection", await pdf(page, address));
  const made = await page.locator("#summary tbody tr").last().locator("td").first().innerText();
  await page.goto(`${address}?as_at=3000`);
  equal(page.answered, 200, "status of the paper as at an entry");
  await follow(page);
  ok(number(made) >= number(await page.locator("#summary tbody tr").last().locator("td").first().innerText()), "more was made then than now");
});
