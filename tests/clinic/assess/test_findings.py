"""Findings: marks, degrees and scores, kept by those who examine and by the client who answers."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser

from tests.support.care import screened
from tests.support.cast import NOW, House
from unknot.clinic.access import Refused, system
from unknot.clinic.assess import actions, stored
from unknot.clinic.intake.actions import save_case
from unknot.clinic.models import Assessment, Client, Measure, MotionReading, Screening, Staff
from unknot.reasoning.assess import ScoreError
from unknot.reasoning.assess.rom import RangeError
from unknot.reasoning.case import Case
from unknot.reasoning.marks import Mark, dump_marks

pytestmark = pytest.mark.django_db

CLIENT_MARKS = (
    Mark("low_back_left", "ache", 6, view="back"),
    Mark("buttock_left", "ache", 4, view="back"),
)
FOUND = (Mark("low_back_left", "tenderness", 3, view="back", layer="therapist"),)
PEG = {"average": 6, "enjoyment": 5, "activity": 7}


def browser(who: Staff | Client) -> Browser:
    assert who.user is not None
    made = Browser()
    made.force_login(who.user)
    return made


def page(house: House, tail: str = "assess/") -> str:
    return f"/episodes/{house.episode.pk}/{tail}"


def text(answer: Any) -> str:
    return " ".join(str(answer.content.decode()).split())


def examine(house: House, degrees: int = 40, by: Staff | None = None) -> Assessment:
    return actions.record_findings(
        episode=house.episode,
        marks=FOUND,
        motions={("trunk_flexion", ""): Decimal(degrees)},
        words="Guards on the left",
        by=house.actor(by or house.ann),
        now=NOW,
    )


# --- Actions -------------------------------------------------------------------------------------


def test_a_therapist_keeps_marks_degrees_and_a_sentence(linden: House) -> None:
    kept = examine(linden)
    assert stored.marks_of(kept) == FOUND
    reading = kept.motions.get()
    assert (reading.motion, reading.degrees) == ("trunk_flexion", Decimal(40))
    assert kept.staff == linden.ann


@pytest.mark.parametrize("who", ["ben", "desk", "cora", "dan"])
def test_nobody_else_keeps_findings(linden: House, who: str) -> None:
    with pytest.raises(Refused):
        actions.record_findings(
            episode=linden.episode,
            marks=FOUND,
            motions={},
            words="",
            by=linden.actor(getattr(linden, who)),
            now=NOW,
        )
    assert not Assessment.everything.exists()


def test_nothing_found_is_nothing_kept(linden: House) -> None:
    for by, words in ((linden.actor(linden.ann), " "), (system(linden.practice), "by nobody")):
        with pytest.raises(actions.NothingToKeep):
            actions.record_findings(
                episode=linden.episode, marks=(), motions={}, words=words, by=by, now=NOW
            )


def test_an_impossible_reading_undoes_the_whole_day(linden: House) -> None:
    with pytest.raises(RangeError):
        examine(linden, degrees=500)
    assert not Assessment.everything.exists()
    assert not MotionReading.everything.exists()


@pytest.mark.parametrize(("who", "source"), [("ann", "therapist"), ("cora", "client")])
def test_therapist_and_client_answer_questionnaires(linden: House, who: str, source: str) -> None:
    kept = actions.record_measures(
        episode=linden.episode,
        answers={"OM-NPRS": {"pain": None}, "OM-PEG": PEG, "OM-PSFS": {"swim": 3}},
        by=linden.actor(getattr(linden, who)),
        now=NOW,
    )
    assert [(one.instrument, one.value) for one in kept] == [
        ("OM-PEG", Decimal(6)),
        ("OM-PSFS", None),  # fewer than three activities: kept, not scored
    ]
    assert {one.source for one in kept} == {source}


@pytest.mark.parametrize("who", ["ben", "desk", "dan"])
def test_nobody_else_answers_for_the_client(linden: House, who: str) -> None:
    with pytest.raises(Refused):
        actions.record_measures(
            episode=linden.episode,
            answers={"OM-PEG": PEG},
            by=linden.actor(getattr(linden, who)),
            now=NOW,
        )


def test_no_answer_and_wrong_answers_are_refused(linden: House) -> None:
    by = linden.actor(linden.ann)
    with pytest.raises(actions.NothingToKeep):
        actions.record_measures(episode=linden.episode, answers={"OM-PEG": {}}, by=by, now=NOW)
    with pytest.raises(ScoreError):
        actions.record_measures(
            episode=linden.episode, answers={"OM-NPRS": {"pain": 12}}, by=by, now=NOW
        )
    assert not Measure.everything.exists()


def test_nothing_is_saved_when_the_trail_fails(
    linden: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("unknot.clinic.audit.act.append", broken)
    with pytest.raises(RuntimeError):
        examine(linden)
    with pytest.raises(RuntimeError):
        actions.record_measures(
            episode=linden.episode,
            answers={"OM-PEG": PEG},
            by=linden.actor(linden.ann),
            now=NOW,
        )
    assert not Assessment.everything.exists()
    assert not Measure.everything.exists()


# --- Pages ---------------------------------------------------------------------------------------


def test_the_page_shows_marks_places_to_look_and_scores(linden: House) -> None:
    screened(linden, marks=CLIENT_MARKS)
    examine(linden)
    said = text(browser(linden.ann).get(page(linden)))
    for words in (
        "Low back, left: ache, 6 of 10",
        "Low back, left: tenderness, 3 of 4",
        "A place to look, not a diagnosis.",
        "you found something here",
        "Bend forwards",
        "One reading so far.",
        "Guards on the left",
        "5.0 (2 Mar 2026)",  # pain at intake
    ):
        assert words in said, words


def test_every_part_of_a_score_is_named_beside_what_looks_alike(linden: House) -> None:
    screened(linden, marks=CLIENT_MARKS)
    examine(linden)
    said = text(browser(linden.ann).get(page(linden)))
    for words in (
        "of 100 points",
        "Zone ",
        "Found in it: tenderness 3/4.",
        "All it explains lies on the left.",
        "What else looks like this",
        'Sacroiliac joint <span class="soft">(joint)</span>',
        "Red flags that ask for these look-alikes",
        "asked, no sign of it",
    ):
        assert words in said, words
    mine = text(browser(linden.cora).get(page(linden)))
    assert "of 100 points" not in mine


def test_a_red_flag_behind_a_look_alike_says_what_the_safety_check_found(linden: House) -> None:
    case = Case({"main_area": "low_back"}, NOW.date(), CLIENT_MARKS)
    save_case(episode=linden.episode, case=case, by=system(linden.practice), now=NOW)
    assert "still to be asked" in text(browser(linden.ann).get(page(linden)))
    screened(linden, marks=CLIENT_MARKS, weakness=("leg_one",), weakness_worsening=True)
    said = text(browser(linden.ann).get(page(linden)))
    assert "it fired: act on it first" in said
    assert "RF-LUM-07" in said


def test_a_screening_that_cannot_be_read_answers_no_red_flag(linden: House) -> None:
    screened(linden, marks=CLIENT_MARKS)
    Screening.everything.update(result={"schema": "none"})
    assert stored.decision_of(linden.episode) is None


def test_tenderness_is_shown_from_the_first_day_to_this_one_and_not_judged(linden: House) -> None:
    screened(linden, marks=CLIENT_MARKS)
    examine(linden)
    ann = browser(linden.ann)
    assert "Tenderness by hand has no known measuring error" not in text(ann.get(page(linden)))
    eased = (Mark("low_back_left", "tenderness", 1, view="back", layer="therapist"),)
    actions.record_findings(
        episode=linden.episode,
        marks=eased,
        motions={},
        words="",
        by=linden.actor(linden.ann),
        now=NOW + timedelta(days=14),
    )
    said = text(ann.get(page(linden)))
    assert "Tenderness by hand has no known measuring error" in said
    assert "2 grades less, not counted as better." in said


def test_somewhere_else_offers_the_motions_of_what_was_drawn(linden: House) -> None:
    linden.episode.main_area = "other"
    assert stored.motions_for(linden.episode) == ()
    screened(linden, main_area="other", marks=(Mark("knee_front_left", "ache", 5),))
    names = {motion.id for motion, _ in stored.motions_for(linden.episode)}
    assert "knee_flexion" in names
    assert "neck_flexion" not in names


def test_a_change_below_the_measuring_error_is_not_called_one(linden: House) -> None:
    screened(linden)
    examine(linden, 40)
    examine(linden, 48)
    assert "+8 degrees: too small to tell from measuring error (10)." in text(
        browser(linden.ann).get(page(linden))
    )
    examine(linden, 52)
    assert "+12 degrees, beyond measuring error (10)." in text(
        browser(linden.ann).get(page(linden))
    )


def test_numbness_comes_before_any_muscle(linden: House) -> None:
    numb = (Mark("little_finger_left", "numb", None), Mark("little_finger_right", "numb", None))
    screened(linden, marks=numb, main_area="neck_upper_back")
    said = text(browser(linden.ann).get(page(linden)))
    assert "goes to a clinician first" in said
    assert "Nothing is drawn that a muscle&#x27;s map explains" in said or (
        "Nothing is drawn that a muscle's map explains" in said
    )


def test_an_earlier_day_can_be_looked_at_again(linden: House) -> None:
    screened(linden)
    first = examine(linden)
    actions.record_findings(
        episode=linden.episode,
        marks=(),
        motions={},
        words="Easier today",
        by=linden.actor(linden.ann),
        now=NOW,
    )
    ann = browser(linden.ann)
    assert "tenderness" in text(ann.get(page(linden), {"day": str(first.pk)}))
    assert ann.get(page(linden), {"day": "no key"}).status_code == 200


def test_a_therapist_examines_by_form_and_without_a_script(linden: House) -> None:
    screened(linden, marks=CLIENT_MARKS)
    ann = browser(linden.ann)
    assert "Motion, in degrees" in text(ann.get(page(linden, "assess/record/")))
    form = {"marks": dump_marks(FOUND), "trunk_flexion": "45", "words": "Stiff"}
    assert ann.post(page(linden, "assess/record/"), form).status_code == 302
    kept = Assessment.everything.get()
    assert stored.marks_of(kept) == FOUND
    assert kept.motions.get().degrees == 45


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "Nothing is entered yet."),
        ({"marks": "not json"}, "The chart could not be read"),
        ({"trunk_flexion": "500"}, "less than or equal to 220"),
    ],
)
def test_what_cannot_be_kept_is_said(linden: House, form: dict[str, str], words: str) -> None:
    screened(linden)
    answer = browser(linden.ann).post(page(linden, "assess/record/"), form)
    assert answer.status_code == 422
    assert words in text(answer)


def test_the_client_answers_with_their_own_activities(linden: House) -> None:
    screened(linden)
    cora = browser(linden.cora)
    said = text(cora.get(page(linden, "measure/")))
    assert "carry my daughter" in said
    assert "Examine" not in text(cora.get(page(linden)))
    form = {
        "OM-NPRS.pain": "4",
        "activity.0": "carry my daughter",
        "OM-PSFS.0": "3",
        "activity.1": "sit through a film",
        "OM-PSFS.1": "4",
        "activity.2": "tie my shoes",
        "OM-PSFS.2": "5",
    }
    assert cora.post(page(linden, "measure/"), form).status_code == 302
    assert {one.instrument: one.value for one in Measure.everything.all()} == {
        "OM-NPRS": Decimal(4),
        "OM-PSFS": Decimal(4),
    }
    assert stored.activities(linden.episode, None) == (
        "carry my daughter",
        "sit through a film",
        "tie my shoes",
    )


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "Answer at least one question."),
        ({"OM-PSFS.0": "3", "activity.0": ""}, "Name the activity you rated"),
        ({"OM-NPRS.pain": "12"}, "Select a valid choice"),
    ],
)
def test_a_questionnaire_says_what_is_missing(
    linden: House, form: dict[str, str], words: str
) -> None:
    screened(linden)
    answer = browser(linden.ann).post(page(linden, "measure/"), form)
    assert answer.status_code == 422
    assert words in text(answer)


@pytest.mark.parametrize("tail", ["assess/", "assess/record/", "measure/"])
@pytest.mark.parametrize("who", ["ben", "dan", "desk"])
def test_others_see_nothing(linden: House, who: str, tail: str) -> None:
    assert browser(getattr(linden, who)).get(page(linden, tail)).status_code in (403, 404)


def test_an_episode_without_an_intake_can_still_be_examined(linden: House) -> None:
    said = text(browser(linden.ann).get(page(linden)))
    assert "Nothing has been examined yet." in said
    assert stored.activities(linden.episode, None) == ()
