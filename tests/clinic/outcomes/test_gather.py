"""What the model is given: every score of the record, with its kind and day."""

from datetime import timedelta

import pytest

from tests.support.cast import NOW
from tests.support.scores import check_in, score, visit
from unknot.clinic.models import Appointment, CheckIn, Intake, Visit
from unknot.clinic.outcomes import gather


@pytest.mark.usefixtures("course")
def test_the_diary_holds_scores_of_every_kind_and_what_is_booked(linden):
    check_in(linden.episode, 20, 9, kind="soreness")
    Intake.everything.create(
        episode=linden.episode, version=1, answers={"pain_average": 6}, as_of=NOW, saved_at=NOW
    )
    booked = visit(linden, 9).appointment
    Visit.everything.filter(appointment=booked).delete()
    Appointment.everything.filter(pk=booked.pk).update(state="booked")
    diary = gather.diary_of(linden.episode, now=NOW + timedelta(days=42))
    kinds = [entry.kind for entry in diary.entries]
    assert kinds.count("diary") == 42
    assert kinds.count("before") == kinds.count("after") == 5
    assert kinds.count("intake") == 1
    assert len(diary.planned) == 1
    assert diary.sessions[0].minutes == 55


def test_one_score_of_daily_life_has_nothing_to_compare(linden):
    score(linden.episode, "OM-PSFS", 0, 3)
    found = gather.functions_of(linden.episode)[0]
    assert (found.count, found.change.verdict) == (1, "not known")


def test_what_a_check_in_told_beside_pain_reaches_the_model(linden):
    CheckIn.everything.create(
        episode=linden.episode,
        kind="diary",
        pain=5,
        at=NOW,
        zone="UTC",
        answers={"pain": 5, "sleep": 7, "stress": 2, "load_hours": 6.5},
    )
    Intake.everything.create(
        episode=linden.episode, version=1, answers={"pain_weeks": 30}, as_of=NOW, saved_at=NOW
    )
    diary = gather.diary_of(linden.episode, now=NOW)
    told = {factor.name: factor.value for factor in diary.factors}
    assert told == {"sleep_quality": 7, "stress": 2, "workload": 6.5}
    assert diary.pain_weeks == 30
