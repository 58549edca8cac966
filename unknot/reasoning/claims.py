"""What people say about massage for pain, found by what one asks."""

from unknot.knowledge import Knowledge, load
from unknot.knowledge.claims import Claim


def find(
    words: str = "", *, verdict: str = "", kind: str = "", knowledge: Knowledge | None = None
) -> tuple[Claim, ...]:
    """Claims that hold all of these words, in the order of the file; without any, all of them.

    `verdict` ("supported", "partly", "contested", "practice_convention" or "not_supported") and
    `kind` narrow them further. Each claim carries its sources, its confidence and
    `clinician_review`. Nothing found is an empty tuple, never an error.
    """
    wanted = words.casefold().split()
    return tuple(
        claim
        for claim in (knowledge or load()).claims.values()
        if (not verdict or claim.verdict == verdict)
        and (not kind or claim.kind == kind)
        and all(word in f"{claim.claim} {claim.tell}".casefold() for word in wanted)
    )
