// A form that is long in the making (marks on the body chart, what was examined) is kept on this
// device with every change, until the server names it as saved; opened again after a crash or
// without a line, the page offers it back. Only where somebody is signed in, and never the
// self-check, which keeps nothing here.

import { account } from "./outbox.js";
import { newKey, store } from "./store.js";

const OLDEST_MS = 3 * 24 * 60 * 60 * 1000;
const SAVED = "saved_draft"; // the cookie in which the server names what it has
const OWN = ["csrfmiddlewaretoken", "once", "draft"];
const form = document.querySelector("form[data-keeps]");
const clock = new Intl.DateTimeFormat(undefined, { weekday: "long", hour: "numeric", minute: "2-digit" });

// --- What the form holds ----------------------------------------------------------------------

const isChoice = (field) => field.type === "checkbox" || field.type === "radio";

// The list of regions says the same as the chart's own field, which is enough.
function fields() {
  const own = (field) => field.name && field.type !== "submit" && !OWN.includes(field.name) && !field.closest("[data-list]");
  return [...form.elements].filter(own);
}

const read = () =>
  fields().filter((field) => !isChoice(field) || field.checked).map((field) => [field.name, field.value]);

// As the server sent it, even when somebody was quicker than this script.
function sent() {
  const value = (field) => {
    if (field.options) return ([...field.options].find((one) => one.defaultSelected) || field.options[0])?.value ?? "";
    return field.hasAttribute("data-marks") ? field.value : field.defaultValue;
  };
  return fields().filter((field) => !isChoice(field) || field.defaultChecked).map((field) => [field.name, value(field)]);
}

const isChart = (name) => Boolean(form.elements[name]?.hasAttribute?.("data-marks"));
const essence = (pairs) => JSON.stringify(pairs.map(([name, value]) => [name, isChart(name) ? marksOf(value) : value]));

const marksOf = (text) => {
  const line = ({ region, kind, intensity, stroke }) => JSON.stringify([region, kind, intensity ?? null, stroke ?? []]);
  return JSON.parse(text || "[]").map(line);
};

// Whether putting it back would bring something the page does not show already.
function brings(row) {
  const here = read();
  return row.fields.some(([name, value]) => {
    if (!value) return false;
    const field = form.elements[name];
    if (!field) return false;
    if (!isChart(name)) return !here.some(([n, v]) => n === name && v === value);
    const shown = new Set(marksOf(field.value));
    return marksOf(value).some((mark) => !shown.has(mark));
  });
}

function putBack(row) {
  for (const field of fields()) {
    const values = row.fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.hasAttribute("data-marks")) {
      const marks = JSON.parse(values[0] || "[]");
      field.closest("[data-body-chart]").dispatchEvent(new CustomEvent("marks:put", { detail: { marks } }));
    } else if (isChoice(field)) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// --- Keeping it, and letting it go --------------------------------------------------------------

let id = newKey();
let writing = Promise.resolve();
let first = "";
let changed = false;

const mine = async () => (await (await store).all("drafts")).filter((row) => row.account === account);

function write() {
  const now = read();
  if (!changed && essence(now) === first) return;
  changed = true; // from here on taking something back is a change too
  form.elements.draft.value = id;
  const row = { id, account, path: location.pathname, fields: now, at: Date.now() };
  writing = writing.then(async () => (await store).put("drafts", row)).then(told, () => {});
}

const told = () => document.dispatchEvent(new CustomEvent("drawing:kept", { detail: { id } }));

export const unsaved = async () => (account ? (await mine()).length : 0);

export async function letGo() {
  for (const row of await mine()) await (await store).remove("drafts", row.id);
}

// What the server has, and what is older than anybody would look for, goes from this device.
async function tidy() {
  const saved = document.cookie.split("; ").find((one) => one.startsWith(`${SAVED}=`))?.split("=")[1];
  const rows = await store;
  for (const row of await rows.all("drafts"))
    if (row.id === saved || Date.now() - row.at > OLDEST_MS) await rows.remove("drafts", row.id);
  if (saved) document.cookie = `${SAVED}=; path=/; max-age=0; samesite=lax`;
}

// --- Offering it back ---------------------------------------------------------------------------

function make(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function offer(row) {
  const card = make("section", "alert kept-back", "");
  card.setAttribute("aria-label", "What you had entered");
  const words = make("div", "", "");
  const said = make("p", "alert__title", `We kept what you ${row.fields.some(([, value]) => value.startsWith("[{")) ? "drew" : "had entered"}`);
  const buttons = make("div", "row", "");
  const act = (text, quiet, does) => {
    const button = make("button", `button button--small ${quiet ? "button--quiet" : "button--second"}`, text);
    button.type = "button";
    button.addEventListener("click", () => {
      does();
      writing = writing.then(async () => (await store).remove("drafts", row.id));
      card.remove();
      form.querySelector("button, input:not([type=hidden])")?.focus();
    });
    buttons.append(button);
  };
  act("Put it back", false, () => {
    putBack(row);
    write();
  });
  act("Let it go", true, () => {});
  words.append(said, make("p", "", `From ${clock.format(row.at)}, on this device only. It was not saved.`), buttons);
  card.append(words);
  form.before(card);
  card.scrollIntoView({ block: "nearest" });
}

function watch() {
  const field = make("input", "", "");
  Object.assign(field, { type: "hidden", name: "draft", value: "" });
  form.append(field);
  first = essence(sent());
  for (const kind of ["marks", "input", "change"]) form.addEventListener(kind, write);
  form.addEventListener("submit", leave, true);
  write();
}

async function begin() {
  const keeps = Boolean(form && account);
  if (keeps) watch();
  await tidy();
  if (!keeps) return;
  const isEarlier = (row) => row.path === location.pathname && row.id !== id;
  const rows = (await mine()).filter(isEarlier).sort((a, b) => b.at - a.at);
  const lost = rows.find(brings);
  if (lost) offer(lost);
  else if (form.dataset.keeps === "again" && rows.length) form.elements.draft.value = id = rows[0].id; // shown, not saved yet
  else for (const row of rows) await (await store).remove("drafts", row.id); // the server has it all
}

// --- Sending ------------------------------------------------------------------------------------

let going = false;

// The form leaves only when there is somebody to take it; else it stays as it is.
async function leave(event) {
  if (going) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = event.submitter;
  write();
  await writing;
  const who = await answering();
  if (who === null) return say("The server cannot be reached. What you entered is kept on this device: try again when the line is back.");
  if (who !== account) return say("You are signed out. What you entered is kept on this device: sign in and open this page again.");
  going = true;
  if (button) form.requestSubmit(button);
  else form.requestSubmit();
  setTimeout(() => (going = false), 8000);
}

// Whom the server takes us for; null when it does not answer.
async function answering() {
  try {
    const answer = await fetch("/offline/who/", { credentials: "same-origin", signal: AbortSignal.timeout(8000) });
    return (await answer.json()).account;
  } catch {
    return null;
  }
}

function say(text) {
  form.querySelector("[data-keep-said]")?.remove();
  const said = make("p", "alert alert--caution", text);
  said.setAttribute("role", "alert");
  said.setAttribute("data-keep-said", "");
  const buttons = form.querySelector(".actions") || [...form.querySelectorAll("button:not([type=button])")].pop();
  buttons.before(said);
}

begin();
