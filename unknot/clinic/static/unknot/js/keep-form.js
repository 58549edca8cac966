// Forms that lead on (open, start, nothing is new, finish) go through the outbox: with a line the
// server says where to go next, without one the copy of the next page on this device does.

import { keep } from "./outbox.js";
import { tapOf } from "./send.js";

const OPEN = /^\/appointments\/[^/]+\/visit\/$/;

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const path = new URL(form.action).pathname;
  if (form.method !== "post" || !(form.hasAttribute("data-keep") || OPEN.test(path))) return;
  const button = event.submitter;
  if (form.dataset.keep && button?.name !== form.dataset.keep) return needsServer(event, form);
  event.preventDefault();
  if (form.dataset.going) return;
  form.dataset.going = "yes";
  const plan = OPEN.test(path) ? await opening(path) : { lane: form.dataset.lane, next: form.dataset.next };
  if (!plan) return form.submit();
  const tap = { ...tapOf(form, button), lane: plan.lane, what: form.dataset.what || "Opening the visit" };
  keep(tap, {
    onState: (data) => location.assign(data.next || plan.next),
    onProblem: (text) => say(form, text),
    onOffline: (offline) => offline && location.assign(plan.next),
  });
});

// Where a visit that is opened here can be gone on with: told by the day's list on this device.
async function opening(path) {
  if (!window.caches) return null;
  for (const name of await caches.keys()) {
    const kept = name.startsWith("pages ") && (await (await caches.open(name)).match("/offline/day/"));
    const visit = kept && (await kept.json()).visits.find((one) => one.open === path);
    if (visit) return { lane: visit.lane, next: visit.url };
  }
  return null;
}

// What cannot be done without the server says so, and stays on the page as it was typed.
async function needsServer(event, form) {
  if (navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say(form, form.dataset.needs);
}

function say(form, text) {
  delete form.dataset.going;
  delete form.dataset.sent;
  let said = form.querySelector("[data-keep-said]");
  if (!said) {
    said = document.createElement("p");
    said.className = "alert alert--stop";
    said.setAttribute("role", "alert");
    said.setAttribute("data-keep-said", "");
    form.prepend(said);
  }
  said.textContent = text;
}
