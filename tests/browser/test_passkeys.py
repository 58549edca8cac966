"""Passkeys work in a real browser with a virtual device, under the strict policy for scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Watch, sign_in
from tests.support.site import PASSWORD, Site

OWNER = "ada@example.org"


@pytest.fixture
def device(new_context: Callable[..., BrowserContext]) -> tuple[Page, Any]:
    """A phone with a fingerprint reader that always recognises its owner."""
    page = new_context().new_page()
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page, tools


def _confirm(page: Page) -> None:
    """Gives one's word again where the page asks for it: with the key, else the password."""
    if "reauthenticate" not in page.url:
        return
    if page.locator("#confirm_key").count():
        page.click("#confirm_key")
    else:
        page.fill("input[name=password]", PASSWORD)
        page.click("[data-main]")
    page.wait_for_url(lambda address: "reauthenticate" not in address)


def test_a_passkey_can_be_added_listed_used_and_removed(
    site: Site, device: tuple[Page, Any], watch: Watch
) -> None:
    page, _tools = device
    sign_in(page, site.url, OWNER)

    page.goto(f"{site.url}/accounts/2fa/webauthn/add/")
    _confirm(page)
    page.fill("#id_name", "My phone")
    page.click("#add_key")
    page.wait_for_url(lambda address: "/add/" not in address)
    page.goto(f"{site.url}/accounts/2fa/webauthn/")
    expect(page.get_by_text("My phone").first).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{site.url}/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda address: "/login" not in address)
    page.goto(f"{site.url}/clients/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Clients")

    page.goto(f"{site.url}/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove").first.click()
    _confirm(page)
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("No passkey yet")).to_be_visible()
    assert watch.csp_errors() == []


def test_a_device_that_refuses_is_answered_in_words(
    site: Site, device: tuple[Page, Any], watch: Watch
) -> None:
    page, tools = device
    tools.send("WebAuthn.disable")
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('refused'))")
    page.goto(f"{site.url}/accounts/login/")
    page.click("#passkey_login")
    expect(page.get_by_text("The passkey did not work this time")).to_be_visible()
    assert watch.csp_errors() == []


def test_a_wrong_password_is_answered_without_saying_which_part_was_wrong(
    site: Site, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    page.goto(f"{site.url}/accounts/login/")
    page.fill("input[name=login]", OWNER)
    page.fill("input[name=password]", "not the password")
    page.click("[data-main]")
    expect(page.locator(".error-summary")).to_be_focused()


def test_a_second_step_can_be_turned_on(site: Site, device: tuple[Page, Any]) -> None:
    page, _tools = device
    sign_in(page, site.url, OWNER)
    page.goto(f"{site.url}/accounts/2fa/totp/activate/")
    _confirm(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Turn on the second step")
    assert page.locator(".qr img").evaluate("image => image.naturalWidth") > 0
