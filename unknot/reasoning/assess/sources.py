"""Where pain could come from: muscles ranked by how well their referral maps explain a drawing.

A place to look, never a diagnosis: examiners agree poorly on trigger points, and the idea is
disputed. Numbness and tingling are left out, because no map of muscles explains them; `overrides`
says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from unknot.knowledge import Knowledge, load
from unknot.knowledge.muscles import Muscle
from unknot.reasoning.grounds import Ground, ground
from unknot.reasoning.marks import Mark

NERVE_KINDS = ("numb", "tingling", "numbness")
FOUND_KINDS = ("trigger_point_active", "trigger_point_latent", "taut_band", "tenderness")
# A muscle that explains less than a fifth of the drawing and is hardly filled by it is no
# suggestion.
LEAST = 0.2


@dataclass(frozen=True)
class Ranked:
    """One muscle of one side. `score` is 0 to 1: how well map and drawing cover each other."""

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


def rank(
    marks: Sequence[Mark], *, most: int = 8, knowledge: Knowledge | None = None
) -> tuple[Ranked, ...]:
    """Muscles that could refer pain to where the client drew it, best first; empty without a
    painful mark.

    Each side is judged for itself; the middle belongs to both. Marks weigh by their intensity (5
    when nobody said). The score is the harmonic mean of the share of the drawing explained and the
    share of the map filled. Raises nothing.
    """
    known = knowledge or load()
    ranked = [
        entry
        for side in ("left", "right")
        for muscle in known.muscles.values()
        if (entry := _judge(muscle, side, marks)) is not None
    ]
    ranked.sort(
        key=lambda entry: (-entry.score, not entry.found_here, entry.muscle_id, entry.side)
    )
    return tuple(
        replace(entry, ground=ground("muscles", known.muscles[entry.muscle_id], known))
        for entry in ranked[:most]
    )


def overrides(marks: Iterable[Mark]) -> str:
    """What must be said before any list of muscles, or nothing."""
    if any(mark.kind in NERVE_KINDS for mark in marks):
        return (
            "Numbness or tingling is drawn. No map of muscles explains it: weakness, spreading or"
            " two-sided numbness, or a change of bladder or bowel goes to a clinician first."
        )
    return ""


def stem(region: str) -> str:
    """The region without its side: "neck_back" for "neck_back_left"."""
    return region.rsplit("_", 1)[0]


def side_of(region: str) -> str:
    """left, right or mid."""
    return region.rsplit("_", 1)[1]


def _judge(muscle: Muscle, side: str, marks: Sequence[Mark]) -> Ranked | None:
    drawn = _drawn(marks, side)
    if not any(side_of(region) == side for region in drawn):
        return None
    zone = {*muscle.lies_in, *muscle.refers_to}
    explains = tuple(region for region in drawn if stem(region) in zone)
    if not any(side_of(region) == side for region in explains):
        return None
    share_drawn = sum(drawn[region] for region in explains) / sum(drawn.values())
    share_map = len({stem(region) for region in explains}) / len(zone)
    score = round(2 * share_drawn * share_map / (share_drawn + share_map), 3)
    if score < LEAST:
        return None
    return Ranked(
        muscle_id=muscle.id,
        name=muscle.name,
        side=side,
        score=score,
        explains=explains,
        leaves=tuple(region for region in drawn if region not in explains),
        found_here=_found(muscle, side, marks),
        lookalikes=muscle.lookalikes,
    )


def _drawn(marks: Sequence[Mark], side: str) -> dict[str, float]:
    """Weight of each region with pain on this side or in the middle; a pain of 0 weighs as little
    as 1 does.
    """
    drawn: dict[str, float] = {}
    for mark in marks:
        if mark.layer != "client" or mark.kind in NERVE_KINDS:
            continue
        if side_of(mark.region) in (side, "mid"):
            weight = float(5 if mark.intensity is None else max(mark.intensity, 1))
            drawn[mark.region] = max(weight, drawn.get(mark.region, 0.0))
    return drawn


def _found(muscle: Muscle, side: str, marks: Sequence[Mark]) -> bool:
    return any(
        mark.layer == "therapist"
        and mark.kind in FOUND_KINDS
        and stem(mark.region) in muscle.lies_in
        and side_of(mark.region) in (side, "mid")
        for mark in marks
    )
