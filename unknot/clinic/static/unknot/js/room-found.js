// Findings and quick words in the room. A grade tapped again is taken back; numbers and words are
// kept by themselves, a moment after the last change.

const session = document.getElementById("session");
const MOMENT = 900;
const timers = new Map();

function soon(form, button) {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => now(form, button), MOMENT));
}

function now(form, button) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  form.requestSubmit(button);
}

for (const form of session.querySelectorAll("[data-motion]")) {
  const input = form.querySelector("[data-degrees]");
  const keep = form.querySelector("[data-keep]");
  keep.hidden = true;
  input.addEventListener("change", () => now(form, keep));
  for (const step of form.querySelectorAll("[data-step]")) {
    step.hidden = false;
    step.addEventListener("click", () => {
      const from = input.value === "" ? Number(step.dataset.from) : Number(input.value);
      input.value = Math.min(220, Math.max(-30, from + Number(step.dataset.step)));
      soon(form, keep);
    });
  }
}

const words = session.querySelector("[data-words]");
const kept = { text: words.elements.words.value };
const keepWords = () => {
  if (words.elements.words.value === kept.text) return;
  kept.text = words.elements.words.value;
  now(words, words.querySelector("button"));
};
words.addEventListener("input", () => {
  clearTimeout(timers.get(words));
  timers.set(words, setTimeout(keepWords, MOMENT));
});
words.addEventListener("focusout", keepWords);
addEventListener("pagehide", keepWords);

document.addEventListener("room:state", ({ detail }) => {
  for (const form of session.querySelectorAll("[data-found]")) region(form, detail.findings.regions[form.dataset.found]);
  for (const form of session.querySelectorAll("[data-motion]")) motion(form, detail.findings.motions[form.dataset.motion]);
});

function region(form, found) {
  if (!found) return;
  const name = form.dataset.found;
  for (const [kind, value] of [["tender", found.tender], ["trigger", found.trigger]])
    for (const button of form.querySelectorAll(`[data-${kind}]`)) {
      const mine = button.dataset[kind];
      button.setAttribute("aria-pressed", String(mine === value));
      button.value = `${name}:${mine === value ? "" : mine}`;
    }
  form.querySelector("[data-says]").textContent = found.says;
}

function motion(form, found) {
  if (!found) return;
  const input = form.querySelector("[data-degrees]");
  if (document.activeElement !== input && !timers.has(form)) input.value = found.now;
  const says = form.querySelector("[data-says]");
  says.textContent = found.says;
  says.dataset.tone = found.tone;
}
