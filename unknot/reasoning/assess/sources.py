"""Where pain could come from: muscles ranked by how well their referral maps explain a drawing,
with every part of the score named.

A place to look, never a diagnosis: examiners agree poorly on trigger points, and the idea is
disputed. Numbness and tingling are left out, because no map of muscles explains them; `overrides`
says so. The weights are ours: they put places in order and are no probabilities.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from unknot.knowledge import Knowledge, load
from unknot.knowledge.muscles import LookAlike, Muscle
from unknot.reasoning.assess.maps import SIDES, Maps, maps_of, side_of
from unknot.reasoning.grounds import Ground, ground
from unknot.reasoning.marks import Mark
from unknot.reasoning.screen import Screening

NERVE_KINDS = ("numb", "tingling", "numbness")
# A muscle that explains less than a fifth of the drawing and is hardly filled by it is no
# suggestion.
LEAST = 0.2
UNSAID = 5
"""The weight of a mark when nobody said how strong the pain is: the middle of 0 to 10."""

ZONE, FINDINGS, SIDE, MOTION = 0.60, 0.25, 0.10, 0.05
"""The most each part can add; together 1."""
FOUND_IN = {
    "trigger_point_active": (1.0, "an active trigger point, which brings on the pain itself"),
    "trigger_point_latent": (0.6, "a latent trigger point"),
    "taut_band": (0.6, "a taut band"),
    "spasm": (0.6, "a spasm"),
    "hypertonic": (0.5, "high tone"),
    "guarding": (0.4, "guarding"),
    "tenderness": (0.4, "tenderness"),
}
"""What a therapist can find in a muscle: its share of the points for findings, and its name."""
TENDER_GRADES = {0: 0.0, 1: 0.2, 2: 0.4, 3: 0.6, 4: 0.8}


@dataclass(frozen=True)
class Part:
    """One part of a score: what it is, its points of `most`, and why."""

    name: str
    points: float
    most: float
    says: str


@dataclass(frozen=True)
class Ranked:
    """One muscle of one side. `score` is 0 to 1, the sum of its `parts`."""

    muscle_id: str
    name: str
    side: str
    score: float
    explains: tuple[str, ...]
    leaves: tuple[str, ...]
    """Marked regions of that side the muscle does not explain."""
    found_here: bool
    """Whether the therapist's own marks lie in the muscle."""
    lookalikes: str
    ground: Ground | None = None
    """The muscle as its record read that day."""
    parts: tuple[Part, ...] = ()
    look_alikes: tuple[LookAlike, ...] = ()
    """What else makes this pattern."""


@dataclass(frozen=True)
class Check:
    """A red flag that asks for look-alikes of ranked muscles, beside the screening's answer."""

    rule_id: str
    title: str
    state: str
    """fired, cleared, set_aside, unknown (still to be asked) or clear."""
    asks_for: tuple[str, ...]
    """The look-alikes."""
    muscles: tuple[str, ...]
    """The muscles whose pattern they make."""


def rank(
    marks: Sequence[Mark],
    *,
    most: int = 8,
    limited: Collection[str] = (),
    knowledge: Knowledge | None = None,
) -> tuple[Ranked, ...]:
    """Muscles that could refer pain to where the client drew it, best first; empty without a
    painful mark.

    Each side is judged for itself; the middle belongs to both. Marks weigh by their intensity (5
    when nobody said). `limited` names motions found to be short. Left and right are alike: the
    mirrored drawing gives the mirrored list. Raises nothing.
    """
    known = knowledge or load()
    ranked = rank_drawn(
        drawn_of(marks), found_in(marks), most=most, limited=limited, knowledge=known
    )
    return tuple(
        replace(entry, ground=ground("muscles", known.muscles[entry.muscle_id], known))
        for entry in ranked
    )


def rank_drawn(
    drawn: Mapping[str, float],
    found: Mapping[str, tuple[float, str]] | None = None,
    *,
    most: int = 8,
    limited: Collection[str] = (),
    knowledge: Knowledge | None = None,
) -> tuple[Ranked, ...]:
    """The same from weights by region and without grounds: for many people at once.

    `found` gives by region the share of the points for findings and what was found.
    """
    maps, seen = maps_of(knowledge or load()), found or {}
    hits = [
        hit
        for side in SIDES[:2]
        for hit in _of_side(maps, side, drawn, seen, limited)
        if hit.fit >= LEAST
    ]
    hits.sort(key=lambda hit: (-hit.score, not hit.found, hit.number, hit.side))
    here = {side: [one for one in drawn if side_of(one) in (side, "mid")] for side in SIDES[:2]}
    return tuple(_ranked(hit, maps, here[hit.side], limited) for hit in hits[:most])


def drawn_of(marks: Iterable[Mark]) -> dict[str, float]:
    """Weight of each region with pain; a pain of 0 weighs as little as 1 does."""
    drawn: dict[str, float] = {}
    for mark in marks:
        if mark.layer == "client" and mark.kind not in NERVE_KINDS:
            weight = float(UNSAID if mark.intensity is None else max(mark.intensity, 1))
            drawn[mark.region] = max(weight, drawn.get(mark.region, 0.0))
    return drawn


def found_in(marks: Iterable[Mark]) -> dict[str, tuple[float, str]]:
    """By region the weightiest thing a therapist found there; tenderness by its grade of 0-4."""
    found: dict[str, tuple[float, str]] = {}
    for mark in marks:
        if mark.layer != "therapist" or mark.kind not in FOUND_IN:
            continue
        share, name = FOUND_IN[mark.kind]
        if mark.kind == "tenderness" and mark.intensity is not None:
            share, name = TENDER_GRADES[min(mark.intensity, 4)], f"tenderness {mark.intensity}/4"
        if share > 0:
            found[mark.region] = max(found.get(mark.region, (0.0, "")), (share, name))
    return found


def overrides(marks: Iterable[Mark]) -> str:
    """What must be said before any list of muscles, or nothing."""
    if any(mark.kind in NERVE_KINDS for mark in marks):
        return (
            "Numbness or tingling is drawn. No map of muscles explains it: weakness, spreading or"
            " two-sided numbness, or a change of bladder or bowel goes to a clinician first."
        )
    return ""


def checks(
    ranked: Iterable[Ranked], screening: Screening | None, *, knowledge: Knowledge | None = None
) -> tuple[Check, ...]:
    """Every red flag that asks for a look-alike of these muscles, with what the screening says of
    it; unknown without a screening. Those that fired stand first, then those to be asked.
    """
    flags = (knowledge or load()).red_flags
    asked: dict[str, dict[str, None]] = {}
    muscles: dict[str, dict[str, None]] = {}
    for entry in ranked:
        for other in entry.look_alikes:
            for flag in other.red_flags:
                asked.setdefault(flag, {})[other.name] = None
                muscles.setdefault(flag, {})[f"{entry.name}, {entry.side}"] = None
    found = (
        Check(flag, flags[flag].title, _state(flag, screening), tuple(names), tuple(muscles[flag]))
        for flag, names in asked.items()
    )
    order = ("fired", "unknown", "set_aside", "cleared", "clear")
    return tuple(sorted(found, key=lambda one: order.index(one.state)))


def _state(flag: str, screening: Screening | None) -> str:
    if screening is None:
        return "unknown"
    finding = screening.finding(flag)
    return "clear" if finding is None else finding.state


# --- One side ------------------------------------------------------------------------------------


class _Hit(NamedTuple):
    """One muscle of one side that explains something, in figures only."""

    score: float
    number: int
    side: str
    fit: float
    of_drawing: float
    """Share of the drawing on this side that it explains."""
    own: float
    """Share of what it explains that lies on this side, not in the middle."""
    found: tuple[float, str] | None


def _of_side(
    maps: Maps,
    side: str,
    drawn: Mapping[str, float],
    found: Mapping[str, tuple[float, str]],
    limited: Collection[str],
) -> Iterable[_Hit]:
    """Every muscle that explains something on this side: one pass over the drawing."""
    whole = 0.0
    weights: dict[int, float] = {}
    owns: dict[int, float] = {}
    counts: dict[int, int] = {}
    for region, weight in drawn.items():
        is_own = region.endswith(side)
        if not is_own and not region.endswith("_mid"):
            continue
        whole += weight
        for number in maps.by_region.get(region, ()):
            weights[number] = weights.get(number, 0.0) + weight
            counts[number] = counts.get(number, 0) + 1
            if is_own:
                owns[number] = owns.get(number, 0.0) + weight
    for number, own in owns.items():
        of_drawing = weights[number] / whole
        fit = _fit(of_drawing, counts[number] / maps.sizes[number])
        muscle, share = maps.muscles[number], own / weights[number]
        best = _best_found(muscle, side, found) if found else None
        score = ZONE * fit + SIDE * share
        score += FINDINGS * best[0] if best else 0.0
        score += MOTION if limited and _short(muscle, limited) else 0.0
        yield _Hit(round(score, 3), number, side, fit, of_drawing, share, best)


def _fit(of_the_drawing: float, of_the_map: float) -> float:
    """How well map and drawing cover each other: the harmonic mean of both shares."""
    return 2 * of_the_drawing * of_the_map / (of_the_drawing + of_the_map)


def _best_found(
    muscle: Muscle, side: str, found: Mapping[str, tuple[float, str]]
) -> tuple[float, str] | None:
    own = (found.get(f"{name}_{place}") for name in muscle.lies_in for place in (side, "mid"))
    return max((one for one in own if one is not None), default=None)


def _short(muscle: Muscle, limited: Collection[str]) -> list[str]:
    return [name for name in muscle.limits if name in limited]


# --- In words ------------------------------------------------------------------------------------


def _ranked(hit: _Hit, maps: Maps, here: Sequence[str], limited: Collection[str]) -> Ranked:
    muscle = maps.muscles[hit.number]
    explains = tuple(one for one in here if hit.number in maps.by_region.get(one, ()))
    return Ranked(
        muscle_id=muscle.id,
        name=muscle.name,
        side=hit.side,
        score=hit.score,
        explains=explains,
        leaves=tuple(region for region in here if region not in explains),
        found_here=hit.found is not None,
        lookalikes=muscle.lookalikes,
        parts=tuple(_parts(hit, muscle, limited)),
        look_alikes=muscle.look_alikes,
    )


def _parts(hit: _Hit, muscle: Muscle, limited: Collection[str]) -> Iterable[Part]:
    """Every part that adds something, with why."""
    says = f"Its map explains {hit.of_drawing:.0%} of the drawing on this side."
    yield Part("zone", round(ZONE * hit.fit, 3), ZONE, says)
    if hit.found:
        points = round(FINDINGS * hit.found[0], 3)
        yield Part("findings", points, FINDINGS, f"Found in it: {hit.found[1]}.")
    only = f"All it explains lies on the {hit.side}."
    part = f"{hit.own:.0%} of what it explains lies on the {hit.side}, the rest in the middle."
    yield Part("side", round(SIDE * hit.own, 3), SIDE, part if hit.own < 1 else only)
    if short := _short(muscle, limited):
        words = ", ".join(name.replace("_", " ") for name in short)
        yield Part("motion", MOTION, MOTION, f"It is said to limit this motion: {words}.")
