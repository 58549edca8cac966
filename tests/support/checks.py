"""What a case of the tables and a vignette assert, so that a test and a mutation can both ask."""

from __future__ import annotations

from typing import Any, Final

from unknot.reasoning.screen import Finding, Screening

RULE_LIMITS: Final = {
    "ceiling": "pressure_ceiling",
    "pain_cap": "pain_cap",
    "minutes": "most_minutes",
    "overridable": "overridable",
}
RULE_LISTS: Final = {
    "left_out": "excluded_groups",
    "gentle": "gentle_groups",
    "banned": "banned_techniques",
    "positions": "positions",
}
VALUES: Final = {
    "disposition": "disposition",
    "urgency": "urgency",
    "blocks": "blocks_booking",
    "ceiling": "pressure_ceiling",
    "minutes": "most_minutes",
    "headline": "headline",
}
EXACT: Final = {
    "left_out": "excluded_groups",
    "positions": "positions",
    "gentle": "gentle_groups",
}


def check_rule_case(case: dict[str, Any], found: Screening) -> None:
    """Raises AssertionError where the finding of the rule is not as its case says."""
    expect, finding = case.get("expect", {}), found.finding(case["rule"])
    if case["kind"] == "missing":
        assert finding is not None
        assert set(expect["missing"]) <= set(found.missing)
        assert set(expect["missing"]) <= set(finding.waits_for)
        assert found.undecided
        assert found.blocks_booking
    elif case["kind"] == "does_not" or expect.get("fires") is False:
        assert finding is None or finding.state == "unknown"
    else:
        assert finding is not None
        assert finding.state == "fired"
        assert (finding.disposition, finding.urgency) == (
            expect["disposition"],
            expect["urgency"],
        )
        _check_limits(finding, expect)


def _check_limits(finding: Finding, expect: dict[str, Any]) -> None:
    """A list in `expect` must be there; after `only`, nothing else may be."""
    for key, attribute in RULE_LIMITS.items():
        if key in expect:
            assert getattr(finding, attribute) == expect[key], key
    for key, attribute in RULE_LISTS.items():
        listed = set(getattr(finding, attribute))
        assert set(expect.get(key, ())) <= listed, key
        if expect.get("only"):
            assert listed == set(expect.get(key, ())), key


def check_vignette(case: dict[str, Any], found: Screening) -> None:
    """Raises AssertionError where the whole result is not as the vignette says."""
    expect = case["expect"]
    shown = [finding for finding in found.findings if finding.state != "unknown"]
    assert all(finding.waits_for for finding in found.findings if finding not in shown)
    assert [finding.rule_id for finding in shown] == expect["rules"]
    for key, attribute in VALUES.items():
        if key in expect:
            assert getattr(found, attribute) == expect[key], key
    for key, attribute in EXACT.items():
        if key in expect:
            assert sorted(getattr(found, attribute)) == sorted(expect[key]), key
    assert set(expect.get("banned", ())) <= set(found.banned_techniques)
    if "missing" in expect:
        assert list(found.missing) == expect["missing"]
    cleared = [finding.rule_id for finding in shown if finding.state == "cleared"]
    assert cleared == expect.get("cleared", [])
    if "tell_doctor" in expect:
        assert expect["tell_doctor"] in found.findings[0].tell_doctor
