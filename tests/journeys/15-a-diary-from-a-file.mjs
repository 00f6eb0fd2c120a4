// A station's diary as it was kept before: a table with a fault, mended; the leave of its officers; an address for its screen.
import { equal, ok, refusal, twice } from "../journey.mjs";
import { keyboard } from "../keyboard.mjs";

const day = (after) => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);
const check = (page) => page.getByRole("button", { name: "Check the file" }).click();
const figures = (page) => page.locator(".an-figures li").evaluateAll((all) => Object.fromEntries(all.map((one) => [one.querySelector("span").innerText, Number(one.querySelector("b").innerText)])));

twice("a diary comes from a table and a calendar, and its address is read by anybody until it is taken back", async ({ program, signIn, open, look, javaScript }) => {
  const station = `Ferry Road ${javaScript ? "one" : "two"}`;
  const table = (from) => `division,station,date,from,until,modes,officers\nE,${station},${day(7)},${from},12:00,home; station,woman: sexual_offences; man\nE,${station},${day(8)},08:00,12:00,phone,-\n`;
  const page = await signIn("diary manager");
  await page.goto("/diaries");
  await page.getByRole("link", { name: "Import a diary" }).click();
  await look(page, "choosing a diary to import");
  await check(page);
  ok((await refusal(page, "file")).includes("Choose a file"), "nothing was chosen");
  await page.getByLabel("File", { exact: true }).setInputFiles({ name: "diary.csv", mimeType: "text/csv", buffer: Buffer.from(table("eight")) });
  await check(page);
  equal(page.answered, 422, "a file with a fault");
  const fault = await page.getByRole("table", { name: "Faults of the file" }).locator("tbody tr").innerText();
  ok(/2\s+from\s+“eight” is not a time\. Give it as 08:00\./.test(fault), `the fault: ${fault}`);
  await look(page, "a diary file with a fault");
  await page.getByLabel("Or paste the table").fill(table("08:00"));
  await check(page);
  await page.getByRole("heading", { name: "Check the diary before it is imported" }).waitFor();
  equal(await figures(page), { New: 2, "There already": 0, "Left out": 0, "Diaries opened": 1 }, "what is new");
  await look(page, "a diary file before it is imported");
  const manager = await program("diary manager");
  const found = async () => (await manager.get("/diaries?unit=division_e")).rows.find((row) => row.station === station);
  ok(!(await found()), "nothing has been written yet");
  await page.getByRole("button", { name: "Import it" }).click();
  ok((await page.locator(".an-notice").innerText()).includes("in the diaries"), "it is told");
  equal((await found()).officers, 3, "officers of the two shifts");
  const at = (await found()).address;

  await page.goto("/diaries/import");
  await page.getByLabel("Or paste the table").fill(table("08:00"));
  await check(page);
  await page.getByRole("heading", { name: "Check the diary before it is imported" }).waitFor();
  equal(await figures(page), { New: 0, "There already": 2, "Left out": 0, "Diaries opened": 0 }, "the same again");
  equal(await page.getByRole("button", { name: "Import it" }).count(), 0, "nothing to confirm");

  // The calendar of who is away: only its times are taken.
  const event = (lines) => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Leave of Eilidh Ross\r\n${lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
  const compact = day(8).replaceAll("-", "");
  await page.goto("/diaries/import");
  const choose = async (lines) => {
    await page.getByLabel("File", { exact: true }).setInputFiles({ name: "leave.ics", mimeType: "text/calendar", buffer: Buffer.from(event(lines)) });
    await page.getByLabel("Diary", { exact: true }).selectOption({ label: `${station}, ${(await found()).division}` });
    await page.getByLabel("Its events become").selectOption("blocks");
    await page.getByLabel("Reason of blocked times").fill("Leave");
    await check(page);
  };
  await choose(`DTSTART;VALUE=DATE:${compact}\r\nRRULE:FREQ=WEEKLY`);
  ok((await page.getByRole("table", { name: "Faults of the file" }).innerText()).includes("repeats"), "an event that repeats");
  await choose(`DTSTART;VALUE=DATE:${compact}`);
  await page.getByRole("button", { name: "Import it" }).click();
  await page.goto(`${at}?week=${day(8)}`);
  const words = await page.locator("main").innerText();
  ok(words.includes("Leave") && !words.includes("Eilidh Ross"), "the time is blocked, and nobody named");
  // The address, with the keyboard alone.
  const hands = keyboard(page);
  await hands.follow("link", "Calendar addresses");
  await hands.press("Make an address");
  await refusal(page, "name");
  await hands.type("Name", "Wall screen");
  await hands.press("Make an address");
  const address = (await page.locator("#address").innerText()).trim();
  await look(page, "the new address of a diary");

  const stranger = await open();
  const read = await stranger.request.get(new URL(address).pathname);
  equal([read.status(), read.headers()["content-type"]], [200, "text/calendar; charset=utf-8"], "who is not signed in reads it");
  const calendar = await read.text();
  equal(calendar.match(/BEGIN:VEVENT/g).length, 4, "the four hours of the first day; the second is blocked");
  equal(calendar.match(/SUMMARY:0 of 2 taken/g).length, 4, "what is taken of them");
  ok(!calendar.includes("Eilidh"), "nobody is named");
  await page.goto(`${at}/feeds`);
  ok(!(await page.content()).includes(new URL(address).pathname.split("/").pop().replace(".ics", "")), "the secret is shown once");
  await hands.follow("link", "Revoke Wall screen");
  await look(page, "taking back the address of a diary");
  await hands.press("Revoke the address");
  ok((await page.locator(".an-notice").innerText()).includes("revoked"), "it is told");
  equal((await stranger.request.get(new URL(address).pathname)).status(), 404, "and nothing is found there");
  await look(page, "the addresses of a diary, one taken back");
  const advisor = await signIn("service advisor");
  equal([(await advisor.goto("/diaries/import")).status(), (await advisor.goto(`${at}/feeds`)).status()], [403, 403], "who only looks at diaries");
});
