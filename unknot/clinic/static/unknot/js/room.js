// The session room: taps are kept as they come and the clock runs. The client's dial: room-dial.js.
// Without this script every button is a plain form.

import { send, tapOf } from "./send.js";

const session = document.getElementById("session");
const find = (name, from = session) => from.querySelector(`[data-${name}]`);
const problem = find("problem");
const entryTemplate = document.getElementById("entry-template");

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
  send(tapOf(form, button), {
    onState: (state, more) => {
      problem.textContent = "";
      if (!more) show(state);
    },
    onProblem: (text, state) => {
      if (state) show(state);
      problem.textContent = text;
    },
    onOffline: (offline) => {
      problem.textContent = offline ? "Not saved yet. Trying again. Keep this page open." : "";
    },
  });
}

// A region touched on the body chart is the area in work.
find("chart").addEventListener("click", (event) => {
  const region = event.target.closest("[data-region]");
  if (!region || region.dataset.state === "excluded") return;
  const form = session.querySelector(".session__form");
  tap(form, { name: "area", value: region.dataset.region });
});

function press(name, value) {
  for (const button of session.querySelectorAll(`button[name="${name}"]`))
    button.setAttribute("aria-pressed", String(button.value === value));
}

function show(state) {
  for (const name of CHOICES) press(name, state.pressed[name]);
  const since = state.work ? Date.parse(state.work.since) : 0;
  clock.since = since ? since - (Date.parse(state.now) - Date.now()) : 0;
  tick();
  find("work-area").textContent = state.work ? state.work.area : "No area in work";
  find("work-detail").textContent = state.work ? state.work.detail : "Tap an area to start its time";
  find("pause").disabled = !state.work;
  for (const region of session.querySelectorAll("path[data-region]"))
    region.dataset.state = state.regions[region.dataset.region];
  find("minutes").textContent = state.done_minutes;
  for (const step of session.querySelectorAll('button[name="pressure"]'))
    step.disabled = Number(step.value) > state.ceiling;
  find("entries").replaceChildren(...state.entries.map(entry));
  find("no-entries").hidden = state.entries.length > 0;
  document.dispatchEvent(new CustomEvent("room:state", { detail: state }));
}

function entry(row) {
  const item = entryTemplate.content.firstElementChild.cloneNode(true);
  item.dataset.entry = row.id;
  find("area", item).textContent = row.area;
  find("detail", item).textContent = row.response ? `${row.detail}; ${row.response}` : row.detail;
  find("entry-minutes", item).textContent = row.minutes;
  item.querySelector('input[name="entry"]').value = row.id;
  return item;
}

// --- The clock ------------------------------------------------------------------------------

const clock = { since: 0 };
if (session.dataset.since)
  clock.since = Date.parse(session.dataset.since) - (Date.parse(session.dataset.now) - Date.now());

function tick() {
  const seconds = clock.since ? Math.max(0, Math.floor((Date.now() - clock.since) / 1000)) : 0;
  find("clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
setInterval(tick, 1000);
