"""Answers that waited on the phone: what they raise counts from when somebody could know of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.between import WELL, check_link, ended_yesterday
from tests.support.cast import House
from unknot.clinic.follow_up.actions import alerts
from unknot.clinic.follow_up.errors import AlertRefused
from unknot.clinic.models import Alert, CheckIn, CheckInLink

pytestmark = pytest.mark.django_db


def test_a_screening_made_before_a_late_answer_came_does_not_clear_it(linden: House) -> None:
    room, now = ended_yesterday(linden), datetime.now(UTC)
    link, token = check_link(room, now)
    CheckInLink.everything.filter(pk=link.pk).update(made_at=now - timedelta(hours=6))
    waited = str(4 * 60 * 60 * 1000)
    told = {**WELL, "signs": ["chest_or_breath"]}
    Browser().post(f"/c/{token}/", told, headers={"Unknot-Age": waited})
    alert, check_in = Alert.everything.get(), CheckIn.everything.get()
    assert alert.raised_at >= now
    assert check_in.at < now - timedelta(hours=3)
    visits.screen(linden)
    linden.episode.screenings.update(decided_at=now - timedelta(hours=2))
    with pytest.raises(AlertRefused, match="Ask the safety questions again"):
        alerts.handle(
            alert=alert, words="Called", may_go_on=True, by=room.ann, now=datetime.now(UTC)
        )
    linden.episode.screenings.update(decided_at=datetime.now(UTC))
    done = alerts.handle(
        alert=alert, words="Called", may_go_on=True, by=room.ann, now=datetime.now(UTC)
    )
    assert done.pk == alert.pk
