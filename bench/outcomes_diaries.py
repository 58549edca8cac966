"""Real diaries: how often the predicted interval of a held-out day holds what was answered.

    python -m bench.outcomes_diaries DIARIES.csv

The table has one person a row: t01 to t07 are seven days before and t11 to t17 seven days after,
pain 0 to 10 with decimals. A treatment begins in between, so that each week is a diary of its own:
its last two days are held out, and the model, the mean with a t interval, and a fitted line each
predict them from the days before. Nothing is stored.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product

import numpy as np

from bench.outcomes_people import BEGIN
from unknot.reasoning.outcomes import Diary, Entry
from unknot.reasoning.outcomes.engine import integrate
from unknot.reasoning.outcomes.engine.arrays import Array
from unknot.reasoning.outcomes.engine.design import Design, columns, design
from unknot.reasoning.outcomes.engine.mixture import combine, mixture

HELD_OUT = 2
LEAST = 4
WEEKS = [[f"t{week}{day}" for day in range(1, 8)] for week in (0, 1)]
T = {50: 0.6745, 90: 1.6449}


def diary(row: dict[str, str], week: list[str]) -> Diary:
    """One person's week as a diary of 0 to 100."""
    entries = []
    for day, name in enumerate(week):
        if row.get(name, "") not in ("", "NA"):
            value = min(100.0, max(0.0, round(float(row[name]) * 10)))
            entries.append(Entry(BEGIN + timedelta(days=day), value, instrument="OM-VAS"))
    return Diary(tuple(entries))


def model(made: Design, held: int) -> tuple[Array, Array]:
    """Interval ends (4, held) and means of the held-out answers, from the answers before them."""
    n = len(made.y) - held
    earlier = replace(
        made, y=made.y[:n], t=made.t[:n], memory=made.memory[:n], edge=made.edge[:n],
        static=made.static[:n],
    )  # fmt: skip
    found = integrate.integrate(earlier, 0)
    theta = found.theta
    rows = np.stack([columns(made, point[4], point[5])[n:] for point in theta])
    ahead = made.t[n:] - made.t[n - 1]
    sd, phi, se, drift = theta[:, :4].T[:, :, None]
    stay = phi**ahead
    mean, var = combine(found, rows, np.stack([stay, np.ones_like(stay)], axis=2))
    var = var + sd**2 * (1 - stay**2) + drift**2 * ahead + se**2 + made.step**2 / 12
    mix = mixture(found, mean, var)
    return mix.quantiles(0.0, 10.0), np.clip(mix.mean, 0, 10)


def average(made: Design, held: int) -> tuple[Array, Array]:
    """The mean of the earlier days with a t interval for one more day."""
    y = made.y[:-held]
    middle = y.mean()
    reach = y.std(ddof=1) * math.sqrt(1 + 1 / len(y))
    return _around(np.full(held, middle), np.full(held, reach), len(y) - 1)


def line(made: Design, held: int) -> tuple[Array, Array]:
    """A fitted line with its interval for one more day."""
    t, y, ahead = made.t[:-held], made.y[:-held], made.t[-held:]
    slope, start = np.polyfit(t, y, 1)
    error = math.sqrt(((y - start - slope * t) ** 2).sum() / (len(y) - 2))
    off = (ahead - t.mean()) ** 2 / ((t - t.mean()) ** 2).sum()
    return _around(start + slope * ahead, error * np.sqrt(1 + 1 / len(y) + off), len(y) - 2)


def _around(middle: Array, reach: Array, freedom: int) -> tuple[Array, Array]:
    """Ends of t intervals, by Cornish and Fisher's expansion of the quantile."""

    def width(z: float) -> float:
        return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)

    wide, narrow = width(T[90]), width(T[50])
    ends = [middle + z * reach for z in (-wide, -narrow, narrow, wide)]
    return np.clip(np.stack(ends), 0, 10), middle


METHODS: dict[str, Callable[[Design, int], tuple[Array, Array]]] = {
    "model": model,
    "mean and t": average,
    "fitted line": line,
}


def check(rows: list[dict[str, str]]) -> dict[str, tuple[int, float, float, float]]:
    """By method: held-out days, coverage of 50 and 90 %, mean absolute error."""
    found: dict[str, list[tuple[bool, bool, float]]] = defaultdict(list)
    for row, week in product(rows, WEEKS):
        kept = diary(row, week)
        made = design(kept)
        late = sum(one.at >= BEGIN + timedelta(days=7 - HELD_OUT) for one in kept.entries)
        if not late or len(made.t) - late < LEAST:
            continue
        truth = made.y[-late:]
        for name, method in METHODS.items():
            ends, middle = method(made, late)
            for place, value in enumerate(truth):
                low90, low50, high50, high90 = ends[:, place]
                found[name].append(
                    (
                        low50 <= value <= high50,
                        low90 <= value <= high90,
                        abs(middle[place] - value),
                    )
                )
    return {
        name: (
            len(values),
            *(float(one) for one in np.mean(np.array(values, dtype=float), axis=0)),
        )
        for name, values in found.items()
    }  # type: ignore[return-value]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("diaries", metavar="DIARIES.csv")
    with open(parser.parse_args().diaries, newline="") as file:  # noqa: PTH123
        rows = list(csv.DictReader(file))
    for name, (days, in50, in90, error) in check(rows).items():
        print(f"{name:12s} {days} days: in 50 % {in50:.3f}, in 90 % {in90:.3f}, error {error:.2f}")


if __name__ == "__main__":
    main()
