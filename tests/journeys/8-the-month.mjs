// A month, from the meeting that is called to the paper that its members read: three people, with the keyboard alone.
import { readFile } from "node:fs/promises";
import { equal, find, journey, ok, refusal, twice } from "../journey.mjs";
import { beginning, ending, keyboard } from "../keyboard.mjs";

// Which group meets, and whose recommendations are asked about: the owner holds that post.
const WHAT = {
  true: { group: "Policing Performance Committee", post: "Head of the National Missing Persons Unit", plan: "Missing Persons 2024" },
  false: { group: "Mental Health Tactical Forum", post: "Detective Superintendent Public Protection", plan: "Domestic Abuse 2023" },
};
const told = (page, words) => page.getByRole("status").filter({ hasText: words }).waitFor();
const heading = (page) => page.locator("main h1").innerText();
const words = (day) => day.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

// A Wednesday some weeks from now on which people work.
function wednesday() {
  const day = new Date(Date.now() + 42 * 86_400_000);
  const isOff = () => day.getUTCDay() !== 3 || (day.getUTCMonth() === 10 && day.getUTCDate() === 30) || (day.getUTCMonth() === 11 && day.getUTCDate() > 22) || (day.getUTCMonth() === 0 && day.getUTCDate() < 6);
  while (isOff()) day.setUTCDate(day.getUTCDate() + 1);
  return words(day);
}

twice("a month is run with the keyboard alone, from the meeting that is called to the frozen paper that its members read", async ({ javaScript, open, site, look, keepPaper }) => {
  const person = async (role) => {
    const page = await open();
    const hands = keyboard(page);
    await hands.signIn(find(site, role));
    return { page, hands, look: (state) => look(page, `month: ${state}`) };
  };
  const what = { ...WHAT[javaScript], on: wednesday(), javaScript };
  const manager = await person("audit manager");
  await callMeeting(manager, what);
  const labels = await listOfOwner(manager, what);
  await openRound(manager, what, labels);
  const round = new URL(manager.page.url()).pathname;

  await answer(await person("action owner"), labels[0]);

  await workRound(manager, what, round, labels);
  await around(manager, what, labels);
  const title = await freeze(manager, what);
  await read(await person("committee member"), title, keepPaper, javaScript);
});

async function callMeeting({ page, hands, look }, { group, on }) {
  await hands.follow("link", "The month");
  await look("no round");
  await hands.follow("link", "Groups");
  await look("groups");
  await hands.follow("link", group);
  equal(await heading(page), group, "the group’s page");
  await look("a group");
  await hands.follow("link", "Call a meeting");
  await hands.type("Day", "1 January 2026");
  await hands.press("Call the meeting");
  await refusal(page, "on");
  await look("a meeting refused");
  await hands.type("Day", on);
  await hands.type("Place", "Video conference");
  equal(await hands.press("Call the meeting"), 200, "status of the meeting’s page");
  equal(await heading(page), `${group}, ${on}`, "the meeting that was called");
  await look("a meeting called");
}

// The register of one owner, kept as a view; gives the references of four that will be asked about.
async function listOfOwner({ page, hands, look }, { post, javaScript }) {
  await hands.follow("link", "Improvement");
  await hands.choose("Owner", post);
  await hands.tick(beginning("Open"));
  if (javaScript) await page.waitForURL(/status=open/);
  await hands.press("Apply filters");
  ok(page.url().includes("status=open") && page.url().includes("owner="), `the list is not in the address: ${page.url()}`);
  await hands.unfold("Save this list");
  await hands.press("Save the view");
  equal(page.answered, 422, "status of a view without a name");
  await look("a saved view refused");
  await hands.type(beginning("Name"), `To ask: ${post}`);
  await hands.press("Save the view");
  await page.getByRole("link", { name: `To ask: ${post}` }).first().waitFor();
  await look("a saved view");
  const labels = await page.locator(".an-register tbody th .an-ref").allInnerTexts();
  ok(labels.length >= 4, `“${post}” owns ${labels.length} open recommendations; four are needed`);
  return labels.slice(0, 4);
}

async function openRound({ page, hands, look }, { group, on }, labels) {
  for (const label of labels) await hands.tick(`Choose ${label}`);
  await hands.press("Change the owner");
  await look("bulk change of owner");
  await hands.follow("link", "Cancel");
  await hands.press("Ask for updates");
  equal(page.answered, 422, "status where nothing is ticked");
  await look("nothing ticked");
  await hands.follow("link", "Back to the list");
  for (const label of labels) await hands.tick(`Choose ${label}`);
  await hands.press("Ask for updates");
  await look("bulk request, for which meeting");
  await hands.choose("For the meeting", `${group}, ${on}`);
  await hands.type("Updates due by", "1 January 2026");
  await hands.press("Preview");
  await refusal(page, "due_on");
  await look("bulk request refused");
  await hands.type("Updates due by", "");
  await hands.press("Preview");
  equal(page.answered, 200, "status of the preview");
  await look("bulk request preview");
  await hands.press("Ask for 4 updates");
  await told(page, "4 updates are asked for");
  await look("a round");
  await hands.choose("State", "Withdrawn");
  await hands.press("Apply filters");
  ok((await page.locator(".an-empty").innerText()).includes("No request matches."), "an empty list does not say so");
  await look("a round, nothing found");
  await hands.follow("link", "Clear filters");
}

async function answer({ page, hands, look }, label) {
  await hands.follow("link", "My work");
  await look("what needs attention");
  await hands.follow("link", "Mailbox");
  ok(/asked for/i.test(await page.locator("main").innerText()), "the owner was not told");
  await look("mailbox");
  await hands.follow("link", beginning("An update is asked for"));
  await look("a notice");
  await hands.follow("link", "My work");
  await hands.follow(page.getByRole("table", { name: "Asked for" }).getByRole("link", { name: ending(`: ${label}`) }));
  await hands.press("Add the update");
  await refusal(page, "text");
  await look("an update refused");
  await hands.type("Update", `The work on ${label} goes on, and its end is in sight.`);
  await hands.press("Add the update");
  await told(page, "The update is added.");
  await hands.type("Comment", "The figures come with the next update.");
  await hands.press("Add the comment");
  await told(page, "The comment is added.");
  await look("a comment");
}

async function workRound({ page, hands, look }, { group, on }, round, [answered, ...others]) {
  await hands.follow("link", "The month");
  await hands.follow("link", beginning(group));
  equal(new URL(page.url()).pathname, round, "the round that the list leads to");
  const row = (label) => page.getByRole("row").filter({ has: page.getByRole("link", { name: label, exact: true }) });
  const state = (label) => row(label).innerText();
  // Silence is told to somebody else than who is silent: not every request has such a one.
  const may = await Promise.all(others.map((label) => row(label).getByRole("button", { name: /^Escalate now/ }).count()));
  const escalated = others[may.findIndex((count) => count > 0)];
  ok(escalated, "no request can be escalated");
  const [reminded, withdrawn] = others.filter((label) => label !== escalated);
  ok(/Answered/.test(await state(answered)), `the round does not say that ${answered} was answered`);
  await hands.press(`Remind now of ${reminded}`);
  await told(page, /remind/i);
  await hands.press(ending(`: ${escalated}`));
  await told(page, /escalated/i);
  await hands.follow("link", `Withdraw the request about ${withdrawn}`);
  await hands.press("Withdraw the request");
  await refusal(page, "reason");
  await look("a withdrawal refused");
  await hands.type("Reason", "It is taken up by another plan.");
  await hands.press("Withdraw the request");
  await told(page, /withdrawn/i);
  ok(/Withdrawn/.test(await state(withdrawn)), "the round does not say what was withdrawn");
  await look("a round, worked");
  await hands.follow("link", "Close the round");
  await look("closing a round");
  await hands.press("Close the round");
  await told(page, /closed/i);
  await look("a round, closed");
  await hands.follow(page.locator(".an-standing").getByRole("link", { name: on }));
  ok((await page.locator("main h2").allInnerTexts()).some((one) => one.includes("Agenda")), "the meeting has no agenda");
  await look("a meeting with its agenda");
}

// What stands around the month: the calendar and its feed, the find field, a closure.
async function around({ page, hands, look }, { group, javaScript }, labels) {
  await hands.follow("link", "My work");
  await hands.follow("link", "Calendar");
  await look("calendar");
  await hands.follow("link", "Subscribe");
  await hands.press("Make an address");
  await refusal(page, "name");
  await hands.type("Name", "Outlook at my desk");
  await hands.press("Make an address");
  ok((await page.locator("#address").innerText()).includes("/calendar/feed/"), "no address was made");
  await look("a feed made");

  if (javaScript) {
    await page.keyboard.press("Control+K");
    await page.keyboard.type(group);
    await page.getByRole("option").first().waitFor();
    await look("find, its list open");
    await page.keyboard.press("Control+K");
    await page.keyboard.type(group);
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    const loaded = page.waitForEvent("load");
    await page.keyboard.press("Enter");
    await loaded;
    equal(await heading(page), group, "the page that is found by a group’s name");
  }
  await hands.reach(page.locator("#find"));
  await page.keyboard.type(labels[0]);
  const loaded = page.waitForEvent("load");
  await page.keyboard.press("Enter");
  await loaded;
  await hands.follow("link", labels[0]);
  await hands.follow("link", "Record the evidence as assembled");
  await hands.type(beginning("Evidence"), "A folder with the new procedure and the minutes of its approval.");
  await hands.press("Record the evidence");
  await hands.follow("link", "Propose closure");
  await look("the closure form");
  await hands.press("Propose closure");
  equal(page.answered, 422, "status of a closure that says nothing");
  await look("a closure refused");
}

async function freeze({ page, hands, look }, { plan, group, on, javaScript }) {
  await hands.follow("link", "Papers");
  await hands.follow("link", "Draft a paper");
  await look("a new paper");
  const title = `${plan}: progress, ${javaScript ? "with" : "without"} scripts`;
  await hands.tick(plan);
  await hands.type("Meeting", group);
  await hands.type("Date of the meeting", on);
  await hands.type("Title of the paper", title);
  await hands.type("Presented by", "ACC Fiona Sutherland, Local Policing");
  await hands.press("Draft the paper");
  await told(page, "The paper is drafted");
  await look("a paper drafted");
  await hands.follow("link", "Freeze for the meeting");
  await look("faults in the way of freezing");
  await acceptFaults({ page, hands, look });
  await look("a paper that can be frozen");
  await hands.press("Freeze the paper");
  await told(page, "The paper is frozen");
  await look("a paper frozen");
  return title;
}

// One by its own form, and what is left of each check with one reason; each leads back to what is left.
async function acceptFaults({ page, hands, look }) {
  const left = async () => Number((await page.locator("#faults").innerText().catch(() => "0")).match(/\d+/)[0]);
  const back = page.url().split("?")[0];
  let before = await left();
  ok(before > 0, "there is no fault to accept");
  await hands.follow("link", beginning("Accept it"));
  await hands.press("Accept the finding");
  await refusal(page, "reason");
  await look("an acceptance refused");
  await hands.type("Reason", "The committee was told of it at its last meeting.");
  await hands.press("Accept the finding");
  await told(page, "The finding is accepted.");
  equal([page.url().split("?")[0], await left()], [back, before - 1], "where an acceptance leads, and what is left");
  for (before -= 1; before > 0; before = await left()) {
    const all = page.getByRole("checkbox", { name: beginning("Not only the ticked: all") }).first();
    if ((await all.count()) > 0) {
      await hands.reach(all);
      await page.keyboard.press("Space");
      await hands.press(beginning("Accept the ticked with one reason"));
      await look("several findings, previewed");
      await hands.type("Reason", "They are known, and each is put right with the next plan.");
      await hands.press(/^Accept \d+ findings?$/);
    } else {
      await hands.follow("link", beginning("Accept it"));
      await hands.type("Reason", "It is known, and put right with the next plan.");
      await hands.press("Accept the finding");
    }
    ok(page.url().startsWith(back) && (await left()) < before, `an acceptance leads to ${page.url()}`);
  }
}

async function read({ page, hands, look }, title, keepPaper, javaScript) {
  await hands.follow("link", "Papers");
  await look("papers of a member");
  await hands.follow("link", title);
  equal(await heading(page), title, "the paper that a member reads");
  await look("a paper of a member");
  const printed = await readFile(await hands.fetch("link", beginning("PDF")));
  equal(printed.subarray(0, 5).toString(), "%PDF-", "what the link gives");
  keepPaper(`month-${javaScript ? "with" : "without"}-scripts`, printed);
}

journey("the pages around the register are there, in order, found by their names, and say what they are", async ({ signIn, look }) => {
  const page = await signIn("audit manager");
  const places = ["/recommendations/summary", "/check", "/areas", "/programmes", "/inspections-under-way", "/sources", "/groups", "/meetings", "/rounds", "/calendar", "/calendar/feeds", "/posts", "/views", "/mailbox", "/mailbox/settings"];
  for (const address of [...places, "/find?words=missing+persons"]) {
    await page.goto(address);
    equal(page.answered, 200, `status of ${address}`);
    await look(page, address);
  }
  const found = async (name) => (await (await page.request.get(`/find?words=${encodeURIComponent(name)}&all=yes`, { headers: { accept: "application/json" } })).json()).hits;
  const names = ["Summary", "Check of the register", "Areas for development", "Programmes of change", "Inspections under way", "Earlier papers", "Governance groups", "Meetings", "The month", "Calendar", "Calendar feeds", "Posts", "Saved views", "Mailbox", "Notice settings"];
  for (const [index, name] of names.entries()) {
    const hits = await found(name);
    ok(hits.some((hit) => hit.address === places[index]), `“${name}” does not find ${places[index]}, but ${hits.slice(0, 5).map((hit) => hit.address)}`);
  }
});
