"""Who is free when, while the year of appointments is laid out."""

from __future__ import annotations

from datetime import date, time, timedelta

from .house import House

# Starts that leave an hour of treatment, the turnover and a break at noon.
GRID = (
    time(8, 45),
    time(10, 0),
    time(11, 15),
    time(13, 0),
    time(14, 15),
    time(15, 30),
    time(16, 45),
)


class Times:
    """The free places in every therapist's days; a place taken is gone."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.taken: set[tuple[int, date, time]] = set()

    def take(self, therapist: int, day: date, clock: time, *, until: date) -> tuple[date, time]:
        """The free place nearest to the one wished for, at most a few days off, and takes it.

        ``until`` is the last day allowed; raises LookupError when all near places are taken.
        """
        for away in (0, 1, -1, 2, -2, 3, 4, 5):
            near = day + timedelta(days=away)
            if near > until or near.weekday() not in self.house.weekdays[therapist]:
                continue
            for start in sorted(GRID, key=lambda start: abs(start.hour - clock.hour)):
                place = (therapist, near, start)
                if place not in self.taken:
                    self.taken.add(place)
                    return near, start
        raise LookupError("no free place within days; the demo has too many visits")
