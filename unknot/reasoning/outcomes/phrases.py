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


def number(value: float) -> str:
    """One decimal, without a trailing zero and without a minus before zero."""
    return f"{value if abs(value) >= 0.05 else 0.0:.1f}".removesuffix(".0")


def points(value: float) -> str:
    """Points with their noun: half a point, 1 point, 1.5 points."""
    said = number(value)
    if said == "0.5":
        return "half a point"
    return f"{said} point" if said == "1" else f"{said} points"


def count(amount: int, noun: str) -> str:
    """A number with its noun: 1 visit, 4 visits."""
    return f"{amount} {noun}" if amount == 1 else f"{amount} {noun}s"


def long_date(day: date) -> str:
    """A day as 14 May."""
    return f"{day.day} {day:%B}"


def half(value: float) -> str:
    """A level to the nearest half: people give whole numbers."""
    return f"{round(2 * value) / 2:g}"


def between(low: float, high: float, way: str, other_way: str) -> str:
    """Both ends of an interval; across zero each end says its way."""
    if low >= 0:
        return f"{number(low)} to {number(high)}"
    return f"{number(-low)} {other_way} to {number(high)} {way}"


def value_and_range(figure: Figure) -> str:
    """A figure for the table: 0.3 (-0.2 to 0.9)."""
    low, high = figure.i90
    return f"{number(figure.mean)} ({number(low)} to {number(high)})"
