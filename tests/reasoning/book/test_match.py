"""Matching says yes or why not; it never ranks."""

from dataclasses import replace
from datetime import date

import pytest

from unknot.reasoning.book import Need, Practitioner, why_not

DAY = date(2026, 11, 2)
ANA = Practitioner(
    licence_until=date(2026, 11, 2),
    skills=frozenset({"prenatal"}),
    languages=frozenset({"en", "es"}),
    gender="female",
    step_free=True,
)


def test_it_takes_a_therapist_who_meets_every_need() -> None:
    need = Need(skills=frozenset({"prenatal"}), language="es", gender="female", step_free=True)
    assert why_not(ANA, need, on=DAY) == ()
    assert why_not(ANA, Need(), on=DAY) == ()


@pytest.mark.parametrize(
    ("who", "need", "reason"),
    [
        (
            replace(ANA, licence_until=date(2026, 11, 1)),
            Need(),
            "licence not valid on that day",
        ),
        (replace(ANA, licence_until=None), Need(), "no licence on record"),
        (
            ANA,
            Need(skills=frozenset({"oncology", "intraoral"})),
            "training the plan needs: intraoral, oncology",
        ),
        (ANA, Need(language="fr"), "language asked for"),
        (ANA, Need(gender="male"), "therapist's gender asked for"),
        (
            replace(ANA, step_free=False),
            Need(step_free=True),
            "room without steps asked for",
        ),
    ],
)
def test_it_says_why_not(who: Practitioner, need: Need, reason: str) -> None:
    assert why_not(who, need, on=DAY) == (reason,)
