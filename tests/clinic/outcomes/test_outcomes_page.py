"""The outcomes page: who sees it, and what it says."""

import contextlib
import re
import sys
import zlib
from datetime import UTC, datetime

import pytest
from django.db.models import F
from django.test import Client as Browser
from django.urls import reverse

from tests.support import visits
from tests.support.cast import NOW
from tests.support.scores import WEEK, browser, browser_as_is, check_in, visit
from unknot.clinic.models import Intake, OutcomeFit, Screening
from unknot.clinic.outcomes import refit


def page_count(paper):
    """Pages of a PDF whose objects may stand in compressed streams."""
    found = [paper]
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", paper, re.DOTALL):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(packed))
    return sum(len(re.findall(rb"/Type\s*/Page\b(?!s)", part)) for part in found)


@pytest.mark.usefixtures("course", "later")
def test_client_and_therapist_read_the_same_answer(linden, address):
    for who in (linden.cora, linden.ann):
        answer = browser(who).get(address)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "The visits very likely help you" in text
        assert "some of a fall would have come anyway" in text
        assert text.count('<svg class="plot ') == 2
        assert "style=" not in text
    assert "STP-07" in text
    assert "What happens next?" in text


def test_strangers_do_not_see_it(linden, maple, address):
    assert browser(linden.dan).get(address).status_code == 404
    assert browser(linden.ben).get(address).status_code == 404
    assert browser(maple.ann).get(address).status_code == 404
    assert browser(linden.desk).get(address).status_code == 403
    assert Browser().get(address).status_code == 302


def test_an_empty_episode_says_too_early(linden, address):
    text = browser(linden.cora).get(address).content.decode()
    assert "Too early to tell." in text
    assert "No score yet" in text


def test_a_week_of_scores_claims_nothing(linden, address, time_machine):
    time_machine.move_to(NOW + WEEK, tick=False)
    for day, pain in enumerate((8, 7, 6, 5, 4, 3, 2)):
        check_in(linden.episode, day, pain)
    text = browser(linden.cora).get(address).content.decode()
    assert "Too early to tell." in text
    assert "better" not in text.replace("lower is better", "")


@pytest.mark.usefixtures("course", "later")
def test_the_page_asks_few_questions_of_the_database(
    linden, address, django_assert_max_num_queries
):
    signed_in = browser(linden.ann)
    with django_assert_max_num_queries(32):
        signed_in.get(address)


def test_a_blocking_safety_check_comes_before_any_next_step(linden, address):
    intake = Intake.everything.create(
        episode=linden.episode, version=1, as_of=NOW, saved_at=NOW, completed_at=NOW
    )
    Screening.everything.create(
        episode=linden.episode,
        intake=intake,
        result={},
        disposition="medical_clearance",
        urgency="gp_soon",
        pressure_ceiling=5,
        blocks_booking=True,
        knowledge_version="1",
        decided_at=NOW,
    )
    for who in (linden.cora, linden.ann):
        text = browser(who).get(address).content.decode()
        assert "No visit for now" in text
        assert "next step:" not in text


@pytest.mark.usefixtures("course", "later")
def test_before_the_first_fit_the_scores_stand_alone(linden, address):
    waiting = browser(linden.cora)
    OutcomeFit.everything.all().delete()
    text = waiting.get(address).content.decode()
    assert "The answer is being worked out." in text
    assert text.count('<svg class="plot ') == 2
    assert "What the change is made of" not in text
    assert "What happens next?" not in browser_as_is(linden.ann).get(address).content.decode()


@pytest.mark.usefixtures("course", "later")
def test_an_answer_that_is_not_in_yet_is_said_to_be_missing(linden, address):
    reader = browser(linden.cora)
    assert "not in this answer yet" not in reader.get(address).content.decode()
    OutcomeFit.everything.filter(episode=linden.episode).update(wanted=F("wanted") + 1)
    assert "not in this answer yet" in reader.get(address).content.decode()


@pytest.mark.usefixtures("course", "later")
def test_a_page_never_fits(linden, address, monkeypatch):
    reader = browser(linden.cora)
    monkeypatch.setattr(sys.modules["unknot.reasoning.outcomes.fit"], "fitted", None)
    assert reader.get(address).status_code == 200


@pytest.mark.usefixtures("course", "later")
def test_every_picture_has_a_table_of_its_numbers(linden, address):
    text = browser(linden.ann).get(address).content.decode()
    assert "Would have come anyway" in text
    assert "Cannot be told apart" in text
    assert text.count('<figure class="panel">') == 3
    assert text.count("A visit every two weeks") >= 2
    assert "not a promise" in text


@pytest.mark.usefixtures("course", "later")
def test_the_report_is_one_page_of_paper(linden):
    answer = browser(linden.cora).get(reverse("outcomes_report", args=[linden.episode.pk]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert page_count(answer.content) == 1


@pytest.mark.usefixtures("course", "later")
def test_the_answer_is_explained_to_both_with_its_rule_figures_and_source(linden, address):
    to = reverse("outcomes_why", args=[linden.episode.pk])
    assert to in browser(linden.ann).get(address).content.decode()
    full = browser(linden.ann).get(to).content.decode()
    plain = browser(linden.cora).get(to).content.decode()
    for text in (full, plain):
        assert "The figures it rests on" in text
        assert "STP-0" in text
        assert "Not answered yet" not in text
        assert "Why this answer" in text
    assert "Counts when" not in plain


def test_before_there_is_an_answer_nothing_is_explained(linden):
    to = reverse("outcomes_why", args=[linden.episode.pk])
    assert browser_as_is(linden.ann).get(to).status_code == 404


@pytest.mark.usefixtures("course", "later")
def test_a_pause_is_offered_agreed_to_and_said(linden, address):
    reader = browser(linden.cora)
    text = reader.get(address).content.decode()
    assert "How to find out" in text
    to = reverse("intake_consent", args=[linden.episode.pk, "pause"])
    assert to in text
    form = reader.get(to).content.decode()
    assert "A planned pause" in form
    reader.post(to, {"signed_name": linden.cora.name, "agrees": "on"})
    text = reader.get(address).content.decode()
    assert "Agreed on" in text
    assert to not in text


def test_what_others_saw_stands_apart_from_the_own_scores(linden, address):
    found = {
        "schema": "unknot-borrowed-1",
        "people": 23,
        "alike": ["low_back"],
        "effects": [
            {
                "name": "next_day",
                **{
                    kind: {
                        "mean": mean, "sd": 0.5, "low50": mean - 0.3, "high50": mean + 0.3,
                        "low90": mean - 0.8, "high90": mean + 0.8, "p_below_zero": 0.9,
                    }
                    for kind, mean in (("others", -1.4), ("own", -0.2), ("borrowed", -1.1))
                },
            }
        ],
    }  # fmt: skip
    refit.run(now=datetime.now(UTC))
    OutcomeFit.everything.filter(episode=linden.episode).update(borrowed=found)
    for who, whose in ((linden.cora, "not yours"), (linden.ann, "not this client")):
        page = browser_as_is(who).get(address).content.decode()
        assert "23 people who came here with low back pain have told of theirs" in page
        assert whose in page
        assert "1.4 lower (0.6 to 2.2)" in page
        assert "Borrowed" not in page, "without a visit there is nothing of their own to add"
    visit(linden, 1)
    page = browser_as_is(linden.cora).get(address).content.decode()
    assert "1.1 lower (0.3 to 1.9)" in page
    assert "The answer above does not use it." in page


@pytest.mark.usefixtures("course", "later")
def test_with_no_visit_booked_nothing_is_put_further_apart(linden, address):
    text = browser(linden.cora).get(address).content.decode()
    assert "What we would do next: end the course" in text
    assert "no visit is booked" in text
    visits.appointment(linden, days=60)
    text = browser(linden.cora).get(address).content.decode()
    assert "What we would do next: space the visits out" in text


@pytest.mark.usefixtures("course", "later")
def test_the_next_step_stands_before_the_scores(linden, address):
    for who in (linden.cora, linden.ann):
        text = browser(who).get(address).content.decode()
        assert text.index('id="next"') < text.index('<svg class="plot ')
