"""The whole answer in one value, and as JSON."""

import json

import pytest

from unknot.reasoning.outcomes import Diary, report
from unknot.reasoning.outcomes.report import to_dict


def test_a_report_holds_every_figure_with_where_it_comes_from(helped):
    found = report(helped(-1.2))
    kept = json.loads(json.dumps(to_dict(found)))
    assert kept["schema"] == "unknot-outcomes-1"
    assert "fitted" not in kept["fit"]
    rows = {row["where"]: row for row in kept["table"]}
    assert len(rows) == len(kept["table"]), "every figure has a place of its own"
    jump = rows["fit.carry_jump"]
    assert jump["mean"] == pytest.approx(found.fit.carry_jump.mean)
    assert jump["low90"] < jump["low50"] < jump["mean"] < jump["high50"] < jump["high90"]
    assert jump["ess"] > 60
    assert (jump["model_id"], jump["answers"]) == ("unknot-outcomes-1", found.fit.basis.answers)
    assert "forecast.weekly.weeks.12.level" in rows
    assert "fit.relief.twice_a_week.figure" in rows


def test_a_settled_answer_needs_no_date_and_an_unsettled_one_has_it(helped, make):
    assert report(helped(-4.0)).known is None
    early = report(make.course(7, 5, visits=3, days=14))
    assert early.known is not None
    assert early.verdict.needs.by == early.known.on


def test_nothing_at_all_has_a_report_too():
    kept = to_dict(report(Diary()))
    assert kept["band"] == []
    assert kept["fit"]["basis"]["first_answer"] is None
