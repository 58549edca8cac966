// The clock of the area in work, and a gentle cue when its planned time is up: a quiet change on
// the page always, a soft sound and a short vibration where this device was told to.

const session = document.getElementById("session");
const find = (name) => session.querySelector(`[data-${name}]`);
const timer = find("timer");
const LAST_MINUTE = 60;
const work = { since: 0, planned: 0, area: "", cued: "" };

function begin(since, now, planned, area) {
  const started = since ? Date.parse(since) - (Date.parse(now) - Date.now()) : 0;
  if (Math.abs(started - work.since) > 2000) work.cued = "";
  Object.assign(work, { since: started, planned: Number(planned) * 60 || 0, area });
  tick();
}

function tick() {
  const seconds = work.since ? Math.max(0, Math.floor((Date.now() - work.since) / 1000)) : 0;
  find("clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const bar = find("planned-bar");
  bar.hidden = !work.since || !work.planned;
  bar.max = work.planned || 1;
  bar.value = Math.min(seconds, work.planned);
  const left = work.planned - seconds;
  const cue = !work.since || !work.planned || left > LAST_MINUTE ? "" : left > 0 ? "near" : "over";
  timer.dataset.cue = cue;
  find("planned-words").textContent = words(cue, left);
  if (cue === "over" && !work.cued) {
    work.cued = "over";
    find("cue-said").textContent = `The planned time for ${work.area} is up.`;
    if (left > -5) remind(); // not for an area that was over before the page was opened
  }
}

function words(cue, left) {
  if (!work.since || !work.planned) return "";
  const planned = Math.round(work.planned / 60);
  if (cue === "over") return left > -LAST_MINUTE ? `${planned} min are up` : `${Math.floor(-left / 60)} min over the ${planned} planned`;
  if (cue === "near") return "last minute";
  return `${Math.ceil(left / 60)} of ${planned} min left`;
}

document.addEventListener("room:state", ({ detail }) => {
  find("cue-said").textContent = "";
  begin(detail.work?.since, detail.now, detail.work?.planned_minutes, detail.work?.area || "");
});

// --- Sound and vibration, off until somebody wants them on this device ------------------------

const chosen = (name) => localStorage.getItem(`room-cue-${name}`) === "on";

function remind() {
  if (chosen("shake")) navigator.vibrate?.(180);
  if (chosen("sound")) chime();
}

// Two low notes that swell and fade, softer than a voice.
function chime() {
  const Audio = window.AudioContext || window.webkitAudioContext;
  if (!Audio) return;
  const audio = new Audio();
  for (const [pitch, start] of [[392, 0], [294, 0.5]]) {
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    const at = audio.currentTime + start;
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(0.06, at + 0.15);
    gain.gain.exponentialRampToValueAtTime(0.0005, at + 1.4);
    tone.connect(gain).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 1.5);
  }
  setTimeout(() => audio.close(), 2500);
}

find("cues").hidden = false;
for (const button of session.querySelectorAll("[data-cue-choice]")) {
  const name = button.dataset.cueChoice;
  button.hidden = name === "shake" && !navigator.vibrate;
  button.setAttribute("aria-pressed", String(chosen(name)));
  button.addEventListener("click", () => {
    localStorage.setItem(`room-cue-${name}`, chosen(name) ? "off" : "on");
    button.setAttribute("aria-pressed", String(chosen(name)));
    if (chosen(name)) name === "sound" ? chime() : navigator.vibrate?.(180);
  });
}

begin(session.dataset.since, session.dataset.now, session.dataset.planned, find("work-area").textContent);
setInterval(tick, 1000);
