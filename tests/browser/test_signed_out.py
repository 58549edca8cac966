"""What stays on a shared screen once somebody has signed out."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext

from tests.browser.conftest import sign_in
from tests.support.site import Site

OWNER = "ada@example.org"


def test_signing_out_in_one_tab_clears_the_others(
    site: Site, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context()
    first, other = context.new_page(), context.new_page()
    sign_in(first, site.url, OWNER)
    other.goto(f"{site.url}/clients/")
    first.goto(f"{site.url}/more/")
    first.locator("form[action$='/accounts/logout/'] button").first.click()
    other.wait_for_url("**/accounts/login/**")


def test_a_page_that_opens_leaves_the_other_tabs_of_the_same_person_alone(
    site: Site, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context()
    first, other = context.new_page(), context.new_page()
    sign_in(first, site.url, OWNER)
    other.goto(f"{site.url}/clients/")
    other.evaluate("window.untouched = true")
    with first.expect_response("**/clients/"):
        first.goto(f"{site.url}/clients/")
    other.evaluate("() => new Promise((seen) => setTimeout(seen, 300))")
    assert other.evaluate("window.untouched") is True
