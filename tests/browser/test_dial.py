"""The client's phone and the therapist's tablet: two devices, one visit."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Demo

TAPS, SLOW_TAPS = 20, 6
WORDS = {"less": "Less", "right": "Just right", "more": "More"}
SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}

BEGIN_A_VISIT = """
from datetime import UTC, datetime
from unknot.clinic import models as m
from unknot.clinic.access import for_staff
from unknot.clinic.treat.actions import visit as v
from unknot.clinic.screen import actions as screening

now = datetime.now(UTC)
staff = m.Staff.everything.get(user__email={email!r})
by = for_staff(staff)
booked = m.Appointment.everything.filter(
    staff=staff, state="booked", visit=None, episode__plans__state="agreed"
).order_by("starts_at")
for appointment in booked:
    visit = v.open_visit(appointment=appointment, by=by, now=now)
    screening.rescreen(episode=appointment.episode, answers={{}}, by=by, now=now)
    v.note_news(visit=visit, news=(), by=by, now=now)
    try:
        v.start_visit(visit=visit, by=by, now=now)
        break
    except Exception:
        visit.delete()
print("VISIT", visit.pk)
"""


@pytest.fixture
def tablet(
    demo: Demo, states: Callable[..., Any], new_context: Callable[..., BrowserContext]
) -> Page:
    """The therapist's tablet in the session room, with the dial's code open."""
    email = demo.email("therapist")
    said = demo.site.run(BEGIN_A_VISIT.format(email=email))
    visit = said.split("VISIT")[1].strip()
    state = states(demo.site, email, demo.password)
    page = new_context(width=1180, storage_state=state).new_page()
    page.goto(f"{demo.site.url}/visits/{visit}/")
    page.click("text=Open the client’s dial")
    return page


@pytest.fixture
def phone(tablet: Page, new_context: Callable[..., BrowserContext]) -> Page:
    """The client's phone, on which nobody is signed in, led to the dial by the short code."""
    page = new_context(width=390, has_touch=True).new_page()
    page.goto("http://" + tablet.inner_text(".dial-code__enter"))
    page.fill("#code", tablet.inner_text("[data-code]").lower())
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-dial-form]")
    tablet.click("text=Back to the session")
    tablet.wait_for_load_state()
    return page


def _shown(tablet: Page) -> str:
    return tablet.get_attribute("#session", "data-shown") or "0"


def _wait_for_the_next(tablet: Page, before: str) -> None:
    tablet.wait_for_function(
        "before => (document.getElementById('session').dataset.shown || '0') !== before",
        arg=before,
        polling=10,
    )


def test_each_tap_comes_to_the_therapist_s_screen_by_itself_and_in_order(
    tablet: Page, phone: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    tablet.click("button[name=area] >> nth=0")
    tablet.wait_for_selector("[data-pause]:not([disabled])")
    _delays(tablet, phone, TAPS, capsys, "dial")  # printed; bench/dial.py holds them to the aim


def test_a_slow_line_delays_a_tap_and_loses_none(
    tablet: Page,
    phone: Page,
    new_context: Callable[..., BrowserContext],
    capsys: pytest.CaptureFixture[str],
) -> None:
    state = tablet.context.storage_state()
    slow = [
        new_context(width=width, service_workers="block", storage_state=cookies).new_page()
        for width, cookies in ((1180, state), (390, None))
    ]  # a service worker's own requests are not slowed down
    for page, address in zip(slow, (tablet.url, phone.url), strict=True):
        page.goto(address)
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW_3G)
    delays = _delays(*slow, SLOW_TAPS, capsys, "dial on slow 3G")
    assert statistics.median(delays) >= SLOW_3G["latency"] / 2


def _delays(
    tablet: Page, phone: Page, taps: int, capsys: pytest.CaptureFixture[str], what: str
) -> list[float]:
    """Milliseconds from each touch to the therapist's screen, which shows that very touch."""
    delays = []
    for tap in range(taps):
        before = _shown(tablet)
        kind = ("less", "right", "more", "right")[tap % 4]
        started = time.perf_counter()
        phone.click(f"button[value={kind}]", no_wait_after=True)
        _wait_for_the_next(tablet, before)
        delays.append((time.perf_counter() - started) * 1000)
        assert tablet.inner_text("[data-dial-word]") == WORDS[kind]
        phone.wait_for_timeout(200)  # a thumb rests between taps; a flood would be refused
    p50, p95 = statistics.median(delays), statistics.quantiles(delays, n=20)[-1]
    with capsys.disabled():
        print(f"\n{what}: {taps} taps, p50 {p50:.0f} ms, p95 {p95:.0f}, {max(delays):.0f} ms")  # noqa: T201
    return delays


def test_pain_above_the_cap_and_stop_fill_the_therapist_s_screen(
    tablet: Page, phone: Page
) -> None:
    tablet.click("button[name=area] >> nth=0")
    tablet.wait_for_selector("[data-pause]:not([disabled])")
    phone.click("button[name=pain][value='9']")
    tablet.wait_for_selector("[data-alert]:not([hidden])")
    assert "above the limit" in tablet.inner_text("[data-alert-words]")
    tablet.click("[data-alert-seen]")
    phone.click("button[value=stop]")
    tablet.wait_for_selector("[data-alert]:not([hidden])")
    assert tablet.inner_text("[data-alert-words]").startswith("Stop. Lift your hands")
    phone.wait_for_selector("text=Your therapist has been told to stop.")
    phone.click("button[value=right]")
    tablet.reload()
    assert tablet.is_visible("[data-alert]")
    before = _shown(tablet)
    tablet.click("[data-alert-seen]")
    tablet.wait_for_selector("[data-alert]", state="hidden")
    _wait_for_the_next(tablet, before)
    tablet.reload()
    assert tablet.is_hidden("[data-alert]")


def test_a_slip_is_taken_back_within_seconds(tablet: Page, phone: Page) -> None:
    assert phone.is_hidden("[data-back]")
    phone.click("button[value=stop]")
    phone.click("[data-back]")
    phone.wait_for_selector("text=Taken back. Your therapist sees that too.")
    tablet.wait_for_selector("text=Stop, then taken back. Ask before you go on.")
    expect(phone.locator("[data-back]")).to_be_hidden()
    expect(phone.locator("[aria-pressed=true]")).to_have_count(0)


def test_sound_and_light_are_chosen_once_and_kept(phone: Page) -> None:
    assert phone.get_attribute("[data-sound]", "aria-pressed") == "false"
    assert phone.get_attribute("html", "data-theme") == "dim"
    phone.click("[data-sound]")
    phone.click("[data-light]")
    phone.reload()
    assert phone.get_attribute("[data-sound]", "aria-pressed") == "true"
    assert phone.get_attribute("html", "data-theme") == "day"


def test_without_a_stream_the_tablet_asks_every_two_seconds(
    demo: Demo, tablet: Page, phone: Page
) -> None:
    tablet.context.route("**/dial/stream*", lambda route: route.abort())
    tablet.reload()
    before = _shown(tablet)
    phone.click("button[value=less]")
    _wait_for_the_next(tablet, before)
    assert tablet.inner_text("[data-dial-word]") == "Less"


def test_a_screen_without_a_line_says_that_no_tap_reaches_it(tablet: Page, phone: Page) -> None:
    before = _shown(tablet)
    tablet.context.set_offline(True)
    tablet.wait_for_selector("text=What the client taps does not reach this screen")
    phone.click("button[value=stop]")
    phone.wait_for_selector("text=Your therapist has been told to stop")
    tablet.context.set_offline(False)
    _wait_for_the_next(tablet, before)
    assert tablet.is_visible("[data-alert]")
    assert tablet.is_hidden("[data-dial-line]")


def test_a_tap_without_a_network_is_kept_and_sent_once(tablet: Page, phone: Page) -> None:
    before = _shown(tablet)
    phone.context.set_offline(True)
    phone.click("button[value=less]")
    phone.wait_for_selector("text=Not sent yet")
    phone.context.set_offline(False)
    _wait_for_the_next(tablet, before)
    phone.wait_for_selector("text=Your therapist sees: less.")


@pytest.mark.parametrize("refused", ["put", "get", "delete"])
def test_a_stop_is_told_though_the_phone_can_keep_nothing(
    tablet: Page, phone: Page, refused: str
) -> None:
    """A full disk, or a store that the browser has closed."""
    phone.evaluate(
        """name => {
          IDBObjectStore.prototype[name] = () => {
            throw new DOMException("full", "QuotaExceededError");
          };
        }""",
        refused,
    )
    for kind, word in (("less", "Less"), ("stop", "Stop")):
        before = _shown(tablet)
        phone.click(f"button[value={kind}]")
        _wait_for_the_next(tablet, before)
        assert tablet.inner_text("[data-dial-word]") == word
    assert tablet.is_visible("[data-alert]")


def test_the_dial_works_without_scripts(
    tablet: Page, phone: Page, new_context: Callable[..., BrowserContext]
) -> None:
    before = _shown(tablet)
    plain = new_context(width=390, java_script_enabled=False).new_page()
    plain.goto(phone.url)
    plain.click("button[value=more]")
    _wait_for_the_next(tablet, before)
    assert "Your therapist sees: more." in plain.inner_text("[data-said]")


def test_the_client_sees_that_a_stop_was_seen_and_then_that_the_visit_is_over(
    tablet: Page, phone: Page
) -> None:
    phone.click("button[value=stop]")
    tablet.wait_for_selector("[data-alert]:not([hidden])")
    phone.wait_for_selector("text=Your therapist has been told to stop.")
    tablet.click("[data-alert-seen]")
    phone.wait_for_selector("[role=status] >> text=Your therapist has seen it: stop.")
    assert phone.get_attribute("button[value=stop]", "aria-pressed") == "true"
    phone.context.set_offline(True)
    phone.click("button[value=less]")
    phone.wait_for_selector("text=Not sent yet")
    tablet.click("text=Finish")
    tablet.wait_for_url("**/note/")
    phone.context.set_offline(False)
    phone.wait_for_selector("text=Your visit is over")
    tablet.wait_for_timeout(500)
    tablet.reload()
    assert "Received only after the end of the visit: less." in tablet.inner_text("main")
    assert phone.goto(phone.url) is not None
    assert phone.locator("[data-dial-form]").count() == 0
