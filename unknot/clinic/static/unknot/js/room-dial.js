// The client's dial on the therapist's screen: each tap by server-sent events, or by asking every
// two seconds while there is no stream.

const session = document.getElementById("session");
const find = (name, from = session) => from.querySelector(`[data-${name}]`);

const dial = { after: Number(session.dataset.after), source: null, polling: 0 };
document.addEventListener("room:state", (event) => {
  find("dial").dataset.cap = event.detail.cap;
});

const alertBox = find("alert");
const seen = find("alert-seen");
seen.hidden = false;
seen.addEventListener("click", () => {
  alertBox.hidden = true;
});

function turned(event) {
  if (event.seq <= dial.after) return;
  dial.after = event.seq;
  find("dial-word").textContent = event.word;
  find("dial-say").textContent = event.area ? `${event.say} ${event.area}.` : event.say;
  row(event);
  if (event.alert) {
    find("alert-words").textContent = event.area ? `${event.say} ${event.area}.` : event.say;
    alertBox.hidden = false;
  } else if (event.kind === "right" || event.kind === "more") {
    alertBox.hidden = true;
  }
  session.dataset.shown = event.seq;
  document.dispatchEvent(new CustomEvent("room:turned", { detail: event }));
}

function row(event) {
  const area = event.area || "No area";
  const rows = find("dial-rows");
  let item = [...rows.children].find((one) => one.dataset.area === area);
  if (!item) {
    item = document.createElement("li");
    item.dataset.area = area;
    const name = document.createElement("span");
    name.textContent = area;
    const bar = document.createElement("progress");
    bar.max = 10;
    item.append(name, document.createElement("strong"), bar);
    rows.append(item);
  }
  item.querySelector("strong").textContent = event.word;
  const bar = item.querySelector("progress");
  if (event.pain !== null) bar.value = Math.max(bar.value, event.pain);
  bar.setAttribute("aria-label", `Highest pain ${bar.value} of 10, limit ${find("dial").dataset.cap}`);
  if (event.alert) item.toggleAttribute("data-above", true);
}

function listen() {
  if (!window.EventSource) return poll();
  dial.source = new EventSource(`${session.dataset.stream}?after=${dial.after}`);
  dial.source.addEventListener("tap", (message) => {
    clearInterval(dial.polling);
    dial.polling = 0;
    turned(JSON.parse(message.data));
  });
  dial.source.addEventListener("finished", () => dial.source.close());
  dial.source.addEventListener("open", () => {
    clearInterval(dial.polling);
    dial.polling = 0;
  });
  dial.source.addEventListener("error", () => {
    if (dial.source.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
    if (!dial.polling) poll();
  });
}

// Every two seconds while there is no stream.
function poll() {
  dial.polling = setInterval(async () => {
    try {
      const response = await fetch(`${session.dataset.events}?after=${dial.after}`, { credentials: "same-origin" });
      const data = await response.json();
      for (const event of data.events) turned(event);
    } catch {
      // the next round asks again
    }
  }, 2000);
}

listen();
