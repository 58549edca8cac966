// Before work starts on a sensitive area without a signed consent, one plain question. What the
// therapist answered counts until the page is opened again; the signature is asked for elsewhere.

const session = document.getElementById("session");
const box = document.querySelector("[data-consent-ask]");

if (box) {
  const agreed = new Set();
  let unsigned = JSON.parse(document.getElementById("unsigned").textContent);
  let again = null;

  document.addEventListener("room:state", ({ detail }) => {
    if (detail.unsigned) unsigned = detail.unsigned;
  });

  const ask = (event, area, repeat) => {
    if (!(area in unsigned) || agreed.has(area)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    again = () => {
      agreed.add(area);
      repeat();
    };
    box.querySelector("[data-consent-area]").textContent = unsigned[area].toLowerCase();
    box.showModal();
  };

  const areaOf = (button) => {
    if (button?.name === "area") return button.value;
    return button?.name === "begin" ? button.closest("[data-place]").dataset.place : "";
  };

  // Heard on the way down, before the scripts that send a tap hear it.
  document.addEventListener(
    "submit",
    (event) => {
      const { target: form, submitter } = event;
      if (form.matches("form[data-tap]")) ask(event, areaOf(submitter), () => form.requestSubmit(submitter));
    },
    true,
  );
  session.querySelector("[data-chart]").addEventListener(
    "click",
    (event) => {
      const region = event.target.closest("[data-region]");
      const repeat = () => region.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      if (region && region.dataset.state !== "excluded") ask(event, region.dataset.region, repeat);
    },
    true,
  );

  box.querySelector("[data-consent-agreed]").addEventListener("click", () => {
    box.close();
    again();
  });
  box.querySelector("[data-consent-not]").addEventListener("click", () => box.close());
}
