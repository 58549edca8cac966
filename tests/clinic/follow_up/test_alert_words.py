"""What somebody typed about an alert is on the page again when it was refused; and what is refused
whoever asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic.access import system
from unknot.clinic.follow_up.actions import alerts, links
from unknot.clinic.follow_up.errors import AlertRefused, LinkNotSent
from unknot.clinic.models import Alert, CheckInLink, Episode

pytestmark = pytest.mark.django_db
TYPED = "Rang her, she goes to the doctor today"


@pytest.fixture
def alert(linden: House) -> Alert:
    """One that holds visits back until the safety questions came again."""
    return Alert.everything.create(
        episode=linden.episode,
        rule_id="AE-01",
        rules=["AE-01"],
        urgency="same_day",
        words="Told something",
        stops=True,
        asks_screening=True,
        raised_at=datetime.now(UTC),
    )


def answered(house: House, alert: Alert, **sent: str) -> tuple[int, str]:
    browser = Browser()
    browser.force_login(house.ann.user)
    page = browser.post(f"/alerts/{alert.pk}/", {"words": TYPED, **sent})
    return page.status_code, page.content.decode()


def test_words_that_were_refused_stand_in_their_field(linden: House, alert: Alert) -> None:
    other = Alert.everything.create(
        episode=linden.episode,
        rule_id="AE-02",
        urgency="none",
        words="x",
        raised_at=alert.raised_at,
    )
    status, page = answered(linden, alert, may_go_on="on")
    assert status == 422
    assert "Ask the safety questions again first." in page
    field = page.split(f'id="words-{alert.pk}"')[1].split(">")[0]
    assert f'value="{TYPED}"' in field
    assert f'href="#words-{alert.pk}"' in page  # the summary leads to it
    assert TYPED not in page.split(f'id="words-{other.pk}"')[1].split(">")[0]
    alert.refresh_from_db()
    assert alert.handled_at is None


def test_words_about_an_alert_that_somebody_else_answered_are_shown_to_be_copied(
    linden: House, alert: Alert
) -> None:
    by = linden.actor(linden.owner)
    alerts.handle(alert=alert, words="I called", by=by, now=datetime.now(UTC))
    status, page = answered(linden, alert)
    assert status == 422
    assert "Somebody answered this already." in page
    assert f"Your words were not kept: {TYPED}" in page


def test_an_alert_goes_to_the_owner_at_its_time_and_not_before(
    linden: House, alert: Alert
) -> None:
    alert.look_by = alert.raised_at + timedelta(hours=1)
    alert.save(update_fields=["look_by"])
    by = system(linden.practice)
    with pytest.raises(AlertRefused):
        alerts.escalate(alert=alert, by=by, now=alert.look_by - timedelta(seconds=1))
    assert alerts.escalate(alert=alert, by=by, now=alert.look_by).escalated_at == alert.look_by


def test_a_check_is_never_sent_about_the_visit_of_another_complaint(linden: House) -> None:
    room = visits.finished(linden)
    other = Episode.everything.create(client=linden.cora, therapist=linden.ann, opened_at=NOW)
    with pytest.raises(LinkNotSent, match="another episode"):
        links.make_link(
            episode=other, kind="soreness", visit=room.visit, by=room.ann, now=room.visit.opened_at
        )
    assert not CheckInLink.everything.exists()
