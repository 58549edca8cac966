"""Pages in the states that a walk through the demo clinic does not meet: a visit under way with
its dial, an alert, a stop, taps that come late; by day and by night, at twice the text, with very
long names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Demo
from tests.browser.test_axe import WIDER, _faults, _violations
from tests.browser.test_dial import BEGIN_A_VISIT
from tests.support.check_in_steps import make_links

WORK = """
from datetime import timedelta
from unknot.clinic.access import for_link
from unknot.clinic.treat import limits
from unknot.clinic.treat.actions import dial, dial_link
area = limits.read(visit.appointment.episode).areas[0]
v.take_up(visit=visit, area=area, by=by, now=now)
visit.refresh_from_db()
link = dial_link.open_dial(visit=visit, by=by, now=now)
client = for_link(visit.appointment.episode)
dial.turn(visit=visit, kind="right", pain=None, by=client, now=now + timedelta(seconds=1))
done = m.DialEvent.everything.filter(visit__finished_at__isnull=False, pain__isnull=False)
told = done.filter(visit__appointment__staff=staff).order_by("at").last()
warned = m.Alert.everything.filter(episode__therapist=staff, handled_at=None).last().episode
client = visit.appointment.client
learned = told.visit.appointment.episode
print("MADE", dial_link.token_of(link), learned.pk, warned.pk, client.pk, client.name, sep="|")
"""
LET_GO = """
from datetime import UTC, datetime
from unknot.clinic import models as m
from unknot.clinic.access import for_staff
from unknot.clinic.treat.actions import visit as v
visit = m.Visit.everything.get(pk={pk!r})
v.finish_visit(visit=visit, by=for_staff(visit.appointment.staff), now=datetime.now(UTC))
"""
RENAME = """
from unknot.clinic import models as m
m.Client.everything.filter(pk={pk!r}).update(name={name!r})
"""
LONG = "Maximiliana-Theodora Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"
TWICE = "document.documentElement.style.fontSize = '212.5%'"
# Words wider than the box they stand in run into what is beside them.
SPILLS = """() => [...document.querySelectorAll('main *')].filter((one) => {
  if (one.children.length || !one.textContent.trim() || !one.checkVisibility()) return false;
  if (one.closest('svg, .visually-hidden, thead, [data-undo]')) return false;
  const words = document.createRange();
  words.selectNodeContents(one);
  const room = one.getBoundingClientRect().width;
  return room > 2 && words.getBoundingClientRect().width > room + 2;
}).map((one) => `${one.className} ${one.textContent.trim().slice(0, 30)}`)"""
PLACES = """() => ['[data-pause]', '[name=pain_before]', '[name=response]', '[data-undo]']
  .map((one) => Math.round(document.querySelector(one).getBoundingClientRect().top))"""
# A word that breaks at every letter stands taller than it is wide.
STACKED = """() => [...document.querySelectorAll('.timer, .session__view, [data-dial-rows] span')]
  .filter((one) => one.getBoundingClientRect().height > 2.2 * parseFloat(
    getComputedStyle(one).fontSize)).map((one) => one.textContent)"""


@dataclass(frozen=True)
class Begun:
    """A visit under way with its dial; an episode that taught a ceiling; one with an alert."""

    visit: str
    dial: str
    learned: str
    warned: str
    client: str
    name: str

    def pages(self) -> dict[str, str]:
        """What the staff see of it, by name."""
        return {
            "room": f"/visits/{self.visit}/",
            "findings": f"/visits/{self.visit}/#findings",
            "words": f"/visits/{self.visit}/#words",
            "code": f"/visits/{self.visit}/dial/",
            "brief": f"/visits/{self.visit}/brief/",
            "pressure": f"/episodes/{self.learned}/pressure/",
            "alert": f"/episodes/{self.warned}/follow-up/",
            "today": "/today/",
            "client": f"/clients/{self.client}/",
        }


@pytest.fixture(scope="module")
def begun(demo: Demo) -> Iterator[Begun]:
    """Finished afterwards: a tablet in its room would go on showing its dial."""
    email = demo.email("therapist")
    said = demo.site.run(BEGIN_A_VISIT.format(email=email) + WORK)
    visit = said.split("VISIT")[1].split()[0]
    yield Begun(visit, *said.split("MADE|")[1].strip().split("|"))
    demo.site.run(LET_GO.format(pk=visit))


@pytest.fixture
def desk(
    demo: Demo, states: Callable[..., Any], new_context: Callable[..., BrowserContext]
) -> Page:
    """Where the therapist is signed in."""
    state = states(demo.site, demo.email("therapist"), demo.password)
    return new_context(390, storage_state=state, bypass_csp=True).new_page()


@pytest.fixture
def long_name(demo: Demo, begun: Begun) -> Iterator[None]:
    demo.site.run(RENAME.format(pk=begun.client, name=LONG))
    yield
    demo.site.run(RENAME.format(pk=begun.client, name=begun.name))


def _opened(page: Page, demo: Demo, address: str) -> None:
    page.goto("about:blank")  # a change of the part after # alone would load nothing
    page.goto(f"{demo.site.url}{address}")


@pytest.mark.parametrize("name", ["pressure", "alert", "code"])
def test_the_staff_s_pages_about_dial_and_alert_have_no_violation(
    name: str, demo: Demo, begun: Begun, desk: Page
) -> None:
    _opened(desk, demo, begun.pages()[name])
    if name == "alert":
        expect(desk.get_by_role("heading", name="Needs an answer")).to_be_visible()
    if name == "pressure":
        expect(desk.locator("table").first).to_be_visible()
    assert _faults(desk) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dial_has_no_violation_in_any_state(
    scheme: str, demo: Demo, begun: Begun, new_context: Callable[..., BrowserContext]
) -> None:
    phone = new_context(390, dark=scheme == "dark", has_touch=True, bypass_csp=True).new_page()
    phone.goto(f"{demo.site.url}/dial/{begun.dial}/")
    if scheme == "light":
        phone.tap("[data-light]")
        expect(phone.locator("html")).to_have_attribute("data-theme", "day")
    faults = {"at first": _violations(phone)}
    for state, button in (("above", "[name=pain][value='9']"), ("stop", "button[value=stop]")):
        phone.tap(button)
        expect(phone.locator(f"{button}[aria-pressed=true]")).to_be_visible()
        expect(phone.locator("[data-back]")).to_be_visible()
        faults[state] = _violations(phone)
    phone.context.set_offline(True)
    phone.tap("button[value=less]")
    expect(phone.get_by_text("Not sent yet")).to_be_visible()
    faults["late"] = _violations(phone)
    phone.context.set_offline(False)
    assert {state: wrong for state, wrong in faults.items() if wrong} == {}


def test_no_page_of_a_visit_is_wider_or_spills_at_twice_the_text(
    demo: Demo, begun: Begun, desk: Page
) -> None:
    faults = []
    for name, address in begun.pages().items():
        for width in (390, 820):
            desk.set_viewport_size({"width": width, "height": 1180})
            _opened(desk, demo, address)
            desk.evaluate(TWICE)
            faults += [f"{name} {width}: {one}" for one in desk.evaluate(SPILLS)]
            faults += [
                f"{name} {width}: letters below letters: {one}" for one in desk.evaluate(STACKED)
            ]
            if desk.evaluate(WIDER) > 0:
                faults.append(f"{name} {width}: wider than the screen")
    assert faults == []


def test_nothing_in_the_room_moves_under_a_finger_when_the_line_is_lost(
    demo: Demo, begun: Begun, desk: Page
) -> None:
    for width, height in ((820, 1180), (1180, 820)):
        desk.set_viewport_size({"width": width, "height": height})
        with desk.expect_response(lambda response: "/dial/stream" in response.url):
            _opened(desk, demo, begun.pages()["room"])
        before = desk.evaluate(PLACES)
        desk.context.set_offline(True)
        expect(desk.locator("[data-dial-line]")).to_be_visible(timeout=40_000)
        desk.locator("button[name=pain_before][value='5']").click()
        expect(desk.locator("[data-problem]")).not_to_be_empty()
        assert desk.evaluate(PLACES) == before
        desk.context.set_offline(False)
        expect(desk.locator("[data-problem]")).to_be_empty(timeout=20_000)


def test_a_check_in_and_the_dial_do_not_spill_at_twice_the_text(
    demo: Demo, begun: Begun, new_context: Callable[..., BrowserContext]
) -> None:
    links, phone = make_links(demo.site), new_context(390).new_page()
    for address in (f"/c/{links['plain']}/", f"/c/{links['check']}/", f"/dial/{begun.dial}/"):
        _opened(phone, demo, address)
        phone.evaluate(TWICE)
        assert phone.evaluate(SPILLS) == [], address
        assert phone.evaluate(WIDER) <= 0, address


def test_a_very_long_name_stays_on_the_screen(
    demo: Demo, begun: Begun, desk: Page, long_name: None
) -> None:
    faults = []
    for name, address in begun.pages().items():
        _opened(desk, demo, address)
        faults += [f"{name}: {one}" for one in desk.evaluate(SPILLS)]
        if desk.evaluate(WIDER) > 0:
            faults.append(f"{name}: wider than the screen")
    assert faults == []
