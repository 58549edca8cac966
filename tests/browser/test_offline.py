"""What is entered is never lost: two devices, no line, no server, a crashed tab."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from bench import offline
from tests.support.site import Site, new_site

SEEDS = (11, 12)
STEPS = 8


@pytest.fixture(scope="module")
def stage(browser: Browser) -> Iterator[tuple[Site, dict[str, Any]]]:
    """A site of its own, which may be killed, with visits in session."""
    site = new_site(debug=False)
    told = offline.made(site, len(SEEDS) + 3)
    yield site, told
    site.stop()


def _devices(
    browser: Browser, stage: tuple[Site, dict[str, Any]], without: str = ""
) -> tuple[offline.Device, offline.Device]:
    site, told = stage
    tablet, phone = offline.devices(browser, site, told["session"], without)
    return tablet, phone


def test_random_sequences_lose_double_and_overwrite_nothing(
    browser: Browser, stage: tuple[Site, dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    site, told = stage
    pair = _devices(browser, stage)
    play = offline.Stage(site, pair)
    runs = [
        play.play(visit, seed, STEPS) for visit, seed in zip(told["visits"], SEEDS, strict=False)
    ]
    found = offline.judged(site, runs)
    for device in pair:
        device.context.close()
    with capsys.disabled():
        print(f"\noffline: {sum(len(one['entered']) for one in runs)} entries")  # noqa: T201
    assert [one["lost"] + one["doubled"] + one["silent"] for one in found] == [[]] * len(SEEDS)
    assert sum(len(one["entered"]) for one in runs) >= len(SEEDS)


def _one_crash(stage: tuple[Site, dict[str, Any]], device: offline.Device, visit: str) -> Any:
    """A tap without a line, then the tab dies; what the database says when all works again."""
    device.visit = visit
    device.open()
    device.cut(False)
    device.tap("pain_before", 7)
    device.crash(hard=True)
    device.cut(True)
    entered = list(device.entered)
    device.open()
    refused = device.settle()
    device.leave()
    run = {"visit": visit, "seed": 0, "entered": entered, "refused": refused}
    return offline.judged(stage[0], [run])[0]


def test_a_tap_outlives_a_crashed_tab(
    browser: Browser, stage: tuple[Site, dict[str, Any]]
) -> None:
    tablet, phone = _devices(browser, stage)
    found = _one_crash(stage, tablet, stage[1]["visits"][-1])
    assert found["lost"] == []
    for device in (tablet, phone):
        device.context.close()


def test_without_the_outbox_the_same_tap_is_lost(
    browser: Browser, stage: tuple[Site, dict[str, Any]]
) -> None:
    """The negative control: a browser that keeps nothing on the device loses it."""
    tablet, phone = _devices(browser, stage, "outbox")
    found = _one_crash(stage, tablet, stage[1]["visits"][-2])
    assert "pain_before 7" in found["lost"]
    for device in (tablet, phone):
        device.context.close()


def test_without_versions_a_number_is_overwritten(
    browser: Browser, stage: tuple[Site, dict[str, Any]]
) -> None:
    """The other negative control: devices that say no version overwrite each other unseen."""
    pair, visit = _devices(browser, stage, "versions"), stage[1]["visits"][-3]
    for device in pair:
        device.visit = visit
        device.open()
    for device, pain in zip(pair, (7, 3), strict=True):
        device.tap("pain_before", pain)
        device.settle()
    entered = [step for device in pair for step in device.entered]
    run = {"visit": visit, "seed": 0, "entered": entered, "refused": {}}
    assert offline.judged(stage[0], [run])[0]["silent"] == ["pain_before 7 by 3"]
    for device in pair:
        device.context.close()


# --- The installed app --------------------------------------------------------------------------

KEPT = """
async () => {
  for (const name of await caches.keys())
    if (name.startsWith("pages "))
      return (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
  return [];
}
"""


def _until(page: Page, script: str, holds: Callable[[Any], bool], arg: Any = None) -> None:
    """Asks the page again and again, for half a minute at most."""
    for _ in range(300):
        if holds(page.evaluate(script, arg)):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"still {page.evaluate(script, arg)}")


@pytest.fixture
def tablet(stage: tuple[Site, dict[str, Any]], new_context: Callable[..., BrowserContext]) -> Page:
    """The therapist's tablet with today's visit on it."""
    site, told = stage
    context = new_context(width=1180, service_workers="allow")
    context.add_cookies([{"name": "session", "value": told["session"], "url": site.url}])
    page = context.new_page()
    page.goto(f"{site.url}/today/")
    _until(page, KEPT, lambda kept: any(one.endswith("/note/") for one in kept))
    _until(page, "Boolean(navigator.serviceWorker.controller)", bool)
    return page


LOOK = """
from unknot.clinic.models import Visit
v = Visit.everything.get(appointment={booked!r})
print(bool(v.started_at), bool(v.finished_at), v.pain_before, v.wish_today,
      [e.area for e in v.entries.all()], v.note.content["parts"]["plan"], sep="|")
"""


def test_a_visit_is_done_from_beginning_to_note_while_the_server_is_dead(
    tablet: Page, stage: tuple[Site, dict[str, Any]]
) -> None:
    site, told = stage
    site.kill()
    tablet.goto(f"{site.url}/today/")
    tablet.click("form[action$='/visit/'] button")
    tablet.wait_for_url("**/brief/")
    tablet.fill("#wish", "The old place")
    tablet.click("form[action$='/start/'] button.button--big")
    tablet.wait_for_selector("#session")
    tablet.click("button[name=pain_before][value='0']")
    tablet.click("button[name=area][value=low_back]")
    tablet.wait_for_selector("[data-work-area]:has-text('Low back')")
    tablet.click("[data-pause]")
    tablet.wait_for_selector("[data-entries] >> text=on this device")
    tablet.click("text=Finish")
    tablet.wait_for_url("**/note/")
    tablet.fill("textarea[name=plan]", "Same again in a week.")
    tablet.wait_for_selector("[data-waits]:has-text('on this device')")
    tablet.goto(f"{site.url}/clients/")
    assert tablet.inner_text("h1") == "The server cannot be reached"
    site.serve()
    tablet.goto(f"{site.url}/today/")
    _until(tablet, offline.STORE, lambda rows: not rows, False)
    assert site.run(LOOK.format(booked=told["booked"])).strip() == (
        "True|True|0|The old place|['low_back']|Same again in a week."
    )


def test_signing_out_wipes_the_pages_on_the_device(
    browser: Browser, tablet: Page, stage: tuple[Site, dict[str, Any]]
) -> None:
    """Another account's answer does the same: the copies belong to nobody who is asking."""
    tablet.context.clear_cookies()
    tablet.goto(f"{stage[0].url}/")
    _until(tablet, KEPT, lambda kept: not kept)


def test_the_app_can_be_installed(tablet: Page, stage: tuple[Site, dict[str, Any]]) -> None:
    url = stage[0].url
    told = tablet.request.get(f"{url}/manifest.webmanifest").json()
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    for icon in told["icons"]:
        assert tablet.request.get(f"{url}{icon['src']}").ok
    scope = tablet.evaluate("navigator.serviceWorker.ready.then((one) => one.scope)")
    assert scope == f"{url}/"
