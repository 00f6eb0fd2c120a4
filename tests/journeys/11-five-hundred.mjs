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
    ok((await rows.count()) >= MANY, `only ${await rows.count()} lines wait`);
    await page.locator("[data-queue-state]", { hasText: "Live" }).waitFor();
    const before = await rows.count();
    const opened = await open(MANY + 1);
    await page.locator(`[data-line="${opened}"]`).waitFor({ timeout: 2_000 });
    equal(await rows.count(), before + 1, "lines after one more");
    await look(page, "a queue of five hundred");
    const second = await given.signIn("service advisor");
    await second.goto("/contacts");
    await look(second, "five hundred contacts");
  } finally {
    pages.push(...given.pages);
    for (const page of given.pages) await page.close().catch(() => {});
    await site.stop();
  }
});
