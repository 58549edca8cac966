"""The check-in on a phone: how many taps, what an emergency shows at once, and axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Demo
from tests.support.check_in_steps import Thumb, check_in, make_links

MOST_TAPS = 11
"""Two areas, sleep, stress, load, flare, three things at home, and sending; one more while signs
are watched."""


LET_GO = """
from unknot.clinic import models as m
m.Alert.everything.filter(episode_id={episode!r}, stops=True).delete()
"""


@pytest.fixture(scope="module")
def links(demo: Demo) -> Iterator[dict[str, Any]]:
    """Tokens of check-ins; afterwards nothing told here holds back a visit of other tests."""
    made = make_links(demo.site)
    yield made
    demo.site.run(LET_GO.format(episode=made["check_episode"]))


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(390, has_touch=True).new_page()


@pytest.mark.parametrize(("kind", "taps"), [("plain", MOST_TAPS - 1), ("watched", MOST_TAPS)])
def test_a_whole_check_in_of_two_areas_is_so_many_taps(
    demo: Demo, links: dict[str, Any], phone: Page, kind: str, taps: int
) -> None:
    phone.goto(f"{demo.site.url}/c/{links[kind]}/")
    thumb = Thumb(phone, sleeps=False)
    check_in(thumb, links[f"{kind}_pain"], watched=kind == "watched")
    assert thumb.taps <= taps
    expect(phone.get_by_text("What happens next.")).to_be_visible()


def test_more_pain_than_usual_brings_the_warning_signs_at_once(
    demo: Demo, links: dict[str, Any], phone: Page
) -> None:
    phone.goto(f"{demo.site.url}/c/{links['plain']}/?again")
    none = phone.locator('input[name="signs"][value="none"]')
    expect(none).to_be_hidden()
    area = next(iter(links["plain_pain"]))
    phone.locator(f'label:has(> input[name="area-{area}"][value="10"])').tap()
    expect(none).to_be_visible()


def test_an_emergency_shows_whom_to_call_at_once_and_stands_first_on_today(
    demo: Demo,
    links: dict[str, Any],
    phone: Page,
    states: Any,
    new_context: Callable[..., BrowserContext],
) -> None:
    phone.goto(f"{demo.site.url}/c/{links['check']}/")
    call = phone.locator(".sign__now--emergency a.call")
    assert [one.is_visible() for one in call.all()].count(True) == 0
    phone.locator('label:has(> input[value="bladder_or_saddle"])').tap()
    assert [one.is_visible() for one in call.all()].count(True) == 1
    phone.locator("[data-main]").tap()
    expect(phone.locator("body.emergency a.call")).to_be_visible()
    expect(phone.get_by_role("heading")).to_contain_text("Hours matter.")
    state = states(demo.site, links["check_therapist"], demo.password)
    desk = new_context(1280, storage_state=state).new_page()
    desk.goto(f"{demo.site.url}/today/")
    first = desk.locator(".alerts .alert").first
    expect(first).to_contain_text("Emergency")
    expect(first).to_contain_text("Visits on hold.")
    first.get_by_text("What the client was told").click()
    expect(first).to_contain_text("Hours matter.")


def test_without_the_line_the_answer_waits_on_the_phone_and_goes_out_later(
    demo: Demo, links: dict[str, Any], phone: Page
) -> None:
    phone.goto(f"{demo.site.url}/c/{links['plain']}/?again")
    for area, pain in links["plain_pain"].items():
        phone.locator(f'label:has(> input[name="area-{area}"][value="{pain}"])').tap()
    phone.context.set_offline(True)
    phone.locator("[data-main]").tap()
    said = phone.get_by_text("Kept on this phone.")
    expect(said).to_be_in_viewport(ratio=1)
    assert said.evaluate(
        "one => { const at = one.getBoundingClientRect();"
        " return document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2) === one }"
    ), "something lies over what is said"
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible(timeout=15_000)


def test_all_of_it_works_by_keyboard(demo: Demo, links: dict[str, Any], phone: Page) -> None:
    phone.goto(f"{demo.site.url}/c/{links['other_check']}/")
    phone.locator('input[name="signs"][value="none"]').focus()
    phone.keyboard.press("Space")
    for keys in (
        ("Tab", "Tab", "ArrowRight"),  # past "not sure", to "No": nothing new
        ("Tab", "Space"),  # not sore
        ("Tab", "Space"),  # no pain now
        ("Tab", "Space"),  # no relief
        ("Tab", "Enter"),
    ):
        for key in keys:
            phone.keyboard.press(key)
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
