// A night of five hundred: the queue of a control room, the lists and a timeline of that length are as sound for all
// eyes as short ones, and a queue of that length is still live. It has an Answerable of its own, for it slows others.
import { equal, hands, journey, ok } from "../journey.mjs";
import { start } from "../site.mjs";

const MANY = 500;

// Eight at a time: what a queue is filled by is many advisors.
async function many(number, one) {
  let next = 0;
  const lane = async () => {
    while (next < number) await one((next += 1));
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}

journey("five hundred incidents wait in one queue, five hundred contacts are listed, one timeline has five hundred lines", async ({ pages, browser, look }) => {
  const site = await start();
  const given = hands(browser, site);
  try {
    const advisor = await given.program("service advisor");
    const open = async (number) => {
      const now = new Date(Date.now() - 60_000).toISOString();
      const { id } = await advisor.post("/contacts", { channel: "non_emergency", option: "4", number: `01632 960${String(number).padStart(3, "0")}`, arrived_at: now, answered_at: now, their_reference: `night-${number}` });
      // What is Immediate and has no place yet goes to the control room that leads.
      return (await advisor.post("/incidents", { contact: id, incident_type: "disorder", summary: `Fireworks thrown, call ${number} of the night`, grade: "immediate" })).id;
    };
    let last;
    await many(MANY, async (number) => (last = await open(number)));
    await many(MANY, (number) => advisor.post(`/incidents/${last}/log`, { words: `Line ${number}: another firework.` }));

    const page = await given.signIn("area control room");
    await page.goto(`/incidents/${last}`);
    ok((await page.locator(".moj-timeline__item").count()) >= MANY, "the timeline is not whole");
    await look(page, "an incident with five hundred lines");
    await page.goto("/incidents");
    await look(page, "five hundred incidents");
    await page.goto("/queues/control_room_west");
    const rows = page.locator("[data-queue-lines] tr");
    const range = page.locator("[data-queue-rows]");
    equal(await rows.count(), 50, "rows of a page");
    const waiting = async () => Number((await page.locator("[data-queue-told]").innerText()).match(/^\d[\d,]*/)[0].replace(",", ""));
    const before = await waiting();
    ok(before >= MANY, `only ${before} wait`);
    equal(await range.innerText(), `Rows 1 to 50 of ${before}`, "where the page is");
    await page.locator("[data-queue-state]", { hasText: "Live" }).waitFor();
    await look(page, "a queue of five hundred");

    // Its pages are turned to the last; each row is on one of them, and one that comes is on the last at once.
    await page.getByLabel("Grade", { exact: true }).selectOption("immediate");
    await page.getByRole("button", { name: "Apply filters" }).click();
    await page.waitForURL(/grade=immediate/);
    const immediate = await waiting();
    const seen = new Set();
    const next = page.getByRole("link", { name: "Next page" });
    for (;;) {
      for (const line of await rows.evaluateAll((all) => all.map((row) => row.dataset.line))) seen.add(line);
      if (!(await next.isVisible())) break;
      const at = await range.innerText();
      await next.click();
      await page.locator("[data-queue-rows]", { hasNotText: at }).waitFor();
    }
    equal(seen.size, immediate, "rows on all pages");
    await look(page, "the last page of a queue of five hundred");
    await page.locator("[data-queue-state]", { hasText: "Live" }).waitFor();
    const isFull = (await rows.count()) === 50;
    await page.mouse.move(2, 2);
    const opened = await open(MANY + 1);
    // Where the last page was full, there is a page after it now.
    await (isFull ? next : page.locator(`[data-line="${opened}"]`)).waitFor({ timeout: 2_000 });
    equal(await waiting(), immediate + 1, "how many wait after one more");
    await page.getByRole("link", { name: "First page" }).click();
    await page.locator("[data-queue-rows]", { hasText: "Rows 1 to 50" }).waitFor();
    equal(await page.getByLabel("Grade", { exact: true }).inputValue(), "immediate", "the filter after a turn of pages");
    await page.goto("/queues/control_room_west?late=yes&risk=none_identified&grade=standard");
    await page.getByRole("link", { name: "Clear the filters" }).waitFor();
    await look(page, "a queue narrowed to nothing");
    const second = await given.signIn("service advisor");
    await second.goto("/contacts");
    await look(second, "five hundred contacts");
  } finally {
    pages.push(...given.pages);
    for (const page of given.pages) await page.close().catch(() => {});
    await site.stop();
  }
});
