// What the server last told of a visit, beside the copies of its pages: a page that is opened again
// without a line is as old as its copy, and what was sent from it meanwhile would seem to be gone.
// Kept only where the worker has a copy of the page, in the same place: signing out takes both away.

const place = async () => {
  const name = `pages ${document.documentElement.dataset.account || ""}`;
  return window.caches && (await caches.has(name)) ? caches.open(name) : null;
};

// Keeps a state that the server told, with its `now`, under the address it would be asked at.
export async function keepTold(address, state) {
  const copies = await place();
  if (!copies || !(await copies.match(location.pathname))) return;
  const headers = { "Content-Type": "application/json", "Unknot-Copied": String(Date.now()) };
  await copies.put(address, new Response(JSON.stringify(state), { headers }));
}

// The state kept there, when the server told it after it made the page that is shown; else null.
export async function toldSince(address, made) {
  const kept = await (await place())?.match(address);
  const state = kept && (await kept.json());
  return state && Date.parse(state.now) > Date.parse(made) ? state : null;
}
