"""Nothing pinned to an edge ever covers what has the focus (WCAG 2.2, 2.4.11): the brief, the
session room with its sheets and its alert, and the note, on every screen they are used on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Demo
from tests.support.visit_steps import OPEN_A_VISIT, row_of_today

PHONE, UPRIGHT, TABLET, LOW = (390, 844), (820, 1180), (1180, 820), (1180, 620)
ALERT = """() => {
  const alert = document.querySelector('[data-alert]');
  alert.hidden = false;
  document.querySelector('[data-alert-words]').textContent = 'Stop. Take your hands off.';
}"""
PLANT = """() => {
  const bar = document.createElement('div');
  const look = {position: 'fixed', zIndex: 9, inset: 'auto 0 0 0', height: '80vh'};
  Object.assign(bar.style, look);
  document.querySelector('main').append(bar);
}"""
COVERED = """() => {
  const all = [...document.querySelectorAll(
    'main :is(a[href], button, summary, input, select, textarea, [tabindex="0"])'
  )].filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.disabled
    && one.type !== 'hidden' && !one.closest('.visually-hidden'));
  const seen = (one) => {
    const shown = one.type === 'radio' || one.type === 'checkbox' ? one.closest('label') : one;
    const box = (shown || one).getBoundingClientRect();
    const at = [[0.5, 0.5], [0.5, 0.1], [0.5, 0.9]].map(([x, y]) =>
      document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
    const ours = at.map((hit) => hit && (hit === one || one.contains(hit) || hit.contains(one)
      && hit.tagName === 'LABEL'));
    const long = one.tagName === 'TEXTAREA' || box.height > innerHeight / 3; // its cursor shows
    return long ? ours.some(Boolean) : ours.every(Boolean);
  };
  const name = (one) => `${one.tagName} ${one.id || one.name} ${one.textContent.trim()}`;
  const found = new Set();
  for (const way of [all, [...all].reverse()]) {
    for (const one of way) {
      one.focus();
      if (document.activeElement === one && !seen(one)) found.add(name(one).slice(0, 60));
    }
  }
  return [...found];
}"""


@pytest.fixture
def brief(
    demo: Demo, states: Callable[..., Any], new_context: Callable[..., BrowserContext]
) -> Page:
    """The brief of a visit that was not begun."""
    email = demo.email("therapist")
    client = demo.site.run(OPEN_A_VISIT.format(email=email, again=True)).split("VISITS", 1)[1]
    page = new_context(
        1180, storage_state=states(demo.site, email, demo.password), has_touch=True
    ).new_page()
    page.goto(f"{demo.site.url}/today/")
    row_of_today(page, client.strip()).click()
    expect(page.get_by_role("button", name="Nothing is new: start")).to_be_visible()
    return page


def test_no_pinned_bar_covers_the_focus_in_brief_room_and_note(brief: Page) -> None:
    page = brief
    covered = _covered(page, page.url, PHONE, TABLET, LOW)
    page.get_by_role("button", name="Nothing is new: start").click()
    page.locator("[data-copy-all]").click()
    page.locator("[data-begin]").first.click()
    expect(page.locator("[data-pause]")).to_be_enabled()
    room = page.url.split("#")[0]
    covered += _covered(page, room, PHONE, UPRIGHT, TABLET)
    covered += _covered(page, room, PHONE, UPRIGHT, TABLET, LOW, alert=True)
    covered += _covered(page, f"{room}#findings", PHONE, TABLET)
    covered += _covered(page, f"{room}#words", PHONE, TABLET)
    page.goto(room)
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url("**/note/")
    covered += _covered(page, page.url, PHONE, TABLET)
    covered += _covered(page, f"{room}note/quick/", PHONE)
    assert covered == []


def _covered(page: Page, url: str, *screens: tuple[int, int], alert: bool = False) -> list[str]:
    found = []
    for width, height in screens:
        page.set_viewport_size({"width": width, "height": height})
        page.goto("about:blank")
        page.goto(url)
        if alert:
            page.evaluate(ALERT)
        where = f"{'/'.join(url.split('/')[5:])} {width}x{height}{' alert' if alert else ''}"
        found += [f"{where}: {one}" for one in page.evaluate(COVERED)]
    return found


def test_a_planted_bar_is_seen_to_cover_the_focus(brief: Page) -> None:
    brief.evaluate(PLANT)
    assert any("wish" in one for one in brief.evaluate(COVERED))
