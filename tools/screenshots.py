"""Takes the README's pictures from the demo clinic, in the system's Chromium.

    python3 -m tools.screenshots            # writes docs/images/*.png

Starts its own server on a free port with an empty data folder, loads the demo clinic, and stops it
again. Needs the test environment (``python3 run.py test`` makes it).
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, sign_in
from tests.support import journey, persons
from tests.support.site import LOAD_DEMO, Site, new_site

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
PHONE, TABLET, DESK = (390, 844), (1180, 820), (1280, 900)

# The best example of the demo clinic, and a visit that is begun so that the room has work in it.
FIND = """
import json
from datetime import UTC, datetime, timedelta
from unknot.clinic import models as m
from unknot.clinic.access import for_staff
from unknot.clinic.screen import actions as screen
from unknot.clinic.treat import limits
from unknot.clinic.treat.actions import dial_link, visit as treat
now = datetime.now(UTC)
shown = m.Episode.everything.filter(client__name__startswith="Marigold").first()
booked = m.Appointment.everything.filter(state="booked", starts_at__gt=now, number__gt=2)
next_one = booked.filter(episode__screenings__blocks_booking=False).order_by("starts_at").first()
by = for_staff(next_one.staff)
begun = treat.open_visit(appointment=next_one, by=by, now=now)
screen.rescreen(episode=next_one.episode, answers={}, by=by, now=now)
treat.note_wish(visit=begun, wish="The left side, where it pulls", by=by, now=now)
treat.start_visit(visit=begun, by=by, now=now)
treat.set_pain(visit=begun, when="before", pain=5, by=by, now=now)

treat.take_up(visit=begun, area=limits.read(next_one.episode).areas[0], by=by, now=now)
dial_link.open_dial(visit=begun, by=by, now=now)
print("FOUND" + json.dumps({
    "episode": str(shown.pk), "therapist": shown.therapist.user.email, "visit": str(begun.pk),
    "room_therapist": next_one.staff.user.email, "day": next_one.wall_start.date().isoformat(),
}))
"""


def main() -> None:
    site = new_site()
    site.run("from django.core.management import call_command as c; c('migrate', verbosity=0)")
    demo = json.loads(site.run(LOAD_DEMO).split("DEMO", 1)[1])
    found = json.loads(site.run(FIND).split("FOUND", 1)[1])
    site.start()
    IMAGES.mkdir(parents=True, exist_ok=True)
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            _take(browser, site, demo["password"], found)
            browser.close()
    finally:
        site.stop()
        shutil.rmtree(site.folder, ignore_errors=True)


def _take(browser: Browser, site: Site, password: str, found: dict[str, Any]) -> None:
    phone = _page(browser, PHONE)
    _to_the_chart(phone, site.url)
    phone.screenshot(path=IMAGES / "self-check.png")
    desk = _page(browser, DESK)
    sign_in(desk, site.url, found["therapist"], password)
    episode = f"{site.url}/episodes/{found['episode']}"
    for name, address in {
        "body-chart": f"{episode}/assess/",
        "plan": f"{episode}/plan/",
        "outcomes": f"{episode}/outcomes/",
    }.items():
        desk.goto(address)
        desk.screenshot(path=IMAGES / f"{name}.png")
    room = _page(browser, TABLET)
    sign_in(room, site.url, found["room_therapist"], password)
    room.goto(f"{site.url}/today/?day={found['day']}")
    room.screenshot(path=IMAGES / "today.png")
    room.goto(f"{site.url}/visits/{found['visit']}/")
    room.wait_for_timeout(1500)
    room.screenshot(path=IMAGES / "session-room.png")


def _to_the_chart(phone: Page, url: str) -> None:
    """The self-check as far as its body chart, with one mark on it."""
    phone.goto(f"{url}/self-check/")
    journey.follow(phone, "Begin")
    for _ in range(5):
        if phone.locator("[data-body-chart]").count():
            break
        journey.answer(phone, persons.WELL)
        journey.press(phone, "Continue")
    journey.mark(phone, "low_back_right")
    phone.wait_for_timeout(500)


def _page(browser: Browser, size: tuple[int, int]) -> Page:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    return context.new_page()


if __name__ == "__main__":
    main()
