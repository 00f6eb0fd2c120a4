// The server or the browser is killed at a random moment while somebody types: at most the last two seconds of typing
// are lost, and never a field that was saved.   node tests/kills.mjs [KILLS]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { browserPath, FLAGS } from "./browser.mjs";
import { typeSignIn } from "./journey.mjs";
import { start } from "./site.mjs";

const KILLS = Number(process.argv[2] ?? 4);
const LOST_MS = 2000;
const BINARY = process.env.ANSWERABLE ?? fileURLToPath(new URL("../target/debug/answerable", import.meta.url));
let seed = Number(process.env.SEED ?? Date.now() % 1e9);
console.log(`seed ${seed}`);
const chance = () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648);

// The demonstration is made once; the server under test serves its data on one port, however often it is killed.
const made = await start();
const { dataDir, signIns } = made;
const token = (await made.answerable("token", "service_advisor")).trim();
const who = signIns.find((one) => one.role === "service_advisor");
const port = new URL(made.address).port;
await made.pause();
let server = await serve();
const profile = await mkdtemp(join(tmpdir(), "answerable-profile-"));
let context = await browse();
let worst = 0;
let passed = 0;
try {
  for (let kill = 0; kill < KILLS; kill += 1) {
    await one(kill);
    passed += 1;
  }
} finally {
  await context.close().catch(() => {});
  server.kill("SIGKILL");
  await rm(profile, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
}
console.log(`Kills while typing: ${passed} passed, ${KILLS - passed} failed; at most ${worst} ms of typing lost`);

async function one(kill) {
  const whom = chance() < 0.5 ? "server" : "browser";
  const id = await contact(kill);
  const page = await signedIn();
  await page.goto(`${made.address}/contacts/${id}`);
  await page.locator("#name").fill("Ailsa Reid");
  await page.locator('[data-key="save"]').click();
  await page.getByRole("status").filter({ hasText: "Saved." }).waitFor();
  await page.locator("#narrative").focus();
  const typed = [];
  const until = Date.now() + 500 + chance() * 5000;
  for (let word = 0; Date.now() < until; word += 1) {
    const words = `w${word} `;
    await page.keyboard.type(words).catch(() => {});
    typed.push([Date.now(), words]);
    await pause(40 + chance() * 250);
  }
  const killed = Date.now();
  if (whom === "server") {
    server.kill("SIGKILL");
    await once(server, "exit");
    server = await serve();
    await pause(4500); // the page finds it again by itself, and sends what it kept
    await page.close();
  } else {
    context.browserProcess.kill("SIGKILL");
    await pause(300);
    context = await browse();
  }
  const again = await signedIn();
  await again.goto(`${made.address}/contacts/${id}`);
  await pause(900);
  const found = await again.locator("#narrative").inputValue();
  const name = await again.locator("#name").inputValue();
  if (name !== "Ailsa Reid") throw new Error(`kill ${kill} of the ${whom}: a saved field is “${name}”`);
  const lost = typed.filter(([, words]) => !found.includes(words));
  const since = lost.length === 0 ? 0 : killed - lost[0][0];
  worst = Math.max(worst, since);
  if (since > LOST_MS) throw new Error(`kill ${kill} of the ${whom}: ${since} ms of typing lost; found “${found.slice(-80)}” of ${typed.length} words`);
  await again.close();
}

async function contact(kill) {
  const now = new Date(Date.now() - 5000).toISOString();
  const answer = await fetch(`${made.address}/contacts`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ channel: "non_emergency", number: "07700 900500", arrived_at: now, answered_at: now, their_reference: `kill-${kill}-${Date.now()}` }),
  });
  if (!answer.ok) throw new Error(`the contact was answered with ${answer.status}: ${await answer.text()}`);
  return (await answer.json()).id;
}

async function signedIn() {
  const page = await context.newPage();
  await page.goto(`${made.address}/account`);
  if (page.url().includes("/sign-in")) {
    await typeSignIn(page, who);
    await page.getByRole("button", { name: "Sign out", exact: true }).waitFor();
  }
  return page;
}

async function browse() {
  const opened = await chromium.launchPersistentContext(profile, { executablePath: browserPath(), headless: true, args: FLAGS(), locale: "en-GB", timezoneId: "Europe/London" });
  // The process itself: a kill is no goodbye.
  opened.browserProcess = { kill: (signal) => spawn("pkill", [`-${signal.replace("SIG", "")}`, "-f", profile]) };
  return opened;
}

async function serve() {
  const child = spawn(BINARY, ["serve", "--data-dir", dataDir, "--listen", `127.0.0.1:${port}`, "--demo"], { stdio: ["ignore", "pipe", "pipe"] });
  await new Promise((resolve, reject) => {
    let said = "";
    const listen = (chunk) => {
      said += chunk;
      if (said.includes("Answerable is at")) resolve();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("exit", (code) => reject(new Error(`answerable ended with ${code}: ${said}`)));
  });
  child.removeAllListeners("exit");
  return child;
}

function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
