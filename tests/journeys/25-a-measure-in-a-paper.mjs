// A committee paper shows a measure’s chart and table under the recommendation that it serves: evidence by itself, others by
// choice; the page and the PDF both carry the words of the picture and the figures, and once frozen they stay.
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { equal, journey, ok, refusal, send, twice } from "../journey.mjs";

const DETAILS = { meeting: "Policing Performance Committee", date: "9 December 2026", location: "Video conference", presented_by: "Chief Superintendent Contact and Command", period_from: "1 January 2024", inspection: ["Contact Assessment Model 2022"] };
const day = (back) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);

async function acceptFaults(manager) {
  const { groups } = await manager.get("/check?severity=fault");
  for (const one of groups.flatMap((group) => group.findings).filter((one) => one.accepted === null)) await manager.post(`/check/${one.subject}/${one.check}/${one.fingerprint}/acceptance`, { reason: "Known to the committee." });
}

async function drafted(page, title) {
  await page.goto("/papers/new");
  await send(page, null, { ...DETAILS, title });
  await page.getByRole("status").filter({ hasText: "The paper is drafted" }).waitFor();
  return new URL(page.url()).pathname;
}

const measured = (page) => page.locator('.paper table[id^="measured-"]');

// All words of a PDF; and everything in it, unpacked, where the words for whoever does not see its pictures stand.
function printed(pdf) {
  const file = join(mkdtempSync(join(tmpdir(), "paper-")), "paper.pdf");
  writeFileSync(file, pdf);
  // What they say of borders is nothing to us.
  const run = (program, given) => execFileSync(program, given, { encoding: "utf8", maxBuffer: 64e6, stdio: ["ignore", "pipe", "ignore"] });
  const words = run("pdftotext", [file, "-"]);
  const tags = run("pdfinfo", ["-struct", file]);
  const packed = pdf.toString("latin1").split(/\bstream\r?\n/).slice(1).map((part) => part.slice(0, part.lastIndexOf("endstream")));
  const unpacked = packed.map((part) => {
    try {
      return inflateSync(Buffer.from(part, "latin1"), { finishFlush: 2 }).toString("latin1");
    } catch {
      return "";
    }
  });
  return { words: words.replaceAll(/\s+/g, " "), figures: tags.match(/^\s*Figure\b/gm)?.length ?? 0, all: [pdf.toString("latin1"), ...unpacked].join("\n") };
}

// Whether a PDF has these words, in either of its ways to write them; up to the first bracket, which it would write otherwise.
function says(all, words) {
  const plain = words.split(/[()\\]/)[0].trim();
  const wide = [...plain].map((sign) => `\u0000${sign}`).join("");
  const hex = Buffer.from(wide, "latin1").toString("hex");
  return all.includes(plain) || all.includes(wide) || all.toLowerCase().includes(hex);
}

twice("a committee paper takes a measure’s chart and table in, and its PDF and its page carry the same", async ({ javaScript, program, signIn, look, keepPaper }) => {
  const manager = await program("audit manager");
  const { rows } = await manager.get("/evidence?measure=failure_demand");
  const recommendation = rows[0].recommendation[0].split("/").at(-1);
  const { id: evidence } = await manager.post("/evidence", { recommendation, measure: "answer_wait", from: day(84), until: day(1), by: "week", claim: "is_counted", words: "We know how long people wait.", although: "Whether it lasts." });
  const page = await signIn("audit manager");
  const address = await drafted(page, `What is measured, ${javaScript ? "with" : "without"} scripts`);
  // The demonstration’s evidence comes by itself.
  const before = await measured(page).count();
  ok(before >= 2, "the evidence of what it tells is not shown");
  ok((await page.locator("#open").count()) === 1 && (await page.locator("#measured").count()) === 1, "the section is not there");
  await look(page, "a paper that shows a measure");
  const see = page.locator('.paper td a[href="#measured-1"]');
  ok(/^Table \d+$/.test(await see.first().innerText()), "its recommendation does not lead to it");

  // Another is chosen; what cannot be shown is refused where it was typed.
  await page.getByRole("link", { name: "Measures it shows" }).click();
  await page.waitForURL(/measures$/);
  await look(page, "the measures that a paper shows");
  await page.getByRole("link", { name: "Choose a measure" }).click();
  await page.waitForURL(/measures\/new$/);
  await look(page, "a measure is chosen for a paper");
  const typed = { recommendation: "CAM22-R3", measure: "contacts", from: day(84), until: day(1), by: "week" };
  await send(page, null, { ...typed, until: "2199-01-01" });
  ok((await refusal(page, "until")).includes("still to come"), "a period to come");
  equal(await page.locator("main [name=from]").inputValue(), typed.from, "what was typed stays");
  await look(page, "a measure is chosen for a paper, with a fault");
  await send(page, null, { ...typed, from: "2019-01-01", by: "day" });
  ok((await refusal(page, "by")).includes("at most 54"), "too many periods");
  await send(page, null, { ...typed, recommendation: "CAM22-R1" });
  ok((await refusal(page, "measure")).includes("does not say that it serves CAM22-R1"), "it serves something else");
  await send(page, null, typed);
  await page.getByRole("status").filter({ hasText: "The paper shows it" }).waitFor();
  await look(page, "a measure was chosen for a paper");
  await send(page, `${address}/measures/new`, typed);
  ok((await refusal(page, "measure")).includes("shows just that already"), "twice the same");

  // Left out and shown again.
  await page.goto(`${address}/measures`);
  await page.getByRole("button", { name: /^Leave out/ }).first().click();
  await page.getByRole("status").filter({ hasText: "The paper does not show it" }).waitFor();
  await page.goto(address);
  equal(await measured(page).count(), before, "one was chosen and one left out");
  await page.goto(`${address}/measures`);
  await page.getByRole("button", { name: /^Show again/ }).first().click();
  await page.getByRole("status").filter({ hasText: "shows it again" }).waitFor();

  await acceptFaults(manager);
  await page.goto(`${address}/freeze`);
  await send(page, null);
  await page.getByRole("status").filter({ hasText: "The paper is frozen." }).waitFor();
  equal(await measured(page).count(), before + 1, "tables of measures");
  await look(page, "a frozen paper with measures");

  // The page and the PDF both carry the words of each picture and each table.
  const figures = await page.locator(".paper figure svg desc").allTextContents();
  const withheld = (await page.locator(".paper").innerText()).match(/chart are not shown, because|It is not shown: beside/g) ?? [];
  ok(figures.length + withheld.length >= 1, "there is no chart, and nothing says why");
  equal(await page.locator('.paper figure svg[role="img"]').count(), figures.length, "charts that are pictures with words");
  const pdf = await page.request.get(`${address}/pdf`);
  equal([pdf.status(), pdf.headers()["content-type"]], [200, "application/pdf"], "the PDF");
  await keepPaper(`measures-${javaScript ? "with" : "without"}-scripts`, await pdf.body());
  const { words, figures: drawn, all } = printed(await pdf.body());
  equal(drawn, figures.length, "pictures in the structure of the PDF");
  for (const row of await measured(page).first().locator("tbody tr th").allInnerTexts()) ok(words.includes(row.split("\n")[0].trim()), `the PDF has no “${row}”`);
  for (const said of figures) ok(says(all, said), `the PDF has no words “${said}” for its picture`);

  // It stays as members have it, whatever is counted and chosen.
  const html = async (who) => (await (await who.request.get(address, { headers: { accept: "text/html" } })).text()).match(/<article[\s\S]*<\/article>/)[0];
  const frozen = await html(page);
  const advisor = await program("service advisor");
  const at = new Date(Date.now() - 60_000).toISOString();
  await advisor.post("/contacts", { channel: "non_emergency", option: "4", number: "07700 900497", arrived_at: at, answered_at: at, their_reference: `paper-${javaScript}` });
  await manager.post(`/evidence/${evidence}/withdrawal`, { reason: "Another period is the right one." });
  equal(await html(page), frozen, "the frozen paper after more was counted and its evidence withdrawn");
  const member = await signIn("committee member");
  equal(await html(member), frozen, "the paper as a member has it");
  equal((await member.goto(`${address}/measures`)).status(), 403, "a member chooses nothing");
  await page.goto(`${address}/measures`);
  equal(await page.getByRole("button", { name: /^Leave out/ }).count(), 0, "what a frozen paper offers");
  await look(page, "the measures that a frozen paper shows");
});

journey("a measure’s page leads to where it is attached as evidence", async ({ signIn }) => {
  const page = await signIn("analyst");
  await page.goto("/measures/failure_demand");
  await page.getByRole("link", { name: "Where it is attached" }).click();
  await page.waitForURL(/\/evidence\?measure=failure_demand$/);
  ok((await page.locator("tbody tr th").allInnerTexts()).every((words) => words.includes("Failure demand")), "other measures are listed");
});
