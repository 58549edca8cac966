"""People helped by nothing: no verdict may give the visits the credit, and few may be glad."""

from bench.false_claims import shares


def test_no_verdict_names_a_cause_and_steady_people_are_rarely_called_better():
    kinds, causes = shares(100, bad_spell=0.0)
    assert causes == 0
    assert kinds["clearly_better"] <= 3
    assert kinds["worse"] <= 3


def test_a_bad_spell_that_passes_is_rarely_called_clear():
    kinds, causes = shares(100, bad_spell=2.0)
    assert causes == 0
    assert kinds["clearly_better"] <= 12
