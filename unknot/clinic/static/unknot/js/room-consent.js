// Before work starts on a sensitive area without a signed consent, one plain question. That the
// client agreed aloud is an entry of its own, kept on the device like every tap and sent before the
// area is taken up; it counts for this visit. The signature is asked for elsewhere.

import { tapOf, send } from "./send.js";

const session = document.getElementById("session");
const box = document.querySelector("[data-consent-ask]");

if (box) {
  let agreed = new Set(JSON.parse(document.getElementById("agreed").textContent));
  const form = session.querySelector(".session__form");
  const problem = session.querySelector("[data-problem]");
  let unsigned = JSON.parse(document.getElementById("unsigned").textContent);
  const said = new Set(); // on this page, and not known to the server yet
  let again = null;

  document.addEventListener("room:state", ({ detail }) => {
    if (detail.unsigned) unsigned = detail.unsigned;
    if (detail.agreed) agreed = new Set([...detail.agreed, ...said]);
  });

  const ask = (event, area, repeat) => {
    if (!(area in unsigned) || agreed.has(area)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    again = () => {
      say(area);
      repeat();
    };
    box.querySelector("[data-consent-area]").textContent = unsigned[area].toLowerCase();
    box.showModal();
  };

  const say = (area) => {
    const name = unsigned[area];
    said.add(area);
    agreed.add(area);
    send(tapOf(form, { name: "agreed", value: area, textContent: `They agree: ${name}` }), {
      onState: () => void said.delete(area),
      onProblem: (text) => {
        said.delete(area);
        agreed.delete(area);
        problem.textContent = text;
      },
      onOffline: () => {},
    });
  };

  const areaOf = (button) => {
    if (button?.name === "area") return button.value;
    return button?.name === "begin" ? button.closest("[data-place]").dataset.place : "";
  };

  // Heard on the way down, before the scripts that send a tap hear it.
  document.addEventListener(
    "submit",
    (event) => {
      const { target, submitter } = event;
      if (target.matches("form[data-tap]")) ask(event, areaOf(submitter), () => target.requestSubmit(submitter));
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
