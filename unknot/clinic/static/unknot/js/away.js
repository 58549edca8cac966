// The page without a line: today's visits that are on this device, each a link to its copy.

async function list() {
  for (const name of await caches.keys()) {
    if (!name.startsWith("pages ")) continue;
    const kept = await (await caches.open(name)).match("/offline/day/");
    if (!kept) continue;
    const { visits } = await kept.json();
    document.querySelector("[data-day]").hidden = !visits.length;
    document.querySelector("[data-day-visits]").replaceChildren(...visits.map(row));
  }
}

function row(visit) {
  const item = document.createElement("li");
  const time = document.createElement("span");
  time.className = "rows__time";
  time.textContent = visit.time;
  const link = document.createElement("a");
  link.href = visit.url;
  link.textContent = visit.who;
  item.append(time, link);
  return item;
}

if (window.caches) list();
window.addEventListener("online", () => location.reload());
