"""Whatever a file holds: a result, or an error that names the place and the cure.

`python -m bench.fuzz_cases --count 10000` runs the same with more documents.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.fuzz import DAMAGE, damaged, documents, pass_through, seeds

COUNT = int(os.environ.get("UNKNOT_FUZZ", "600"))


@settings(
    max_examples=COUNT,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(text=documents())
def test_a_fuzzed_document_gives_a_result_or_a_clear_error(text: str) -> None:
    assert pass_through(text) in ("refused", "no plan", "plan")


def test_the_damage_is_neither_always_fatal_nor_always_harmless() -> None:
    came = {pass_through(damaged(seed)) for seed in range(200)}
    assert came == {"refused", "no plan", "plan"}
    assert len(DAMAGE) >= 8


@settings(max_examples=20, derandomize=True, deadline=None)
@given(text=st.sampled_from(range(len(seeds()))))
def test_an_undamaged_person_is_never_refused(text: int) -> None:
    assert pass_through(seeds()[text]) != "refused"
