"""The split of the change, and the weeks to come, as drawings. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from unknot.reasoning.outcomes import Forecast
from unknot.reasoning.outcomes.reading_words import Ahead, Part

BARS_LEFT, BARS_RIGHT = 12.0, 348.0
LEAST_REACH: Final = 2.0
ROW = 46.0
PANEL_WIDTH, PANEL_HEIGHT = 240, 150
LEFT, RIGHT, TOP, BOTTOM = 26.0, 196.0, 12.0, 118.0


@dataclass(frozen=True)
class Bar:
    """One part of the change on a line from less to more pain: the bar and its interval."""

    name: str
    value: str
    y: float
    zero: float
    x: float
    width: float
    low: float
    high: float
    is_total: bool


def bars(parts: Sequence[Part]) -> tuple[Bar, ...]:
    """The parts on one common scale with zero in its middle; less pain lies to the left."""
    if not parts:
        return ()
    reach = max(LEAST_REACH, *(max(abs(one.low), abs(one.high)) for one in parts))
    middle, half = (BARS_LEFT + BARS_RIGHT) / 2, (BARS_RIGHT - BARS_LEFT) / 2

    def x(value: float) -> float:
        return round(middle + value / reach * half, 1)

    return tuple(
        Bar(
            name=one.name,
            value=one.value,
            y=ROW * row,
            zero=middle,
            x=min(middle, x(one.mean)),
            width=round(abs(x(one.mean) - middle), 1),
            low=x(one.low),
            high=x(one.high),
            is_total=one is parts[-1],
        )
        for row, one in enumerate(parts)
    )


@dataclass(frozen=True)
class Panel:
    """Twelve weeks under one schedule: the level, its band, and its number at the end."""

    schedule: str
    name: str
    band: str
    line: str
    end_y: float
    end: str
    says: str
    now_y: float


def panels(forecasts: Sequence[Forecast], ahead: Sequence[Ahead], now: float) -> tuple[Panel, ...]:
    """One panel for each schedule that has words; all share one scale from 0 to 10."""
    worded = {one.schedule: one for one in ahead}
    return tuple(
        _panel(one, worded[one.schedule], now) for one in forecasts if one.schedule in worded
    )


def _panel(forecast: Forecast, ahead: Ahead, now: float) -> Panel:
    levels = [week.level for week in forecast.weeks]
    above = [f"{_x(week)} {_y(one.i90[1])}" for week, one in enumerate(levels, 1)]
    below = [f"{_x(week)} {_y(one.i90[0])}" for week, one in enumerate(levels, 1)]
    start = f"{_x(0)} {_y(now)}"
    line = [start, *(f"{_x(week)} {_y(one.mean)}" for week, one in enumerate(levels, 1))]
    told = "; ".join(f"week {week}: {value}" for week, value in ahead.weeks)
    return Panel(
        schedule=forecast.schedule,
        name=ahead.name,
        band=f"M{' L'.join([start, *above, *reversed(below)])} Z",
        line="M" + " L".join(line),
        end_y=_y(levels[-1].mean),
        end=f"{levels[-1].mean:.1f}",
        says=f"{ahead.name}. Usual pain by {told}.",
        now_y=_y(now),
    )


def _x(week: int) -> float:
    return round(LEFT + week / 12 * (RIGHT - LEFT), 1)


def _y(score: float) -> float:
    return round(TOP + (1 - min(10.0, max(0.0, score)) / 10) * (BOTTOM - TOP), 1)
