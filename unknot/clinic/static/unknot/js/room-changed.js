// What changed under a visit that runs, as the server tells it with each answer: what to do now,
// and the limits that hold from here on.

const changed = document.querySelector("[data-changed]");
const safety = document.querySelector("[data-safety]");
const template = document.getElementById("safety-template");

function line(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

function limit(text) {
  const item = template.content.firstElementChild.cloneNode(true);
  item.querySelector("span").textContent = text;
  return item;
}

// Only what is new is put in, so that a screen reader says it once.
function show(list, lines, made) {
  const had = [...list.children].map((item) => item.textContent.trim()).join("\n");
  if (had !== lines.join("\n")) list.replaceChildren(...lines.map(made));
}

document.addEventListener("room:state", ({ detail }) => {
  if (!detail.changed) return; // a state this device worked out without the server
  show(changed, detail.changed, line);
  show(safety, detail.safety, limit);
  safety.hidden = !safety.children.length;
});
