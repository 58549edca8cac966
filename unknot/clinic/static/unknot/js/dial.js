// The dial on the client's phone: each touch goes out at once, and is felt; heard, if one likes.

import "./awake.js";
import { say, watch } from "./dial-said.js";
import { send, tapOf } from "./send.js";

const form = document.querySelector("[data-dial-form]");
const back = form.querySelector("[data-back]");
const buttons = [...form.querySelectorAll('button[name="kind"], button[name="pain"]')];

// Each area feels different, so that one knows without looking which one was touched.
const FEEL = { less: [40], more: [40, 70, 40], right: [160], stop: [90, 60, 90, 60, 240], pain: [15], back: [20, 40, 20], seen: [30] };
const LOST = [400];
const TAKE_BACK_MS = 9000; // a little less than the server allows

const buzz = (pattern) => navigator.vibrate?.(pattern);

function press(pressed) {
  for (const button of buttons) button.setAttribute("aria-pressed", String(button === pressed));
}

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.name) return;
  event.preventDefault();
  const tap = tapOf(form, button);
  const what = button.name === "kind" ? button.value : button.name;
  buzz(FEEL[what]);
  play(what);
  press(button === back ? null : button);
  offerBack(0);
  watch.tapped();
  send(tap, {
    onState: (data, more) => {
      watch.answered();
      if (more) return;
      say(data.said);
      offerBack(data.back);
    },
    onProblem: (problem) => {
      watch.answered();
      say(problem);
      press(null);
      buzz(LOST);
    },
    onOffline: (offline) => {
      form.dataset.line = offline ? "off" : "on";
      if (offline) say("Not sent yet. Trying again. If it matters, say it aloud.");
    },
  });
});

let backUntil = 0;
function offerBack(seq) {
  clearTimeout(backUntil);
  back.hidden = !seq;
  back.value = seq;
  if (seq) backUntil = setTimeout(() => offerBack(0), TAKE_BACK_MS);
}
if (!back.hidden) offerBack(back.value);

watch.begin(() => buzz(FEEL.seen));

// --- Choices kept on this device --------------------------------------------------------------

const kept = {
  get: (name) => {
    try {
      return localStorage.getItem(`dial-${name}`);
    } catch {
      return null;
    }
  },
  set: (name, value) => {
    try {
      localStorage.setItem(`dial-${name}`, value);
    } catch {
      // the choice holds until the page is closed
    }
  },
};

form.querySelector("[data-kept]").hidden = false;

const sound = form.querySelector("[data-sound]");
sound.setAttribute("aria-pressed", String(kept.get("sound") === "on"));
sound.addEventListener("click", () => {
  const on = sound.getAttribute("aria-pressed") !== "true";
  sound.setAttribute("aria-pressed", String(on));
  kept.set("sound", on ? "on" : "off");
  play("right");
});

// Two soft notes that fall, rise or stay; only after a touch, as browsers ask.
const NOTES = { less: [330, 262], more: [262, 330], right: [294, 294], stop: [196, 147], pain: [262], back: [294, 262] };
let audio = null;

function play(what) {
  if (sound.getAttribute("aria-pressed") !== "true" || !window.AudioContext) return;
  audio ??= new AudioContext();
  NOTES[what].forEach((pitch, place) => note(pitch, audio.currentTime + place * 0.16));
}

function note(pitch, at) {
  const tone = audio.createOscillator();
  const level = audio.createGain();
  tone.frequency.value = pitch;
  level.gain.setValueAtTime(0, at);
  level.gain.linearRampToValueAtTime(0.08, at + 0.03);
  level.gain.linearRampToValueAtTime(0, at + 0.18);
  tone.connect(level).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.2);
}

const LIGHTS = ["dim", "day", "night"];
const light = form.querySelector("[data-light]");
function lit(name) {
  document.documentElement.dataset.theme = name;
  light.querySelector("[data-light-name]").textContent = name;
}
lit(LIGHTS.includes(kept.get("light")) ? kept.get("light") : document.documentElement.dataset.theme);
light.addEventListener("click", () => {
  const next = LIGHTS[(LIGHTS.indexOf(document.documentElement.dataset.theme) + 1) % LIGHTS.length];
  kept.set("light", next);
  lit(next);
});
