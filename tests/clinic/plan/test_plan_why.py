"""Why a plan is as it is, for therapist and client."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from tests.clinic.plan.test_plan_actions import proposed
from tests.support.care import screened
from tests.support.cast import NOW, House
from tests.support.persons import text_of
from unknot.clinic.models import PlanVersion
from unknot.clinic.plan import actions
from unknot.knowledge import load

pytestmark = pytest.mark.django_db


def page(house: House, who: str, rest: str = "") -> str:
    browser = Browser()
    browser.force_login(getattr(house, who).user)
    return text_of(browser.get(f"/episodes/{house.episode.pk}/plan/why/{rest}"))


def test_a_therapist_reads_the_record_behind_each_choice(linden: House) -> None:
    screened(linden)
    version = proposed(linden)
    words = page(linden, "ann")
    dose = load().doses[version.content["dose"]["dose_id"]]
    assert f"{dose.id}, version {dose.version}" in words
    assert dose.because in words
    assert load().sources["CHE11"].place in words
    assert "What is not done" in words


def test_a_client_reads_plain_words_only(linden: House) -> None:
    screened(linden)
    version = proposed(linden)
    words = page(linden, "cora")
    dose = load().doses[version.content["dose"]["dose_id"]]
    assert "How long and how often" in words
    assert dose.because not in words
    assert "What is not done" not in words


def test_every_version_can_be_explained(linden: House) -> None:
    screened(linden)
    first = proposed(linden)
    changed = actions.change(
        version=first, changes={"weeks": 6}, by=linden.actor(linden.ann), now=NOW
    )
    assert "60 minutes, once a week, for 6 weeks" in page(linden, "ann")
    assert "for 10 weeks" in page(linden, "ann", f"{first.pk}/")
    assert changed.number == 2


def test_a_plan_that_is_not_there_is_not_found(linden: House) -> None:
    browser = Browser()
    browser.force_login(linden.ann.user)
    begin = f"/episodes/{linden.episode.pk}/plan/why/"
    assert browser.get(begin).status_code == 404
    screened(linden)
    version = proposed(linden)
    assert browser.get(f"{begin}{linden.episode.pk}/").status_code == 404
    PlanVersion.everything.filter(pk=version.pk).update(content={"schema": "unknot-plan-0"})
    assert browser.get(begin).status_code == 404


@pytest.mark.parametrize("who", ["ben", "desk", "dan"])
def test_nobody_else_reads_it(linden: House, who: str) -> None:
    screened(linden)
    proposed(linden)
    browser = Browser()
    browser.force_login(getattr(linden, who).user)
    assert browser.get(f"/episodes/{linden.episode.pk}/plan/why/").status_code in (403, 404)
