// The dial on the client's phone: each touch goes out at once, and is felt.

import { send, tapOf } from "./send.js";

const form = document.querySelector("[data-dial-form]");
const said = document.querySelector("[data-said]");
const buttons = [...form.querySelectorAll("button[name]")];

function press(pressed) {
  for (const button of buttons) button.setAttribute("aria-pressed", String(button === pressed));
}

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button) return;
  event.preventDefault();
  press(button);
  if (navigator.vibrate) navigator.vibrate(button.value === "stop" ? [80, 60, 80] : 30);
  send(tapOf(form, button), {
    onState: (data, more) => {
      if (!more) said.textContent = data.said;
    },
    onProblem: (problem) => {
      said.textContent = problem;
      press(null);
    },
    onOffline: (offline) => {
      if (offline) said.textContent = "Not sent yet. Trying again. If it matters, say it aloud.";
    },
  });
});

// The screen stays on while the dial is in use, where the device allows it.
async function stayAwake() {
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // not allowed now; the dial works all the same
  }
}
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && stayAwake());
stayAwake();
