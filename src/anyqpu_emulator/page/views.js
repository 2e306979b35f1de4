// Time, requests, devices and sessions.
const SPEEDS = [["instant", "instant"], ["fast", "fast, 0.1 s"], ["real", "real, 5 to 28 s"]];
const RATES = [[0, "not at all"], [1, "normally"], [60, "× 60"], [3600, "× 3600"]];
const STEPS = [[10, "10 s"], [60, "1 min"], [3600, "1 h"], [86400, "1 day"]];
const limitRequests = limiter("request-more", 8, 20);

const setClock = (node, body, done) => act(node, async () => {
  await request("POST", "/clock", body);
  return done;
});
const rateWords = (rate) => (rate === 0 ? "stopped" : rate === 1 ? "normal" : `× ${rate}`);

function choicesOf(id, entries, work) {
  $(id).append(...entries.map(([value, label]) => {
    const node = button(label, "", () => work(node, value, label));
    node.dataset.value = value;
    return node;
  }));
}
choicesOf("speeds", SPEEDS, (node, speed, label) => setClock(node, { speed }, `New jobs: ${label}`));
choicesOf("rates", RATES, (node, rate) => setClock(node, { rate }, `Time: ${rateWords(rate)}`));
choicesOf("advances", STEPS, (node, advance, label) => setClock(node, { advance }, `Time moved forward by ${label}`));
$("rate-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const rate = Number($("rate").value);
  setClock(event.submitter || $("rate"), { rate }, `Time: ${rateWords(rate)}`);
});
$("advance-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const advance = Number($("advance").value);
  setClock(event.submitter || $("advance"), { advance }, `Time moved forward by ${advance} s`);
});

function showTime(clock) {
  const now = new Date(clock.now * 1000);
  setText($("facts"), `${clock.speed} jobs · time ${rateWords(clock.rate)} · ${now.toLocaleTimeString()}`);
  setText($("now"), now.toLocaleString() + (clock.advanced ? ` (moved forward by ${duration(clock.advanced)})` : ""));
  for (const [id, value] of [["speeds", clock.speed], ["rates", clock.rate]])
    for (const node of $(id).children) node.setAttribute("aria-pressed", String(node.dataset.value === String(value)));
}

function requestTone(entry) {
  if (entry.status === null || entry.status >= 500) return "bad";
  return entry.status >= 400 || (entry.grpc_status || "OK") !== "OK" ? "busy" : "good";
}

function requestRow(entry) {
  const name = entry.operation || entry.method;
  const text = el("div", "",
    el("span", "row", el("span", "", el("span", "cloud", entry.cloud), ` ${name}`),
      el("span", `state ${requestTone(entry)}`, entry.status === null ? "dropped" : entry.grpc_status || entry.status)),
    el("span", "soft", `${clockTime(entry.time)} · ${entry.ms} ms · ${entry.method} ${entry.path}`),
    ...(entry.faults.length ? [el("span", "fault soft row", `Fault ${entry.faults.join("; ")}`)] : []));
  const node = el("li", "line", text);
  if (entry.operation) {
    const add = button("Fault…", "plain", () => prepareFault(entry.cloud, entry.operation));
    add.setAttribute("aria-label", `Prepare a fault for ${name} of ${entry.cloud}`);
    node.append(add);
  }
  return { node, update() {} };
}

function showRequests(requests) {
  const shown = $("only-problems").checked ? requests.filter((entry) => requestTone(entry) !== "good" || entry.faults.length) : requests;
  showList($("request-list"), limitRequests(shown), (entry) => entry.number, requestRow, "No requests yet.");
}

const deviceRow = plainRow((device) => [el("span", "row",
  el("span", "", el("span", "cloud", device.cloud), ` ${device.id} `, el("span", "soft", device.status)),
  el("span", `state ${device.queued + device.running ? "busy" : "soft"}`,
    device.queued + device.running ? `${device.queued} waiting, ${device.running} running` : "idle"))]);

const sessionRow = plainRow((session) => [
  el("span", "row", el("span", "", el("span", "cloud", session.cloud), ` ${session.kind} `, el("span", "mono", String(session.id).slice(0, 8))),
    el("span", "state", session.status)),
  el("span", "soft", `${session.backend} · ${clockTime(session.created_at)}`)]);

function showOthers(state) {
  const queue = (device) => device.queued + device.running;
  const busy = state.devices.filter(queue).length;
  setText($("device-summary"), `Devices: ${state.devices.length}${busy ? `, ${busy} with jobs` : ""}`);
  const devices = [...state.devices].sort((a, b) => queue(b) - queue(a));
  showList($("device-list"), devices, (device) => `${device.cloud}/${device.id}`, deviceRow, "No devices.");
  setText($("session-summary"), `Sessions, batches and reservations: ${state.totals.sessions.toLocaleString()}`);
  showList($("session-list"), [...state.sessions].reverse(), (session) => `${session.cloud}/${session.id}`, sessionRow, "None yet.");
}

// The first press asks, the second one within five seconds deletes.
let resetTimer = 0;
function askReset(asking) {
  clearTimeout(resetTimer);
  setText($("reset"), asking ? "Press again to delete everything" : "Reset emulator");
  if (asking) resetTimer = setTimeout(() => askReset(false), 5000);
  return asking;
}
$("reset").addEventListener("click", (event) => {
  const asked = $("reset").textContent !== "Reset emulator";
  askReset(!asked);
  if (asked) act(event.currentTarget, async () => {
    await request("POST", "/reset", {});
    return "The emulator is reset";
  });
});
