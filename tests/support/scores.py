"""What clients told and how visits went, row by row, for the tests of the outcomes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.test import Client as Browser

from tests.support.cast import NOW
from unknot.clinic.models import Appointment, CheckIn, Measure, Visit
from unknot.clinic.outcomes import refit

WEEK = timedelta(days=7)
FIRST = NOW + WEEK


def browser(who):
    """Signed in, after the work in the background has caught up."""
    refit.run(now=datetime.now(UTC))
    found = Browser()
    found.force_login(who.user)
    return found


def browser_as_is(who):
    found = Browser()
    found.force_login(who.user)
    return found


def check_in(episode, day, pain, kind="diary"):
    return CheckIn.everything.create(
        episode=episode,
        kind=kind,
        pain=pain,
        at=NOW + timedelta(days=day, hours=8),
        zone="America/New_York",
    )


def visit(house, number, before=6, after=4):
    starts = FIRST + WEEK * (number - 1)
    appointment = Appointment.everything.create(
        client=house.cora,
        episode=house.episode,
        staff=house.ann,
        room=house.room,
        number=number,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        wall_start=starts,
        zone=house.practice.zone,
        state="done",
    )
    return Visit.everything.create(
        appointment=appointment,
        opened_at=starts,
        started_at=starts,
        finished_at=starts + timedelta(minutes=55),
        pain_before=before,
        pain_after=after,
    )


def score(episode, instrument, day, value):
    return Measure.everything.create(
        episode=episode, instrument=instrument, value=value, taken_at=NOW + timedelta(days=day)
    )
