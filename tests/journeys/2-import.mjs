// A published plan comes in: pasted, as a file, again, corrected, and spoilt.
import { deflateRawSync } from "node:zlib";
import { counted, equal, journey, number, ok, refusal, sentence, twice } from "../journey.mjs";
import { newInspection, PLAN, SOUND_CSV, tabbed } from "../plans.mjs";

const check = (page) => page.getByRole("button", { name: "Check the plan" }).click();
const figures = (page) => page.locator(".an-figures li").evaluateAll((all) => Object.fromEntries(all.map((one) => [one.querySelector("span").innerText, Number(one.querySelector("b").innerText)])));
/** What the register holds, whatever else the journal took in meanwhile: clocks run out by themselves. */
const held = async (page) => JSON.stringify((await (await page.request.get("/recommendations?status=any", { headers: { accept: "application/json" } })).json()).recommendations);

twice("an audit manager pastes a published plan, sees every cell placed or unsure, confirms, and importing it again changes nothing", async ({ javaScript, signIn, look, site }) => {
  const page = await signIn("audit manager");
  const title = `Custody centres ${javaScript ? 2024 : 2025}`;
  const before = await held(page);
  await page.goto("/imports");
  await look(page, "imports");
  await newInspection(page, { title, day: `28 March ${javaScript ? 2024 : 2025}` });
  await page.getByLabel("Or paste the table").fill(PLAN);
  await check(page);
  await page.getByRole("heading", { name: "Check the plan before it is imported" }).waitFor();
  const found = await figures(page);
  equal([found.New, found.Changed, found.Same, found["Not in the file"]], [8, 0, 0, 0], "new, changed, same, gone");
  await look(page, "import preview");

  // Every cell with words in it is either placed or listed as unsure; none is lost.
  const cells = PLAN.split("\n").flatMap((line) => line.split("\t")).filter((cell) => cell.trim() !== "");
  equal(found["Cells read"], cells.length, "cells read");
  await page.locator("summary", { hasText: "cells" }).click();
  const rows = await page.locator("#cells ~ details tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
  equal(rows.length, cells.length, "rows of the list of cells");
  const flat = (text) => text.replace(/\s+/g, " ").trim();
  equal(cells.map(flat).filter((cell) => !rows.some((row) => flat(row[1]) === cell)), [], "cells that are not in the list");
  equal(rows.filter((row) => !/^. ?(Placed|Unsure)|^(Placed|Unsure)/.test(row[2])), [], "cells that are neither placed nor unsure");

  const unsure = await page.locator("#unsure ~ .an-scroll").first().locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
  equal(unsure.length, found.Unsure, "unsure cells");
  for (const [what, why] of [["Spring", /not a month or a day/], ["Ask the union what it thinks.", /before any recommendation/], ["ten working days", /duplicate reference/]]) {
    const row = unsure.find((one) => one[1].includes(what));
    ok(row && why.test(row[2]), `“${what}” should be unsure because ${why}; there is ${JSON.stringify(unsure.map((one) => one.slice(1)))}`);
    ok(/row \d+/.test(row[0]), `“${what}” does not say where it stands: ${row[0]}`);
    sentence(row[2].replace(/^\?? ?Unsure ?/, ""));
  }
  await page.locator("summary", { hasText: "cells" }).click();
  equal(await page.evaluate(() => document.querySelectorAll("main form").length), 1, "forms of the preview");
  equal(await held(page), before, "the register while nothing is confirmed");

  await page.getByRole("button", { name: "Import 8 recommendations" }).click();
  await page.waitForURL(/\/recommendations\?inspection=/);
  equal(await counted(page), 8, "recommendations of the new inspection");
  const shown = await page.locator(".an-register tbody tr:not(.an-group)").evaluateAll((all) => all.map((row) => row.innerText.replace(/\s+/g, " ")));
  equal(shown.length, 8, "rows");
  ok(/intercoms.*Mar 2025.*Head of Estates.*High.*0 of 2 done/.test(shown[3]), `the fourth row: ${shown[3]}`);
  ok(shown[2].includes("Not set"), `the third has no target, since “Spring” is none: ${shown[2]}`);

  // Again: nothing is new, nothing to confirm.
  const after = await held(page);
  await page.goto("/imports");
  await page.getByLabel("Inspection", { exact: true }).selectOption({ label: title });
  await page.getByLabel("Or paste the table").fill(PLAN);
  await check(page);
  const again = await figures(page);
  equal([again.New, again.Changed, again.Same, again["Not in the file"]], [0, 0, 8, 0], "new, changed, same, gone the second time");
  equal(await page.getByRole("button", { name: /^Import/ }).count(), 0, "buttons to confirm nothing");
  await look(page, "import of nothing new");
  equal(await held(page), after, "the register after importing the same");

  // The corrected file says only what it changes; a file with less leaves the rest as it is.
  await page.goto("/imports");
  await page.getByLabel("Inspection", { exact: true }).selectOption({ label: title });
  await page.getByLabel("File", { exact: true }).setInputFiles({ name: "corrected.csv", mimeType: "text/csv", buffer: Buffer.from(SOUND_CSV) });
  await check(page);
  const corrected = await figures(page);
  equal([corrected.New, corrected.Changed, corrected.Same, corrected.Unsure], [0, 1, 7, 0], "new, changed, same, unsure when corrected");
  ok((await page.locator("tr.an-row--changed").innerText()).includes("April 2025"), "the preview does not show the new target");
  await look(page, "import of a change");
  await page.getByRole("button", { name: "Import 1 recommendation" }).click();
  await page.waitForURL(/\/recommendations\?inspection=/);
  equal(await counted(page), 8, "recommendations after the correction");
  ok((await page.locator(".an-register").innerText()).includes("Apr 2025"), "the corrected target is not in the register");
});

journey("a CSV file and a plan with its columns in another order come in by the file field", async ({ signIn }) => {
  const page = await signIn("audit manager");
  const order = (row) => [5, 0, 3, 2, 1, 6, 4].map((index) => row[index]);
  const shuffled = tabbed(PLAN.split("\n").filter((line) => !/Ask the union|ten working days/.test(line)).map((line) => order(line.split("\t"))));
  for (const [name, year, text, unsure] of [["plan.csv", 2019, SOUND_CSV, 0], ["no ending at all", 2020, shuffled, 1]]) {
    await page.goto("/imports");
    await newInspection(page, { title: `Cells at night ${year}`, day: `3 May ${year}` });
    await page.getByLabel("File", { exact: true }).setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });
    await check(page);
    const found = await figures(page);
    equal([found.New, found.Unsure], [8, unsure], `new and unsure of ${name}`);
    await page.getByRole("button", { name: "Import 8 recommendations" }).click();
    await page.waitForURL(/\/recommendations\?inspection=/);
    equal(await counted(page), 8, `recommendations of ${name}`);
  }
});

// A zip with these parts, each deflated: enough of the format for a Word file.
function zip(parts) {
  const u16 = (...numbers) => Buffer.concat(numbers.map((value) => Buffer.from([value & 255, value >> 8])));
  const u32 = (...numbers) => Buffer.concat(numbers.map((value) => { const four = Buffer.alloc(4); four.writeUInt32LE(value); return four; }));
  const local = [];
  const central = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const packed = deflateRawSync(content);
    const head = Buffer.concat([u16(20, 0, 8, 0, 33), u32(0, packed.length, content.length), u16(name.length, 0)]);
    const here = Buffer.concat([u32(0x04034b50), head, Buffer.from(name), packed]);
    central.push(Buffer.concat([u32(0x02014b50), u16(20), head, u16(0, 0, 0), u32(0, offset), Buffer.from(name)]));
    local.push(here);
    offset += here.length;
  }
  const list = Buffer.concat(central);
  return Buffer.concat([...local, list, u32(0x06054b50), u16(0, 0, parts.length, parts.length), u32(list.length, offset), u16(0)]);
}
const bomb = () => zip([["[Content_Types].xml", Buffer.from('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')], ["word/document.xml", Buffer.alloc(60 << 20, "<w:p/>")]]);
const SPOILT = [
  ["empty.csv", Buffer.alloc(0), /Choose a file|empty/],
  ["blank.csv", Buffer.from(" \n \n"), /./],
  ["report.pdf", Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"), /PDF/],
  ["plan.xlsx", Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"), /PDF/],
  ["bomb.docx", bomb(), /./],
  ["old.xls", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(4096)]), /password|protect|old|\.xlsx/i],
  ["picture.csv", Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(512)]), /./],
  ["prose.txt", Buffer.from("Dear committee,\nthere is no table in this letter.\n"), /./],
];

twice("a file that cannot be a plan is refused beside its field, says what to do, and loses nothing that was typed", async ({ javaScript, signIn, look }) => {
  const page = await signIn("audit manager");
  const before = await held(page);
  for (const [name, buffer, words] of SPOILT.slice(0, javaScript ? SPOILT.length : 3)) {
    await page.goto("/imports");
    await newInspection(page, { title: "Kept although refused", day: "1 June 2021" });
    await page.getByLabel("File", { exact: true }).setInputFiles({ name, mimeType: "application/octet-stream", buffer });
    await check(page);
    const told = await refusal(page, "file");
    ok(words.test(told), `${name} is refused with “${told}”, without ${words}`);
    ok(/Save|Choose|Give|Paste|Export|Remove|Add|Open|Split|Copy|Use|Import|Put/i.test(told), `${name}: it does not say what to do: ${told}`);
    equal(await page.getByLabel("Title of a new inspection").inputValue(), "Kept although refused", "the title that was typed");
    await look(page, "imports refused");
  }
  await page.goto("/imports");
  await check(page);
  await refusal(page, "file");
  await page.getByLabel("Or paste the table").fill(PLAN);
  await check(page);
  const told = await refusal(page, "inspection");
  ok(told.includes("title"), told);
  equal((await page.getByLabel("Or paste the table").inputValue()).trim(), PLAN.trim(), "the table that was pasted");
  equal(await held(page), before, "the register after refusals");
});
