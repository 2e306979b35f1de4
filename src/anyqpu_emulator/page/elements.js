"use strict";
// Text that clients sent only ever becomes text, never markup.
const SVG = "http://www.w3.org/2000/svg";
const $ = (id) => document.getElementById(id);
const base = location.pathname.replace(/\/+$/, "");

function el(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.map((child) => (child instanceof Node ? child : document.createTextNode(String(child)))));
  return node;
}

// Changes only what differs, so that a selection of text stays.
function setText(node, text) {
  if (node.textContent !== String(text)) node.textContent = text;
}

function option(value, label = value) {
  const node = el("option", "", label);
  node.value = value;
  return node;
}

function button(label, className, work) {
  const node = el("button", className, label);
  node.type = "button";
  node.addEventListener("click", () => work(node));
  return node;
}

const many = (number, word) => `${number.toLocaleString()} ${word}${number === 1 ? "" : "s"}`;
const clockTime = (text) => new Date(text).toLocaleTimeString();
const duration = (seconds) => {
  const sizes = [[86400, "d"], [3600, "h"], [60, "min"]];
  const [size, unit] = sizes.find(([least]) => seconds >= least) || [1, "s"];
  return `${Math.max(0, Math.floor(seconds / size))} ${unit}`;
};

// Shows items as the elements of a list. An element is made once for each key and then updated, so that the focus and
// typed text stay. `make` returns the element and a function that updates it.
const listed = new Map();
function showList(list, items, keyOf, make, empty) {
  const before = listed.get(list) || new Map(), now = new Map();
  for (const item of items) {
    const row = before.get(keyOf(item)) || make(item);
    row.update(item);
    now.set(keyOf(item), row);
  }
  const nodes = items.length ? [...now.values()].map((row) => row.node) : [el("li", "soft", empty)];
  for (const node of [...list.children]) if (!nodes.includes(node)) node.remove();
  nodes.forEach((node, place) => { if (list.children[place] !== node) list.insertBefore(node, list.children[place] || null); });
  listed.set(list, now);
}

// Rows whose text is made anew when it changes.
function plainRow(make) {
  return () => {
    const node = el("li");
    let last = "";
    return { node, update(item) {
      const text = JSON.stringify(item);
      if (text !== last) node.replaceChildren(...make(item));
      last = text;
    } };
  };
}

// A button below a list that shows more of it.
function limiter(place, first, step) {
  const state = { limit: first };
  const more = button("", "plain", () => { state.limit += step; show(); });
  $(place).append(more);
  return (items) => {
    more.hidden = items.length <= state.limit;
    setText(more, `Show more (${items.length - state.limit})`);
    return items.slice(0, state.limit);
  };
}

let messageTimer = 0;
function say(text, isError = false) {
  clearTimeout(messageTimer);
  $("message").className = isError ? "bad" : "";
  setText($("message"), text);
  messageTimer = setTimeout(() => setText($("message"), ""), isError ? 12000 : 5000);
}

async function request(method, path, body) {
  const options = { method, cache: "no-store" };
  if (body !== undefined) Object.assign(options, { headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  let response;
  try {
    response = await fetch(base + path, options);
  } catch {
    throw new Error("The emulator does not respond.");
  }
  const content = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(content.detail || `Status ${response.status}`), { status: response.status });
  return content;
}

// Does the work of a button, reports how it ended, and updates the page. A disabled button would lose the focus.
async function act(node, work) {
  if (node.getAttribute("aria-disabled") === "true") return;
  node.setAttribute("aria-disabled", "true");
  try {
    say(await work());
    await refresh();
  } catch (error) {
    say(error.message, true);
  } finally {
    node.removeAttribute("aria-disabled");
  }
}
