// Opens a page in a headless Chromium, at several sizes, and reports its content. Reads a task as JSON from standard
// input: {chromium, profile, url, views: [{name, width, height, dark, picture}], expression}; writes a list of responses.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const task = JSON.parse(readFileSync(0, "utf8"));
// Nothing of the browser's own is to go over the network.
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
  "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars",
  "--no-zygote", "--remote-debugging-port=0", `--user-data-dir=${task.profile}`, "about:blank"];
const browser = spawn(task.chromium, flags, { stdio: ["ignore", "ignore", "pipe"] });
const end = (code) => { browser.kill("SIGKILL"); process.exit(code); };
let said = "";
setTimeout(() => { console.error(`no response in time: ${said.slice(-2000)}`); end(1); }, task.seconds * 1000);
const address = await new Promise((found) => browser.stderr.on("data", (data) => {
  said += data;
  const match = said.match(/DevTools listening on (ws:\S+)/);
  if (match) found(match[1]);
}));

const socket = new WebSocket(address);
const waiting = new Map();
let number = 0;
socket.onmessage = (event) => {
  const message = JSON.parse(event.data);
  waiting.get(message.id)?.(message);
};
await new Promise((open) => { socket.onopen = open; });
const call = (method, params, sessionId) => new Promise((resolve, reject) => {
  waiting.set(++number, (message) => (message.error ? reject(new Error(`${method}: ${message.error.message}`)) : resolve(message.result)));
  socket.send(JSON.stringify({ id: number, method, params, sessionId }));
});

try {
  const responses = [];
  for (const view of task.views) {
    const { targetId } = await call("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await call("Target.attachToTarget", { targetId, flatten: true });
    const value = async (expression) => {
      const { result, exceptionDetails } = await call("Runtime.evaluate", { expression, returnByValue: true }, sessionId);
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      return result.value;
    };
    await call("Emulation.setDeviceMetricsOverride",
      { width: view.width, height: view.height, deviceScaleFactor: 1, mobile: view.width < 600 }, sessionId);
    const scheme = { name: "prefers-color-scheme", value: view.dark ? "dark" : "light" };
    await call("Emulation.setEmulatedMedia", { features: [scheme] }, sessionId);
    await call("Page.navigate", { url: task.url }, sessionId);
    while (!(await value(task.ready))) await new Promise((later) => setTimeout(later, 50));
    responses.push(await value(task.expression));
    const { data } = await call("Page.captureScreenshot", { format: "png" }, sessionId);
    writeFileSync(view.picture, Buffer.from(data, "base64"));
    await call("Target.closeTarget", { targetId });
  }
  process.stdout.write(JSON.stringify(responses), () => end(0));
} catch (error) {
  console.error(error.stack);
  end(1);
}
