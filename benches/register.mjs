// The register of a force after thirteen years: 1,000 recommendations, 4,000 actions, 12,000 updates, 3,000 moves
// of a target. Measures one server in the release build from outside (CPU from /proc, statements from its log),
// cold, warm, after a write and as at an earlier entry, and holds it against the limits. Ends with 1 when a limit
// is missed.
//
// The peer is what a user would build today: a list of the same findings on Django, in benches/peer, run in the same
// run, once as its tutorial writes it and once with everything asked for beforehand. The figures of an open GRC
// suite on Django are quoted from the requirement, not measured: it cannot be installed from a package registry.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BINARY = process.env.ANSWERABLE ?? new URL("../target/release/answerable", import.meta.url).pathname;
const TICK_MS = 1000 / Number(execFileSync("getconf", ["CLK_TCK"]));
const PYTHON = process.env.PEER_PYTHON ?? new URL("../target/tools/python/bin/python", import.meta.url).pathname;
const PEER = new URL("peer/peer.py", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "answerable-bench-"));
const answerable = (...more) => execFileSync(BINARY, [...more, "--data-dir", folder], { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });

// What a process that was started prints first is its address; CPU and memory are read from outside.
async function started(server) {
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
    // CPU of the whole process so far, user and system, with the processes that it started and that ended.
    cpu() {
      const fields = proc("stat").split(") ")[1].split(" ").slice(11, 15).map(Number);
      return fields.reduce((sum, one) => sum + one) * TICK_MS;
    },
    resident: () => Number(proc("status").match(/VmRSS:\s+(\d+)/)[1]) / 1024,
    stop: () => new Promise((done) => server.on("exit", done).kill("SIGTERM")),
  };
}

const serve = (log) => {
  const env = { ...process.env, ...(log ? { ANSWERABLE_LOG: log } : {}) };
  return started(spawn(BINARY, ["serve", "--data-dir", folder, "--listen", "127.0.0.1:0"], { env, stdio: ["ignore", "pipe", "pipe"] }));
};

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
const measured = (what, limit, value, unit) => rows.push({ what, limit, value, unit });
const seconds = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

console.error("Filling the register …");
answerable("demo", "--large");
const bearer = token();
const PAGE = "/recommendations";
const WHOLE = "/recommendations?rows=all";

let exported;
let open;
let last;
{
  const server = await serve();
  exported = (await get(server, "/recommendations/export/json", bearer)).text();
  const { recommendations } = JSON.parse(exported);
  const sum = (count) => recommendations.reduce((sum, one) => sum + count(one), 0);
  const counts = [recommendations.length, sum((one) => one.actions.length), sum((one) => one.updates.length), sum((one) => Math.max(one.targets.length - 1, 0))];
  console.log(`${counts[0]} recommendations, ${counts[1]} actions, ${counts[2]} updates, ${counts[3]} moves of a target`);
  if (counts.join() !== "1000,4000,12000,3000") throw new Error("the register has not the size that the limits are for");
  const list = JSON.parse((await get(server, `${PAGE}?status=open`, bearer, "application/json")).text());
  open = list.groups.flatMap((group) => group.rows.map((row) => row.id));
  last = list.entry;
  await server.stop();
}
let writes = 0;
const write = (server) => post(server, `/recommendations/${open[writes % open.length]}/update`, bearer, { text: `Bench ${writes++}` });

// Statements, from the log of a server of its own. A connection prepares itself once, with pragmas: they are no
// page's.
{
  const server = await serve("sqlx::query=debug");
  const statements = () => server.log().split("\n").filter((line) => line.includes("sqlx::query") && !/pragma/i.test(line)).length;
  const of = async (path) => {
    await seconds(200);
    const before = statements();
    const { status } = await get(server, path, bearer);
    if (status !== 200) throw new Error(`${path} was answered with ${status}`);
    await seconds(200);
    return statements() - before;
  };
  measured("statements, the first page of all", 5, await of(PAGE), "");
  measured("statements, the next page", 5, await of(PAGE), "");
  measured("statements, all on one page", 5, await of(WHOLE), "");
  await write(server);
  measured("statements, all on one page, after a write", 5, await of(WHOLE), "");
  measured("statements, as at an entry", 5, await of(`${PAGE}?as_at=${Math.round(last / 2)}`), "");
  measured("statements, as at a day, all on one page", 5, await of(`${WHOLE}&as_at=2020-02-29`), "");
  await server.stop();
}

{
  const server = await serve();
  const first = server.cpu();
  await get(server, PAGE, bearer);
  measured("CPU, the first page of all", null, server.cpu() - first, "ms");
  await cpuOf(server, 20, () => get(server, PAGE, bearer));
  measured("CPU of a page of 50 rows", 15, await cpuOf(server, 200, () => get(server, PAGE, bearer)), "ms");
  measured("CPU of all 1,000 on one page", 15, await cpuOf(server, 50, () => get(server, WHOLE, bearer)), "ms");
  measured("resident after 270 pages", 80, server.resident(), "MB");
  const after = async (path) => {
    let cpu = 0;
    for (let time = 0; time < 20; time += 1) {
      await write(server);
      cpu += await cpuOf(server, 1, () => get(server, path, bearer));
    }
    return cpu / 20;
  };
  measured("CPU of a page of 50 rows, after a write", 15, await after(PAGE), "ms");
  measured("CPU of all on one page, after a write", 15, await after(WHOLE), "ms");
  const times = [];
  for (let time = 0; time < 200; time += 1) {
    const entry = 1 + ((time * 7919 + 13) % last);
    const start = performance.now();
    await get(server, `${PAGE}?as_at=${entry}`, bearer);
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
  const checks = [];
  for (let time = 0; time < 10; time += 1) {
    await write(server);
    checks.push(await cpuOf(server, 1, () => get(server, "/check", bearer)));
  }
  measured("CPU of the check of the register, after a write", 200, checks.reduce((sum, one) => sum + one) / checks.length, "ms");
  await server.stop();
}

{
  const server = await serve();
  const paper = await post(server, "/papers/new", bearer, {
    kind: "portfolio", meeting: "Policing Performance Committee", date: "2026-12-09", location: "Video conference", title: "Improvement plans",
    presented_by: "Bench", ask: "discuss", period_from: "2026-09-01", period_to: "2026-11-30",
  });
  await get(server, PAGE, bearer);
  const before = server.cpu();
  const html = await get(server, `/papers/${paper.id}`, bearer);
  const pdf = await get(server, `/papers/${paper.id}/pdf`, bearer);
  if (html.status !== 200 || pdf.status !== 200) throw new Error(`the paper was answered with ${html.status} and ${pdf.status}`);
  measured("portfolio paper, HTML and PDF, CPU", 3000, server.cpu() - before, "ms");
  measured("resident after the PDF", 250, server.resident(), "MB");
  await server.stop();
}

// The peer, with the same findings, in the same run: each way of writing it on a server of its own.
const peer = {};
{
  const [database, file] = [join(folder, "peer.sqlite"), join(folder, "export.json")];
  writeFileSync(file, exported);
  execFileSync(PYTHON, [PEER, "fill", database, file], { stdio: ["ignore", "inherit", "inherit"] });
  for (const [way, times] of [["by-the-tutorial", 3], ["prefetched", 20]]) {
    const server = await started(spawn(PYTHON, [PEER, "serve", database, "0"], { stdio: ["ignore", "pipe", "pipe"] }));
    const answer = await fetch(`${server.address}/${way}/`, { headers: { "x-count": "yes" } });
    const shown = (await answer.text()).match(/<tr>/g).length - 1;
    if (shown !== 1000) throw new Error(`the peer shows ${shown} findings`);
    const statements = Number(answer.headers.get("x-statements"));
    const cpu = await cpuOf(server, times, async () => {
      const answer = await fetch(`${server.address}/${way}/`);
      await answer.arrayBuffer();
      return answer;
    });
    peer[way] = { statements, cpu, resident: server.resident() };
    await server.stop();
  }
}

let missed = 0;
const number = (n, unit = "") => (n === undefined || n === null ? "–" : `${Math.round(n * 10) / 10} ${unit}`.trim());
console.log("\nmeasure | limit | measured | of the limit");
for (const { what, limit, value, unit } of rows) {
  const over = limit !== null && value > limit;
  missed += over;
  console.log([what, number(limit, unit), number(value, unit), limit ? `${Math.round((100 * value) / limit)} %${over ? " MISSED" : ""}` : "–"].join(" | "));
}
const ours = (what) => rows.find((row) => row.what === what).value;
const lines = [
  ["statements", "", ours("statements, all on one page"), "statements", 6997],
  ["CPU", "ms", ours("CPU of all 1,000 on one page"), "cpu", 5300],
  ["resident", "MB", ours("resident after 270 pages"), "resident", 1100],
];
console.log("\nA list of all 1,000 | ours | Django by its tutorial, measured (÷ ours) | Django prefetched, measured (÷ ours) | a GRC suite on Django, quoted (÷ ours)");
for (const [what, unit, own, key, quoted] of lines) {
  const beside = (value) => `${number(value, unit)} (${Math.round((10 * value) / own) / 10})`;
  console.log([what, number(own, unit), beside(peer["by-the-tutorial"][key]), beside(peer.prefetched[key]), beside(quoted)].join(" | "));
}
rmSync(folder, { recursive: true, force: true });
process.exit(missed > 0 ? 1 : 0);
