"""Every page of the demo clinic, on a phone and on a desk, by day and by night: accessibility,
the policy for scripts and styles, nothing from another host, nothing wider than the screen."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, Response, expect

from tests.browser.conftest import Demo, Watch
from tests.support.site import Site
from tests.support.walk import addresses

LOG = logging.getLogger(__name__)
ROLES = ["anonymous", "therapist", "owner", "front_desk", "client"]
VIEWS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
AXE = """axe.run({resultTypes: ['violations']}).then((found) => found.violations.map(
  (one) => `${one.id} at ${JSON.stringify(one.nodes.slice(0, 2).map((node) => node.target))}`))"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LETTERS_TAKE_MS = 180_000  # the first paper of a server loads its fonts, on a busy machine too
GALLERY = ["", "episode/", "room/", "dial/", "emergency/"]


@pytest.fixture(scope="module")
def pages(demo: Demo) -> dict[str, list[str]]:
    return addresses(demo.site, demo.logins)


@pytest.fixture(scope="module")
def walked() -> dict[str, set[str]]:
    """Addresses already examined; staff roles share theirs, since they see the same pages."""
    return {}


def _frame(role: str) -> str:
    return role if role in ("anonymous", "client") else "staff"


def _context(
    role: str,
    demo: Demo,
    states: Callable[..., Any],
    make: Callable[..., BrowserContext],
    **more: Any,
) -> BrowserContext:
    if role == "anonymous":
        return make(**more)
    email = demo.email(role.replace("_", " "))
    return make(storage_state=states(demo.site, email, demo.password), **more)


@pytest.fixture(scope="module")
def asked() -> dict[str, list[str]]:
    """By role, the addresses that answered with a page."""
    return {}


def _answering(page: Page, site: Site, urls: list[str]) -> list[str]:
    """Where each address leads that answers with a page, broken ones among them; refusals are
    the access tests' work.
    """
    found = []
    for url in urls:
        answer = page.context.request.get(f"{site.url}{url}", timeout=LETTERS_TAKE_MS)
        landed, kind = answer.url.split("?")[0], answer.headers.get("content-type", "")
        if answer.status in (403, 405) or "text/html" not in kind:
            continue
        if answer.status != 404 or "no-such-page" in url:
            found.append(landed)
    return list(dict.fromkeys(found))


def _opened(page: Page, urls: list[str], seen: set[str]) -> Iterator[tuple[str, Response]]:
    """Each address not seen yet, opened."""
    for url in urls:
        if url not in seen:
            seen.add(url)
            response = page.goto(url)
            assert response is not None
            yield url, response


def _violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it is now."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(f"{AXE_SCRIPT}; true")
    found: list[str] = page.evaluate(AXE)
    return found


def _faults(page: Page) -> list[str]:
    found = []
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{width} {scheme}: {wrong}" for wrong in _violations(page)]
        if width == 390 and page.evaluate(WIDER) > 0:
            found.append(f"{width} {scheme}: wider than the screen")
    return found


@pytest.mark.parametrize("role", ROLES)
def test_pages_have_no_accessibility_violation(
    role: str,
    demo: Demo,
    pages: dict[str, list[str]],
    states: Callable[..., Any],
    new_context: Callable[..., BrowserContext],
    walked: dict[str, set[str]],
    asked: dict[str, list[str]],
) -> None:
    page = _context(role, demo, states, new_context, bypass_csp=True).new_page()
    faults: dict[str, list[str]] = {}
    count = 0
    asked[role] = asked.get(role) or _answering(page, demo.site, pages[role])
    for url, response in _opened(page, asked[role], walked.setdefault(_frame(role), set())):
        count += 1
        wrong = ["broken"] if response.status >= 500 else _faults(page)
        if wrong:
            faults[url] = wrong
    LOG.info("axe: %s, %d pages in %d views, %d with faults", role, count, len(VIEWS), len(faults))
    assert faults == {}


@pytest.mark.parametrize("role", ROLES)
def test_pages_keep_the_strict_policy_and_stay_legible_at_twice_the_size(
    role: str,
    demo: Demo,
    pages: dict[str, list[str]],
    states: Callable[..., Any],
    new_context: Callable[..., BrowserContext],
    walked: dict[str, set[str]],
    asked: dict[str, list[str]],
    watch: Watch,
) -> None:
    page = _context(role, demo, states, new_context).new_page()
    seen = walked.setdefault(f"policy {_frame(role)}", set())
    wide, broken = [], []
    asked[role] = asked.get(role) or _answering(page, demo.site, pages[role])
    for url, response in _opened(page, asked[role], seen):
        if response.status >= 500:
            broken.append(url)
            continue
        policy = response.headers.get("content-security-policy", "")
        assert "default-src 'none'" in policy, url
        assert "unsafe" not in policy, url
        page.evaluate("document.documentElement.style.fontSize = '212.5%'")
        if page.evaluate(WIDER) > 0:
            wide.append(url)
        assert watch.csp_errors() == [], url
    assert broken == []
    assert wide == [], "these scroll sideways at 200 % text"


@pytest.mark.parametrize("part", GALLERY)
def test_the_gallery_has_no_accessibility_violation(
    part: str, site: Site, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(bypass_csp=True).new_page()
    page.goto(f"{site.url}/gallery/{part}")
    assert _faults(page) == []


def test_until_the_device_has_answered_nothing_unseen_can_be_reached(
    site: Site, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(bypass_csp=True).new_page()
    page.add_init_script("IDBFactory.prototype.open = () => ({})")
    page.goto(f"{site.url}/gallery/emergency/")
    expect(page.locator(".waits [role=status]")).to_have_count(1)
    assert page.locator(".waits :is(a, button):visible").count() == 0


def test_a_planted_fault_is_seen(demo: Demo, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(bypass_csp=True).new_page()
    page.goto(f"{demo.site.url}/accounts/login/")
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('input[name=login]').placeholder = ''")
    assert any("label" in fault for fault in _faults(page))


def test_somebody_can_sign_in_and_find_a_client_by_keyboard_alone(
    demo: Demo, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(1280).new_page()
    page.goto(f"{demo.site.url}/accounts/login/")
    _tab_to(page, "document.activeElement.name === 'login'")
    page.keyboard.type(demo.email("owner"))
    page.keyboard.press("Tab")
    _tab_to(page, "document.activeElement.name === 'password'")
    page.keyboard.type(demo.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/login" not in address)
    _tab_to(page, "document.activeElement.textContent.trim() === 'Clients'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/clients/")
    _tab_to(page, "document.activeElement.closest('tbody') !== null")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid", "the focus can be seen"
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: address.rstrip("/").count("/") == 4)


def _tab_to(page: Page, there: str) -> None:
    for _ in range(40):
        if page.evaluate(there):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never reached: {there}")


ANSWER = """() => {
  const form = document.querySelector('main form');
  const words = (input) => input.closest('label').innerText.trim();
  for (const name of new Set([...form.querySelectorAll('[type=radio]')].map((i) => i.name))) {
    const options = [...form.querySelectorAll(`[type=radio][name="${name}"]`)];
    const asked = (options[0].closest('fieldset') || form).innerText;
    const wanted = /passing water/i.test(asked) ? /cannot pass/i : /^no\\b|^slowly/i;
    (options.find((i) => wanted.test(words(i))) || options[0]).checked = true;
  }
  for (const name of new Set([...form.querySelectorAll('[type=checkbox]')].map((i) => i.name))) {
    const boxes = [...form.querySelectorAll(`[type=checkbox][name="${name}"]`)];
    const sign = boxes.find((i) => /cannot pass water/i.test(words(i)));
    (sign || boxes.find((i) => /^(none|nothing)/i.test(words(i))) || boxes[0]).checked = true;
  }
  for (const input of form.querySelectorAll('[inputmode=numeric], [inputmode=decimal]'))
    input.value = '38';
  const marks = form.querySelector('[data-marks]');
  if (marks) marks.value = JSON.stringify([{region: 'low_back_right', kind: 'ache', intensity: 6,
    view: 'back', layer: 'client', stroke: [], note: ''}]);
}"""


def test_the_self_check_is_accessible_from_its_first_question_to_the_emergency_page(
    demo: Demo, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(bypass_csp=True).new_page()
    page.goto(f"{demo.site.url}/self-check/1/")
    faults, asked = {}, 0
    while page.locator(".emergency").count() == 0:
        asked += 1
        assert asked < 60, "the emergency was never seen"
        if wrong := _violations(page):
            faults[page.url] = wrong
        page.evaluate(ANSWER)
        page.locator("main form button.button:not(.button--quiet)").last.click()
        page.wait_for_load_state()
    assert _faults(page) == []
    assert faults == {}
    expect(page.locator("a.call")).to_have_attribute("href", "tel:911")
