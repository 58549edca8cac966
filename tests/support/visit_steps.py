"""A visit from the list of the day to its signed note, step by step, as a therapist does it.

Hands-on time is not documentation: where the hands work, `treat` is called, and no clock of the
`Hand` runs meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from playwright.sync_api import Locator, Page

from tests.support.hand import Hand

Treat = Callable[[int], None]

OPEN_A_VISIT: Final = """
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo
from django.db.models import Q
from unknot.clinic import models as m
from unknot.clinic.screen import gate

now = datetime.now(UTC)
staff = m.Staff.everything.get(user__email={email!r})
booked = m.Appointment.everything.filter(
    staff=staff, state="booked", visit__finished_at=None, episode__plans__state="agreed"
).order_by("starts_at", "pk")
done = Q(episode__appointments__visit__finished_at__isnull=False)
fresh = booked.filter(done, visit=None) if {again} else booked.exclude(done)
for one in fresh.distinct():
    ended = m.Visit.everything.filter(appointment__episode=one.episode).exclude(finished_at=None)
    last = ended.order_by("finished_at").last()
    if gate.may_book(one.episode).ok and (last is None or last.entries.count() >= 3):
        break
else:
    raise LookupError("no such visit in the demo clinic")
m.Visit.everything.filter(appointment=one).delete()
asked = m.Screening.everything.filter(episode=one.episode)
asked.filter(decided_at__gt=now - timedelta(days=2)).update(decided_at=now - timedelta(days=2))
zone = ZoneInfo(one.zone)
at = now + timedelta(minutes=2)
if at.astimezone(zone).date() != now.astimezone(zone).date():
    at = now
wall = at.astimezone(zone).replace(tzinfo=UTC)
m.Appointment.everything.filter(pk=one.pk).update(
    starts_at=at, ends_at=at + timedelta(hours=1), wall_start=wall
)
m.Client.everything.filter(pk=one.client_id).update(called="")
print("VISITS", one.client.name)
"""
"""Moves a visit of this therapist to now, not begun and not asked about today; prints the client's
name. What other tests left unfinished of it is thrown away; one whose last visit they ended with
nothing done is passed over."""

AGE_THE_WORK: Final = """
from datetime import timedelta
from unknot.clinic import models as m
for visit in m.Visit.everything.exclude(area_in_work="").filter(finished_at=None):
    visit.work_since -= timedelta(minutes={minutes})
    visit.save(update_fields=["work_since"])
"""
"""Lets so many hands-on minutes go by at once."""


def row_of_today(page: Page, name: str) -> Locator:
    """The button that opens this client's visit on the list of the day."""
    return page.locator(".day__row").filter(has_text=name).get_by_role("button", name="Open")


def repeat_visit(hand: Hand, client: str, password: str, treat: Treat) -> None:
    """A visit like the last one: three areas again, their answers, pain before and after."""
    page = hand.page
    hand.tap(row_of_today(page, client), "open the visit")
    _brief(hand)
    hand.read(2, "ask for the pain, 0 to 10")
    hand.tap(_pain(page, "before", 6), "pain before")
    hand.tap(page.locator("[data-copy-all]"), "same again today")
    _work(hand, treat)
    hand.read(2, "ask for the pain again")
    hand.tap(_pain(page, "after", 4), "pain after")
    _sign(hand, password, reading=10)


def first_visit(hand: Hand, client: str, password: str, treat: Treat) -> None:
    """The first visit of a planned course: findings, the plan's areas, one change, own words."""
    page = hand.page
    hand.tap(row_of_today(page, client), "open the visit")
    _brief(hand, reading=15)
    hand.read(2, "ask for the pain, 0 to 10")
    hand.tap(_pain(page, "before", 6), "pain before")
    _findings(hand)
    hand.tap(page.locator("[data-copy-all]"), "the plan's areas for today")
    _work(hand, treat, change=True)
    hand.tap(page.locator('a[href="#words"]'), "quick words")
    words = "Left side guarded at first, eased with slow holding. Prefers quiet."
    hand.type(page.locator("#room-words"), words, "quick words")
    hand.tap(page.locator("#words [data-close]"), "back to the work")
    hand.read(2, "ask for the pain again")
    hand.tap(_pain(page, "after", 4), "pain after")
    _sign(hand, password, reading=25)


def _brief(hand: Hand, *, reading: float = 8) -> None:
    page = hand.page
    start = page.get_by_role("button", name="Nothing is new: start")
    hand.wait_for(start)
    hand.read(reading, "read the three points")
    same = page.get_by_text("The same as last time", exact=True)
    if same.count():
        hand.tap(same if not hand.by_keyboard else page.locator("[name=wish_quick]"), "the wish")
    hand.read(10, "ask whether anything is new")
    hand.tap(start, "nothing is new, start")
    hand.wait_for(_pain(page, "before", 6))


def _findings(hand: Hand) -> None:
    page = hand.page
    hand.tap(page.locator('a[href="#findings"]'), "findings")
    rows = page.locator(".found[open] [data-found]")
    for number, grade in ((0, 3), (1, 2)):
        hand.read(3, "press with a finger and ask")
        hand.tap(rows.nth(number).locator(f'[data-tender="{grade}"]'), f"tenderness {grade}")
    hand.tap(rows.nth(0).locator('[data-trigger="active"]'), "trigger point")
    motion = page.locator("[data-motion] [data-degrees]").first
    hand.read(8, "measure one motion")
    hand.type(motion, "45", "degrees")
    hand.tap(page.locator("#findings [data-close]"), "back to the work")


def _work(hand: Hand, treat: Treat, *, change: bool = False) -> None:
    """Every planned area: start, hands on, how it answered."""
    page, responses = hand.page, ("eased", "eased", "unchanged", "tender")
    rows = page.locator("[data-planned-list] > li")
    hand.wait_for(rows.first)
    for number in range(rows.count()):
        before = rows.count()
        hand.tap(rows.first.locator("[data-begin]"), f"start area {number + 1}")
        page.wait_for_function(
            "n => document.querySelectorAll('[data-planned-list] > li').length < n", arg=before
        )
        if change and number == 0:
            hand.tap(page.locator("button[name=technique]").nth(1), "another technique")
            hand.tap(page.locator('button[name=pressure][value="2"]'), "lighter")
        treat(12)
        response = responses[number % len(responses)]
        button = page.locator(f'button[name=response][value="{response}"]')
        hand.tap(button, f"response: {response}")
        page.wait_for_function(
            "one => one.getAttribute('aria-pressed') === 'true'", arg=button.element_handle()
        )


def _sign(hand: Hand, password: str, *, reading: float) -> None:
    page = hand.page
    hand.tap(page.get_by_role("button", name="Finish"), "finish")
    proof = page.locator("[name=proof]")
    hand.wait_for(proof)
    hand.read(reading, "read the note")
    hand.type(proof, password, "password")
    hand.tap(page.get_by_role("button", name="Sign and seal"), "sign and seal")
    hand.wait_for(page.locator(".seal"))


def _pain(page: Page, when: str, value: int) -> Locator:
    return page.locator(f'button[name=pain_{when}][value="{value}"]')
