// Fifty advisors at work, with a million contacts in the journal: drafts saved, earlier contacts looked up, pages shown,
// contacts accepted, incidents opened, and a queue watched in which each has to be seen. Ends with 1 when a limit is
// missed. CONTACTS and SECONDS make it smaller or longer; DATA is a folder that is filled once and kept, because a million
// takes the most of an hour.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BINARY = process.env.ANSWERABLE ?? new URL("../target/release/answerable", import.meta.url).pathname;
const CONTACTS = Number(process.env.CONTACTS ?? 1_000_000);
const SECONDS = Number(process.env.SECONDS ?? 60);
const ADVISORS = Number(process.env.ADVISORS ?? 50);
const folder = process.env.DATA ?? mkdtempSync(join(tmpdir(), "answerable-bench-"));
const answerable = (...more) => execFileSync(BINARY, [...more, "--data-dir", folder], { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] }).toString();

if (existsSync(join(folder, "answerable.sqlite"))) console.error(`Using what is in ${folder}`);
else {
  console.error(`Filling the journal with ${CONTACTS.toLocaleString("en-GB")} contacts …`);
  const filling = performance.now();
  answerable("demo", "--contacts", String(CONTACTS));
  console.error(`Filled in ${Math.round((performance.now() - filling) / 1000)} s`);
}
const token = answerable("token", "service_advisor").trim();

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

const headers = { authorization: `Bearer ${token}`, accept: "application/json", "content-type": "application/json" };
const times = { "draft save": [], "look-up": [], page: [], "contact accepted": [], "seen in another’s queue": [] };
const opened = new Map(); // incident -> when its opening was acknowledged
let refused = 0;

async function timed(what, way, method, body, accept = headers.accept) {
  const start = performance.now();
  const answer = await fetch(address + way, { method, headers: { ...headers, accept }, body: body && JSON.stringify(body) });
  const text = await answer.text();
  if (what) times[what].push(performance.now() - start);
  if (answer.status >= 400) {
    refused += 1;
    if (refused < 4) console.error(`${method} ${way}: ${answer.status} ${text.slice(0, 300)}`);
    return null;
  }
  return accept.includes("json") ? JSON.parse(text) : text;
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const until = performance.now() + SECONDS * 1000;
const FIRST = ["Ailsa", "Mòrag", "Łukasz", "Mohammed", "Iain"];

async function advisor(number) {
  await pause(Math.random() * 2000);
  for (let turn = 0; performance.now() < until; turn += 1) {
    const now = new Date().toISOString();
    const phone = `01632 ${String(Math.floor(Math.random() * 1e6)).padStart(6, "0")}`;
    const contact = await timed("contact accepted", "/contacts", "POST", { channel: "non_emergency", option: "4", number: phone, arrived_at: now, answered_at: now, their_reference: `bench-${number}-${turn}-${process.pid}` });
    if (!contact) continue;
    await timed("page", `/contacts/${contact.id}`, "GET", undefined, "text/html");
    const fields = { name: `${FIRST[turn % 5]} Drummond`, call_back_on: phone, place_words: "14 Rowan Court, Kinmuir", division: "D", narrative: "" };
    // A pause in typing every second: the draft goes to the server, and what is typed is looked up.
    for (let second = 0; second < 6 && performance.now() < until; second += 1) {
      fields.narrative += "She says that he came back to the door and kicked it. ";
      const typed = performance.now();
      await timed("look-up", `/contacts/${contact.id}/lookup`, "POST", fields);
      await timed("draft save", `/drafts/${contact.id}`, "PUT", { page: `w${number}`, number: Date.now(), base_seq: 0, fields, address: `/contacts/${contact.id}` });
      await pause(Math.max(0, 1000 - (performance.now() - typed)));
    }
    const incident = await timed(null, "/incidents", "POST", { contact: contact.id, incident_type: "domestic_incident", qualifiers: ["domestic"], summary: "At the door", grade: "immediate" });
    if (incident) opened.set(incident.id, performance.now());
  }
}

// Somebody in another room watches the queue to which an Immediate without a place goes.
async function watch() {
  const queues = await timed(null, "/queues", "GET");
  const lead = queues.rows.find((row) => /control room/i.test(row.name)) ? queues.rows.filter((row) => /control room/i.test(row.name)).map((row) => row.address) : [];
  const stop = new AbortController();
  setTimeout(() => stop.abort(), SECONDS * 1000 + 3000);
  await Promise.all(
    lead.map(async (way) => {
      const seen = new Set();
      try {
        const answer = await fetch(`${address}${way}/live`, { headers, signal: stop.signal });
        let kept = "";
        for await (const chunk of answer.body) {
          kept += Buffer.from(chunk).toString();
          for (let end = kept.indexOf("\n\n"); end >= 0; end = kept.indexOf("\n\n")) {
            const data = kept.slice(0, end).match(/^data: (.*)$/m)?.[1];
            kept = kept.slice(end + 2);
            if (!data) continue;
            const at = performance.now();
            for (const line of JSON.parse(data).lines) {
              if (seen.has(line.id)) continue;
              seen.add(line.id);
              pending.push([line.id, at]);
            }
          }
        }
      } catch (error) {
        if (error.name !== "AbortError") throw error;
      }
    }),
  );
}
const pending = [];

console.error(`${ADVISORS} advisors for ${SECONDS} s …`);
await Promise.all([watch(), ...Array.from({ length: ADVISORS }, (_, number) => advisor(number))]);
for (const [id, at] of pending) if (opened.has(id)) times["seen in another’s queue"].push(Math.max(0, at - opened.get(id)));
server.kill("SIGTERM");

const LIMITS = { "draft save": 100, "look-up": 200, page: 300, "contact accepted": 100, "seen in another’s queue": 1000 };
let missed = refused > 0 ? 1 : 0;
console.log(["measure", "limit of the p95", "p95", "median", "longest", "number"].join(" | "));
for (const [what, all] of Object.entries(times)) {
  all.sort((a, b) => a - b);
  const at = (share) => (all.length === 0 ? NaN : all[Math.min(all.length - 1, Math.floor(all.length * share))]);
  const ms = (value) => `${Math.round(value * 10) / 10} ms`;
  const over = !(at(0.95) <= LIMITS[what]);
  missed += over;
  console.log([what, ms(LIMITS[what]), `${ms(at(0.95))}${over ? " MISSED" : ""}`, ms(at(0.5)), ms(at(1)), all.length].join(" | "));
}
console.log(`${opened.size} incidents opened, ${times["seen in another’s queue"].length} seen, ${refused} requests refused`);
if (!process.env.DATA) rmSync(folder, { recursive: true, force: true });
process.exit(missed > 0 ? 1 : 0);
