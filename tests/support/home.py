"""The table of home-care cases, read into the values of the reasoning."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from unknot.reasoning.home import After, Day, Done, During, NextDay, Rung

TODAY = date(2026, 11, 22)
FILE = Path(__file__).parents[1] / "cases" / "home_ladder.toml"


@dataclass(frozen=True)
class HomeCase:
    """One row: an item, where it stands, what was told, and what is expected."""

    name: str
    item: str
    rung: Rung
    days: tuple[Day, ...]
    expect: dict[str, Any]


@lru_cache(maxsize=1)
def home_cases() -> tuple[HomeCase, ...]:
    """Every row of the table, with the days counted back from `TODAY`."""
    return tuple(
        HomeCase(
            name=row["name"],
            item=row["item"],
            rung=Rung(row["step"], TODAY - timedelta(days=row["since_days"])),
            days=tuple(read_day(text) for text in row["days"]),
            expect=row["expect"],
        )
        for row in tomllib.loads(FILE.read_text("utf-8"))["home"]
    )


def read_day(text: str) -> Day:
    """A day from "3: done within no_more settled"."""
    ago, said = text.split(":")
    words = said.split()
    done, during, after, next_day = (None if word == "-" else word for word in words[:4])
    return Day(
        on=TODAY - timedelta(days=int(ago)),
        done=done and Done(done),
        during=during and During(during),
        after=after and After(after),
        next_day=next_day and NextDay(next_day),
        sign="sign" in words,
    )
