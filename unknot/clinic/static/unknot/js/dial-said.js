// What the dial says to the client: that a stop or an alert was seen by the therapist, as soon as it
// was, and the page of a visit that is over. It asks often only while something waits to be seen.

const form = document.querySelector("[data-dial-form]");
const said = form.querySelector("[data-said]");

const SOON_MS = 1500;
const SELDOM_MS = 15000;
const CLOSED = "This dial is closed now. If you want anything changed, say it aloud.";

const now = { line: Number(form.dataset.lineSeen), open: 0, made: 0, timer: 0, onSeen: () => {} };

// A region that is told the same words twice is read out twice.
export function say(words) {
  if (said.textContent !== words) said.textContent = words;
}

export const watch = {
  begin(onSeen) {
    now.onSeen = onSeen;
    again(SOON_MS);
  },
  tapped() {
    now.open += 1;
    now.made += 1;
  },
  answered() {
    now.open = Math.max(0, now.open - 1);
    again(SOON_MS);
  },
};

function again(ms) {
  clearTimeout(now.timer);
  now.timer = setTimeout(look, ms);
}

async function look() {
  const made = now.made;
  const answer = await ask();
  if (answer?.over) return location.replace(location.href);
  if (answer?.closed) return say(CLOSED);
  // A tap made meanwhile is newer than this answer.
  if (answer && !now.open && made === now.made) heard(answer);
  again(answer?.asks ? SOON_MS : SELDOM_MS);
}

function heard(answer) {
  if (answer.line <= now.line) return;
  now.line = answer.line;
  if (answer.seen) {
    say(answer.said);
    now.onSeen();
  }
}

async function ask() {
  try {
    const response = await fetch(form.dataset.now, { cache: "no-store", credentials: "same-origin" });
    if (response.status === 404) return { closed: true };
    return response.ok ? await response.json() : null;
  } catch {
    return null; // no line now; the next look tries again
  }
}

// A phone that slept looks at once.
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again(0));
