// Starts a headless Chromium and passes on the commands of its DevTools protocol. Reads lines of JSON from standard
// input: first {chromium, profile, seconds}, then {method, params, session}. Writes a line for each command:
// {result} or {error}. Ends with its input.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const task = JSON.parse((await lines.next()).value);
// Nothing of the browser's own is to go over the network.
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
  "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars",
  "--no-zygote", "--remote-debugging-port=0", `--user-data-dir=${task.profile}`, "about:blank"];
const browser = spawn(task.chromium, flags, { stdio: ["ignore", "ignore", "pipe"] });
const end = (code) => { browser.kill("SIGKILL"); process.exit(code); };
let output = "";
const timer = setTimeout(() => { console.error(`no response in time: ${output.slice(-2000)}`); end(1); }, task.seconds * 1000);
const address = await new Promise((resolve) => browser.stderr.on("data", (data) => {
  output += data;
  const match = output.match(/DevTools listening on (ws:\S+)/);
  if (match) resolve(match[1]);
}));

const socket = new WebSocket(address);
const waiting = new Map();
let number = 0;
socket.onmessage = (event) => {
  const message = JSON.parse(event.data);
  waiting.get(message.id)?.(message);
  waiting.delete(message.id);
};
await new Promise((open) => { socket.onopen = open; });

for await (const line of lines) {
  const { method, params, session } = JSON.parse(line);
  timer.refresh();
  const { result, error } = await new Promise((resolve) => {
    waiting.set(++number, resolve);
    socket.send(JSON.stringify({ id: number, method, params, sessionId: session ?? undefined }));
  });
  process.stdout.write(JSON.stringify(error ? { error: error.message } : { result }) + "\n");
}
end(0);
