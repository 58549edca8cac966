// The dial's page once the visit is finished: what the phone had kept and could not send goes out
// now, and the page says what came of it.

import { entries, laneOf, listen, remove } from "./outbox.js";

const page = document.querySelector("[data-dial-over]");
const said = page.querySelector("[data-said]");
const lane = laneOf(page.dataset.dial);

const tell = (words) => {
  if (said.textContent !== words) said.textContent = words;
};

listen(lane, {
  onState: (data) => tell(data.said),
  onProblem: tell,
  onOffline: (offline) => offline && tell("Something you tapped is not sent yet. Say it aloud."),
});

// What was refused while no page was there to say so.
for (const row of await entries())
  if (row.lane === lane && row.state === "refused") {
    tell(row.problem);
    await remove(row.n);
  }
