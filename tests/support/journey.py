"""Ways through the pages, as somebody with a phone or a tablet would go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Page

Told = Mapping[str, Any]

NOT_ASKED = {"csrfmiddlewaretoken", "once", "back", "nothing_changed", "light", "next", "marks"}


def answer(page: Page, told: Told) -> None:
    """Fills in the questions on this page; what is not told is answered "no" or "none"."""
    names = page.eval_on_selector_all(
        "main form [name]", "fields => [...new Set(fields.map(field => field.name))]"
    )
    for name in names:
        if name in NOT_ASKED or name.startswith("marks-"):
            continue
        fields = page.locator(f'main form [name="{name}"]')
        kind = fields.first.evaluate("field => field.type")
        if kind in ("radio", "checkbox"):
            _choose(page, name, told.get(name))
        elif kind == "select-one" and name in told:
            fields.first.select_option(told[name])
        elif kind not in ("hidden", "select-one") and name in told:
            fields.first.fill(str(told[name]))


def _choose(page: Page, name: str, wanted: str | Sequence[str] | None) -> None:
    fields = page.locator(f'main form [name="{name}"]')
    values = fields.evaluate_all("fields => fields.map(field => field.value)")
    if wanted is None:
        wanted = next((value for value in ("no", "none") if value in values), [])
    for value in [wanted] if isinstance(wanted, str) else wanted:
        page.locator(f'main form [name="{name}"][value="{value}"]').check(force=True)


def press(page: Page, words: str) -> None:
    """Presses the first button with these words and waits for the next page."""
    with page.expect_navigation():
        page.get_by_role("button", name=words).first.click()


def follow(page: Page, words: str) -> None:
    """Follows the first link with these words."""
    page.get_by_role("link", name=words).first.click()
    page.wait_for_load_state()


def self_check(page: Page, url: str, told: Told, *, region: str) -> None:
    """The whole self-check, until there is nothing more to answer."""
    page.goto(f"{url}/self-check/")
    follow(page, "Begin")
    for _ in range(80):
        if not page.locator("#answers").count():
            return
        if page.locator("[data-body-chart]").count():
            mark(page, region)
        else:
            answer(page, told)
        press(page, "Continue")
    raise AssertionError(f"the self-check does not end; it stopped at {heading(page)!r}")


def mark(page: Page, region: str) -> None:
    """Touches a region on the back of the figure."""
    back = page.locator('[data-body-chart] [data-tab="back"]')
    if back.is_visible():
        back.click()
    page.locator(f'[data-region="{region}"]').first.click()


def intake(page: Page, told: Told) -> None:
    """What is left of the intake, section by section, until the safety check comes."""
    for _ in range(20):
        if "/intake/" not in page.url:
            return
        if page.get_by_role("link", name="Carry on").count():
            follow(page, "Carry on")
        answer(page, told)
        press(page, "Save and continue")
    raise AssertionError(f"the intake does not end; it stopped at {heading(page)!r}")


def heading(page: Page) -> str:
    return page.locator("h1").first.inner_text()


def words(page: Page) -> str:
    """Everything the page says."""
    return page.locator("main").inner_text()
