"""What is entered is never lost: two devices, no line, no server, a crashed tab."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bench import offline
from bench.offline_device import STORE, Device, devices
from bench.offline_server import ForkedSite, forked_site

SEEDS = (11, 12)
STEPS = 8
Staged = tuple[ForkedSite, dict[str, Any]]
Pair = tuple[Device, Device]


@pytest.fixture(scope="module")
def stage() -> Iterator[Staged]:
    """A site of its own, which may be killed, with visits in session."""
    site = forked_site()
    told = offline.made(site, len(SEEDS) + 8)
    yield site, told
    site.remove()


@pytest.fixture
def pair(browser: Browser, stage: Staged) -> Iterator[Callable[..., Pair]]:
    """Makes a tablet and a phone with a Chromium each: ``pair(without="outbox")``."""
    made: list[Device] = []

    def make(without: str = "") -> Pair:
        tablet, phone = devices(browser.browser_type, stage[0].url, stage[1]["session"], without)
        made.extend((tablet, phone))
        return tablet, phone

    yield make
    for device in made:
        device.hand_back()


def _judged(stage: Staged, visit: str, *played: Device) -> dict[str, Any]:
    """Waits until the devices have sent what they kept; what the database says."""
    refused: dict[str, str] = {}
    for device in played:
        refused |= device.settle()
    entered = [step for device in played for step in device.entered]
    run = {"visit": visit, "seed": 0, "entered": entered, "refused": refused}
    return offline.judged(stage[0], [run])[0]


def test_random_sequences_lose_double_and_overwrite_nothing(
    stage: Staged, pair: Callable[..., Pair], capsys: pytest.CaptureFixture[str]
) -> None:
    site, told = stage
    play = offline.Stage(site, pair())
    runs = [
        play.play(visit, seed, STEPS) for visit, seed in zip(told["visits"], SEEDS, strict=False)
    ]
    found = offline.judged(site, runs)
    with capsys.disabled():
        print(f"\noffline: {sum(len(one['entered']) for one in runs)} entries")  # noqa: T201
    assert [one["stuck"] for one in runs] == [""] * len(SEEDS)
    assert [one["lost"] + one["doubled"] + one["silent"] for one in found] == [[]] * len(SEEDS)
    assert sum(len(one["entered"]) for one in runs) >= len(SEEDS)


def _one_crash(stage: Staged, device: Device, visit: str, how: str) -> Any:
    """A tap without a line, then the tab dies; what the database says when all works again."""
    device.visit = visit
    device.open()
    device.cut(False)
    device.tap("pain_before", 7)
    device.crash(how)
    device.cut(True)
    device.open()
    return _judged(stage, visit, device)


def test_a_tap_outlives_a_crashed_tab(stage: Staged, pair: Callable[..., Pair]) -> None:
    tablet, _ = pair()
    assert _one_crash(stage, tablet, stage[1]["visits"][-1], "renderer")["lost"] == []


def test_without_the_outbox_the_same_tap_is_lost(stage: Staged, pair: Callable[..., Pair]) -> None:
    """The negative control: a browser that keeps nothing on the device loses it."""
    tablet, _ = pair("outbox")
    found = _one_crash(stage, tablet, stage[1]["visits"][-2], "renderer")
    assert "pain_before 7" in found["lost"]


def test_without_versions_a_number_is_overwritten(
    stage: Staged, pair: Callable[..., Pair]
) -> None:
    """The other negative control: devices that say no version overwrite each other unseen."""
    both, visit = pair("versions"), stage[1]["visits"][-3]
    for device in both:
        device.visit = visit
        device.open()
    for device, pain in zip(both, (7, 3), strict=True):
        device.tap("pain_before", pain)
        device.settle()
    assert _judged(stage, visit, *both)["silent"] == ["pain_before 7 by 3"]


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
def tablet(stage: Staged, new_context: Callable[..., BrowserContext]) -> Page:
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
    tablet: Page, stage: Staged
) -> None:
    site, told = stage
    site.kill()
    tablet.goto(f"{site.url}/today/")
    tablet.click(f"form[action='/appointments/{told['booked']}/visit/'] button")
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
    _until(tablet, STORE, lambda rows: not rows, False)
    assert site.run(LOOK.format(booked=told["booked"])).strip() == (
        "True|True|0|The old place|['low_back']|Same again in a week."
    )


def test_signing_out_wipes_the_pages_on_the_device(
    browser: Browser, tablet: Page, stage: Staged
) -> None:
    """Another account's answer does the same: the copies belong to nobody who is asking."""
    tablet.context.clear_cookies()
    tablet.goto(f"{stage[0].url}/")
    _until(tablet, KEPT, lambda kept: not kept)


def test_the_app_can_be_installed(tablet: Page, stage: Staged) -> None:
    url = stage[0].url
    told = tablet.request.get(f"{url}/manifest.webmanifest").json()
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    for icon in told["icons"]:
        assert tablet.request.get(f"{url}{icon['src']}").ok
    scope = tablet.evaluate("navigator.serviceWorker.ready.then((one) => one.scope)")
    assert scope == f"{url}/"


# --- A crash while there is no line: last, as these visits become today's too -----------------

OFFLINE = "fetch('/healthz').then(() => true, () => false)"


@pytest.mark.parametrize("how", ["device", "renderer"])
def test_a_crash_without_a_line_goes_on_from_the_copy_on_the_device(
    stage: Staged, pair: Callable[..., Pair], how: str
) -> None:
    """Switched off and on again, or a dead tab: the worker shows the room, with what was tapped
    before; everything is sent once when the line is back."""
    site, told = stage
    visit = told["visits"][-4 if how == "device" else -5]
    site.run(f"from bench import offline_stage as s; s.make_today({visit!r})")
    tablet, _ = pair()
    tablet.visit = visit
    tablet.fetch_day()
    tablet.tap("pain_before", 4)
    tablet.settle()
    tablet.cut(False)
    tablet.tap("pain_before", 7)
    tablet.tap("area", "low_back")
    tablet.crash(how)
    room = tablet.open()
    assert room is not None, "the worker has a copy of the room"
    assert [worker.evaluate(OFFLINE) for worker in tablet.context.service_workers] == [False]
    room.wait_for_selector("button[name=pain_before][value='7'][aria-pressed=true]")
    room.wait_for_selector("[data-work-area]:has-text('Low back')")
    room.wait_for_selector("[data-waits]:has-text('2 entries wait on this device.')")
    tablet.tap("area", "buttock")
    tablet.write("plan", "The same again.")
    tablet.cut(True)
    found = _judged(stage, visit, tablet)
    assert len(tablet.entered) == 5
    assert (found["lost"], found["doubled"], found["silent"]) == ([], [], [])


def test_after_a_crash_without_a_line_what_was_sent_before_still_shows(
    stage: Staged, pair: Callable[..., Pair]
) -> None:
    """The copies of the pages are older than what was tapped and typed since: neither is shown as
    gone, nor written over by whoever types on."""
    site, told = stage
    visit = told["visits"][len(SEEDS)]
    site.run(f"from bench import offline_stage as s; s.make_today({visit!r})")
    tablet, _ = pair()
    tablet.visit = visit
    tablet.fetch_day()
    tablet.tap("area", "low_back")
    tablet.tap("pressure", 2)
    tablet.write("plan", "The same again.")
    tablet.settle()
    tablet.cut(False)
    tablet.crash("device")
    room, note = tablet.open("room"), tablet.open("note")
    assert room is not None
    assert note is not None
    room.wait_for_selector("[data-work-area]:has-text('Low back')")
    room.wait_for_selector("button[name=pressure][value='2'][aria-pressed=true]")
    tablet.tap("area", "low_back")
    expect(note.locator("textarea[name=plan]")).to_have_value("The same again.")
    tablet.write("plan", "The same again. Ring on Monday.")
    tablet.cut(True)
    found = _judged(stage, visit, tablet)
    assert [step.get("again") for step in tablet.entered if step["kind"] == "area"] == [
        False,
        True,
    ]
    assert (found["lost"], found["doubled"], found["silent"]) == ([], [], [])


# --- What the server does not take --------------------------------------------------------------


def test_words_that_came_after_the_signature_are_told_and_can_be_copied(
    stage: Staged, pair: Callable[..., Pair]
) -> None:
    site, told = stage
    visit = told["visits"][-6]
    tablet, _ = pair()
    tablet.visit = visit
    note = tablet.open("note")
    assert note is not None
    tablet.cut(False)
    tablet.write("plan", "Words to keep.")
    site.run(f"from bench import offline_stage as s; s.sign({visit!r})")
    tablet.cut(True)
    note.wait_for_selector("[data-note-said]:has-text('Not taken: This note is signed')")
    note.click("button:has-text('Look')")
    assert note.input_value(".waits-list textarea") == "Words to keep."
    note.click("text=Copy the words")
    note.wait_for_selector("button:has-text('Copied')")
    report = Axe().run(note, context=".waits-list").response["violations"]
    assert [one["id"] for one in report] == []
    note.click("text=Remove from this device")
    _until(note, STORE, lambda rows: not rows, False)


def test_two_answers_are_chosen_one_after_the_other_and_read_by_everybody(
    stage: Staged, pair: Callable[..., Pair]
) -> None:
    site, told = stage
    visit = told["visits"][-7]
    site.run(f"from bench import offline_stage as s; s.beside({visit!r})")
    _, phone = pair()
    phone.visit = visit
    room = phone.open()
    assert room is not None
    assert [one.is_visible() for one in room.query_selector_all(".conflict")] == [True, False]
    report = Axe().run(room).response["violations"]
    assert [one["id"] for one in report] == []
    room.click(".conflict >> nth=0 >> button[value=beside]")
    room.wait_for_function("() => document.querySelectorAll('.conflict').length === 1")
    room.click(".conflict button[value=holds]")
    room.wait_for_function("() => document.querySelectorAll('.conflict').length === 0")


def test_a_tap_of_a_dial_that_was_closed_is_told_and_does_not_stay_on_the_phone(
    stage: Staged, pair: Callable[..., Pair]
) -> None:
    site, told = stage
    dial = f"from bench import offline_stage as s; s.dial({told['visits'][-7]!r}, is_open="
    _, phone = pair()
    page = phone.context.new_page()
    page.goto(phone.url + site.run(f"{dial}True)").strip())
    phone.cut(False)
    page.click("button[value=less]")
    _until(page, STORE, lambda rows: len(rows) == 1, False)
    site.run(f"{dial}False)")
    phone.cut(True)
    page.wait_for_selector("[data-said]:has-text('closed')")
    assert page.evaluate(STORE, False) == []


# --- What is drawn and not saved yet ------------------------------------------------------------

DRAFTS = STORE.replace('"entries"', '"drafts"')
DRAWN = """
from unknot.clinic.models import Assessment
print([[len(mark["stroke"]) > 2, mark["region"]] for one in Assessment.everything.all()
       for mark in one.marks])
"""


def _draw(page: Page) -> str:
    """A stroke across the low back; gives what the form would send."""
    page.on("dialog", lambda dialog: dialog.accept())
    spot = page.locator("path[data-region=low_back_left]").last
    spot.scroll_into_view_if_needed()
    page.click("button[data-tool=draw]")
    box = spot.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.3)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(
            box["x"] + box["width"] * (0.3 + 0.08 * step),
            box["y"] + box["height"] * (0.3 + 0.02 * step * step),
        )
    page.mouse.up()
    return page.input_value("input[data-marks]")


def test_what_was_drawn_outlives_a_device_switched_off_and_leaves_it_once_saved(
    stage: Staged, pair: Callable[..., Pair]
) -> None:
    site, told = stage
    tablet, _ = pair()
    url = f"{tablet.url}/episodes/{told['episode']}/assess/record/"
    page = tablet.context.new_page()
    page.goto(url)
    page.fill("textarea[name=words]", "Tight on the left.")
    drawn = _draw(page)
    assert len(drawn) > 50
    _until(page, DRAFTS, lambda rows: rows and drawn in str(rows), False)
    tablet.end()
    page = tablet.context.new_page()
    page.goto(url)
    assert page.inner_text(".kept-back .alert__title") == "We kept what you drew"
    report = Axe().run(page, context=".kept-back").response["violations"]
    assert [one["id"] for one in report] == []
    page.click("text=Put it back")
    assert page.input_value("input[data-marks]") == drawn
    assert page.input_value("textarea[name=words]") == "Tight on the left."
    site.kill()
    page.click("text=Keep these findings")
    page.wait_for_selector("[data-keep-said]:has-text('kept on this device')")
    site.serve()
    page.click("text=Keep these findings")
    page.wait_for_url("**/assess/")
    _until(page, DRAFTS, lambda rows: not rows, False)
    assert site.run(DRAWN).strip() == "[[True, 'low_back_left']]"


def test_signing_out_takes_what_was_not_saved_from_the_device(
    stage: Staged, pair: Callable[..., Pair]
) -> None:
    """Last of all: it ends the session that the tests share."""
    _, told = stage
    tablet, _ = pair()
    page = tablet.context.new_page()
    page.goto(f"{tablet.url}/episodes/{told['episode']}/assess/record/")
    page.fill("textarea[name=words]", "Tight on the right.")
    _until(page, DRAFTS, lambda rows: len(rows) == 1, False)
    page.goto(f"{tablet.url}/accounts/logout/")
    page.click("main form button[type=submit]")
    page.click("dialog button:has-text('Sign out')")
    page.wait_for_url(lambda address: "logout" not in address)
    assert page.evaluate(DRAFTS, False) == []
