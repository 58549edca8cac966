// The draft of a note: kept on the device as it is typed, sent when the typing rests, part by part,
// each on the version it was typed on. Signing waits until the server has everything.

import { showConflicts } from "./conflicts.js";
import { keepTold, toldSince } from "./last-told.js";
import { entries, flush, keepDraft, listen, typed, waitingIn } from "./outbox.js";

const REST_MS = 900;
const form = document.querySelector("[data-note]");
const lane = form.dataset.lane;
const address = `${location.pathname}state/`; // of the copy alone
const bases = JSON.parse(form.dataset.versions);
const parts = [...form.querySelectorAll("textarea")];
const dirty = new Set();
let isTold = false; // by the server, since the page was loaded

const field = (part) => `note_${part.name}`;
const label = (part) => part.labels[0]?.textContent || part.name;

function bodyOf(part) {
  const own = { [field(part)]: bases[field(part)] || 0 };
  return new URLSearchParams({ [part.name]: part.value, bases: JSON.stringify(own) });
}

const tell = {
  onState: (state) => learn(state),
  onProblem: (problem) => notTaken(problem), // with its words in the list of what was not taken
  onOffline: () => {},
};

form.addEventListener("input", (event) => {
  const part = event.target;
  if (!parts.includes(part)) return;
  dirty.add(part);
  keepDraft(
    { url: form.getAttribute("action"), body: bodyOf(part), lane, what: label(part), draft: part.name, after: Date.now() + REST_MS },
    tell,
  );
});

// What another device wrote into a part that nobody touches here is shown at once.
async function learn(state) {
  if (!state?.parts) return;
  isTold = true;
  const waiting = new Set((await waitingIn(lane)).map((row) => row.draft));
  for (const part of parts) {
    if (waiting.has(part.name)) continue;
    const beside = state.conflicts.some((one) => one.field === field(part));
    if (beside && document.activeElement === part) continue; // typed on; stays beside
    dirty.delete(part);
    bases[field(part)] = state.versions[field(part)] || 0;
    const text = state.parts[part.name];
    if (text !== undefined && part.value.trim() !== text.trim()) part.value = text;
  }
  form.elements.bases.value = JSON.stringify({ ...state.versions, ...bases });
  showConflicts(state.conflicts);
  const sent = parts.filter((part) => !waiting.has(part.name)).map((part) => [part.name, part.value]);
  const parted = { parts: { ...state.parts, ...Object.fromEntries(sent) }, versions: { ...state.versions, ...bases } };
  keepTold(address, { ...state, ...parted });
}

// A page from this device's copy first shows what the server said after the copy was made.
async function begin() {
  const newer = await toldSince(address, form.dataset.now);
  if (newer && !isTold) {
    for (const part of parts) if (!dirty.has(part) && part.name in newer.parts) part.value = newer.parts[part.name];
    Object.assign(bases, newer.versions);
    form.elements.bases.value = JSON.stringify(bases);
    showConflicts(newer.conflicts);
  }
  restore();
}

// What waits on this device is what its owner typed last, whatever the page was loaded with.
async function restore() {
  for (const row of await entries()) {
    const part = row.lane === lane && row.state === "waiting" && parts.find((one) => one.name === row.draft);
    if (!part) continue;
    const sent = new URLSearchParams(row.body);
    part.value = sent.get(part.name);
    Object.assign(bases, JSON.parse(sent.get("bases") || "{}"));
    dirty.add(part);
  }
}

let going = false;
form.addEventListener("submit", async (event) => {
  if (going) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = event.submitter;
  await typed();
  await flush({ hurry: true });
  if ((await waitingIn(lane)).length) return say(button);
  going = true;
  form.requestSubmit(button);
}, true);

function place(before) {
  let said = form.querySelector("[data-note-said]");
  if (!said) {
    said = document.createElement("p");
    said.setAttribute("role", "status");
    said.setAttribute("data-note-said", "");
    before.before(said);
  }
  return said;
}

function notTaken(problem) {
  const said = place(form.firstElementChild);
  said.className = "alert alert--stop";
  said.textContent = `Not taken: ${problem} Your words stay here, and under Look at the edge of this page, to copy.`;
}

function say(button) {
  place(button).textContent = button.formAction.endsWith("/sign/")
    ? "Signing needs the server, which cannot be reached now. What you wrote is kept on this device. Sign when it is there again."
    : "Kept on this device. It is sent as soon as the server can be reached.";
}

for (const moment of ["pagehide", "visibilitychange"])
  document.addEventListener(moment, () => document.visibilityState === "hidden" && flush({ hurry: true }));

listen(lane, tell);
begin();
