// The register of a force after thirteen years: 1,000 recommendations, 4,000 actions, 12,000 updates, 3,000 moves
// of a target. Measures one server in the release build from outside (CPU from /proc, statements from its log) and
// holds it against the limits and the peer's figures. Ends with 1 when a limit is missed.
//
// The peer is the one a user would pick today, an open GRC suite on Django, listing 1,000 findings. Its figures are
// quoted from the requirement, not measured here: it cannot be installed from a package registry alone.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BINARY = process.env.ANSWERABLE ?? new URL("../target/release/answerable", import.meta.url).pathname;
const TICK_MS = 1000 / Number(execFileSync("getconf", ["CLK_TCK"]));
const folder = mkdtempSync(join(tmpdir(), "answerable-bench-"));
const answerable = (...more) => execFileSync(BINARY, [...more, "--data-dir", folder], { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });

async function serve(log) {
  const env = { ...process.env, ...(log ? { ANSWERABLE_LOG: log } : {}) };
  const server = spawn(BINARY, ["serve", "--data-dir", folder, "--listen", "127.0.0.1:0"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const said = { out: "", err: "" };
  server.stderr.on("data", (chunk) => (said.err += chunk));
  const address = await new Promise((resolve, reject) => {
    server.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${said.err}`)));
    server.stdout.on("data", (chunk) => {
      said.out += chunk;
      const found = said.out.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) resolve(found[0]);
    });
  });
  server.removeAllListeners("exit");
  const proc = (file) => readFileSync(`/proc/${server.pid}/${file}`, "utf8");
  return {
    address,
    log: () => said.out + said.err,
    // CPU of the whole process so far, user and system.
    cpu() {
      const fields = proc("stat").split(") ")[1].split(" ");
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    },
    resident: () => Number(proc("status").match(/VmRSS:\s+(\d+)/)[1]) / 1024,
    stop: () => new Promise((done) => server.on("exit", done).kill("SIGTERM")),
  };
}

const token = () => answerable("token", "audit_manager").toString().trim();
const get = async (server, path, bearer, accept = "text/html") => {
  const answer = await fetch(server.address + path, { headers: { authorization: `Bearer ${bearer}`, accept }, redirect: "manual" });
  const body = await answer.arrayBuffer();
  return { status: answer.status, bytes: body.byteLength, text: () => Buffer.from(body).toString() };
};
const post = async (server, path, bearer, what) => {
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json", accept: "application/json" };
  const answer = await fetch(server.address + path, { method: "POST", headers, body: JSON.stringify(what) });
  if (answer.status >= 400) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};
// Mean server CPU of `times` requests, one after another.
async function cpuOf(server, times, request) {
  const before = server.cpu();
  for (let time = 0; time < times; time += 1) {
    const { status } = await request(time);
    if (status !== 200) throw new Error(`a request was answered with ${status}`);
  }
  return (server.cpu() - before) / times;
}

const rows = [];
const measured = (what, limit, value, unit, peer) => rows.push({ what, limit, value, unit, peer });

console.error("Filling the register …");
answerable("demo", "--large");
const bearer = token();

// Statements, from the log of a server of its own.
{
  const server = await serve("sqlx::query=debug");
  const statements = () => (server.log().match(/sqlx::query/g) ?? []).length;
  await get(server, "/recommendations", bearer);
  const settle = () => new Promise((done) => setTimeout(done, 300));
  await settle();
  const before = statements();
  for (let time = 0; time < 10; time += 1) await get(server, "/recommendations", bearer);
  await settle();
  measured("statements for the register page", 5, (statements() - before) / 10, "", 6997);
  await server.stop();
}

const server = await serve();
const { recommendations } = JSON.parse((await get(server, "/recommendations/export/json", bearer)).text());
const counts = [recommendations.length, ...["actions", "updates", "targets"].map((name) => recommendations.reduce((sum, one) => sum + one[name].length, 0))];
console.log(`${counts[0]} recommendations, ${counts[1]} actions, ${counts[2]} updates, ${counts[3]} targets with their moves`);
await server.stop();

{
  const server = await serve();
  await cpuOf(server, 20, () => get(server, "/recommendations", bearer));
  measured("server CPU of the register page, warm", 15, await cpuOf(server, 200, () => get(server, "/recommendations", bearer)), "ms", 5300);
  measured("resident after 220 pages", 80, server.resident(), "MB", 1100);
  const [first] = recommendations;
  let after = 0;
  for (let time = 0; time < 10; time += 1) {
    await post(server, `/recommendations/${first.id ?? ""}/update`, bearer, { text: `Bench ${time}` });
    after += await cpuOf(server, 1, () => get(server, "/recommendations", bearer));
  }
  measured("server CPU of the page after a write", null, after / 10, "ms");
  const last = Number((await get(server, "/recommendations", bearer, "application/json")).text().match(/"entry":(\d+)/)[1]);
  const times = [];
  for (let time = 0; time < 200; time += 1) {
    const entry = 1 + ((time * 7919 + 13) % last);
    const start = performance.now();
    await get(server, `/recommendations?as_at=${entry}`, bearer);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  measured("as at 200 entries, p95", 100, times[189], "ms");
  measured("as at 200 entries, median", null, times[99], "ms");
  await server.stop();
}

{
  const server = await serve();
  await get(server, "/check", bearer);
  measured("the check of the register", 200, await cpuOf(server, 20, () => get(server, "/check", bearer)), "ms");
  await server.stop();
}

{
  const server = await serve();
  const paper = await post(server, "/papers/new", bearer, {
    kind: "portfolio", meeting: "Policing Performance Committee", date: "2026-12-09", location: "Video conference", title: "Improvement plans",
    presented_by: "Bench", ask: "discuss", period_from: "2026-09-01", period_to: "2026-11-30",
  });
  await get(server, "/recommendations", bearer);
  const before = server.cpu();
  const html = await get(server, `/papers/${paper.id}`, bearer);
  const pdf = await get(server, `/papers/${paper.id}/pdf`, bearer);
  if (html.status !== 200 || pdf.status !== 200) throw new Error(`the paper was answered with ${html.status} and ${pdf.status}`);
  measured("portfolio paper, HTML and PDF, CPU", 3000, server.cpu() - before, "ms");
  measured("resident after the PDF", 250, server.resident(), "MB");
  await server.stop();
}

let missed = 0;
console.log(["measure", "limit", "measured", "of the limit", "the peer", "peer ÷ ours"].join(" | "));
for (const { what, limit, value, unit, peer } of rows) {
  const over = limit !== null && value > limit;
  missed += over;
  const number = (n) => (n === undefined || n === null ? "–" : `${Math.round(n * 10) / 10} ${unit}`.trim());
  console.log([what, number(limit), number(value), limit ? `${Math.round((100 * value) / limit)} %${over ? " MISSED" : ""}` : "–", number(peer), peer ? Math.round(peer / value) : "–"].join(" | "));
}
rmSync(folder, { recursive: true, force: true });
process.exit(missed > 0 ? 1 : 0);
