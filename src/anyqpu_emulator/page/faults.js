// Faults: the list, and the form that adds one.
const numberField = (name, label, initial, attributes = {}) => ({ name, label, initial, type: "number", min: 0, step: "any", required: true, ...attributes });
const seconds = (name, initial) => numberField(name, "Seconds", initial);
const STATUSES = [
  [429, "Too Many Requests"], [400, "Bad Request"], [401, "Unauthorized"], [402, "Payment Required"], [403, "Forbidden"],
  [404, "Not Found"], [408, "Request Timeout"], [409, "Conflict"], [413, "Content Too Large"], [422, "Unprocessable Content"],
  [500, "Internal Server Error"], [502, "Bad Gateway"], [503, "Service Unavailable"], [504, "Gateway Timeout"],
];
// By group: the name in the menu, the fields of the form, and the fault that their values make.
const KINDS = {
  Response: [
    ["Error status", [
      { name: "status", label: "Status", initial: "503", options: STATUSES.map(([code, name]) => [String(code), `${code} ${name}`]) },
      { name: "message", label: "Message", type: "text" },
      numberField("retry_after", "Retry after, in seconds", "", { required: false }),
      { name: "when", label: "Request is", options: [["before", "not handled"], ["after", "handled, response lost"]] },
    ], ({ status, message, retry_after, when }) => ({ status: Number(status), message, retry_after, ...(when === "after" ? { when } : {}) })],
    ["Rate limit, then 429", [numberField("most", "Requests", "10", { min: 1, step: 1 }), seconds("window", "60")],
      ({ most, window }) => ({ rate_limit: [most, window] })],
    ["Broken body", [{ name: "body", label: "Body", options: "bodies" }], ({ body }) => ({ body })],
    ["Undocumented job status", [], () => ({ unknown_status: true })],
    ["gRPC status", [{ name: "grpc_status", label: "Status", options: "grpc_statuses", initial: "UNAVAILABLE" }, { name: "message", label: "Message", type: "text" }],
      ({ grpc_status, message }) => ({ grpc_status, message })],
  ],
  Connection: [
    ["Connection closed, request not handled", [], () => ({ drop: "before" })],
    ["Connection closed, request handled", [], () => ({ drop: "after" })],
    ["Connection closed, request handled late", [seconds("handled_late", "5")], ({ handled_late }) => ({ handled_late })],
    ["Slow response (for timeouts)", [seconds("delay", "30")], ({ delay }) => ({ delay })],
  ],
  Jobs: [
    ["New jobs stay queued", [], () => ({ stuck: "queued" })],
    ["New jobs stay running", [], () => ({ stuck: "running" })],
    ["Results of new jobs are late", [seconds("late", "30")], ({ late }) => ({ late })],
    ["New jobs are late in lists", [seconds("list_lag", "30")], ({ list_lag }) => ({ list_lag })],
  ],
  Time: [["Clock jumps forward", [seconds("clock", "3600")], ({ clock }) => ({ clock })]],
};
const kinds = Object.values(KINDS).flat();
let choices = null;

const normalized = (name) => name.replaceAll("_", "").toLowerCase();

// The operations of a cloud; of all clouds, those that several have.
function operationNames(cloud) {
  if (cloud) return choices.operations[cloud];
  const clouds = new Map();
  for (const names of Object.values(choices.operations))
    for (const key of new Set(names.map(normalized))) clouds.set(key, (clouds.get(key) || 0) + 1);
  const all = Object.values(choices.operations).flat();
  return [...clouds].filter(([, number]) => number > 1).map(([key]) => all.find((name) => normalized(name) === key)).sort();
}

function showOperations() {
  const before = $("fault-operation").value, names = operationNames($("fault-cloud").value);
  $("fault-operation").replaceChildren(option("*", "every request"), ...names.map((name) => option(name)));
  $("fault-operation").value = names.includes(before) ? before : "*";
}

function showFaultFields() {
  const [, fields] = kinds[$("fault-kind").value];
  $("fault-fields").replaceChildren(...fields.map(({ name, label, options, initial, ...attributes }) => {
    const control = el(options ? "select" : "input");
    control.name = name;
    if (options) control.append(...(typeof options === "string" ? choices[options].map((word) => option(word)) : options.map(([value, text]) => option(value, text))));
    else for (const [key, value] of Object.entries(attributes)) control[key] = value;
    if (initial !== undefined) control.value = initial;
    return el("label", "", label, control);
  }));
}

function chosenFault() {
  const [, , make] = kinds[$("fault-kind").value];
  const values = {};
  for (const control of $("fault-fields").querySelectorAll("input, select"))
    if (control.value !== "") values[control.name] = control.type === "number" ? Number(control.value) : control.value;
  const fault = { operation: $("fault-operation").value, ...make(values) };
  if ($("fault-cloud").value) fault.cloud = $("fault-cloud").value;
  if ($("fault-count").value) fault.count = Number($("fault-count").value);
  if ($("fault-chance").value) fault.probability = Number($("fault-chance").value) / 100;
  return fault;
}

async function loadChoices() {
  choices = await request("GET", "/operations");
  for (const id of ["filter-cloud", "fault-cloud"]) $(id).append(...Object.keys(choices.operations).map((cloud) => option(cloud)));
  $("fault-kind").append(...Object.entries(KINDS).map(([label, entries]) => {
    const group = el("optgroup", "", ...entries.map((kind) => option(String(kinds.indexOf(kind)), kind[0])));
    group.label = label;
    return group;
  }));
  showOperations();
  showFaultFields();
}

// Fills in the form for an operation that was requested.
function prepareFault(cloud, operation) {
  $("fault-cloud").value = cloud;
  showOperations();
  $("fault-operation").value = operationNames(cloud).find((name) => normalized(name) === normalized(operation)) || "*";
  location.hash = "#faults";
  showPart();
  $("fault-kind").focus();
}

function faultRow() {
  const what = el("span", "row"), fired = el("span"), words = el("span");
  let id = "";
  const remove = button("Remove", "", (node) => act(node, async () => {
    await request("DELETE", `/faults/${encodeURIComponent(id)}`);
    return `Fault #${id} is removed`;
  }));
  const node = el("li", "line", el("div", "", what, el("span", "soft", fired, " · ", words)), remove);
  return { node, update(fault) {
    const { cloud, operation, seen, spent, ...effects } = fault;
    id = fault.id;
    delete effects.id;
    delete effects.fired;
    remove.setAttribute("aria-label", `Remove fault #${id}`);
    setText(what, `#${id} ${cloud || "all clouds"}: ${operation === "*" ? "every request" : operation}`);
    fired.className = spent ? "" : "fault";
    setText(fired, `hit ${fault.fired} of ${seen}${spent ? ", spent" : ""}`);
    setText(words, Object.entries(effects).map(([name, value]) => `${name.replaceAll("_", " ")} ${typeof value === "object" ? JSON.stringify(value) : value}`).join(", "));
  } };
}

// The fault that holds all new jobs, which a button makes.
const holdsAll = (fault) => fault.stuck === "queued" && fault.operation === "*" && !fault.cloud && fault.count === undefined && fault.probability === undefined;

function showFaults(faults) {
  $("hold-new").setAttribute("aria-pressed", String(faults.some(holdsAll)));
  showList($("fault-list"), faults, (fault) => fault.id, faultRow, "No faults: everything works.");
  const active = faults.filter((fault) => !fault.spent).length;
  $("fault-badge").hidden = !active;
  setText($("fault-badge"), active);
  if (!faults.length && document.activeElement === $("clear-faults")) $("fault-kind").focus();
  $("clear-faults").hidden = !faults.length;
}

$("hold-new").addEventListener("click", (event) => act(event.currentTarget, async () => {
  const holding = data.faults.filter(holdsAll);
  if (!holding.length) await request("POST", "/faults", { stuck: "queued" });
  for (const fault of holding) await request("DELETE", `/faults/${fault.id}`);
  return holding.length ? "New jobs run" : "New jobs stay queued until you release them";
}));
$("fault-kind").addEventListener("change", showFaultFields);
$("fault-cloud").addEventListener("change", showOperations);
$("fault-form").addEventListener("submit", (event) => {
  event.preventDefault();
  act(event.submitter || $("fault-kind"), async () => {
    const { ids } = await request("POST", "/faults", chosenFault());
    return `Fault #${ids.join(", #")} is added`;
  });
});
$("clear-faults").addEventListener("click", (event) => act(event.currentTarget, async () => {
  const { removed } = await request("DELETE", "/faults");
  return `${many(removed, "fault")} removed`;
}));
