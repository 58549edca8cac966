"""What is kept of a fit: the chance for the programme, the verdict, the summary for pooling."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, Final

from unknot.reasoning import outcomes
from unknot.reasoning.outcomes import Diary

from ..audit import canonical

MODEL: Final = "unknot-outcomes-1"
PRIOR: Final = "sceptical-1"


@dataclass(frozen=True)
class Stored:
    """One fit as it is kept. ``baseline`` and ``p_worthwhile`` are None while too little is known.

    ``p_worthwhile`` is about pain alone: the chance that the usual score fell by what matters to
    most people since the start, whatever the reason.
    """

    baseline: float | None
    p_worthwhile: float | None
    summary: dict[str, Any]
    result: dict[str, Any]


def make(diary: Diary) -> Stored:
    """Fits a diary; everything a page or a programme needs of it, as plain values."""
    fit = outcomes.fit(diary)
    said = outcomes.verdict(fit)
    return Stored(
        baseline=fit.summary.baseline,
        p_worthwhile=fit.change.p_worthwhile if fit.seen.change else None,
        summary=asdict(fit.summary),
        result={
            "schema": "unknot-fit-1",
            "verdict": str(said.kind),
            "sentence": said.sentence,
            "flags": [str(flag) for flag in fit.flags],
            "numbers": [list(pair) for pair in said.numbers],
        },
    )


def digest(diary: Diary) -> str:
    """A fingerprint of everything the fit is fed, whatever its order. Holds no score itself."""
    fed = {
        "model": MODEL,
        "prior": PRIOR,
        "zone": diary.zone,
        "as_of": str(diary.as_of),
        "entries": sorted(repr(entry) for entry in diary.entries),
        "sessions": sorted(repr(session) for session in diary.sessions),
        "planned": sorted(at.isoformat() for at in diary.planned),
    }
    return hashlib.sha256(canonical(fed).encode()).hexdigest()
