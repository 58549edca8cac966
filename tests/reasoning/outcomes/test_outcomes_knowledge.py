"""What the outcomes say agrees with the records of what is known."""

from importlib import import_module

import pytest

from unknot.knowledge import load
from unknot.reasoning.outcomes import NextStep, steps

fits = import_module("unknot.reasoning.outcomes.seen")
STEPS = [one for one in vars(steps).values() if isinstance(one, NextStep)]


def test_the_change_that_matters_is_that_of_the_instrument():
    pain = load().instruments["OM-NPRS"]
    assert pain.change_that_matters == fits.WORTHWHILE_POINTS
    assert pain.change_that_matters_share == fits.WORTHWHILE_SHARE
    assert set(fits.WORTHWHILE_SOURCES) <= {source.id for source in pain.sources}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.rule_id}-{step.step}")
def test_every_next_step_rests_on_a_rule_and_its_sources(step):
    rule = load().stop_rules[step.rule_id]
    assert set(step.sources) <= {source.id for source in rule.sources}
