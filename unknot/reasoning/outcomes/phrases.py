"""Small pieces of sentences: numbers, intervals, days, certainty; said one way everywhere."""

from datetime import date

from unknot.reasoning.outcomes.results import Figure


def likelihood(probability: float) -> str:
    """A probability in the few words used everywhere."""
    if probability >= 0.9:
        return "very likely"
    if probability >= 0.67:
        return "likely"
    return "about as likely as not" if probability > 0.33 else "unlikely"


def number(value: float, digits: int = 1) -> str:
    """Rounded, a whole number without its zeros, and no minus before zero."""
    shown = value if abs(value) >= 0.5 * 0.1**digits else 0.0
    return f"{shown:.{digits}f}".removesuffix("." + digits * "0")


def points(value: float) -> str:
    """Points with their noun: half a point, 1 point, 1.5 points."""
    said = number(value)
    if said == "0.5":
        return "half a point"
    return f"{said} point" if said == "1" else f"{said} points"


def count(amount: int, noun: str) -> str:
    """A number with its noun: 1 visit, 4 visits."""
    return f"{amount} {noun}" if amount == 1 else f"{amount} {noun}s"


def long_date(day: date, today: date | None) -> str:
    """A day as 14 May; with its year unless that is known to be this one."""
    said = f"{day.day} {day:%B}"
    return said if today is not None and today.year == day.year else f"{said} {day.year}"


def half(value: float) -> str:
    """A level to the nearest half: people give whole numbers."""
    return f"{round(2 * value) / 2:g}"


def between(low: float, high: float, way: str, other_way: str) -> str:
    """Both ends of an interval; across zero each end says its way."""
    if low >= 0:
        return f"{number(low)} to {number(high)}"
    return f"{number(-low)} {other_way} to {number(high)} {way}"


SAME, NOTHING = "about the same", "next to nothing"


def lower_or_higher(
    mean: float, low: float, high: float, digits: int = 1, *, none: str = SAME
) -> str:
    """A difference in pain and its interval, each saying its way: 1.2 lower (0.4 to 2).

    Negative is less pain. Across zero both ends say theirs: 0.1 lower (0.4 lower to 0.2 higher).
    ``none`` stands for one that rounds to 0.
    """

    def said(value: float) -> str:
        return number(abs(value), digits)

    way = "lower" if mean < 0 else "higher"
    head = none if said(mean) == "0" else f"{said(mean)} {way}"
    if said(low) == said(high) == "0":
        return f"{head} (less than {0.1**digits:.{digits}f} either way)"
    if "0" in (said(low), said(high)) or (low < 0) == (high < 0):
        near, far = sorted((abs(low), abs(high)))
        side = "lower" if low + high < 0 else "higher"
        same = way == side and head != none
        return f"{head} ({said(near)} to {said(far)}{'' if same else f' {side}'})"
    return f"{head} ({said(low)} lower to {said(high)} higher)"


def change_and_range(figure: Figure) -> str:
    """``lower_or_higher`` of a part of a change in pain."""
    return lower_or_higher(figure.mean, *figure.i90, none=NOTHING)


def sureness(p_lower: float) -> str:
    """How sure the way of a difference is: very likely lower, likely higher."""
    if 0.33 < p_lower < 0.67:
        return "about as likely lower as higher"
    way = "lower" if p_lower >= 0.5 else "higher"
    return f"{likelihood(max(p_lower, 1 - p_lower))} {way}"
