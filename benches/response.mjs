// A division with 2,000 bookings in the month ahead, and 5,000 incidents for the resolution team to work on: how long the
// slot list, the counts of appointments and a page of the team's worklist take. Everything goes in by the same doors as
// people's. Ends with 1 when a limit is missed. BOOKINGS, INCIDENTS and TIMES make it smaller or longer; DATA is a folder
// that is filled once and kept.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BINARY = process.env.ANSWERABLE ?? new URL("../target/release/answerable", import.meta.url).pathname;
const BOOKINGS = Number(process.env.BOOKINGS ?? 2_000);
const INCIDENTS = Number(process.env.INCIDENTS ?? 5_000);
const TIMES = Number(process.env.TIMES ?? 60);
const CLIENTS = 16;
const folder = process.env.DATA ?? mkdtempSync(join(tmpdir(), "answerable-bench-"));
const isFilled = existsSync(join(folder, "answerable.sqlite"));
const answerable = (...more) => execFileSync(BINARY, [...more, "--data-dir", folder], { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] }).toString();
if (!isFilled) answerable("demo");
const tokens = Object.fromEntries(["service_advisor", "diary_manager", "resolution_team"].map((role) => [role, answerable("token", role).trim()]));

const server = spawn(BINARY, ["serve", "--data-dir", folder, "--listen", "127.0.0.1:0", "--demo"], { stdio: ["ignore", "pipe", "inherit"] });
const address = await new Promise((resolve, reject) => {
  let said = "";
  server.on("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  server.stdout.on("data", (chunk) => {
    said += chunk;
    const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
    if (found) resolve(found[0]);
  });
});
server.removeAllListeners("exit");
process.on("exit", () => server.kill("SIGTERM"));

async function ask(role, method, way, body, accept = "application/json") {
  const headers = { authorization: `Bearer ${tokens[role]}`, accept, "content-type": "application/json" };
  const answer = await fetch(address + way, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  if (answer.status >= 400) throw new Error(`${method} ${way}: ${answer.status} ${text.slice(0, 400)}`);
  return accept.includes("json") ? JSON.parse(text) : text;
}

const SIX = Object.fromEntries(["threat", "harm", "risk", "investigation", "vulnerability", "engagement"].flatMap((element) => [[element, "none_identified"], [`${element}_narrative`, "It was asked about."]]));

async function incident(number, division, grade) {
  const now = new Date().toISOString();
  const phone = `01632 ${String(number % 1e6).padStart(6, "0")}`;
  const { id } = await ask("service_advisor", "POST", "/contacts", { channel: "non_emergency", option: "4", number: phone, arrived_at: now, answered_at: now, their_reference: `bench-${grade}-${number}` });
  if (grade === "standard") {
    const { last_seq } = await ask("service_advisor", "GET", `/contacts/${id}`);
    await ask("service_advisor", "POST", `/contacts/${id}`, { last_seq, name: "Iain Drummond", narrative: "It was there last night.", place_words: "14 Rowan Court, Kinmuir", division, ...SIX });
  }
  return (await ask("service_advisor", "POST", "/incidents", { contact: id, incident_type: "theft", qualifiers: [], summary: "A bicycle was taken from a shed", grade, rationale: "The advisor’s judgement." })).id;
}

// `todo` is what is to be done, with the number of each; so many at once.
async function all(count, what) {
  let next = 0;
  const worker = async () => {
    while (next < count) await what(next++);
  };
  await Promise.all(Array.from({ length: CLIENTS }, worker));
}

// As many days as are offered, eight to eight by the hour, with officers enough for every booking and some to spare.
async function fill() {
  const days = 27;
  const officers = Math.ceil((BOOKINGS * 1.2) / (days * 12));
  const { id } = await ask("diary_manager", "POST", "/diaries", { unit: "division_d", station: "Bench House" });
  const today = new Date().toISOString().slice(0, 10);
  const { last_seq } = await ask("diary_manager", "GET", `/diaries/${id}`);
  await ask("diary_manager", "POST", `/diaries/${id}/shift`, { last_seq, weekdays: ["1", "2", "3", "4", "5", "6", "7"], first: today, from: "08:00", until: "20:00", slot_minutes: "60", modes: ["home", "phone"], officers: Array(officers).fill("woman").join("\n") });
  const first = await incident(0, "D", "standard");
  // The times of each day, as they are offered: the page ends after enough of them and goes on with the next day.
  const slots = [];
  for (let day = 1; day <= days; day += 1) {
    const from = new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10);
    const page = await ask("service_advisor", "GET", `/incidents/${first}/appointment?unit=division_d&from=${from}`);
    slots.push(...page.days[0].times.filter((time) => time.station === "Bench House").map((time) => time.slot));
  }
  if (slots.length * officers < BOOKINGS) throw new Error(`${slots.length} times of ${officers} officers are too few`);
  await all(BOOKINGS, async (number) => {
    const id = await incident(number + 1, "D", "standard");
    const { last_seq } = await ask("service_advisor", "GET", `/incidents/${id}`);
    await ask("service_advisor", "POST", `/incidents/${id}/appointment`, { last_seq, unit: "division_d", slot: slots[number % slots.length], mode: "home", why_later: "She is away until then." });
  });
  await all(INCIDENTS, (number) => incident(BOOKINGS + 2 + number, "D", "other_resolution"));
}

if (!isFilled) {
  console.error(`Booking ${BOOKINGS.toLocaleString("en-GB")} appointments, opening ${INCIDENTS.toLocaleString("en-GB")} incidents …`);
  const filling = performance.now();
  await fill();
  console.error(`Filled in ${Math.round((performance.now() - filling) / 1000)} s`);
}

let number = Date.now(); // no number twice: a reference is sent once
const waiting = await incident(number, "D", "standard");
const counted = await ask("service_advisor", "GET", "/appointments/counts?unit=division_d");
console.error(`The division’s counts: ${JSON.stringify(counted).slice(0, 300)}`);
const pages = [
  ["slots of a month", 50, "service_advisor", `/incidents/${waiting}/appointment?unit=division_d`],
  ["counts of appointments", 100, "service_advisor", "/appointments/counts?unit=division_d"],
  [`the team’s worklist of ${INCIDENTS.toLocaleString("en-GB")}, a page of 50`, 100, "resolution_team", "/queues/resolution_team"],
  ["the same by risk, only what is not assessed", 100, "resolution_team", "/queues/resolution_team?order=risk&risk=not_assessed"],
];
let missed = 0;
console.log(["measure", "limit of the p95", "p95", "median", "longest", "bytes"].join(" | "));
for (const [what, limit, role, way] of pages) {
  const times = [];
  let bytes = 0;
  for (let turn = 0; turn < TIMES; turn += 1) {
    // A fact in between: nothing is answered from what was kept for the last one.
    await incident((number += 1), "D", "prompt");
    const start = performance.now();
    bytes = (await ask(role, "GET", way, undefined, "text/html")).length;
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  const ms = (value) => `${Math.round(value * 10) / 10} ms`;
  const over = !(at(0.95) <= limit);
  missed += over;
  console.log([what, ms(limit), `${ms(at(0.95))}${over ? " MISSED" : ""}`, ms(at(0.5)), ms(at(1)), bytes.toLocaleString("en-GB")].join(" | "));
}
if (!process.env.DATA) rmSync(folder, { recursive: true, force: true });
process.exit(missed > 0 ? 1 : 0);
