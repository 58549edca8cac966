"""A clinic's tablet beside the table: it follows the sessions in its room by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Demo
from tests.browser.test_axe import _faults
from tests.browser.test_dial import BEGIN_A_VISIT

BEGIN_IN_A_ROOM = """
from unknot.clinic.treat.actions import bedside
room = visit.appointment.room  # other tests leave dials open
m.DialLink.everything.filter(visit__appointment__room=room, closed_at=None).update(closed_at=now)
made = bedside.make_code(room=room, by=by, now=now)
print("CODE", bedside.code_of(made), "CODE")
"""
TAKE_AWAY = """
from unknot.clinic import models as m
m.Bedside.everything.filter(made_by__user__email={email!r}).delete()
"""
HIDDEN_BELOW = "() => document.documentElement.scrollHeight - window.innerHeight"


@pytest.fixture
def email(demo: Demo) -> Iterator[str]:
    """The therapist; no tablet of theirs is awake in a room of other tests."""
    email = demo.email("therapist")
    yield email
    demo.site.run(TAKE_AWAY.format(email=email))


def test_a_tablet_shows_the_dial_with_the_session_and_then_waits(
    demo: Demo,
    email: str,
    states: Callable[..., Any],
    new_context: Callable[..., BrowserContext],
) -> None:
    said = demo.site.run(BEGIN_A_VISIT.format(email=email) + BEGIN_IN_A_ROOM)
    visit, code = said.split("VISIT")[1].split()[0], said.split("CODE")[1].strip()
    tablet = new_context(width=1180, has_touch=True, bypass_csp=True).new_page()
    tablet.goto(f"{demo.site.url}/dial/bedside/")
    tablet.fill("#code", code.lower())
    tablet.keyboard.press("Enter")
    tablet.wait_for_selector("text=Waiting for the next visit")
    assert _faults(tablet) == []
    state = states(demo.site, email, demo.password)
    desk = new_context(width=1180, storage_state=state).new_page()
    desk.goto(f"{demo.site.url}/visits/{visit}/")
    desk.click("text=Open the client’s dial")
    tablet.wait_for_selector("[data-dial-form]")
    for width, height in ((1180, 820), (820, 1180), (820, 600)):
        tablet.set_viewport_size({"width": width, "height": height})
        assert tablet.evaluate(HIDDEN_BELOW) <= 0
        assert _stop_fills_the_lower_edge(tablet, width, height)
    assert _faults(tablet) == []
    tablet.tap("button[value=less]")
    tablet.wait_for_selector("text=Your therapist sees: less.")
    desk.goto(f"{demo.site.url}/visits/{visit}/")
    assert desk.inner_text("[data-dial-word]") == "Less"
    desk.click("text=Finish")
    desk.wait_for_url("**/note/")
    tablet.wait_for_selector("text=Waiting for the next visit")
    expect(tablet.locator("[data-dial-form]")).to_have_count(0)


def _stop_fills_the_lower_edge(tablet: Page, width: int, height: int) -> bool:
    """Whether a hand that feels for the lower edge lands on Stop wherever it comes down."""
    under = "([x, y]) => document.elementFromPoint(x, y).closest('button')?.value"
    places = ([x, height - 6] for x in (6, width // 2, width - 6))
    return all(tablet.evaluate(under, place) == "stop" for place in places)
