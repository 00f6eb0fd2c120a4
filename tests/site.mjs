// One Answerable with its own data: started on a free port, with the demonstration, and thrown away at the end.
import { spawn, execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const BINARY = process.env.ANSWERABLE ?? fileURLToPath(new URL("../target/debug/answerable", import.meta.url));
const run = promisify(execFile);

// { address, dataDir, signIns: [{ role, name, sign_in, password }], answerable(…arguments), stop() }
export async function start() {
  const dataDir = await mkdtemp(join(tmpdir(), "answerable-journey-"));
  const server = spawn(BINARY, ["serve", "--data-dir", dataDir, "--listen", "127.0.0.1:0", "--demo"], { stdio: ["ignore", "pipe", "pipe"] });
  const said = [];
  const address = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`answerable did not say its address within 90 s:\n${said.join("")}`)), 90_000);
    const listen = (chunk) => {
      said.push(String(chunk));
      const found = said.join("").match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) {
        clearTimeout(late);
        resolve(found[0]);
      }
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    server.on("error", (error) => reject(new Error(`${BINARY}: ${error.message}. Build it first: make build`)));
    server.on("exit", (code) => reject(new Error(`answerable ended with ${code}:\n${said.join("")}`)));
  }).catch(async (error) => {
    server.kill("SIGKILL");
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  const answerable = async (...more) => (await run(BINARY, [...more, "--data-dir", dataDir], { maxBuffer: 64 << 20 })).stdout;
  return {
    address,
    dataDir,
    answerable,
    signIns: JSON.parse(await answerable("demo", "--sign-ins")),
    cookies: new Map(), // of each role that signed in, for its next page
    tokens: new Map(),
    said: () => said.join(""),
    // Ends the server and leaves its data: for a test that starts it again and again.
    async pause() {
      server.removeAllListeners("exit");
      server.kill("SIGTERM");
      await once(server, "exit");
    },
    async stop() {
      server.removeAllListeners("exit");
      if (server.exitCode === null) {
        server.kill("SIGTERM");
        const patience = setTimeout(() => server.kill("SIGKILL"), 5_000);
        await once(server, "exit");
        clearTimeout(patience);
      }
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
