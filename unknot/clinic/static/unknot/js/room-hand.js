// What makes the room easy to reach: arrow keys inside groups, the light by one tap, sheets that
// close with Escape, lists of more choices that lie over the page and move nothing.

const session = document.getElementById("session");

// --- Arrow keys: one stop for each group, arrows inside it ------------------------------------

const NEXT = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const stops = (group) =>
  [...group.querySelectorAll("button, summary")].filter((one) => one.closest("[data-arrows]") === group && !one.disabled && one.getClientRects().length);

function settle(group) {
  const all = stops(group);
  const here = all.find((one) => one === document.activeElement) || all.find((one) => one.getAttribute("aria-pressed") === "true") || all[0];
  for (const one of all) one.tabIndex = one === here ? 0 : -1;
}

const settleAll = () => session.querySelectorAll("[data-arrows]").forEach(settle);

session.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return close(event);
  const group = event.target.closest("[data-arrows]");
  if (!group || event.altKey || event.ctrlKey || event.metaKey) return;
  const all = stops(group);
  const at = all.indexOf(event.target);
  let to = -1;
  if (event.key in NEXT) to = (at + NEXT[event.key] + all.length) % all.length;
  if (event.key === "Home") to = 0;
  if (event.key === "End") to = all.length - 1;
  if (at < 0 || to < 0) return;
  event.preventDefault();
  for (const one of all) one.tabIndex = one === all[to] ? 0 : -1;
  all[to].focus();
});
session.addEventListener("toggle", settleAll, true);
document.addEventListener("room:state", settleAll);
addEventListener("hashchange", settleAll);
settleAll();

// --- Light: one tap, at once, kept by the server in a cookie ----------------------------------

const light = session.querySelector("[data-light]");
light.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter;
  const page = document.documentElement;
  const body = new URLSearchParams(new FormData(light));
  body.append("room", button.value);
  fetch(light.action, { method: "POST", body, credentials: "same-origin", redirect: "manual" }).catch(() => {});
  const dim = button.value === "dim";
  if (dim) page.dataset.theme = "dim";
  else if (page.dataset.plainTheme) page.dataset.theme = page.dataset.plainTheme;
  else delete page.dataset.theme;
  button.value = dim ? "plain" : "dim";
  button.setAttribute("aria-pressed", String(dim));
});

// --- Sheets and menus --------------------------------------------------------------------------

let opener = null;
session.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (link) {
    event.preventDefault();
    if (link.matches("[data-close]")) shut();
    else {
      opener = link;
      location.replace(link.hash);
      document.querySelector(link.hash).focus();
    }
  }
  for (const menu of session.querySelectorAll(".session__menu[open], .session__more[open]"))
    if (!menu.contains(event.target)) menu.open = false;
});

// Back to where it was opened from, even when that was before this script or by the address.
function shut() {
  const back = opener || session.querySelector(`a[href="${location.hash}"]`);
  opener = null;
  location.replace("#session");
  back?.focus();
}

function close(event) {
  const menu = event.target.closest("details[open]:is(.session__menu, .session__more)");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (event.target.closest(".session__sheet")) shut();
}

// A place chosen from a list of more closes the list.
session.addEventListener("submit", (event) => {
  const more = event.submitter?.closest(".session__more");
  if (more) {
    more.open = false;
    more.querySelector("summary").focus();
  }
});
