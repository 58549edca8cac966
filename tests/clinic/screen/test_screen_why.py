"""Why a safety check says what it says: for therapist and client, today and years later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from tests.clinic.screen.test_screen import address, ann, screened
from tests.support.cast import NOW, House
from tests.support.persons import text_of
from unknot import knowledge
from unknot.clinic.intake import words as intake_words
from unknot.clinic.models import Screening
from unknot.clinic.screen import actions, show
from unknot.knowledge import Knowledge, load
from unknot.knowledge.safety import SafetyRecord
from unknot.reasoning import explain

__all__ = ["ann"]
NUMB = {"numb_areas": ("little_fingers_both",), "numb_since": "months"}


@pytest.fixture
def cora(linden: House) -> Browser:
    browser = Browser()
    browser.force_login(linden.cora.user)
    return browser


def later(monkeypatch: pytest.MonkeyPatch, **changed: Any) -> Knowledge:
    """From here on the program knows something else."""
    known = replace(load(), version="later", **changed)
    for module in (knowledge, explain, intake_words, show):
        monkeypatch.setattr(module, "load", lambda: known)
    return known


def _reads(record: SafetyRecord, question: str) -> bool:
    return record.when is not None and question in record.when.questions


def test_a_therapist_reads_rule_version_facts_and_whole_sources(
    linden: House, ann: Browser
) -> None:
    screened(linden, **NUMB)
    words = text_of(ann.get(address(linden, "why/")))
    flag = load().red_flags["RF-NECK-03"]
    for said in (
        f"RF-NECK-03, version {flag.version}",
        flag.because,
        "Counts when",
        "The little fingers of both hands",
        load().sources["FIN20"].place,
        "clinician review pending",
        "The knowledge has not changed since.",
        "a clinician's clearance not older than",
    ):
        assert said in words


def test_a_client_reads_plain_words_only(linden: House, cora: Browser) -> None:
    screened(linden, **NUMB)
    words = text_of(cora.get(address(linden, "why/")))
    flag = load().red_flags["RF-NECK-03"]
    assert flag.tell in words
    assert "You told us:" in words
    assert "No clinician has signed this yet" in words
    assert "Say what is different" in words
    assert flag.because not in words
    assert "Counts when" not in words
    assert "Others of this care" not in words


def test_the_result_page_leads_there(linden: House, ann: Browser, cora: Browser) -> None:
    screened(linden, **NUMB)
    for browser in (ann, cora):
        assert address(linden, "why/") in browser.get(address(linden)).content.decode()


@pytest.mark.parametrize("who", ["ben", "desk", "dan"])
def test_nobody_else_reads_it(linden: House, who: str) -> None:
    row = screened(linden, **NUMB)
    browser = Browser()
    browser.force_login(getattr(linden, who).user)
    for rest in ("why/", f"why/{row.pk}/"):
        assert browser.get(address(linden, rest)).status_code in (403, 404)


def test_a_stored_check_is_explained_after_its_rule_was_reworded(
    linden: House, ann: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    screened(linden, **NUMB)
    old = load().red_flags["RF-NECK-03"]
    flags = {**load().red_flags, "RF-NECK-03": replace(old, because="Newer reasons.")}
    later(monkeypatch, red_flags=flags)
    words = text_of(ann.get(address(linden, "why/")))
    assert old.because in words
    assert "Today the reason would read: “Newer reasons.”" in words
    assert "1 changed" in words


def test_a_stored_check_is_explained_after_rule_source_and_question_are_gone(
    linden: House, ann: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = screened(linden, **NUMB)
    known = load()
    flag = known.red_flags["RF-NECK-03"]
    gone = {source.id for source in flag.sources}
    flags, rules = (
        {key: one for key, one in topic.items() if not _reads(one, "numb_areas")}
        for topic in (known.red_flags, known.rules)
    )
    sources = {key: one for key, one in known.sources.items() if key not in gone}
    questions = {key: one for key, one in known.questions.items() if key != "numb_areas"}
    later(monkeypatch, sources=sources)
    shown = text_of(ann.get(address(linden)))
    assert known.sources["FIN20"].place in shown
    found = explain.explain(
        show.decision_of(row),
        knowledge=replace(
            load(), red_flags=flags, rules=rules, sources=sources, questions=questions
        ),
    )
    reason = next(one for one in found.reasons if one.id == "RF-NECK-03")
    assert reason.since.state == "removed"
    assert known.questions["numb_areas"].text in {fact.asked for fact in reason.facts}
    later(monkeypatch, sources=sources, questions=questions)
    assert known.questions["numb_areas"].text in {
        asked
        for finding in show.decision_of(row).findings
        for asked, _ in intake_words.finding_words(finding).facts
    }


def test_an_earlier_check_can_be_explained_too(linden: House, ann: Browser) -> None:
    first = screened(linden, **NUMB)
    actions.rescreen(
        episode=linden.episode,
        answers={"numb_areas": ("none",), "numb_since": None},
        by=linden.actor(linden.ann),
        now=NOW + timedelta(days=2),
    )
    newest = ann.get(address(linden, "why/")).content.decode()
    assert f"why/{first.pk}/" in newest
    assert "RF-NECK-03" not in newest
    assert "RF-NECK-03" in text_of(ann.get(address(linden, f"why/{first.pk}/")))


def test_another_episodes_check_is_not_found(linden: House, ann: Browser) -> None:
    screened(linden)
    assert ann.get(address(linden, f"why/{linden.episode.pk}/")).status_code == 404


def test_before_a_check_and_in_an_emergency_a_client_is_led_on(
    linden: House, ann: Browser, cora: Browser
) -> None:
    assert ann.get(address(linden, "why/")).status_code == 302
    screened(linden, saddle_numb=True)
    assert cora.get(address(linden, "why/"))["Location"] == address(linden)
    assert "RF-LUM-01" in text_of(ann.get(address(linden, "why/")))


def test_a_stored_check_names_its_schema(linden: House) -> None:
    screened(linden)
    row = Screening.everything.get()
    assert row.schema == row.result["schema"] == "unknot-screening-2"
