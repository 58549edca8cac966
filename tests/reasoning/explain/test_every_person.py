"""Whole people of the case tables: every screening of theirs can be explained, kept or not."""

from __future__ import annotations

import json

import pytest

from tests.support.cases import screened, written
from unknot.reasoning.explain import explain, in_words
from unknot.reasoning.screen import Screening, decide

PEOPLE = list(written("vignettes"))


@pytest.mark.parametrize("entry", PEOPLE, ids=lambda entry: entry["name"][:60])
def test_a_screening_is_explained_whole_and_the_same_once_kept(entry: dict[str, object]) -> None:
    case = screened(entry)
    screening = decide(case)
    found = explain(screening, case=case)
    named = sorted(reason.id for reason in found.reasons)
    assert named == sorted(finding.rule_id for finding in screening.findings)
    for reason in found.reasons:
        assert reason.sources
        assert all(source.cites for source in reason.sources)
        assert reason.version
        assert reason.facts
        assert reason.clinician_review == "pending"
        assert reason.since.state == "same"
    assert len([line for line in found.would_change if "An answer to" in line]) == len(
        screening.missing
    )
    kept = Screening.from_dict(json.loads(json.dumps(screening.to_dict())))
    assert explain(kept, case=case) == found
    assert max(map(len, in_words(found).splitlines())) <= 88
