// Jobs: the list, one opened job, and what a tester can do with it.
const TONES = { completed: "good", failed: "bad", cancelled: "bad", running: "busy", queued: "busy" };
const limitJobs = limiter("job-more", 10, 20);
const openJob = { key: null, details: null };
const jobKey = (job) => `${job.cloud}/${job.id}`;
const shortId = (job) => String(job.id).slice(0, 8);
const isOver = (job) => ["completed", "failed", "cancelled"].includes(job.state);

// Names that clients make up say nothing to a person.
const ownName = (job) => (job.name && !/^(anyqpu-)?[0-9a-f-]{32,36}$/.test(job.name) ? job.name : "");

function matchesFilter(job) {
  const text = $("filter-text").value.trim().toLowerCase(), cloud = $("filter-cloud").value, state = $("filter-state").value;
  const words = [job.id, job.name, job.backend, job.status, ...(job.tags || [])].join("\n").toLowerCase();
  const states = { "": true, open: !isOver(job), held: job.held };
  return words.includes(text) && (!cloud || job.cloud === cloud) && (state in states ? states[state] : job.state === state);
}

function showJobs(jobs, totals) {
  const matching = jobs.filter(matchesFilter);
  const empty = jobs.length ? "No job matches." : `No jobs yet. Run a program with ANYQPU_EMULATOR=${location.origin}`;
  showList($("job-list"), limitJobs(matching), jobKey, jobRow, empty);
  const older = totals.jobs > jobs.length ? `, the newest of ${totals.jobs.toLocaleString()}` : "";
  setText($("h-jobs"), jobs.length ? `Jobs (${matching.length === jobs.length ? "" : `${matching.length} of `}${jobs.length}${older})` : "Jobs");
}

function jobRow(job) {
  const node = el("li"), id = el("span", "mono", shortId(job)), name = el("span");
  const state = el("span"), facts = el("span", "soft cut");
  const title = el("span", "", el("span", "cloud", job.cloud), " ", id, " ", name);
  const head = button("", "", () => {
    Object.assign(openJob, { key: openJob.key === jobKey(job) ? null : jobKey(job), details: null });
    show();
    refresh();
  });
  head.append(el("span", "row", title, state), facts);
  node.append(head);
  let panel = null;
  return { node, update(item) {
    const isOpen = openJob.key === jobKey(item);
    const place = item.held ? ", held" : item.queue_position ? `, ${item.queue_position} before it` : "";
    setText(name, ownName(item));
    state.className = `state ${TONES[item.state] || ""}`;
    setText(state, item.status + place);
    const age = duration(data.state.clock.now - Date.parse(item.created_at) / 1000);
    setText(facts, [item.backend, item.shots === null || item.shots === undefined ? "" : many(item.shots, "shot"), `${age} ago`].filter(Boolean).join(" · "));
    head.setAttribute("aria-expanded", String(isOpen));
    if (isOpen && !panel) node.append((panel = jobPanel(item, head)).node);
    if (!isOpen && panel) { panel.node.remove(); panel = null; }
    if (panel) panel.update(item);
  } };
}

function jobPanel(job, head) {
  const path = `/jobs/${encodeURIComponent(job.cloud)}/${encodeURIComponent(job.id)}`;
  const words = `Job ${shortId(job)}`;
  let current = job;
  const put = (state, done) => (node) => act(node, async () => {
    await request("POST", path, { state });
    return `${words} ${done}`;
  });
  const start = button("Start", "", put("running", "is running, and held there"));
  const complete = button("Complete", "", put("completed", "is completed"));
  const release = button("Release", "", put(null, "is released"));
  const cancel = button("Cancel job", "danger", put("cancelled", "is cancelled"));
  const hold = button("Hold", "", (node) => act(node, async () => {
    const { state } = await request("GET", path);
    await request("POST", path, { state });
    return `${words} stays ${state} until you release it`;
  }));
  const reason = el("input");
  reason.placeholder = "the fridge is warm";
  const fail = el("button", "danger", "Fail");
  const form = el("form", "fields fail", el("label", "", "Reason", reason), fail);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(fail, async () => {
      await request("POST", path, { state: "failed", ...(reason.value ? { reason: reason.value } : {}) });
      return `${words} is failed`;
    });
  });
  const actions = el("div", "choices", start, complete, hold, release, cancel);
  actions.setAttribute("role", "group");
  actions.setAttribute("aria-label", `Actions on ${words}`);
  const facts = el("dl"), chart = el("div"), program = el("pre"), note = el("p", "soft");
  program.tabIndex = 0;
  const programs = el("details", "", el("summary", "", "Program"), program, note);
  const node = el("div", "panel", actions, form, chart, facts, programs);
  let last = "";
  return { node, update(item) {
    current = item;
    const over = isOver(current);
    // A job without a state of the emulator cannot be moved.
    const fixed = over || !current.state;
    if (fixed && [actions, form].some((part) => part.contains(document.activeElement))) head.focus();
    actions.hidden = form.hidden = fixed;
    start.hidden = current.state !== "queued";
    hold.hidden = Boolean(current.held);
    release.hidden = !current.held;
    const details = openJob.details && openJob.details.id === current.id ? openJob.details : null;
    const text = JSON.stringify([current, details, node.clientWidth]);
    if (text === last) return;
    last = text;
    facts.replaceChildren(...factsOf(current, details).flatMap(([name, value]) => [el("dt", "", name), el("dd", "", value)]));
    chart.replaceChildren(...(current.counts ? chartOf(current.counts, node.clientWidth) : []));
    programs.hidden = !details || !details.program;
    if (details && details.program) {
      setText(program, pretty(details.program));
      const cut = details.program_characters - details.program.length;
      setText(note, cut > 0 ? `and ${many(cut, "more character")}` : "");
    }
  } };
}

// The cloud's own word, and the emulator's where that is another one.
function stateWords(job) {
  const own = job.state && job.state !== String(job.status).toLowerCase() ? [job.state] : [];
  const more = [...own, ...(job.held ? ["held"] : [])].join(", ");
  return more ? `${job.status} (${more})` : job.status;
}

function factsOf(job, details) {
  const time = (text) => (text ? new Date(text).toLocaleString() : "");
  const planned = details && details.ends_in ? `in ${duration(details.ends_in)}, as planned` : "";
  return [
    ["Id", job.id], ["Kind", job.kind], ["Name", job.name], ["State", stateWords(job)],
    ["Failure", job.failure], ["Device", job.backend], ["Shots", job.shots], ["Created", time(job.created_at)],
    ["Started", time(details && details.started_at)], ["Ended", time(details && details.ended_at) || planned],
    ["Tags", (job.tags || []).join(", ")],
  ].filter(([, value]) => value !== null && value !== undefined && value !== "");
}

function pretty(text) {
  try {
    return /^\s*[[{]/.test(text) ? JSON.stringify(JSON.parse(text), null, 2) : text;
  } catch {
    return text;
  }
}

function chartOf(counts, available) {
  const bars = Object.entries(counts).sort((a, b) => b[1] - a[1]).slice(0, 16);
  const width = Math.min(544, Math.max(240, Math.floor(available))), step = 28;
  const letters = Math.min(16, Math.max(...bars.map(([name]) => name.length)));
  const left = letters * 9 + 10, right = 76, most = Math.max(...bars.map(([, number]) => number)) || 1;
  const svg = document.createElementNS(SVG, "svg");
  const add = (tag, attributes, text) => {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    if (text !== undefined) node.textContent = text;
    svg.append(node);
  };
  svg.setAttribute("viewBox", `0 0 ${width} ${bars.length * step}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "Counts: " + bars.map(([name, number]) => `${name} ${number}`).join(", "));
  bars.forEach(([name, number], row) => {
    const y = row * step, space = Math.max(20, width - left - right);
    add("text", { x: 0, y: y + 19 }, name.length > letters ? name.slice(0, letters - 1) + "…" : name);
    add("rect", { class: "track", x: left, y: y + 4, width: space, height: step - 8, rx: 3 });
    add("rect", { class: "bar", x: left, y: y + 4, width: Math.max(1, space * number / most), height: step - 8, rx: 3 });
    add("text", { x: left + space + 8, y: y + 19 }, Number.isInteger(number) ? number : number.toFixed(3));
  });
  const hidden = Object.keys(counts).length - bars.length;
  return [svg, ...(hidden > 0 ? [el("p", "soft", `and ${hidden} more`)] : [])];
}
