// The session room while the server cannot be reached: the last state it told, with the taps that
// wait on this device carried out on top of it, so that time and entries go on.

import { keepTold, toldSince } from "./last-told.js";
import { show, summary, waitingIn } from "./outbox.js";

const session = document.getElementById("session");
const { lane } = session.dataset;
const address = session.dataset.state.replace(/tap\/$/, "state/");
const told = { state: null };

document.addEventListener("room:told", ({ detail }) => {
  told.state = detail;
  keepTold(address, detail);
});

document.addEventListener("room:state", () => {
  for (const button of session.querySelectorAll('[data-entry=""] button')) button.disabled = true;
});

async function known() {
  if (!told.state) {
    try {
      told.state = await (await fetch(address)).json();
    } catch {
      return null; // no copy on this device: the page stays as it was loaded
    }
  }
  return structuredClone(told.state);
}

const labelOf = (name, value) => {
  const button = [...session.querySelectorAll(`button[name="${name}"]`)].find((one) => one.value === value);
  return (button?.querySelector("[data-label]")?.textContent || button?.textContent || value).trim();
};

function close(state, at) {
  if (!state.work) return;
  const minutes = Math.max(1, Math.round((at - Date.parse(state.work.since)) / 60000));
  const { area, detail } = state.work;
  state.entries.unshift({ id: "", area, detail: `${detail}, on this device`, minutes, response: "" });
  state.done_minutes += minutes;
  state.work = null;
}

const detail = (pressed) => `${labelOf("technique", pressed.technique) || "Technique as before"}, pressure ${pressed.pressure || "as before"}`;

function carryOut(state, row) {
  const sent = new URLSearchParams(row.body);
  const planned = sent.has("begin") && state.planned.find((one) => one.id === sent.get("planned"));
  const tapped = planned ? planned.place : sent.get("area");
  const area = !planned && tapped === state.pressed.area ? null : tapped; // tapped again, it goes on
  if (planned) state.planned = state.planned.filter((one) => one !== planned);
  for (const name of ["pain_before", "pain_after", "technique", "pressure", "response"])
    if (sent.has(name)) state.pressed[name] = sent.get(name);
  if (sent.has("pause") || area) close(state, row.at);
  if (sent.has("pause")) state.pressed.area = "";
  if (area) {
    state.pressed.area = state.answers_for = area;
    state.work = { area: planned ? planned.area : labelOf("area", area), detail: "", since: new Date(row.at).toISOString(), planned_minutes: null };
  }
  if (state.work && (area || sent.has("technique") || sent.has("pressure"))) state.work.detail = detail(state.pressed);
}

async function goOn() {
  const { offline } = await summary();
  if (!offline && navigator.onLine) return;
  const rows = await waitingIn(lane);
  const state = rows.length ? await known() : null;
  if (!state) return;
  for (const row of rows) carryOut(state, row);
  show(lane, { ...state, undo: null, versions: undefined, ahead: true, now: new Date().toISOString() });
}

// A page from this device's copy first shows what the server said after the copy was made.
async function begin() {
  const newer = await toldSince(address, session.dataset.now);
  if (newer && !told.state) {
    told.state = newer;
    show(lane, { ...newer, ahead: true, now: new Date().toISOString() });
  }
  document.addEventListener("outbox:state", () => goOn());
  goOn();
}

begin();
