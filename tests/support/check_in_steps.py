"""A client's thumb on the check-in: taps and swipes at a human's pace, counted."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Locator, Page

from tests.support.site import Site

FASTEST_TAP, SLOWEST_TAP = 0.8, 1.2
"""Seconds to read a short question, decide and tap."""
SWIPE_SECONDS: Final = 0.6
FIRST_LOOK_SECONDS: Final = 1.5
"""From the open page to the first move."""
SWIPE_PIXELS: Final = 420
MOST_SWIPES: Final = 20
IN_REACH: Final = """one => {
  const box = one.getBoundingClientRect();
  const bar = document.querySelector('.actions--sticky');
  const floor = bar && !bar.contains(one) ? bar.getBoundingClientRect().top : innerHeight;
  return box.top >= 0 && box.bottom <= floor;
}"""

MAKE_LINKS: Final = """
import json
from datetime import UTC, datetime, timedelta
from unknot.clinic import models as m
from unknot.clinic.access import system
from unknot.clinic.follow_up.actions import answers, judged, links, reminders

now = datetime.now(UTC)
found = {}
for episode in m.Episode.everything.filter(state="open", client__practice__is_demo=True):
    two = len(judged.areas_of(episode)) == 2
    kind = "watched" if judged.signs_on_watch(episode, now) else "plain"
    if two and kind not in found and not answers.entries_of_day(episode, now):
        if (last := judged.last_time(episode, now)) and last.answers.get("areas"):
            found[kind] = episode
told = {}
for kind, episode in found.items():
    link = links.make_link(episode=episode, kind="diary", by=system(), now=now)
    told[kind] = links.token_of(link)
    usual = int(judged.usual(episode, now))  # no more than usual, so that nothing else is asked
    areas = judged.last_time(episode, now).answers["areas"]
    own = judged.own_usual(episode, now)
    told[f"{kind}_pain"] = {
        area: int(min(pain, usual, own.get(area, pain))) for area, pain in areas.items()
    }
    told["reminders"] = reminders.token_for(episode.client, now)
visits = m.Visit.everything.filter(finished_at__gt=now - timedelta(days=4), check_ins=None)
for name, visit in zip(("check", "other_check"), visits.order_by("-finished_at")):
    link = links.make_link(
        episode=visit.appointment.episode, kind="soreness", visit=visit, by=system(), now=now
    )
    told[name] = links.token_of(link)
    told[f"{name}_episode"] = str(visit.appointment.episode_id)
    told[f"{name}_therapist"] = visit.appointment.episode.therapist.user.email
print("LINKS" + json.dumps(told))
"""


def make_links(site: Site) -> dict[str, Any]:
    """Tokens of check-ins of the demo clinic: with two areas, with signs watched or not, and of
    two checks after a visit.
    """
    found: dict[str, Any] = json.loads(site.run(MAKE_LINKS).split("LINKS", 1)[1])
    return found


FORGET_HOME: Final = """
from datetime import UTC, datetime, timedelta
from unknot.clinic.models import HomeCareDay
HomeCareDay.everything.filter(on__gte=datetime.now(UTC).date() - timedelta(days=1)).delete()
"""


def forget_home(site: Site) -> None:
    """Takes back what was told of home care since yesterday, so that all of it is asked again."""
    site.run(FORGET_HOME)


@dataclass
class Thumb:
    """One thumb on one page: what it did, and how long a person would have needed."""

    page: Page
    sleeps: bool = True
    taps: int = 0
    swipes: int = 0
    seconds: float = 0.0
    dice: random.Random = field(default_factory=lambda: random.Random(7))

    def look(self) -> None:
        """The first look at the page."""
        self._spend(FIRST_LOOK_SECONDS)

    def tap(self, what: Locator) -> None:
        """Swipes until it is in reach, then one tap in the middle of it."""
        what.wait_for(state="visible")
        for _ in range(MOST_SWIPES):
            if what.evaluate(IN_REACH):
                break
            self._spend(SWIPE_SECONDS)
            self.page.mouse.wheel(0, SWIPE_PIXELS)
            self.swipes += 1
            self.page.wait_for_timeout(30)
        self._spend(self.dice.uniform(FASTEST_TAP, SLOWEST_TAP))
        what.tap()
        self.taps += 1

    def choose(self, name: str, value: object) -> None:
        """One answer of a question."""
        self.tap(self.page.locator(f'label:has(> input[name="{name}"][value="{value}"])'))

    def _spend(self, seconds: float) -> None:
        self.seconds += seconds
        if self.sleeps:
            self.page.wait_for_timeout(seconds * 1000)


def check_in(thumb: Thumb, pains: dict[str, int], *, watched: bool) -> None:
    """A whole check-in, every question answered, until the thank-you stands there."""
    thumb.look()
    for area, pain in pains.items():
        thumb.choose(f"area-{area}", pain)
    thumb.choose("sleep", 6)
    thumb.choose("stress", 4)
    thumb.choose("load_hours", 4)
    thumb.choose("flare", "no")
    for item in thumb.page.locator('input[name^="home-"][value="done"]').all():
        thumb.choose(item.get_attribute("name") or "", "done")
    if watched:
        thumb.choose("signs", "none")
    thumb.tap(thumb.page.locator("[data-main]"))
    thumb.page.get_by_role("heading", name="Thank you").wait_for()
