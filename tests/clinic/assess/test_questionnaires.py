"""Questionnaires a practice brings under its own licence. The wording in here is invented."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from tests.support.cast import NOW, House, house
from unknot.clinic.access import Refused, for_staff
from unknot.clinic.assess import actions, brought
from unknot.clinic.models import AuditRow, Client, Measure, Questionnaire, Staff
from unknot.knowledge import KnowledgeError

pytestmark = pytest.mark.django_db
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
PAGE = "/practice/questionnaires/"


def form(count: int = 10) -> bytes:
    """An invented Questionnaire of ten questions with answers 0 to 5."""
    answers = [
        {
            "valueCoding": {
                "display": f"Level {step}",
                "extension": [{"url": ORDINAL, "valueDecimal": step}],
            }
        }
        for step in range(6)
    ]
    items = [
        {"linkId": f"q{n}", "type": "choice", "text": f"Invented {n}?", "answerOption": answers}
        for n in range(1, count + 1)
    ]
    whole = {"resourceType": "Questionnaire", "copyright": "Ours by licence.", "item": items}
    return json.dumps(whole).encode()


def browser(who: Staff | Client) -> Browser:
    made = Browser()
    assert who.user is not None
    made.force_login(who.user)
    return made


def send(who: Staff, content: bytes, name: str = "back.json", instrument: str = "OM-ODI") -> Any:
    file = SimpleUploadedFile(name, content)
    return browser(who).post(PAGE, {"instrument": instrument, "file": file})


def keep(linden: House, content: bytes | None = None) -> Questionnaire:
    return actions.bring_questionnaire(
        practice=linden.practice,
        instrument="OM-ODI",
        file_name="back.json",
        content=content or form(),
        by=for_staff(linden.owner),
        now=NOW,
    )


def test_an_owner_brings_a_form_and_it_is_asked_scored_and_shown(linden: House) -> None:
    assert send(linden.owner, form()).status_code == 302
    assert "back.json" in browser(linden.owner).get(PAGE).content.decode()
    cora, at = browser(linden.cora), f"/episodes/{linden.episode.pk}"
    asked = cora.get(f"{at}/measure/").content.decode()
    assert "Invented 7?" in asked
    assert "Level 3" in asked
    assert "Ours by licence." in asked
    answers = {f"OM-ODI.{place}": "2" for place in range(9)}  # one left out, as the rule allows
    assert cora.post(f"{at}/measure/", answers).status_code == 302
    kept = Measure.everything.get(instrument="OM-ODI")
    assert kept.value == 40
    assert (kept.answers["q1"], kept.answers["q10"]) == (2, None)
    assert (
        "Back and daily life 0 to 100" in browser(linden.ann).get(f"{at}/assess/").content.decode()
    )


def test_an_answer_that_is_none_of_the_forms_own_is_refused(linden: House) -> None:
    keep(linden)
    at = f"/episodes/{linden.episode.pk}/measure/"
    assert browser(linden.cora).post(at, {"OM-ODI.0": "6"}).status_code == 422
    assert not Measure.everything.exists()


def test_only_an_owner_brings_forms(linden: House) -> None:
    assert send(linden.ann, form()).status_code in (403, 404)
    with pytest.raises(Refused):
        actions.bring_questionnaire(
            practice=linden.practice,
            instrument="OM-ODI",
            file_name="back.json",
            content=form(),
            by=for_staff(linden.ann),
            now=NOW,
        )
    assert not Questionnaire.everything.exists()


def test_another_practice_neither_sees_nor_asks_it(linden: House) -> None:
    keep(linden)
    maple = house("Maple")
    assert "back.json" not in browser(maple.owner).get(PAGE).content.decode()
    asked = browser(maple.cora).get(f"/episodes/{maple.episode.pk}/measure/").content.decode()
    assert "Invented" not in asked


def test_a_form_for_the_back_is_not_asked_about_a_neck(linden: House) -> None:
    keep(linden)
    at = f"/episodes/{linden.other_episode.pk}/measure/"
    assert "Invented" not in browser(linden.owner).get(at).content.decode()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (form(9), "back.json", "has 9 questions. Give 10"),
        (b"{", "back.json", "is not JSON"),
        (b"\xff", "back.json", "is not JSON"),
        (b"x", "back.pdf", "is of no kind that can be read"),
        (b" " * 200_001, "back.json", "Choose a file of at most 200 kB"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_reason(
    linden: House, content: bytes, name: str, says: str
) -> None:
    answer = send(linden.owner, content, name)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Questionnaire.everything.exists()


def test_an_instrument_that_needs_no_wording_is_not_offered(linden: House) -> None:
    offered = {one.id for one in brought.listed()}
    assert {"OM-ODI", "OM-NDI", "OM-PI4", "OM-RMDQ"} <= offered
    assert not offered & {"OM-PEG", "OM-PSFS", "OM-G10", "OM-WOMAC"}
    assert send(linden.owner, form(), instrument="OM-PEG").status_code == 422


def test_a_second_file_takes_the_place_of_the_first(linden: House) -> None:
    keep(linden)
    keep(linden, form().replace(b"Invented", b"Reworded"))
    assert "Reworded" in Questionnaire.everything.get().content


def test_a_form_can_be_taken_out_and_its_scores_stay(linden: House) -> None:
    kept = keep(linden)
    Measure.everything.create(
        episode=linden.episode, instrument="OM-ODI", value=40, taken_at=NOW, source="client"
    )
    assert browser(linden.owner).post(f"{PAGE}{kept.pk}/drop/").status_code == 302
    assert not Questionnaire.everything.exists()
    assert Measure.everything.count() == 1
    assert AuditRow.everything.filter(action="questionnaire.bring").count() == 2


def test_a_file_no_longer_understood_is_left_out_and_breaks_nothing(linden: House) -> None:
    Questionnaire.everything.create(
        practice=linden.practice,
        instrument="OM-ODI",
        file_name="old.json",
        content="{}",
        brought_at=NOW,
    )
    at = f"/episodes/{linden.episode.pk}/measure/"
    assert browser(linden.cora).get(at).status_code == 200


def test_what_is_kept_was_read_first(linden: House) -> None:
    with pytest.raises(KnowledgeError):
        keep(linden, b"{}")
    assert not Questionnaire.everything.exists()
