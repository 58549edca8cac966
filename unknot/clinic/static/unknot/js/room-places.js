// Any area by its name: the list gets shorter with every letter; a choice closes the sheet.

const sheet = document.getElementById("places");

if (sheet) {
  const input = sheet.querySelector("#places-find");
  const found = sheet.querySelector("[data-places-found]");
  const hint = found.textContent;
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[^a-z0-9 ]/g, "");
  sheet.querySelector("[data-places-search]").hidden = false;

  const filter = () => {
    const words = plain(input.value).split(" ").filter(Boolean);
    let count = 0;
    for (const group of sheet.querySelectorAll("[data-place-group]")) {
      let shown = 0;
      for (const button of group.querySelectorAll("[data-place-name]")) {
        const name = plain(`${group.dataset.placeGroup} ${button.dataset.placeName}`);
        button.hidden = !words.every((word) => name.includes(word));
        shown += !button.hidden;
      }
      group.hidden = !shown;
      count += shown;
    }
    if (!words.length) found.textContent = hint;
    else found.textContent = count ? `${count} found.` : "No area has this name.";
    sheet.dispatchEvent(new Event("toggle")); // the arrow keys go over what is left
  };

  input.addEventListener("input", filter);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    sheet.querySelector(".places__one:not([hidden]):not(:disabled)")?.focus();
  });
  sheet.addEventListener("submit", () => {
    input.value = "";
    filter();
    sheet.querySelector("[data-close]").click();
  });
}
