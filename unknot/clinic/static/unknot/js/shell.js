// Small courtesies of every page. Pages work without them.

// Somebody who sent a form with mistakes lands on the list of what to put right.
const summary = document.querySelector("[data-focus-first]");
if (summary) {
  summary.focus();
  document.title = `Error: ${document.title}`;
}

// A form that is on its way does not go twice; the button says so.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post" && !form.hasAttribute("data-many")) {
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 8000);
  }
});

// Print buttons exist only where a script can press them.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A button whose work takes longer than a second says that it has begun.
for (const button of document.querySelectorAll("button[data-busy]")) {
  button.form.addEventListener("submit", () => {
    button.textContent = `${button.dataset.busy} …`;
    button.setAttribute("aria-disabled", "true");
  });
}

// The time zone of a new practice is most likely the one of this device.
const zone = document.querySelector('select[name="zone"]');
if (zone && !zone.querySelector("option[selected]")) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zone.options].some((option) => option.value === here)) zone.value = here;
}
