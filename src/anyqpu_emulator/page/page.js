// The page: its parts on a narrow screen, and its updates.
const PARTS = ["jobs", "faults", "time", "requests", "more"];
let data = null, paused = false, timer = 0, latest = 0;

function showPart() {
  const part = PARTS.includes(location.hash.slice(1)) ? location.hash.slice(1) : PARTS[0];
  // Another part begins at its top.
  if (!$(part).classList.contains("shown") && matchMedia("(max-width: 699px)").matches) scrollTo(0, 0);
  for (const name of PARTS) $(name).classList.toggle("shown", name === part);
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${part}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function show() {
  if (!data) return;
  const { state, requests, faults } = data;
  showTime(state.clock);
  showJobs([...state.jobs].reverse(), state.totals);
  showRequests(requests);
  showFaults(faults);
  showOthers(state);
}

// A job that is over stays as it is.
async function details() {
  if (openJob.key === null || (openJob.details && isOver(openJob.details))) return null;
  return request("GET", `/jobs/${openJob.key.split("/").map(encodeURIComponent).join("/")}`).catch(() => null);
}

async function load() {
  const number = ++latest;
  const [state, requests, faults, job] = await Promise.all([
    request("GET", "/state?limit=200"), request("GET", "/requests?limit=100"), request("GET", "/faults"), details()]);
  // An older response must not replace a newer one.
  if (number !== latest) return;
  if (job && openJob.key === jobKey(job)) openJob.details = job;
  data = { state, requests: requests.requests, faults: faults.faults };
  if (state.state_problem) say(state.state_problem, true);
  show();
}

let failed = false;
async function refresh() {
  clearTimeout(timer);
  try {
    if (!choices) await loadChoices();
    await load();
    if (failed) say("The emulator responds again.");
    failed = false;
  } catch (error) {
    failed = true;
    say(error.message, true);
  }
  clearTimeout(timer);
  timer = setTimeout(tick, 1000);
}

function tick() {
  if (paused || document.hidden) timer = setTimeout(tick, 1000);
  else refresh();
}

$("pause").addEventListener("click", () => {
  paused = !paused;
  $("pause").setAttribute("aria-pressed", String(paused));
  setText($("pause"), paused ? "Resume page" : "Pause page");
  if (!paused) refresh();
});
for (const id of ["filter-text", "filter-cloud", "filter-state", "only-problems"]) $(id).addEventListener("input", show);
addEventListener("resize", show);
addEventListener("hashchange", showPart);
showPart();
refresh();
