"""The scales know which end is worse."""

import pytest

from unknot.reasoning.scale import Disposition, Urgency, severity, worst


def test_the_worst_of_several_is_the_most_severe() -> None:
    assert worst([Disposition.ADAPT, Disposition.MEDICAL_CLEARANCE]) == "medical_clearance"
    assert worst([Urgency.NONE, Urgency.GP_SOON, Urgency.SAME_DAY]) == "same_day"


def test_the_worst_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="empty"):
        worst(list[Urgency]())


def test_the_scales_run_from_worst_to_mildest() -> None:
    assert list(Disposition) == [
        "total_contraindication",
        "medical_clearance",
        "local_contraindication",
        "adapt",
        "proceed",
    ]
    assert list(Urgency) == ["emergency_now", "same_day", "gp_soon", "gp_routine", "none"]
    assert severity(Disposition.PROCEED) == 0
    assert severity(Urgency.EMERGENCY_NOW) == 4
