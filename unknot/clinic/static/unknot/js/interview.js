// Small helps for the questions; every page works without them.

// "None of these" and "I am not sure" stand alone: choosing one takes the others away. In a
// checklist one may tick something and be unsure about the rest.
const ALONE = new Set(["none", "not_sure"]);

function standAlone(group, chosen) {
  for (const box of group.querySelectorAll("input[type=checkbox]")) {
    if (box === chosen) continue;
    if (ALONE.has(chosen.value) || ALONE.has(box.value)) box.checked = false;
  }
}

for (const group of document.querySelectorAll("[data-several]")) {
  group.addEventListener("change", (event) => {
    if (event.target.checked) standAlone(group, event.target);
  });
}
