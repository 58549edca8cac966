// The client's dial on the therapist's screen: each line of its log by server-sent events, or by
// asking every two seconds while there is no stream. What stands is worked out by the server.

import { send, tapOf } from "./send.js";

const session = document.getElementById("session");
const find = (name, from = session) => from.querySelector(`[data-${name}]`);

const dial = { after: Number(session.dataset.after), source: null, polling: 0, heard: 0, over: false };
const alertBox = find("alert");
const title = document.title;
const seen = new Set();

document.addEventListener("room:state", (event) => {
  find("dial").dataset.cap = event.detail.cap;
  const own = find("own");
  if (own) own.textContent = event.detail.own;
});

// --- What the client said -------------------------------------------------------------------

function turned(line) {
  if (line.seq <= dial.after) return;
  dial.after = line.seq;
  if (line.word) {
    find("dial-word").textContent = line.word;
    find("dial-say").textContent = line.area ? `${line.say} ${line.area}.` : line.say;
    find("dial-rows").replaceChildren(...line.rows.map(row));
  }
  stand(line.alert);
  session.dataset.shown = line.seq;
  document.dispatchEvent(new CustomEvent("room:turned", { detail: line }));
}

function row(one) {
  const item = document.createElement("li");
  item.dataset.area = one.area;
  item.toggleAttribute("data-above", one.is_above);
  const name = document.createElement("span");
  name.textContent = one.area;
  const word = document.createElement("strong");
  word.textContent = one.word;
  const bar = document.createElement("progress");
  bar.max = 10;
  bar.value = one.pain ?? 0;
  bar.setAttribute("aria-label", `Highest pain ${one.pain ?? "not given"} of 10, limit ${one.cap}`);
  item.append(name, word, bar);
  return item;
}

// --- The alert: it stays until it is seen, and who saw it is kept ---------------------------------

function stand(alert) {
  const shows = alert && !seen.has(alert.seq);
  alertBox.hidden = !shows;
  document.title = shows && alert.kind === "stop" ? `Stop. ${title}` : title;
  if (!shows) return;
  alertBox.dataset.kind = alert.kind;
  find("alert-seq").value = alert.seq;
  const words = find("alert-words");
  if (words.textContent !== alert.words) words.textContent = alert.words;
}

alertBox.addEventListener("submit", (event) => {
  event.preventDefault();
  seen.add(Number(find("alert-seq").value));
  const tap = tapOf(alertBox, null);
  stand(null);
  send(tap, { onState: () => {}, onProblem: () => {}, onOffline: () => {} });
});

// --- The line: while nothing is heard of the server, the screen says so --------------------------

const SILENT_MS = 25000; // the server says every 15 seconds that it is there
const LOOK_MS = 5000;

function heard(is) {
  if (is) dial.heard = performance.now();
  const line = find("dial-line");
  if (line) line.hidden = is;
}

function listen() {
  if (dial.over) return;
  if (!window.EventSource) return poll();
  dial.source?.close();
  dial.heard = performance.now();
  dial.source = new EventSource(`${session.dataset.stream}?after=${dial.after}`);
  dial.source.addEventListener("tap", (message) => {
    through();
    turned(JSON.parse(message.data));
  });
  dial.source.addEventListener("here", through);
  dial.source.addEventListener("open", through);
  dial.source.addEventListener("finished", (message) => {
    dial.source.close();
    end(JSON.parse(message.data));
  });
  dial.source.addEventListener("error", () => {
    if (dial.source.readyState === EventSource.CLOSED) setTimeout(listen, LOOK_MS);
    poll();
  });
}

// The visit is finished: there are no hands to lift any more, and the words say so.
function end({ alert, say }) {
  dial.over = true;
  stand(alert);
  if (say) find("dial-say").textContent = say;
}

function through() {
  heard(true);
  stopPolling();
}

function stopPolling() {
  clearInterval(dial.polling);
  dial.polling = 0;
}

// At once, and then every two seconds while there is no stream.
function poll() {
  if (dial.polling || dial.over) return;
  dial.polling = setInterval(ask, 2000);
  ask();
}

async function ask() {
  try {
    const response = await fetch(`${session.dataset.events}?after=${dial.after}`, { credentials: "same-origin" });
    const data = await response.json();
    for (const line of data.events) turned(line);
    heard(true);
    if (data.finished) {
      stopPolling();
      end(data.over);
    }
  } catch {
    heard(false); // the next round asks again
  }
}

// A line that was cut without a word: the stream stays open and silent.
setInterval(() => {
  if (dial.over || dial.polling || performance.now() - dial.heard < SILENT_MS) return;
  poll();
  listen();
}, LOOK_MS);
window.addEventListener("offline", () => heard(false));
window.addEventListener("online", listen);

listen();
