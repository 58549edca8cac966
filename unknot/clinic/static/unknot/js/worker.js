// The service worker: static files from this device, pages from the server, and, while there is no
// line, the copies of today's visits. RELEASE is written before this file by the server.

const FILES = `files ${RELEASE.folder}`;
const PAGES = "pages "; // and the account they belong to
const OLDEST_MS = 12 * 60 * 60 * 1000; // as long as a session lasts
const PATIENCE_MS = 8000;
const DAY = "/offline/day/";
const AWAY = "/offline/";

self.addEventListener("install", (event) => event.waitUntil(keepFiles().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(dropOldFiles().then(() => self.clients.claim())));

async function keepFiles() {
  const cache = await caches.open(FILES);
  await cache.addAll(RELEASE.core.map((name) => RELEASE.folder + name));
  const away = await fetch(AWAY, { credentials: "omit" });
  await cache.put(AWAY, away);
}

async function dropOldFiles() {
  for (const name of await caches.keys()) if (name.startsWith("files ") && name !== FILES) await caches.delete(name);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith(RELEASE.folder)) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(request, url));
  else if (/^\/visits\/[^/]+\/state\/$/.test(url.pathname)) event.respondWith(data(request, url));
});

async function file(request) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

// --- Pages ----------------------------------------------------------------------------------

async function page(request, url) {
  try {
    const response = await patiently(request, url);
    const who = response.headers.get("Unknot-Who");
    if (who) await keepOnly(who);
    if (response.ok && who && (await isOfToday(who, url))) await (await caches.open(PAGES + who)).put(key(url), response.clone());
    return response;
  } catch {
    return (await copyOf(url)) || (await caches.match(AWAY, { cacheName: FILES })) || Response.error();
  }
}

async function data(request, url) {
  try {
    return await fetch(request);
  } catch {
    return (await copyOf(url)) || Response.error();
  }
}

// Waits for the server, but not for ever where a copy could be shown instead.
async function patiently(request, url) {
  if (!(await copyOf(url))) return fetch(request);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return Promise.race([
    fetch(request),
    new Promise((_, refuse) => signal.addEventListener("abort", () => refuse(signal.reason))),
  ]);
}

const key = (url) => url.pathname;

// The copies are one account's; as soon as the server names another, or nobody, they are gone.
async function keepOnly(who) {
  for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== PAGES + who) await caches.delete(name);
}

async function mine() {
  const name = (await caches.keys()).find((one) => one.startsWith(PAGES));
  return name ? caches.open(name) : null;
}

async function copyOf(url) {
  const cache = await mine();
  const kept = cache && (await cache.match(key(url)));
  if (!kept) return null;
  const age = Date.now() - Number(kept.headers.get("Unknot-Copied") || Date.parse(kept.headers.get("Date") || 0));
  if (age < OLDEST_MS) return kept;
  await wipe(); // the session it was made in has ended by now
  return null;
}

async function isOfToday(who, url) {
  const list = await (await caches.open(PAGES + who)).match(DAY);
  if (!list) return false;
  const { keep } = await list.json();
  return keep.some((one) => one.url === key(url));
}

async function wipe() {
  for (const name of await caches.keys()) if (name.startsWith(PAGES)) await caches.delete(name);
}

// --- The day's visits -----------------------------------------------------------------------

self.addEventListener("message", (event) => {
  if (event.data.kind === "day") event.waitUntil(keepDay(event.data.account));
});

let keeping = null;

function keepDay(account) {
  keeping ??= fetchDay(account).finally(() => (keeping = null));
  return keeping;
}

// Fetches today's list and each of its pages, and lets go of every other copy.
async function fetchDay(account) {
  const response = await fetch(DAY, { credentials: "same-origin", redirect: "error" });
  const who = response.headers.get("Unknot-Who");
  if (!response.ok || who !== account) return;
  await keepOnly(who);
  const cache = await caches.open(PAGES + who);
  const { keep } = await response.clone().json();
  await cache.put(DAY, response);
  for (const { url, from } of keep) {
    const got = await fetch(from, { credentials: "same-origin", redirect: "manual" });
    if (got.ok && got.headers.get("Unknot-Who") === who) await cache.put(url, dated(got));
  }
  const wanted = new Set([DAY, ...keep.map((one) => one.url)]);
  for (const request of await cache.keys()) {
    if (!wanted.has(key(new URL(request.url)))) await cache.delete(request);
  }
  await told();
}

// The copy, with the time it was made.
function dated(response) {
  const headers = new Headers(response.headers);
  headers.set("Unknot-Copied", String(Date.now()));
  return new Response(response.body, { status: response.status, headers });
}

async function told() {
  for (const client of await self.clients.matchAll()) client.postMessage({ kind: "day kept" });
}
