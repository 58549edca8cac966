// A tablet that stays in the room: it follows the sessions there, and keeps nothing of the last one.

import "./awake.js";
import { entries, flush, remove } from "./outbox.js";

const EVERY_MS = 3000;
const DIAL = "dial/";
const here = document.querySelector("[data-bedside]").dataset;
const form = document.querySelector("[data-dial-form]");

// A page brought back from the browser's memory may be one of the visit before.
window.addEventListener("pageshow", (event) => event.persisted && location.replace(here.page));

// Taps of an earlier session go out, if they still wait; what of them was refused is nobody's
// business here.
async function forget() {
  await flush();
  const mine = form ? new URL(form.action).pathname.split("/").slice(1, 3).join("/") : "";
  for (const row of await entries()) if (row.state !== "waiting" && row.lane.startsWith(DIAL) && row.lane !== mine) await remove(row.n);
}

async function look() {
  try {
    const response = await fetch(here.now, { credentials: "same-origin", cache: "no-store" });
    const { key } = await response.json();
    if (key && key !== here.key) return location.replace(here.page);
  } catch {
    // no line now; the next look tries again
  }
  setTimeout(look, EVERY_MS);
}

forget();
setTimeout(look, EVERY_MS);
