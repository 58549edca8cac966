// What waits on this device, said calmly at the edge of every page; and what is asked before
// somebody signs out while something waits.

import "./install.js";
import { letGo, unsaved } from "./keep-drawing.js";
import "./keep-form.js";
import { entries, flush, remove, retry, summary } from "./outbox.js";

const CALM_MS = 700; // what is sent sooner is not worth a word
const SAVED_MS = 4000;

function make(tag, className, text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

function button(text, quiet, act) {
  const made = make("button", `button button--small ${quiet ? "button--quiet" : "button--second"}`, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

const strip = make("section", "waits");
strip.setAttribute("aria-label", "Kept on this device");
const said = make("p", "");
said.setAttribute("role", "status");
said.setAttribute("data-waits", "");
const look = button("Look", true, () => open());
const signIn = make("a", "button button--small button--second", "Sign in");
signIn.href = `/accounts/login/?next=${encodeURIComponent(location.pathname)}`;
look.hidden = signIn.hidden = true; // until it is known what waits
strip.append(said, signIn, look);
strip.dataset.state = "none";
document.body.append(strip);

const count = (n, word) => `${n} ${n === 1 ? word : word.replace(/y$/, "ies")}`;
const verb = (n, one, more) => (n === 1 ? one : more);

function words(now) {
  if (now.refused)
    return ["refused", `${count(now.refused, "entry")} ${verb(now.refused, "was", "were")} not taken and ${verb(now.refused, "is", "are")} kept on this device.`];
  if (now.waiting && now.signedOut) return ["waiting", `Sign in to send ${count(now.waiting, "entry")} kept on this device.`];
  if (now.waiting && !now.durable) return ["waiting", `${count(now.waiting, "entry")} not sent yet. This window keeps nothing: leave it open.`];
  if (now.waiting) return ["waiting", `${count(now.waiting, "entry")} ${verb(now.waiting, "waits", "wait")} on this device.`];
  if (now.others) return ["others", "Entries of another person wait on this device until they sign in."];
  return ["saved", "All saved."];
}

let last = { waiting: 0, refused: 0, others: 0 };
let timer = 0;
let waited = false;

document.addEventListener("outbox:state", ({ detail }) => {
  last = detail;
  clearTimeout(timer);
  const busy = detail.waiting && !detail.offline && !detail.signedOut && !detail.refused;
  timer = setTimeout(show, busy ? CALM_MS : 0);
});

function show() {
  const [state, text] = words(last);
  if (state !== "saved") waited = true;
  if (said.textContent !== text && (waited || state !== "saved")) said.textContent = text;
  strip.dataset.state = waited ? state : "none";
  look.hidden = !(last.waiting || last.refused);
  signIn.hidden = !(last.waiting && last.signedOut);
  if (state === "saved" && waited) {
    timer = setTimeout(() => {
      waited = false;
      strip.dataset.state = "none";
      said.textContent = "";
    }, SAVED_MS);
  }
}

// --- The list -------------------------------------------------------------------------------

function dialog(title) {
  const box = make("dialog", "waits-list");
  const heading = make("h2", "", title);
  heading.id = "waits-title";
  box.setAttribute("aria-labelledby", heading.id);
  box.append(heading);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  return box;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });

// The words that were typed, as they were typed; "" for a tap.
function wordsOf(row) {
  const body = new URLSearchParams(row.body);
  const names = [row.draft, body.has("keep_words") ? "words" : "", "wish"];
  return names.map((name) => (name && body.get(name)) || "").find(Boolean) || "";
}

function typed(words, name) {
  const box = make("div", "waits-list__typed");
  const text = make("textarea", "");
  Object.assign(text, { readOnly: true, value: words, rows: Math.min(6, 1 + Math.ceil(words.length / 40)) });
  text.setAttribute("aria-label", `What you typed: ${name}`);
  const copy = button("Copy the words", true, async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      document.execCommand("copy"); // an older way, where the newer one is not allowed
    }
    copy.textContent = "Copied";
  });
  box.append(text, copy);
  return box;
}

function line(row, again) {
  const item = make("li", "");
  const name = row.what || "Entry";
  const why = last.signedOut ? "Waits until you sign in again." : "Waits until the server can be reached.";
  item.append(make("strong", "", name), make("span", "soft", ` ${clock.format(row.at)}`));
  item.append(make("p", "", row.problem ? `Not taken. ${row.problem}` : why));
  const words = wordsOf(row);
  if (words) item.append(typed(words, name));
  if (row.state !== "refused") return item;
  const choices = make("div", "row");
  choices.append(
    button("Send again", false, () => retry(row.n).then(again)),
    button("Remove from this device", true, () => remove(row.n).then(again)),
  );
  item.append(choices);
  return item;
}

async function open() {
  const box = dialog("Kept on this device");
  const list = make("ol", "plain");
  const fill = async () => {
    const rows = await entries();
    list.replaceChildren(...rows.map((row) => line(row, fill)));
    if (!rows.length) box.close();
  };
  await fill();
  const said = last.refused
    ? "What was not taken is in no record. Copy what you need, then send it again or remove it; after thirty days it goes by itself."
    : "In the order they were made. Each goes once, even when it is tried twice.";
  box.append(make("p", "soft", said), list);
  const row = make("div", "row");
  row.append(button("Try now", false, () => flush()), button("Close", true, () => box.close()));
  box.append(row);
  if (list.children.length) box.showModal();
}

// --- Before one leaves ----------------------------------------------------------------------

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.action.endsWith("/accounts/logout/") || form.dataset.warned) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  form.dataset.warned = "yes";
  delete form.dataset.sent;
  const now = await summary();
  const left = now.waiting + now.refused;
  const drawn = await unsaved();
  if (!left && !drawn) return form.requestSubmit();
  delete form.dataset.warned;
  const box = dialog(left ? `${count(left, "entry")} not at the server yet` : "A form that is not saved yet");
  if (left) box.append(make("p", "", "Stay until all is saved, or sign out now: then they stay on this device and go out when you sign in on it again. Nobody else can send them."));
  if (drawn) box.append(make("p", "", "What you drew or filled in and did not save goes from this device when you sign out."));
  const row = make("div", "row");
  row.append(
    button("Stay signed in", false, () => box.close()),
    button(left ? "Sign out, keep them for me" : "Sign out", true, async () => {
      await letGo();
      form.dataset.warned = "yes";
      form.requestSubmit();
    }),
  );
  box.append(row);
  box.showModal();
}, true);

window.addEventListener("beforeunload", (event) => {
  if (!last.durable && last.waiting) event.preventDefault();
});

summary().then((now) => document.dispatchEvent(new CustomEvent("outbox:state", { detail: now })));
