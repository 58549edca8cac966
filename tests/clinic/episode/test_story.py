"""An episode reads as a story, and says what to do next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client as Browser

from tests.support.cast import NOW, TODAY, House
from unknot.clinic.models import Alert, Appointment, Intake, PlanVersion, Screening


def told(house: House, **answers: Any) -> Intake:
    return Intake.everything.create(
        episode=house.episode,
        version=1,
        as_of=TODAY,
        saved_at=NOW,
        completed_at=NOW,
        answers=answers,
    )


def screened(house: House, intake: Intake, disposition: str = "proceed") -> Screening:
    return Screening.everything.create(
        episode=house.episode,
        intake=intake,
        result={"headline": "Nothing you told us speaks against massage"},
        disposition=disposition,
        urgency="none",
        pressure_ceiling=2,
        blocks_booking=disposition != "proceed",
        knowledge_version="x",
        decided_at=NOW,
    )


def page_for(house: House, who: str, browser: Browser) -> str:
    person = getattr(house, who)
    browser.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = browser.get(f"/episodes/{house.episode.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_new_episode_says_what_is_missing_and_where_to_begin(
    linden: House, client: Browser
) -> None:
    html = page_for(linden, "ann", client)
    assert "Nothing has been decided yet." in html
    assert "There is no plan yet." in html
    assert "Finish the intake" in html


def test_what_is_stopped_comes_before_what_is_next(linden: House, client: Browser) -> None:
    screened(linden, told(linden), "medical_clearance")
    html = page_for(linden, "ann", client)
    assert "Look at the screening" in html
    assert "Begin the assessment" not in html


def test_each_chapter_tells_its_rows_in_words(linden: House, client: Browser) -> None:
    screening = screened(linden, told(linden, pain_average=6))
    PlanVersion.everything.create(
        episode=linden.episode,
        screening=screening,
        number=1,
        content={"dose": {"says": "60 minutes, once a week, for ten weeks"}},
        state="agreed",
        made_by=linden.ann,
        made_at=NOW,
        agreed_name="Cora Linden",
        agreed_at=NOW,
    )
    html = page_for(linden, "ann", client)
    assert "Usual pain at the start: 6 of 10." in html
    assert "Pressure no firmer than 2 of 5." in html
    assert "60 minutes, once a week, for ten weeks." in html
    assert "Agreed by Cora Linden on" in html
    assert "No visit is booked." in html


def test_the_next_visit_is_named(linden: House, client: Browser) -> None:
    Appointment.everything.create(
        client=linden.cora,
        episode=linden.episode,
        staff=linden.ann,
        room=linden.room,
        starts_at=NOW + timedelta(days=3650),
        ends_at=NOW + timedelta(days=3650, hours=1),
        wall_start=NOW,
        zone="UTC",
    )
    assert "Next: " in page_for(linden, "ann", client)


def test_an_open_alert_is_on_top(linden: House, client: Browser) -> None:
    Alert.everything.create(
        episode=linden.episode, rule_id="x", urgency="gp_soon", words="Worse since.", raised_at=NOW
    )
    html = page_for(linden, "ann", client)
    assert html.index("Worse since.") < html.index("The complaint")


def test_the_client_reads_the_same_story_without_the_staff_menu(
    linden: House, client: Browser
) -> None:
    html = page_for(linden, "cora", client)
    assert "The complaint" in html
    assert "Finish the intake" not in html
    assert "The eight stages" not in html


def test_somebody_elses_episode_is_not_found(linden: House, client: Browser) -> None:
    client.force_login(
        linden.ben.user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.get(f"/episodes/{linden.episode.pk}/").status_code == 404
