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
from tests.support.site import LOAD_DEMO, Site, new_site

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
PHONE, TABLET, DESK = (390, 844), (1180, 820), (1280, 900)

# What to look for in the demo clinic; the query gives the address of the best example.
FIND = """
from unknot.clinic import models as m
def first(rows): return str(rows.first().pk)
shown = m.Episode.everything.filter(client__name__startswith="Marigold")
room = m.Visit.everything.filter(started_at__isnull=False, finished_at__isnull=True)
import json
print("FOUND" + json.dumps({
    "episode": first(shown),
    "therapist": shown.first().therapist.user.email,
    "visit": first(room) if room.exists() else "",
    "room_therapist": room.first().appointment.staff.user.email if room.exists() else "",
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
    phone.goto(f"{site.url}/self-check/")
    phone.screenshot(path=IMAGES / "self-check.png")
    desk = _page(browser, DESK)
    sign_in(desk, site.url, found["therapist"], password)
    episode = f"{site.url}/episodes/{found['episode']}"
    for name, address in {
        "body-chart": f"{episode}/assess/",
        "plan": f"{episode}/plan/",
        "outcomes": f"{episode}/outcomes/",
        "today": f"{site.url}/today/",
    }.items():
        desk.goto(address)
        desk.screenshot(path=IMAGES / f"{name}.png")
    if found["visit"]:
        room = _page(browser, TABLET)
        sign_in(room, site.url, found["room_therapist"], password)
        room.goto(f"{site.url}/visits/{found['visit']}/")
        room.screenshot(path=IMAGES / "session-room.png")


def _page(browser: Browser, size: tuple[int, int]) -> Page:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    return context.new_page()


if __name__ == "__main__":
    main()
