// Two answers to one question: shown as soon as the server tells of them, gone when one is chosen.

const place = document.querySelector("[data-conflicts]");
const template = document.getElementById("conflict-template");
const SIDES = ["holds", "beside"];

function card(one) {
  const form = template.content.firstElementChild.cloneNode(true);
  form.dataset.conflict = one.id;
  form.querySelector('input[name="change"]').value = one.id;
  form.querySelector("[data-title]").textContent = one.title;
  for (const side of SIDES)
    for (const part of ["words", "who", "choice"])
      form.querySelector(`[data-${side}-${part}]`).textContent = one[side][part];
  return form;
}

export function showConflicts(conflicts) {
  const known = [...place.children].map((form) => form.dataset.conflict).join();
  if (known === conflicts.map((one) => one.id).join() && !conflicts.length) return;
  place.replaceChildren(...conflicts.map(card));
  if (conflicts.length > 1) place.dataset.more = conflicts.length - 1;
  else delete place.dataset.more;
}

document.addEventListener("room:state", ({ detail }) => showConflicts(detail.conflicts || []));
