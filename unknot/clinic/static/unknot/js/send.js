// Sends taps in order, each with a key of its own. A tap is on the device before it is sent, and
// stays there until the server has it; sent twice it is kept once, because the key stays the same.
// It says on which versions of the visit's fields it was made (data-versions of the page).

import { keep, listen } from "./outbox.js";
import { newKey } from "./store.js";

const NOT_KEPT = ["csrfmiddlewaretoken", "once"];
const page = document.querySelector("[data-versions]");

// The button that was pressed, and everything the form holds, as the browser would send it.
export function tapOf(form, button) {
  const body = new URLSearchParams(new FormData(form));
  if (button && button.name) body.append(button.name, button.value);
  for (const name of NOT_KEPT) body.delete(name);
  if (page) body.set("bases", page.dataset.versions);
  const what = (button?.getAttribute?.("aria-label") || button?.textContent || form.dataset.what || "").trim();
  return { url: form.action, body, key: newKey(), what, lane: form.dataset.lane, bound: form.dataset.bound !== "no" };
}

// What earlier pages and other tabs sent for this visit is shown here too.
export function follow(tell) {
  if (page?.dataset.lane) listen(page.dataset.lane, learning(tell));
}

// `onState` gets the server's answer, `onProblem` its refusal and the state that holds, `onOffline(true|false)` the line.
export const send = (tap, tell) => keep(tap, learning(tell));

const learning = (tell) => ({
  onState: (state, more) => tell.onState(learn(state), more),
  onProblem: (problem, state) => tell.onProblem(problem, state && learn(state)),
  onOffline: tell.onOffline,
});

function learn(state) {
  if (page && state?.versions) page.dataset.versions = JSON.stringify(state.versions);
  if (state?.pressed && !state.ahead) document.dispatchEvent(new CustomEvent("room:told", { detail: state }));
  return state;
}
