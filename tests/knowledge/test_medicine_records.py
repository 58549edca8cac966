"""Classes of medicines say only what a question can answer."""

from __future__ import annotations

import dataclasses

import pytest

from unknot.knowledge import load
from unknot.knowledge.medicines import Says


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (Says(question="medicines", holds="always"), "medicines is not yes or no"),
        (Says(question="skin", choice="blue", holds="often"), "skin has no choice blue"),
        (Says(question="osteoporosis", choice="yes", holds="often"), "osteoporosis has no choice"),
    ],
)
def test_a_class_that_says_what_no_question_answers_is_refused(said: Says, what: str) -> None:
    kind = dataclasses.replace(load().medicine_classes["bone"], says=(said,))
    assert next(iter(kind.problems(load()))).what.startswith(what)


def test_every_class_has_a_medicine_and_every_fact_rules_read_of_medicines_has_a_class() -> None:
    known = load()
    used = {kind for drug in known.medicines.values() for kind in drug.classes}
    assert used == set(known.medicine_classes)
    said = {
        (said.question, said.choice)
        for kind in known.medicine_classes.values()
        for said in kind.says
    }
    assert said >= {
        ("anticoagulant", None),
        ("steroid_long_term", None),
        ("medicines", "opioid_sedative"),
        ("medicines", "blood_pressure"),
    }


def test_a_kind_one_can_choose_for_an_unknown_name_is_a_class() -> None:
    chosen = set(load().questions["medicine_kinds"].choice_ids) - {"none"}
    assert chosen <= set(load().medicine_classes)
    facts = {
        (said.question, said.choice)
        for kind in load().medicine_classes.values()
        for said in kind.says
    }
    covered = {
        (said.question, said.choice)
        for name in chosen
        for said in load().medicine_classes[name].says
    }
    assert facts - covered == {("medicines", "insulin"), ("medicines", "painkillers")}
