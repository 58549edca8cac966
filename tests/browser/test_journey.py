"""One person once round the loop, in given, when, then: from a worried question to a verdict.

The client has a phone, the therapist a tablet; a second phone turns the dial.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Watch, sign_in
from tests.support import journey, persons
from tests.support.site import PASSWORD, Site

NewContext = Callable[..., BrowserContext]
OWNER = "ada@example.org"
NAME = "Walter Waiting"
E_MAIL = "walter@example.org"


REFIT = "from unknot.cli import main; main(['refit'])"
FORGE = """
from django.db import connection, DatabaseError
try:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clinic_note SET signed_name = 'Somebody Else'")
    print("CHANGED")
except DatabaseError as refused:
    print("REFUSED", refused)
"""
TRAIL = """
from unknot.clinic.audit import verify
print("TRAIL", verify())
"""


class Walk:
    """What the steps of one journey hand on to each other."""

    def __init__(self, site: Site, new_context: NewContext) -> None:
        self.site = site
        self.phone: Page = new_context(390, has_touch=True).new_page()
        self.tablet: Page = new_context(1180).new_page()
        self.dial: Page = new_context(390, has_touch=True).new_page()
        self.episode = ""
        self.visit = ""

    def stage(self, name: str) -> Page:
        self.tablet.goto(f"{self.episode}{name}/")
        return self.tablet


@pytest.fixture
def walk(site: Site, new_context: NewContext) -> Walk:
    return Walk(site, new_context)


def test_one_person_goes_once_round_the_loop(walk: Walk, watch: Watch) -> None:
    given_a_practice_that_is_open_at_this_hour(walk)
    given_somebody_worried_takes_the_self_check_and_keeps_it(walk)
    when_the_therapist_takes_them_on_and_finishes_the_intake(walk)
    then_the_screening_lets_them_proceed(walk)
    when_the_findings_are_recorded(walk)
    then_a_plan_with_a_dose_and_an_end_is_agreed(walk)
    when_the_whole_course_is_booked_in_one_step(walk)
    then_the_first_visit_is_treated_with_the_dial_in_the_client_s_hand(walk)
    then_the_note_writes_itself_is_signed_and_cannot_be_changed(walk)
    when_the_client_answers_between_visits_without_a_password(walk)
    then_the_outcomes_say_it_is_too_early_to_tell(walk)
    assert watch.csp_errors() == []
    assert "broken_at=None" in walk.site.run(TRAIL)
    for personal in (NAME, "Walter", E_MAIL, "sit through a film"):
        assert personal not in walk.site.log(), "the server's log names somebody"


def zone_where_it_is_day() -> str:
    """A zone where it is between 7 and 15 o'clock now, so that a visit can be booked today."""
    zones = (
        "America/New_York",
        "Europe/Berlin",
        "Asia/Kolkata",
        "Asia/Tokyo",
        "Pacific/Auckland",
        "Pacific/Honolulu",
        "America/Los_Angeles",
    )
    now = datetime.now(UTC)
    return next(zone for zone in zones if 7 <= now.astimezone(ZoneInfo(zone)).hour < 15)


def given_a_practice_that_is_open_at_this_hour(walk: Walk) -> None:
    tablet, url = walk.tablet, walk.site.url
    sign_in(tablet, url, OWNER)
    tablet.goto(f"{url}/practice/")
    tablet.select_option("[name=zone]", zone_where_it_is_day())
    tablet.fill("[name=notice_hours]", "0")
    journey.press(tablet, "Save")
    tablet.goto(f"{url}/staff/")
    journey.follow(tablet, "Hours")
    for day in range(7):
        tablet.fill(f"[name=starts_{day}]", "06:00")
        tablet.fill(f"[name=ends_{day}]", "23:00")
    journey.press(tablet, "Save the hours")


def given_somebody_worried_takes_the_self_check_and_keeps_it(walk: Walk) -> None:
    phone = walk.phone
    journey.self_check(phone, walk.site.url, persons.WELL, region="low_back_right")
    expect(phone.locator("h1")).to_have_text("Yes, as far as we can tell")
    journey.follow(phone, "Keep them with")
    phone.fill("[name=name]", NAME)
    phone.fill("[name=email]", E_MAIL)
    phone.check("[name=agree]")
    journey.press(phone, "Keep my answers")
    expect(phone.locator("h1")).to_have_text("Your answers are kept")


def when_the_therapist_takes_them_on_and_finishes_the_intake(walk: Walk) -> None:
    tablet = walk.tablet
    tablet.goto(f"{walk.site.url}/clients/")
    journey.follow(tablet, NAME)
    journey.press(tablet, "Give to Ada")
    journey.follow(tablet, "Low back")
    walk.episode = tablet.url
    walk.stage("intake")
    journey.intake(tablet, persons.WELL)
    tablet.goto(f"{walk.episode}intake/consent/general/")
    tablet.fill("[name=signed_name]", NAME)
    for box in tablet.locator("main form input[type=checkbox]").all():
        box.check()
    tablet.locator("main form button").first.click()
    tablet.wait_for_load_state()


def then_the_screening_lets_them_proceed(walk: Walk) -> None:
    tablet = walk.stage("screen")
    expect(tablet.locator("h1")).to_have_text("Nothing you told us speaks against massage")
    assert "awaits review by a clinician" in journey.words(tablet)


def when_the_findings_are_recorded(walk: Walk) -> None:
    tablet = walk.stage("assess")
    journey.follow(tablet, "Examine")
    journey.mark(tablet, "low_back_right")
    journey.press(tablet, "Keep")
    tablet.goto(f"{walk.episode}measure/")
    names = tablet.eval_on_selector_all(
        "main form input[type=radio]", "all => [...new Set(all.map(one => one.name))]"
    )
    for name in names:
        tablet.locator(f'main form [name="{name}"][value="5"]').check(force=True)
    for number, activity in enumerate(("Sit through a film", "Lift a crate", "Tie my shoes")):
        tablet.fill(f'[name="activity.{number}"]', activity)
    journey.press(tablet, "Keep the answers")
    said = walk.stage("assess").locator("main").inner_text()
    assert "Low back, right" in said
    assert "5.0" in said


def then_a_plan_with_a_dose_and_an_end_is_agreed(walk: Walk) -> None:
    tablet = walk.stage("plan")
    journey.press(tablet, "Propose")
    said = journey.words(tablet)
    assert "60 minutes, once a week, for 10 weeks." in said
    assert "Cherkin" in said, "the dose names its trial"
    assert "review" in said
    tablet.check("[name=agrees]")
    tablet.fill("[name=signed_name]", NAME)
    journey.press(tablet, "Agree to this plan")


def when_the_whole_course_is_booked_in_one_step(walk: Walk) -> None:
    tablet = walk.tablet
    journey.follow(tablet, "Book the course")
    tablet.locator('main a[href*="/book/course/"]').first.click()
    tablet.wait_for_load_state()
    journey.press(tablet, "Book 10 visits")
    assert journey.words(tablet).count("Move") == 10


def then_the_first_visit_is_treated_with_the_dial_in_the_client_s_hand(walk: Walk) -> None:
    tablet, dial = walk.tablet, walk.dial
    tablet.goto(f"{walk.site.url}/today/")
    journey.press(tablet, "Open")
    assert "Safety" in journey.words(tablet)
    walk.visit = tablet.url.removesuffix("brief/")
    tablet.fill("[name=wish]", "The right side")
    journey.press(tablet, "Start the visit")
    journey.press(tablet, "Open the client")
    if "/dial/" not in tablet.url:
        journey.follow(tablet, "Show the code")
    dial.goto(tablet.locator('main a[href*="/dial/"]').first.get_attribute("href") or "")
    tablet.goto(walk.visit)
    _tap(tablet, "pain_before", "6")
    _tap(tablet, "area", "low_back")
    _tap(tablet, "technique", "TEC-SWE")
    _tap(tablet, "pressure", "3")
    dial.get_by_role("button", name="Less").click()
    expect(tablet.locator("[data-dial-word]")).to_have_text(re.compile("less", re.IGNORECASE))
    dial.get_by_role("button", name="Stop").click()
    expect(tablet.locator("[data-alert]")).to_be_visible()
    tablet.get_by_role("button", name="Seen").click()
    _tap(tablet, "pain_after", "4")
    journey.press(tablet, "Finish")  # leads on once every tap has reached the server


def _tap(room: Page, name: str, value: str) -> None:
    """One tap in the session room, which the server has taken when it shows as pressed."""
    button = room.locator(f'button[name="{name}"][value="{value}"]').first
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def then_the_note_writes_itself_is_signed_and_cannot_be_changed(walk: Walk) -> None:
    tablet = walk.tablet
    written = " ".join(box.input_value() for box in tablet.locator("main textarea").all())
    for fact in ("The right side", "Relaxation", "6", "4"):
        assert fact in written
    tablet.fill("[name=proof]", PASSWORD)
    journey.press(tablet, "Sign and seal")
    expect(tablet.locator("h1")).to_have_text("Signed note")
    assert "REFUSED" in walk.site.run(FORGE)
    tablet.locator("details.note-add summary").click()
    tablet.fill("[name=text]", "The left side was sore too.")
    tablet.fill("[name=reason]", "Forgotten")
    tablet.fill("[name=proof]", PASSWORD)
    journey.press(tablet, "Sign the addendum")
    assert "The left side was sore too." in journey.words(tablet)


def when_the_client_answers_between_visits_without_a_password(walk: Walk) -> None:
    tablet, phone = walk.stage("follow-up"), walk.phone
    journey.press(tablet, "Send the check-in link")
    link = re.search(r"/c/[\w-]+/", walk.site.mail())
    assert link, "the message holds the link"
    phone.goto(walk.site.url + link[0])
    phone.locator('[name=pain][value="4"]').check(force=True)
    journey.press(phone, "Send")
    expect(phone.locator("main [name=pain]")).to_have_count(0)
    assert "4" in walk.stage("follow-up").locator("main").inner_text()


def then_the_outcomes_say_it_is_too_early_to_tell(walk: Walk) -> None:
    walk.site.run(REFIT)  # what `unknot serve` does beside the pages
    tablet = walk.stage("outcomes")
    assert "Too early to tell" in journey.words(tablet)
    assert "better" not in tablet.locator(".verdict, main h2").first.inner_text()
