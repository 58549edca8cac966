"""False claims and real diaries, small: the benches run the same with more people."""

import csv

import numpy as np

from bench import outcomes_diaries
from bench.outcomes_panel import panel


def test_pain_that_falls_by_itself_is_not_put_down_to_the_visits():
    """Ceilings are those of the specification with room for the luck of fifty people."""
    found = panel(50)
    assert found["no effect"]["model: relief"] <= 0.06 + 0.06
    assert found["no effect"]["model: worthwhile"] <= 0.02
    assert found["weekday rhythm"]["model: relief"] <= 0.12 + 0.08
    assert found["polite ratings"]["model: right after"] <= 0.15 + 0.08
    assert found["hours only"]["model: right after"] >= 0.6
    assert found["real carry-over"]["model: relief"] >= 0.7
    naive = found["no effect"]
    assert naive["t test, week before and last week"] > 0.5, "people did get better"


def test_the_diary_check_reads_weeks_and_scores_three_methods(tmp_path, monkeypatch, capsys):
    random = np.random.default_rng(0)
    path = tmp_path / "weeks.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, [name for week in outcomes_diaries.WEEKS for name in week])
        writer.writeheader()
        for _ in range(12):
            level = random.uniform(3, 7)
            days = [f"{np.clip(level + random.normal(0, 0.8), 0, 10):.2f}" for _ in range(14)]
            writer.writerow(dict(zip(writer.fieldnames, days, strict=True)))
        writer.writerow(dict.fromkeys(writer.fieldnames, "NA"))
    monkeypatch.setattr("sys.argv", ["x", str(path)])
    outcomes_diaries.main()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" 48 days")[0].strip() for line in lines] == [
        "model",
        "mean and t",
        "fitted line",
    ]
    covered = float(lines[0].split("in 90 % ")[1].split(",")[0])
    assert covered >= 0.8
