"""Why a score, a change, a muscle to look at or a verdict says what it says."""

from __future__ import annotations

from collections.abc import Iterator

from unknot.knowledge import Knowledge
from unknot.reasoning.assess import Change, Ranked, Score
from unknot.reasoning.explain import since
from unknot.reasoning.explain.model import About, Explanation, Part
from unknot.reasoning.explain.plan import of_ground
from unknot.reasoning.grounds import NOT_ASKED, Fact, Facts, Ground
from unknot.reasoning.outcomes import Verdict


def explain_score(score: Score, knowledge: Knowledge) -> Explanation:
    """A score: the instrument and its rule, the answers it read, what an answer more would do."""
    value = "no score" if score.value is None else f"{score.value:g}"
    decided = f"{score.name}: {value}, from {score.low:g} to {score.high:g}"
    return _about(
        "score",
        decided,
        score.explanation,
        score.ground,
        knowledge,
        facts=tuple(_answers(score, knowledge)),
        would_change=tuple(
            f"An answer to “{fact.asked}” was left out."
            for fact in _answers(score, knowledge)
            if fact.answered == NOT_ASKED
        ),
    )


def _answers(score: Score, knowledge: Knowledge) -> Iterator[Fact]:
    instrument = knowledge.instruments.get(score.instrument)
    items = {item.id: item.text for item in instrument.items} if instrument else {}
    for name, answer in score.answers:
        yield Fact(name, items.get(name, name), NOT_ASKED if answer is None else str(answer))


def explain_change(change: Change, knowledge: Knowledge) -> Explanation:
    """A change: from where to where, and how large it would have to be to matter."""
    name = change.ground.title if change.ground else change.instrument
    scores = (("before", change.before), ("after", change.after))
    facts = tuple(
        Fact(word, f"Score {word}", NOT_ASKED if value is None else f"{value:g}")
        for word, value in scores
    )
    return _about(
        "change",
        f"{name}: {change.verdict}",
        change.says,
        change.ground,
        knowledge,
        facts=facts,
        would_change=tuple(_needed(change)),
    )


def _needed(change: Change) -> Iterator[str]:
    for word, value in (("before", change.before), ("after", change.after)):
        if value is None:
            yield f"There is no score {word}."
    if change.needed is None or change.amount is None:
        return
    if change.matters:
        yield f"A difference of less than {change.needed:g} points would not have counted."
    else:
        yield f"A difference of {change.needed:g} points or more would have counted."


def explain_ranked(ranked: Ranked, knowledge: Knowledge) -> Explanation:
    """A muscle to look at: what of the drawing its map covers, and what it leaves."""

    def words(regions: tuple[str, ...]) -> tuple[Fact, ...]:
        said = "covered by its map" if regions is ranked.explains else "not covered"
        known = knowledge.regions
        return tuple(
            Fact(name, known[name].plain if name in known else name, said) for name in regions
        )

    muscle = knowledge.muscles.get(ranked.muscle_id)
    zone = {*muscle.lies_in, *muscle.refers_to} if muscle else set()
    open_zone = sorted(zone - {name.rsplit("_", 1)[0] for name in ranked.explains})
    return _about(
        "ranking",
        f"{ranked.name}, {ranked.side}: {ranked.score:.0%}, a place to look and not a diagnosis",
        "The share counts what of the drawing its map covers, and how much of the map is drawn.",
        ranked.ground, knowledge,
        facts=(*words(ranked.explains), *words(ranked.leaves)),
        would_change=tuple(
            f"A mark here would raise it: {name.replace('_', ' ')}." for name in open_zone
        ),
        lines=(ranked.lookalikes,) if ranked.lookalikes else (),
    )  # fmt: skip


def explain_verdict(verdict: Verdict, knowledge: Knowledge) -> Explanation:
    """A verdict: its reasons and caveats, the rule behind the next step, what would tell more."""
    step = verdict.next_step
    facts = tuple(Fact(label, label, value) for label, value in verdict.numbers)
    return _about(
        "verdict",
        f"{str(verdict.kind).replace('_', ' ')}; next: {step.step}",
        verdict.sentence,
        verdict.ground,
        knowledge,
        facts=facts,
        would_change=(verdict.needs.says,) if verdict.needs else (),
        lines=(*verdict.reasons, *verdict.caveats),
        decided_by=step.tell,
    )


def _about(
    about: About,
    decided: str,
    says: str,
    ground: Ground | None,
    knowledge: Knowledge,
    *,
    facts: Facts,
    would_change: tuple[str, ...],
    lines: tuple[str, ...] = (),
    decided_by: str = "",
) -> Explanation:
    reasons = (of_ground(ground, knowledge, decided_by or decided),) if ground else ()
    parts = (Part("Why", lines=lines), Part("The record behind it", reasons))
    return Explanation(
        about=about,
        decided=decided,
        says=says,
        as_of=None,
        knowledge_version="",
        parts=tuple(part for part in parts if part.lines or part.reasons),
        facts=facts,
        would_change=would_change,
        today=_today(ground, knowledge),
    )


def _today(ground: Ground | None, knowledge: Knowledge) -> str:
    if ground is None:
        return since.NOT_KEPT.says
    compared = since.of_ground(ground, knowledge)
    return compared.says or "The record behind it has not changed since."
