"""A visit from the list of the day to its signed note: taps counted, by touch and by keyboard; the
session room in three lights: reachable, large enough, nothing to scroll on the main path."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Demo, Watch
from tests.support.hand import NONE, Hand
from tests.support.visit_steps import OPEN_A_VISIT, first_visit, repeat_visit, row_of_today

MOST_TAPS_REPEAT, MOST_TAPS_FIRST = 25, 60
VIEWS = [
    ("light", "plain", "", 1180, 820),
    ("light", "plain", "", 820, 1180),
    ("light", "plain", "", 390, 844),
    ("dark", "plain", "", 1180, 820),
    ("light", "dim", "", 1180, 820),
    ("light", "dim", "#findings", 1180, 820),
    ("light", "dim", "#words", 820, 1180),
    ("light", "dim", "#findings", 390, 844),
]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOO_SMALL = """() => {
  const session = document.getElementById('session');
  const all = [...session.querySelectorAll('button, a, summary, input, select, textarea')];
  return all.filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && one.checkVisibility() && (box.width < 43.9 || box.height < 47.9);
  }).map((one) => `${one.textContent.trim() || one.name} ${one.className}`);
}"""
# Of the areas planned ahead, the next one's button: a long list scrolls in its own place.
OUT_OF_SIGHT = """() => [
  ...document.querySelectorAll('.session__form button, .session__nav > *'),
  ...document.querySelectorAll('[data-undo], [data-pause]'),
  ...[...document.querySelectorAll('[data-begin]')].slice(0, 1),
].filter((one) => {
  const box = one.getBoundingClientRect();
  const list = one.closest('.session__done')?.getBoundingClientRect();
  const bottom = list ? Math.min(list.bottom, innerHeight) : innerHeight;
  const out = box.top < 0 || box.bottom > bottom + 1 || box.right > innerWidth + 1;
  return box.width && one.checkVisibility() && out;
}).map((one) => one.textContent.trim() || one.name)"""


@pytest.fixture
def therapist(
    demo: Demo, states: Callable[..., Any], new_context: Callable[..., BrowserContext]
) -> Callable[..., tuple[Page, str]]:
    """A tablet with the list of the day, and the client whose visit is next on it."""

    def make(*, again: bool, **options: Any) -> tuple[Page, str]:
        email = demo.email("therapist")
        name = demo.site.run(OPEN_A_VISIT.format(email=email, again=again))
        state = states(demo.site, email, demo.password)
        page = new_context(1180, storage_state=state, has_touch=True, **options).new_page()
        page.set_viewport_size({"width": 1180, "height": 820})
        page.goto(f"{demo.site.url}/today/")
        return page, name.split("VISITS", 1)[1].strip()

    return make


def _no_time(minutes: int) -> None:
    """Hands-on time is no documentation, and here it does not pass."""


def test_a_repeat_visit_is_signed_within_the_taps_a_day_leaves(
    demo: Demo, therapist: Callable[..., tuple[Page, str]], watch: Watch
) -> None:
    page, client = therapist(again=True)
    hand = Hand(page, NONE)
    repeat_visit(hand, client, demo.password, _no_time)
    assert hand.taps <= MOST_TAPS_REPEAT, hand.log
    expect(page.locator("h1")).to_have_text("Signed note")
    expect(page.locator("main")).to_contain_text("Wants today: The same as last time.")
    expect(page.locator("main")).to_contain_text("Pain 6/10 before, 4/10 after")
    assert watch.csp_errors() == []


def test_the_same_visit_is_done_by_keyboard_alone(
    demo: Demo, therapist: Callable[..., tuple[Page, str]]
) -> None:
    page, client = therapist(again=True)
    repeat_visit(Hand(page, NONE, by_keyboard=True), client, demo.password, _no_time)
    expect(page.locator("h1")).to_have_text("Signed note")


def test_a_first_visit_with_findings_and_words_is_signed(
    demo: Demo, therapist: Callable[..., tuple[Page, str]]
) -> None:
    page, client = therapist(again=False)
    hand = Hand(page, NONE)
    first_visit(hand, client, demo.password, _no_time)
    assert hand.taps <= MOST_TAPS_FIRST, hand.log
    for said in ("tenderness 3 of 4", "trigger point, active", "Left side guarded at first"):
        expect(page.locator("main")).to_contain_text(said)


def test_the_room_is_accessible_large_and_needs_no_scrolling_on_its_main_path(
    demo: Demo, therapist: Callable[..., tuple[Page, str]]
) -> None:
    page, client = therapist(again=True, bypass_csp=True)
    row_of_today(page, client).click()
    page.get_by_role("button", name="Nothing is new: start").click()
    page.locator("[data-copy-all]").click()
    page.locator("[data-begin]").first.click()
    expect(page.locator("[data-pause]")).to_be_enabled()
    room, faults = page.url.split("#")[0], []
    for scheme, light, sheet, width, height in VIEWS:
        cookie = {"name": "room", "value": light, "url": demo.site.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": height})
        page.goto("about:blank")
        page.goto(f"{room}{sheet}")
        where = f"{scheme} {light} {sheet} {width}"
        faults += [f"{where}: {fault}" for fault in _faults(page)]
        faults += [f"{where}: too small: {one}" for one in page.evaluate(TOO_SMALL)]
        if not sheet and width > 390:
            faults += [f"{where}: out of sight: {one}" for one in page.evaluate(OUT_OF_SIGHT)]
        if page.evaluate(WIDER) > 0:
            faults.append(f"{where}: wider than the screen")
    assert faults == [], "\n".join([client, *faults])


def _faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']} at {[node['target'] for node in one['nodes'][:2]]}" for one in found]


def test_a_tap_is_taken_back_and_the_arrows_stay_in_their_group(
    therapist: Callable[..., tuple[Page, str]],
) -> None:
    page, client = therapist(again=True)
    row_of_today(page, client).click()
    page.get_by_role("button", name="Nothing is new: start").click()
    page.locator("button[name=pain_before][value='6']").click()
    undo = page.locator("[data-undo]")
    expect(undo).to_contain_text("Pain before 6")
    undo.click()
    pressed = page.locator("button[name=pain_before][aria-pressed=true]")
    expect(pressed).to_have_count(0)
    page.locator("button[name=pain_before][value='3']").focus()
    for key, value in (("ArrowRight", "4"), ("End", "10"), ("ArrowRight", "0"), ("Home", "0")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.value") == value
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "pain_after"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_enter_in_a_field_never_answers_that_nothing_is_new(
    demo: Demo, therapist: Callable[..., tuple[Page, str]]
) -> None:
    page, client = therapist(again=True)
    row_of_today(page, client).click()
    page.fill("#wish", "The left side")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    start = page.get_by_role("button", name="Nothing is new: start")
    expect(start).to_be_visible()
    expect(page.locator("#wish")).to_have_value("The left side")


def test_the_end_of_an_area_s_time_is_a_quiet_change_and_silent_unless_wanted(
    therapist: Callable[..., tuple[Page, str]],
) -> None:
    page, client = therapist(again=True)
    page.clock.install()
    row_of_today(page, client).click()
    page.get_by_role("button", name="Nothing is new: start").click()
    sound = page.locator("[data-cue-choice=sound]")
    expect(sound).to_have_attribute("aria-pressed", "false")
    page.locator("[data-copy-all]").click()
    page.locator("[data-begin]").first.click()
    timer, words = page.locator("[data-timer]"), page.locator("[data-planned-words]")
    expect(words).to_have_text(re.compile("min left|last minute"))
    minutes = int(page.locator("[data-planned-bar]").get_attribute("max") or "") // 60
    page.clock.fast_forward((minutes - 1) * 60_000 + 20_000)
    expect(timer).to_have_attribute("data-cue", "near")
    page.clock.fast_forward(60_000)
    expect(timer).to_have_attribute("data-cue", "over")
    expect(words).to_have_text(f"{minutes} min are up")
    expect(page.locator("[data-cue-said]")).to_contain_text("is up")
    page.locator(".session__menu summary").click()
    sound.click()
    expect(sound).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(sound).to_have_attribute("aria-pressed", "true")
