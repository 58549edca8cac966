// Says at once what a change amounts to, or what is wrong with it. The server decides; this shows.
const form = document.querySelector("[data-plan-change]");
const WAIT = 250;
let timer = 0;
let turn = 0;

function clear() {
  form.querySelectorAll(".plan-fault").forEach((node) => node.remove());
  form.querySelector(".plan-now").toggleAttribute("data-wrong", false);
}

function fault(name, texts) {
  const input = form.elements[name];
  const control = input instanceof RadioNodeList ? input[0] : input;
  const field = control ? control.closest(".field") : null;
  for (const text of texts) {
    const line = document.createElement("p");
    line.className = "plan-fault";
    line.textContent = text;
    (field || form).append(line);
  }
}

function show(answer) {
  clear();
  const faults = Object.entries(answer.faults);
  for (const [name, texts] of faults) fault(name, texts);
  form.querySelector(".plan-now").toggleAttribute("data-wrong", faults.length > 0);
  const live = form.querySelector("[data-live]");
  live.textContent = faults.length ? faults.map(([, texts]) => texts.join(" ")).join(" ") : answer.says;
  if (faults.length) return;
  for (const node of form.querySelectorAll("[data-said]")) node.textContent = answer[node.dataset.said];
}

async function check() {
  const mine = ++turn;
  const answer = await fetch(form.dataset.check, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
  });
  if (answer.ok && mine === turn) show(await answer.json());
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(check, WAIT);
});
