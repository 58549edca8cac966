// The check-in: one send that survives a lost line, and warning signs that appear when they can matter.
// Without this script the form is sent as usual, and the server asks the signs on a second page.

import { remove } from "./outbox.js";
import { send, tapOf } from "./send.js";

const CLEARLY_MORE = 2;
const form = document.querySelector("form[data-check-in]");

function watchPain() {
  const signs = form.querySelector(".check-in__signs");
  if (!signs) return;
  const usual = form.dataset.usual === "" ? Infinity : Number(form.dataset.usual);
  const usuals = JSON.parse(form.dataset.usuals); // an area may be up while another hurts more
  const pains = [...form.querySelectorAll('input[name="pain"], input[name^="area-"]')];
  const look = () => {
    const isMore = ({ name, value }) => Number(value) - Math.min(usual, usuals[name] ?? Infinity) >= CLEARLY_MORE;
    signs.classList.toggle("check-in__signs--worse", pains.some((one) => one.checked && isMore(one)));
  };
  form.addEventListener("change", look);
  look();
}

// "None of these" takes the other ticks away, and any other tick takes it away.
function keepNoneAlone() {
  form.addEventListener("change", ({ target }) => {
    if (target.name !== "signs" || !target.checked) return;
    for (const box of form.querySelectorAll('input[name="signs"]')) {
      if (box !== target && (target.value === "none" || box.value === "none")) box.checked = false;
    }
  });
}

function sendOnce() {
  const line = form.querySelector("[data-line]");
  const button = form.querySelector("[data-main]");
  let isSending = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    button.disabled = true;
    const kept = send(tapOf(form, event.submitter), {
      onState: ({ next }) => location.replace(next),
      // The server shows on the page what to put right; the device need not keep what it refused.
      onProblem: async () => {
        await remove((await kept).n);
        form.submit();
      },
      onOffline: (isOff) => {
        line.hidden = !isOff;
      },
    });
  });
}

if (form) {
  watchPain();
  keepNoneAlone();
  sendOnce();
}
