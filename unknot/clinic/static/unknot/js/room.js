// The session room: taps are kept as they come, and the page shows what the server made of them.
// The clock: room-time.js. Findings and words: room-found.js. Keys, light, menu: room-hand.js.
// The client's dial: room-dial.js. Without these scripts every button is a plain form.

import { follow, send, tapOf } from "./send.js";

const session = document.getElementById("session");
const find = (name, from = session) => from.querySelector(`[data-${name}]`);
const problem = find("problem");
const templates = {
  entry: document.getElementById("entry-template"),
  planned: document.getElementById("planned-template"),
};

// --- Taps -----------------------------------------------------------------------------------

const CHOICES = ["area", "technique", "pressure", "response", "pain_before", "pain_after"];

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-tap]") || !event.submitter) return;
  event.preventDefault();
  const button = event.submitter;
  if (CHOICES.includes(button.name)) press(button.name, button.value);
  tap(form, button);
});

function tap(form, button) {
  find("undo").disabled = true; // until the server names the step that can be taken back
  const made = tapOf(form, button);
  const meant = meantFor(button.name);
  if (meant) made.body.set("on", meant);
  goOn(form, button);
  send(made, tell);
}

// The area a change of the work is for, as this page shows it: should the server have refused to
// take that one up, the change must not reach the work before it. "" where it is not known.
const meantFor = (name) =>
  ({ technique: session.dataset.inWork, pressure: session.dataset.inWork, pause: session.dataset.inWork, response: session.dataset.answersFor })[name] || "";

// What is in work once this tap has gone through.
function goOn(form, { name, value }) {
  const on = session.dataset;
  const area = name === "area" ? value : name === "begin" ? form.closest("[data-place]").dataset.place : "";
  if (area) on.inWork = on.answersFor = area;
  else if (name === "pause") on.inWork = "";
  else if (name === "undo") on.inWork = on.answersFor = "";
}

const tell = {
  onState: (state, more) => {
    if (!state.ahead) problem.textContent = "";
    if (!more && state.pressed) show(state);
  },
  onProblem: (text, state) => {
    if (state) show(state);
    problem.textContent = text;
  },
  onOffline: (offline) => {
    problem.textContent = offline ? "No line to the server. Taps are kept on this device and go out by themselves." : "";
  },
};
follow(tell);

// A region touched on the body chart is the area in work.
find("chart").addEventListener("click", (event) => {
  const region = event.target.closest("[data-region]");
  const form = session.querySelector(".session__form");
  if (!region || region.dataset.state === "excluded" || !form) return;
  tap(form, { name: "area", value: region.dataset.region, textContent: region.textContent });
});

// --- What the server says -------------------------------------------------------------------

function press(name, value) {
  for (const button of session.querySelectorAll(`button[name="${name}"]`))
    button.setAttribute("aria-pressed", String(button.value === value));
}

function show(state) {
  for (const name of CHOICES) press(name, state.pressed[name]);
  session.dataset.inWork = state.pressed.area;
  session.dataset.answersFor = state.pressed.area || state.answers_for || "";
  find("work-area").textContent = state.work ? state.work.area : "No area in work";
  find("work-detail").textContent = state.work ? state.work.detail : "Tap an area to start its time";
  find("pause").disabled = !state.work;
  for (const region of session.querySelectorAll("path[data-region]"))
    region.dataset.state = state.regions[region.dataset.region];
  find("minutes").textContent = state.done_minutes;
  for (const step of session.querySelectorAll('button[name="pressure"]'))
    step.disabled = Number(step.value) > state.ceiling;
  list(state);
  document.dispatchEvent(new CustomEvent("room:state", { detail: state }));
}

// Today's list: what waits, what is done, what can still be copied, and the step to take back.
function list(state) {
  const undo = find("undo");
  undo.value = state.undo ? state.undo.id : "";
  undo.disabled = !state.undo;
  find("undo-says").textContent = state.undo ? `: ${state.undo.says}` : "";
  const had = document.activeElement?.closest("[data-planned-list], [data-entries]");
  const name = document.activeElement?.name;
  find("planned-list")?.replaceChildren(...state.planned.map(planned));
  find("entries").replaceChildren(...state.entries.map(entry));
  // Whoever works by keyboard stays in the list, or goes on to the area in work.
  if (had) (had.querySelector(`button[name="${name}"]:not(:disabled)`) || find("pause")).focus();
  const isEmpty = !state.entries.length && !state.planned.length && !state.work;
  find("no-entries").hidden = !isEmpty;
  const ahead = find("ahead");
  if (!ahead) return;
  if (state.planned.length && !isEmpty && !ahead.dataset.closed) {
    ahead.open = false; // once; whoever opens it again keeps it open
    ahead.dataset.closed = "yes";
  }
  if (find("copy-all")) find("copy-all").disabled = !state.may_copy;
  for (const button of session.querySelectorAll("[data-copy]"))
    button.disabled = state.taken.includes(Number(button.dataset.copy));
}

function entry(row) {
  const item = row_of("entry", row);
  find("detail", item).textContent = row.response ? `${row.detail}; ${row.response}` : row.detail;
  find("entry-minutes", item).textContent = row.minutes;
  item.querySelector('input[name="entry"]').value = row.id;
  return item;
}

function planned(row) {
  const item = row_of("planned", row);
  find("detail", item).textContent = `${row.detail}, ${row.minutes} min`;
  find("why", item).textContent = row.why_not;
  find("caution", item).textContent = row.caution;
  item.dataset.place = row.place;
  find("begin", item).disabled = Boolean(row.why_not);
  find("begin", item).setAttribute("aria-label", `Start ${row.area}`);
  find("drop", item).setAttribute("aria-label", `Take ${row.area} off the list`);
  item.querySelector('input[name="planned"]').value = row.id;
  return item;
}

function row_of(kind, row) {
  const item = templates[kind].content.firstElementChild.cloneNode(true);
  item.dataset.entry = row.id;
  find("area", item).textContent = row.area;
  return item;
}
