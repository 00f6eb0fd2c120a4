// What people type is text: shown as typed, run by nothing.
import { equal, ok, send, twice } from "../journey.mjs";
import { newInspection, tabbed } from "../plans.mjs";
import { prepare } from "./3-a-recommendation.mjs";

const NASTY = [
  '<script>document.title = "owned"</script><img src=x onerror="document.title=1">',
  "=cmd()|' /C calc'!A0",
  "\u202Eevil\u202C مرحبا שלום",
  "👮🏽‍♀️ à è ì ò ù Ł 漢字",
  "{{ 7*7 }} ${7*7} &lt;b&gt; %3Cb%3E ' \" ` \\",
];

twice("scripts, formulas, right-to-left words and emoji are shown as they were typed, and run by nothing", async ({ javaScript, program, signIn, look }) => {
  const text = NASTY.join("\n");
  const { at, id, label } = await prepare(program, { text: `Caledonia Police should read ${NASTY[0]} ${NASTY[2]}`, owner_post: NASTY[1] });
  const page = await signIn("audit manager");
  await send(page, `${at}/update`, { text });
  equal(page.answered, 200, "status after the update");
  const shown = await page.locator(".moj-timeline__item").first().innerText();
  for (const line of NASTY) ok(shown.includes(line), `the timeline does not show “${line}”: ${shown}`);
  await look(page, "recommendation with odd text");
  await page.goto(`/recommendations?words=${encodeURIComponent(NASTY[0].slice(0, 30))}`);
  ok((await page.locator(".an-register").innerText()).includes('<script>document.title = "owned"</script>'), "the register does not show it");
  equal(await page.getByLabel("Words or reference").inputValue(), NASTY[0].slice(0, 30), "the words in the filter");
  await look(page, "register with odd text");
  equal(await page.locator("main img, main script, main b:not(.an-figures b)").count(), 0, "elements made of typed text");
  equal(await page.title(), "Improvement plan register – Answerable", "the title");

  // A formula is text in a file: after an apostrophe in CSV.
  const csv = (await (await page.request.get(`/recommendations/export/csv?words=${label}`)).text());
  const cells = [...csv.matchAll(/(?:^|,|\r?\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map((cell) => (cell[1] ?? cell[2]).replaceAll('""', '"'));
  equal(cells.filter((cell) => /^[=+@\t\r]|^-\D/.test(cell)), [], "cells of the CSV that begin a formula");
  ok(cells.includes(`'${NASTY[1]}`), "the CSV does not show the formula as text");
  const { recommendations } = await (await page.request.get(`/recommendations/export/json?words=${label}`)).json();
  equal([recommendations.length, recommendations[0].owner, recommendations[0].updates.at(-1).text], [1, NASTY[1], text], "the JSON");

  // In the import's preview, and in a paper.
  await page.goto("/imports");
  await newInspection(page, { title: NASTY[0], day: `1 May ${javaScript ? 2010 : 2011}` });
  await page.getByLabel("Or paste the table").fill(tabbed([["Recommendation", "Action to be taken", "Action Owner", "Target Date"], [`1 - Read ${NASTY[0]}`, `1.1 ${NASTY[1]}`, NASTY[3], "=1+1"]]));
  await page.getByRole("button", { name: "Check the plan" }).click();
  const preview = await page.locator("main").innerText();
  ok(preview.includes(NASTY[0]) && preview.includes(NASTY[3]), "the preview does not show it");
  await look(page, "import preview with odd text");
  await send(page, "/papers/new", { meeting: NASTY[3], date: "9 December 2026", location: NASTY[2], title: "Odd & <b>text</b>", presented_by: NASTY[0], background: text });
  equal(page.answered, 200, "status after drafting");
  const paper = await page.locator(".paper").innerText();
  // A paper is kept and printed: marks that turn the direction of writing are left out of it.
  const plain = (line) => line.replaceAll(/[\u202A-\u202E]/g, "");
  for (const line of [...NASTY.map(plain), "Odd & <b>text</b>"]) ok(paper.includes(line), `the paper does not show “${line}”`);
  const pdf = await page.request.get(`${new URL(page.url()).pathname}/pdf`);
  equal([pdf.status(), pdf.headers()["content-type"]], [200, "application/pdf"], "its PDF");
  await page.goto(`/recommendations/${id}/owner`);
  equal(await page.locator("[name=owner_post]").inputValue(), NASTY[1], "the owner in the form");
  ok(!(await page.title()).includes("owned"), "a script ran");
});
