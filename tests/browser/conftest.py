"""A real browser on a real server. Any request to another host fails the test that made it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.site import MAKE_PRACTICE, PASSWORD, Site, demo_site, new_site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OURS = {"localhost", "127.0.0.1"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks everything here ``browser``; without Chromium it is skipped, with the reason."""
    for item in items:
        if "tests/browser" not in str(item.path):
            continue
        item.add_marker(pytest.mark.browser)
        if not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@dataclass(frozen=True)
class Demo:
    """The demo clinic on a running server: who can sign in, by role, with which password."""

    site: Site
    logins: tuple[tuple[str, str], ...]
    password: str

    def email(self, who: str) -> str:
        """The address of the first login whose description contains ``who``."""
        for words, email in self.logins:
            if who in words.lower():
                return email
        raise KeyError(f"no demo login mentions {who!r}; there are {self.logins}")


@dataclass
class Watch:
    """What a page said and asked for while a test ran."""

    foreign: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def csp_errors(self) -> list[str]:
        return [line for line in self.console if "Content Security Policy" in line]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once for the whole run."""
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """A server with one small practice; its owner is ada@example.org with PASSWORD."""
    made = new_site()
    made.run(MAKE_PRACTICE.format(password=PASSWORD))
    made.start()
    yield made
    made.remove()


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """A server with the demo clinic loaded, of one file of tests: what they begin, finish and hold
    up there is met by no other."""
    made, told = demo_site()
    made.start()
    logins = tuple((who, email) for who, email in told["logins"])
    yield Demo(made, logins, told["password"])
    made.remove()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Collects console messages and requests; fails the test for a request to another host."""
    seen = Watch()
    yield seen
    assert seen.foreign == [], "a page asked another host for something"


@pytest.fixture
def new_context(browser: Browser, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts (devices): ``new_context(width=390, dark=False, **options)``."""
    opened: list[BrowserContext] = []

    def make(width: int = 390, *, dark: bool = False, **options: Any) -> BrowserContext:
        options.setdefault("service_workers", "block")  # a test of the worker asks for it
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            **options,
        )
        watch_context(context, watch)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


def watch_context(context: BrowserContext, watch: Watch) -> None:
    """Notes every request to another host and every console message of the context."""
    context.on(
        "request",
        lambda request: watch.foreign.append(request.url) if _is_foreign(request.url) else None,
    )
    context.on("console", lambda message: watch.console.append(message.text))


def _is_foreign(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in OURS


def sign_in(page: Page, url: str, email: str, password: str = PASSWORD) -> None:
    """Signs in on the ordinary page and waits until one has left it."""
    page.goto(f"{url}/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit][data-main]")
    page.wait_for_url(lambda address: "/login" not in address)


@pytest.fixture(scope="session")
def states(browser: Browser) -> Callable[[Site, str, str], Any]:
    """The cookies of somebody signed in, kept for the run: ``states(site, email, password)``."""
    kept: dict[tuple[str, str], Any] = {}

    def state(site: Site, email: str, password: str = PASSWORD) -> Any:
        key = (site.url, email)
        if key not in kept:
            context = browser.new_context(service_workers="block")
            page = context.new_page()
            sign_in(page, site.url, email, password)
            kept[key] = context.storage_state()
            context.close()
        return kept[key]

    return state


@pytest.fixture
def owner_page(
    site: Site, states: Callable[..., Any], new_context: Callable[..., BrowserContext]
) -> Page:
    """A phone on which the owner of the small practice is signed in."""
    return new_context(storage_state=states(site, "ada@example.org")).new_page()
