"""The claims people make for massage: all there, each judged, each in words anyone can read."""

import re
from collections import Counter

from unknot.knowledge import load
from unknot.knowledge.claims import ClaimVerdict

CLAIMS = load().claims
SENTENCE = re.compile(r"[^.?]+[.?]")


def test_the_claims_run_from_1_to_210_without_a_gap() -> None:
    assert list(CLAIMS) == [f"CLM-{number:03}" for number in range(1, 211)]


def test_verdicts_and_kinds_are_counted() -> None:
    assert Counter(str(claim.verdict) for claim in CLAIMS.values()) == {
        "partly": 57,
        "contested": 40,
        "practice_convention": 40,
        "supported": 39,
        "not_supported": 34,
    }
    assert Counter(claim.kind for claim in CLAIMS.values()) == {
        "technique_indication": 43,
        "mechanism": 40,
        "benefit": 29,
        "in_session": 15,
        "aftercare": 15,
        "dosing": 13,
        "therapist_selection": 12,
        "outcome_measure": 11,
        "contraindication": 11,
        "preparation": 10,
        "cost": 6,
        "referral": 5,
    }


def test_a_claim_without_a_study_is_evidence_of_convention_only() -> None:
    for claim in CLAIMS.values():
        if {source.id for source in claim.sources} == {"CONV"}:
            assert claim.evidence == "convention", claim.id


def test_low_confidence_and_memory_never_go_with_a_certain_verdict() -> None:
    firm = {ClaimVerdict.SUPPORTED, ClaimVerdict.NOT_SUPPORTED}
    for claim in CLAIMS.values():
        if claim.confidence == "low" or claim.remembered:
            assert claim.verdict not in firm, claim.id


def test_the_words_are_short_plain_and_without_cheer() -> None:
    for claim in CLAIMS.values():
        for text in (claim.claim, claim.tell):
            assert text[0].isupper() or text[0].isdigit(), claim.id
            assert text.endswith("."), claim.id
            assert "!" not in text, claim.id
            assert "patient" not in text.lower(), claim.id
        for sentence in SENTENCE.findall(claim.tell):
            assert len(sentence.split()) <= 26, (claim.id, sentence)
        assert len(claim.tell.split()) <= 45, claim.id


def test_what_is_not_supported_is_never_told_as_a_plain_yes() -> None:
    for claim in CLAIMS.values():
        if claim.verdict is ClaimVerdict.NOT_SUPPORTED:
            assert not claim.tell.startswith(("Yes", "True")), claim.id
