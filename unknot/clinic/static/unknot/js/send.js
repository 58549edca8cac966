// Sends taps in order, each with a key of its own, and tries again until the server has them.
// A tap sent twice is kept once, because the key stays the same.

const waiting = [];
let running = false;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const key = () =>
  crypto.randomUUID ? crypto.randomUUID() : Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

// The button that was pressed, and everything the form holds, as the browser would send it.
export function tapOf(form, button) {
  const body = new URLSearchParams(new FormData(form));
  if (button && button.name) body.append(button.name, button.value);
  return { url: form.action, body, key: key() };
}

// `onState` gets the server's answer, `onProblem` its refusal and the state that holds, `onOffline(true|false)` the line.
export function send(tap, { onState, onProblem, onOffline }) {
  waiting.push({ tap, onState, onProblem, onOffline });
  if (!running) run();
}

async function run() {
  running = true;
  let delay = 500;
  while (waiting.length) {
    const { tap, onState, onProblem, onOffline } = waiting[0];
    let response = null;
    try {
      response = await fetch(tap.url, {
        method: "POST",
        body: tap.body,
        headers: { Accept: "application/json", "Idempotency-Key": tap.key },
        credentials: "same-origin",
        redirect: "manual",
      });
    } catch {
      response = null;
    }
    if (!response || response.status >= 500) {
      onOffline(true);
      await pause(delay);
      delay = Math.min(delay * 2, 5000);
      continue;
    }
    delay = 500;
    onOffline(false);
    waiting.shift();
    let data = {};
    try {
      data = JSON.parse(await response.text());
    } catch {
      data = { problem: "The page is out of date. Load it again." };
    }
    if (response.ok && !data.problem) onState(data, waiting.length);
    else onProblem(data.problem || "This was not kept. Load the page again.", data.state);
  }
  running = false;
}
