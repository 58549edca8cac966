"""Any area by its name, with the keyboard alone; and the question before a sensitive area."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Demo
from tests.support.visit_steps import OPEN_A_VISIT, row_of_today


@pytest.fixture
def room(
    demo: Demo, states: Callable[..., Any], new_context: Callable[..., BrowserContext]
) -> Page:
    """The session room, begun, with nothing in work."""
    email = demo.email("therapist")
    client = demo.site.run(OPEN_A_VISIT.format(email=email, again=True)).split("VISITS", 1)[1]
    state = states(demo.site, email, demo.password)
    page = new_context(1180, storage_state=state, bypass_csp=True).new_page()
    page.goto(f"{demo.site.url}/today/")
    row_of_today(page, client.strip()).click()
    page.get_by_role("button", name="Nothing is new: start").click()
    expect(page.locator("[data-chart]")).to_be_visible()
    return page


def test_an_area_outside_the_plan_is_found_by_name_with_the_keyboard_alone(room: Page) -> None:
    room.get_by_role("link", name="More areas").focus()
    room.keyboard.press("Enter")
    expect(room.locator("#places")).to_be_focused()
    assert Axe().run(room).response["violations"] == []
    room.keyboard.press("Tab")
    room.keyboard.press("Tab")
    room.keyboard.type("left calf")
    expect(room.locator(".places__one:visible")).to_have_count(1)
    expect(room.locator("[data-places-found]")).to_have_text("1 found.")
    room.keyboard.press("Enter")
    expect(room.locator('.places__one[value="calf_left"]')).to_be_focused()
    room.keyboard.press("Enter")
    expect(room.locator("[data-work-area]")).to_have_text("Calf, left")
    expect(room.locator("#places")).to_be_hidden()
    expect(room.get_by_role("link", name="More areas")).to_be_focused()


def test_a_list_opened_by_the_address_gives_the_focus_to_its_link(room: Page) -> None:
    room.goto(room.url.split("#")[0] + "#places")
    room.reload()
    room.locator("#places-find").press("Escape")
    expect(room.locator("#places")).to_be_hidden()
    expect(room.get_by_role("link", name="More areas")).to_be_focused()


def test_a_name_nobody_knows_finds_nothing_and_starts_nothing(room: Page) -> None:
    room.get_by_role("link", name="More areas").click()
    room.fill("#places-find", "zebra")
    expect(room.locator("[data-places-found]")).to_have_text("No area has this name.")
    room.keyboard.press("Enter")
    expect(room.locator("[data-work-area]")).to_have_text("No area in work")


def test_before_a_sensitive_area_without_consent_one_plain_question_is_asked(room: Page) -> None:
    asked = room.locator("[data-consent-ask]")
    room.get_by_role("link", name="More areas").click()
    room.fill("#places-find", "belly all")
    room.locator(".places__one:visible").first.click()
    expect(asked).to_contain_text("No consent is signed for belly")
    assert Axe().run(room).response["violations"] == []
    room.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    expect(room.locator("[data-work-area]")).to_have_text("No area in work")
    room.locator(".places__one:visible").first.click()
    asked.get_by_role("button", name="They agree: start").click()
    expect(room.locator("[data-work-area]")).to_have_text("Belly")
    expect(room.locator("[data-undo]")).to_be_enabled()
    room.reload()  # what was said is kept: nobody is asked again at this visit
    room.get_by_role("button", name="Done here").click()
    expect(room.locator("[data-work-area]")).to_have_text("No area in work")
    room.get_by_role("link", name="More areas").click()
    room.fill("#places-find", "belly all")
    room.locator(".places__one:visible").first.click()
    expect(room.locator("[data-work-area]")).to_have_text("Belly")
    expect(asked).to_be_hidden()
    room.locator("[data-region^=thigh_front]").first.click(force=True)
    expect(asked).to_contain_text("thigh")
    asked.get_by_role("button", name="Do not start").click()
    expect(room.locator("[data-work-area]")).to_have_text("Belly")
