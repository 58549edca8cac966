"""False claims: what each analysis says of people whose pain falls by itself.

    python -m bench.outcomes_panel --people 400

Everybody begins care in a bad spell (two points above the later level), has eight weekly visits
after a week of answers, and answers six days in ten. In most rows the visits do nothing; "real"
has 0.9 points of average relief. "Works" means what the analysis's own users would call success.
"""

from __future__ import annotations

import argparse
from collections import defaultdict

import numpy as np

from bench import outcomes_people as people
from unknot.reasoning.outcomes import Answer, fit
from unknot.reasoning.outcomes.verdict import judge

SURE = 0.95
WORTHWHILE = (Answer.VERY_LIKELY_WORTHWHILE, Answer.LIKELY_WORTHWHILE)
SCENARIOS: dict[str, dict[str, object]] = {
    "no effect": {},
    "hours only": {"alpha": -2.0},
    "real carry-over": {"delta": -1.575},
    "weekday rhythm": {"weekday": (0.35, -0.75)},
    "polite ratings": {"rating": -1.5},
}


def somebody(scenario: str, seed: int) -> people.Person:
    """One person of a scenario."""
    random = np.random.default_rng((13, seed))
    truth = people.Truth(
        level=float(np.clip(random.normal(4.5, 1.0), 2.5, 7)),
        recovery=2.0,
        sd_days=float(np.exp(random.normal(np.log(0.8), 0.3))),
        phi=float(1 / (1 + np.exp(-random.normal(-0.5, 0.4)))),
        **SCENARIOS[scenario],  # type: ignore[arg-type]
    )
    return people.person(truth, people.Course(7, 8, answered=0.6), random)


def claims(one: people.Person) -> dict[str, bool]:
    """Which analyses say that it works."""
    entries = sorted(one.diary.entries)
    t = np.array([(e.at - people.BEGIN).total_seconds() / 86400 for e in entries])
    y = np.array([e.value for e in entries])
    home = np.array([e.kind == "diary" for e in entries])
    pre = np.array([e.kind == "before" for e in entries])
    before, last = y[home & (t < 6.7)], y[home & (t > 56)]
    after = (t >= 6.7) & home
    found = fit(one.diary)
    answer = judge(found)
    return {
        "first and last visit differ by 2": bool(y[pre][0] - y[pre][-1] >= 2),
        "30 % lower than at the start": bool(last.mean() <= 0.7 * before.mean())
        if len(before) and len(last)
        else False,
        "t test, week before and last week": _t(before, last) > 1.645,
        "regression, before and after": _slope(after[home].astype(float), y[home]) < -1.645,
        "regression on time": _slope(t[home], y[home]) < -1.645,
        "model: relief": found.own_relief.p_any >= SURE,
        "model: right after": found.immediate.p >= SURE,
        "model: worthwhile": answer in WORTHWHILE,
    }


def _t(one: np.ndarray, other: np.ndarray) -> float:
    if len(one) < 2 or len(other) < 2:
        return 0.0
    error = np.sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other))
    return float((one.mean() - other.mean()) / max(error, 1e-9))


def _slope(x: np.ndarray, y: np.ndarray) -> float:
    """Ordinary t statistic of a slope, errors taken for independent."""
    off = x - x.mean()
    slope = (off @ y) / (off @ off)
    rest = y - y.mean() - slope * off
    error = np.sqrt((rest @ rest) / (len(y) - 2) / (off @ off))
    return float(slope / error)


def panel(count: int) -> dict[str, dict[str, float]]:
    """Share of people of whom each analysis says that it works: scenario -> analysis -> share."""
    found: dict[str, dict[str, float]] = {}
    for scenario in SCENARIOS:
        said: dict[str, int] = defaultdict(int)
        for seed in range(count):
            for name, claim in claims(somebody(scenario, seed)).items():
                said[name] += claim
        found[scenario] = {name: times / count for name, times in said.items()}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--people", type=int, default=400)
    found = panel(parser.parse_args().people)
    names = next(iter(found.values()))
    print(f"{'analysis':36s}" + "".join(f"{scenario:>17s}" for scenario in found))
    for name in names:
        print(f"{name:36s}" + "".join(f"{shares[name]:17.1%}" for shares in found.values()))


if __name__ == "__main__":
    main()
