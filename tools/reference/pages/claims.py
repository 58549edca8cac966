"""What people say about massage for pain, and what is known of it."""

from collections import Counter
from collections.abc import Iterator

from tools.reference.text import cited, plain, row, wrapped
from unknot.knowledge import Knowledge
from unknot.knowledge.certainty import certainty
from unknot.knowledge.claims import Claim, ClaimVerdict

TITLE = "Claims"
ABOUT = "what people say about massage for pain, each with a verdict, a reason and sources."

_HOW = (
    "Naming a claim here does not mean that we make it: each is our own paraphrase of what "
    "popular writing says. A claim is *supported*, *partly* true within limits that are named, "
    "*contested* when sources disagree or it leaves out what decides it, *not supported*, or a "
    "*practice convention*: a custom or a definition that no study could prove or disprove. No "
    "clinician has signed these records yet: all are pending. Sources kept from memory are named "
    "after the confidence. This is not medical advice."
)


def body(knowledge: Knowledge) -> Iterator[str]:
    """The counts, then every claim by what it is about."""
    claims = tuple(knowledge.claims.values())
    yield from wrapped(_HOW)
    yield ""
    yield from _counts(claims)
    for kind in dict.fromkeys(claim.kind for claim in claims):
        about = [claim for claim in claims if claim.kind == kind]
        yield f"## {plain(kind).capitalize()} ({len(about)})"
        yield ""
        for claim in about:
            yield from _claim(claim, knowledge)


def _counts(claims: tuple[Claim, ...]) -> Iterator[str]:
    verdicts = list(ClaimVerdict)
    yield f"| About | {' | '.join(plain(verdict) for verdict in verdicts)} | all |"
    yield "|---|" + "---:|" * (len(verdicts) + 1)
    for kind in dict.fromkeys(claim.kind for claim in claims):
        yield _line(plain(kind), [claim for claim in claims if claim.kind == kind])
    yield _line("all", list(claims))
    yield ""


def _line(name: str, claims: list[Claim]) -> str:
    by_verdict = Counter(claim.verdict for claim in claims)
    numbers = [by_verdict[verdict] for verdict in ClaimVerdict]
    return f"| {name} | {' | '.join(str(number) for number in (*numbers, len(claims)))} |"


def _claim(claim: Claim, knowledge: Knowledge) -> Iterator[str]:
    yield f"### {claim.id}: {plain(claim.verdict)}"
    yield ""
    yield from wrapped(f"> {claim.claim}", "> ")
    yield ""
    yield from wrapped(claim.tell)
    yield ""
    yield from row("Why", claim.because)
    sure = certainty(claim, knowledge.sources).words
    yield from row(
        "Sources", f"{cited(claim.sources, knowledge)}; {plain(claim.evidence)}; {sure}"
    )
    yield ""
