// The outbox: every entry is written to the device first, sent in order, one tab at a time, and
// removed only when the server names that very entry's key as kept. What the server refuses for
// good stays here with its reason until somebody decides, and thirty days at most; a tap of the
// client's dial, which is told on its page at once, does not stay.

import { device, newKey, store } from "./store.js";

const page = document.documentElement.dataset;
export const account = page.account || "";
const heard = typeof BroadcastChannel === "function" ? new BroadcastChannel("unknot-outbox") : null;
const handlers = new Map(); // key of an entry made on this page → whom to tell
const lanes = new Map(); // lane → whom to tell of entries made elsewhere
const SOON = 500;
const AT_LATEST = 5000;
const DAY_MS = 24 * 60 * 60 * 1000;
const REASONS = {
  403: "You may not enter this here any more.",
  404: "What this belongs to is closed or no longer there.",
};
// The same for whoever is signed in: what they had open may have been taken from them meanwhile.
const GONE = "You can no longer open this: it was closed, or the client is no longer in your care. Stop here and tell the owner. What you entered stays on this device.";

// How long an entry waited. A clock that is set anew would turn a stop of now into one of an hour ago,
// so the page's own steady clock is asked as long as this page made the entry and did not sleep since.
const steady = new Map(); // key of an entry made on this page → its steady time
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && steady.clear());

function waited(entry) {
  const made = steady.get(entry.key);
  return Math.round(Math.max(0, made === undefined ? Date.now() - entry.at : performance.now() - made));
}

const line = { offline: false, signedOut: false, delay: SOON, timer: 0, token: "" };

export const laneOf = (url) => new URL(url, location.href).pathname.split("/").slice(1, 3).join("/");

// Says that an entry is on the device; from here on it cannot be lost.
const onDevice = (key) => document.dispatchEvent(new CustomEvent("outbox:kept", { detail: { key } }));

// --- Keeping --------------------------------------------------------------------------------

// Writes an entry to the device; gives it back once it is there. `bound: false` is for addresses
// that hold their own secret and belong to nobody signed in.
export async function keep(entry, tell = null) {
  const kept = {
    key: entry.key || newKey(),
    url: new URL(entry.url, location.href).pathname,
    body: String(entry.body),
    lane: entry.lane || laneOf(entry.url),
    account: entry.bound === false ? "" : account,
    bound: entry.bound !== false,
    what: entry.what || "",
    draft: entry.draft || "",
    after: entry.after || 0,
    at: Date.now(),
    state: "waiting",
  };
  if (tell) handlers.set(kept.key, tell);
  steady.set(kept.key, performance.now());
  const rows = await store;
  kept.n = await rows.put("entries", kept);
  onDevice(kept.key);
  changed();
  flush();
  return kept;
}

let typing = Promise.resolve();

// What is being typed: one entry as long as it has not been sent, written anew with each change.
// `after` holds it back until the typing rests.
export function keepDraft(entry, tell = null) {
  const wanted = { ...entry, lane: entry.lane || laneOf(entry.url) };
  typing = typing.then(async () => {
    const rows = await store;
    const same = (row) => row.lane === wanted.lane && row.draft === wanted.draft && row.state === "waiting" && !row.tried;
    const known = (await entries()).find(same);
    const edit = (row) => (row.tried ? null : { ...row, body: String(wanted.body), after: wanted.after, at: Date.now() });
    if (!known || !(await rows.change("entries", known.n, edit))) return keep(wanted, tell);
    steady.set(known.key, performance.now());
    onDevice(known.key);
    if (tell) handlers.set(known.key, tell);
    changed();
    flush();
    return known;
  });
  return typing;
}

export const typed = () => typing;

// What of a lane still waits, oldest first.
export const waitingIn = async (lane) => (await entries()).filter((row) => row.lane === lane && row.state === "waiting");

export async function entries() {
  const rows = await (await store).all("entries");
  return rows.filter((row) => row.account === account || !row.bound).sort((a, b) => a.n - b.n);
}

export async function remove(n) {
  await (await store).remove("entries", n);
  changed();
}

export async function retry(n) {
  await (await store).change("entries", n, (row) => ({ ...row, state: "waiting", problem: "", key: newKey(), tried: 0 }));
  changed();
  flush();
}

export const listen = (lane, tell) => void lanes.set(lane, tell);

// Shows a lane's page a state that this device worked out, while the server cannot tell it one.
export const show = (lane, state) => lanes.get(lane)?.onState(state, 0);

// --- What is seen ---------------------------------------------------------------------------

export async function summary() {
  const rows = await store;
  const all = await rows.all("entries");
  const mine = all.filter((row) => row.account === account || !row.bound);
  return {
    waiting: mine.filter((row) => row.state === "waiting").length,
    refused: mine.filter((row) => row.state === "refused").length,
    others: all.length - mine.length,
    durable: rows.durable,
    offline: line.offline,
    signedOut: line.signedOut,
  };
}

async function changed(tellOthers = true) {
  document.dispatchEvent(new CustomEvent("outbox:state", { detail: await summary() }));
  if (tellOthers) heard?.postMessage({ kind: "changed" });
}

heard?.addEventListener("message", ({ data }) => {
  if (data.kind === "here") return data.account === account || look();
  changed(false);
  if (data.kind === "answer") answer(data);
});

// Tells whoever made the entry, and whoever shows the same visit.
function answer({ key, lane, data, problem, more }) {
  const tell = handlers.get(key) || lanes.get(lane);
  handlers.delete(key);
  steady.delete(key);
  if (!tell) return;
  if (problem) tell.onProblem(problem, data && data.state);
  else tell.onState(data, more);
}

function settled(entry, data, problem, more) {
  const said = { kind: "answer", key: entry.key, lane: entry.lane, data, problem, more };
  heard?.postMessage(said);
  answer(said);
}

function offline(is) {
  line.offline = is;
  for (const tell of new Set([...handlers.values(), ...lanes.values()])) tell.onOffline(is);
}

// --- Sending --------------------------------------------------------------------------------

let running = null;
let again = false;

// Sends what waits, and is through when nothing more can go. Calls while it runs are taken up.
// `hurry`: also what is held back while somebody types.
export function flush({ hurry = false } = {}) {
  again = true;
  line.hurry = line.hurry || hurry;
  clearTimeout(line.timer);
  running ??= run().catch(() => later(AT_LATEST)).finally(() => {
    running = null;
    line.hurry = false;
    if (again) flush();
  });
  return running;
}

async function run() {
  while (again) {
    again = false;
    await alone(drain);
  }
}

// One sender among the tabs of this browser.
async function alone(work) {
  if (navigator.locks) return navigator.locks.request("unknot-sender", work);
  const me = newKey();
  const lease = () => JSON.parse(localStorage.getItem("unknot-sender") || "null");
  const free = () => !lease() || lease().until < Date.now() || lease().by === me;
  if (!free()) return later(1000);
  const renew = () => localStorage.setItem("unknot-sender", JSON.stringify({ by: me, until: Date.now() + 8000 }));
  renew();
  const heart = setInterval(renew, 3000);
  try {
    if (lease().by === me) await work();
  } finally {
    clearInterval(heart);
    localStorage.removeItem("unknot-sender");
  }
}

function later(ms) {
  clearTimeout(line.timer);
  line.timer = setTimeout(() => flush(), ms);
}

// What is typed is held for some seconds; longer than that only by a clock that was set back.
const HELD_AT_MOST = 60000;
const isDue = (row) => row.after <= Date.now() || row.after - Date.now() > HELD_AT_MOST;

async function drain() {
  const held = new Set(); // lanes whose first entry cannot go now
  for (;;) {
    const waiting = (await entries()).filter((row) => row.state === "waiting");
    const first = waiting.filter((row, i) => waiting.findIndex((one) => one.lane === row.lane) === i);
    const next = first.find((row) => !held.has(row.lane) && (line.hurry || isDue(row)));
    if (!next) {
      const due = first.filter((row) => !held.has(row.lane)).map((row) => row.after - Date.now());
      if (due.length) later(Math.max(20, Math.min(...due)));
      else if (held.size && !line.signedOut) later(line.delay);
      return;
    }
    const outcome = await attempt(next);
    if (outcome === "wait") held.add(next.lane);
    if (outcome === "offline" || outcome === "signed out") {
      later(line.delay);
      line.delay = Math.min(line.delay * 2, AT_LATEST);
      return;
    }
    if (outcome === "gone") line.delay = SOON;
  }
}

async function attempt(entry) {
  const rows = await store;
  // From here on the text of a draft may be with the server; what is typed next is a new entry.
  entry = await rows.change("entries", entry.n, (row) => ({ ...row, tried: (row.tried || 0) + 1 }));
  if (!entry) return "gone";
  const response = await post(entry);
  if (!response || response.headers.get("Unknot-Key") !== entry.key) {
    offline(true);
    changed();
    return "offline";
  }
  if (line.offline) offline(false);
  const data = await read(response);
  const more = async () =>
    (await entries()).filter((row) => row.lane === entry.lane && row.state === "waiting").length;
  if (response.headers.get("Unknot-Kept") === entry.key) {
    await remove(entry.n);
    line.signedOut = false;
    settled(entry, data, "", await more());
    return "gone";
  }
  if (response.status === 401) {
    line.signedOut = true;
    changed();
    return "signed out";
  }
  if (response.status === 403 && !data.problem && (entry.tried || 0) < 3) {
    await renewToken();
    return "again";
  }
  if (response.status >= 500 || response.status === 429) return "wait";
  const problem = data.problem || (response.status === 404 && entry.bound ? GONE : REASONS[response.status]) || "The server did not take this. Load the page again and look.";
  const isTold = handlers.has(entry.key) || lanes.has(entry.lane);
  if (isTold && !entry.bound) await rows.remove("entries", entry.n);
  else await rows.change("entries", entry.n, (row) => ({ ...row, state: "refused", problem, refused: Date.now() }));
  changed();
  settled(entry, data, problem, await more());
  return "gone";
}

async function post(entry) {
  try {
    return await fetch(entry.url, {
      method: "POST",
      body: new URLSearchParams(entry.body),
      headers: {
        Accept: "application/json",
        "Idempotency-Key": entry.key,
        "Unknot-Account": entry.account,
        "Unknot-Device": await device,
        "Unknot-Age": String(waited(entry)),
        "X-CSRFToken": line.token || (await pageToken()),
      },
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout ? AbortSignal.timeout(20000) : undefined,
    });
  } catch {
    return null;
  }
}

async function read(response) {
  try {
    return JSON.parse(await response.text());
  } catch {
    return {};
  }
}

async function pageToken() {
  line.token = document.querySelector('input[name="csrfmiddlewaretoken"]')?.value || "";
  return line.token || renewToken();
}

async function renewToken() {
  try {
    const response = await fetch("/offline/who/", { credentials: "same-origin", redirect: "error" });
    line.token = (await response.json()).token;
  } catch {
    line.token = "";
  }
  return line.token;
}

// What was refused long ago, and nobody came for.
async function tidy() {
  const rows = await store;
  for (const row of await rows.all("entries"))
    if (row.state === "refused" && Date.now() - (row.refused || row.at) > (row.bound ? 30 : 1) * DAY_MS) await rows.remove("entries", row.n);
}

// Somebody signed out, or in as another, in this browser: what a page of before shows is not theirs.
async function look() {
  if (!account) return;
  try {
    const response = await fetch("/offline/who/", { credentials: "same-origin", redirect: "error" });
    if ((await response.json()).account !== account) location.reload();
  } catch {
    // without a line nobody can have signed out
  }
}

heard?.postMessage({ kind: "here", account });
window.addEventListener("online", () => flush());
window.addEventListener("pageshow", () => flush());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
tidy().then(() => changed(false));
flush();
