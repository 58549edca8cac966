"""Home care, what to know around a visit, and what can follow a treatment."""

from collections.abc import Iterator

from tools.reference.text import entry, plain, wrapped
from unknot.knowledge import Knowledge
from unknot.knowledge.adverse_events import AdverseEvent
from unknot.knowledge.harms import Harm
from unknot.knowledge.home_care import HomeCare

TITLE = "Home care, visits and harm"
ABOUT = "what to do at home and around a visit, what can follow, how often and what then."

_HOW = (
    "A plan holds at most three things to do at home. No true rate of serious harm exists: case "
    "reports are counted, the people treated are not."
)


def body(knowledge: Knowledge) -> Iterator[str]:
    """Home care, advice, harms, and what a client is asked afterwards."""
    yield from wrapped(_HOW)
    yield ""
    yield from (f"## Home care ({len(knowledge.home_care)})", "")
    for item in knowledge.home_care.values():
        yield from entry(item, item.name, _home(item), knowledge)
    yield from (f"## Before, during and after a visit ({len(knowledge.visit_advice)})", "")
    for advice in knowledge.visit_advice.values():
        rows = [("When", advice.when), ("To the client", advice.tell)]
        rows.append(("What people say", ", ".join(advice.claims)))
        yield from entry(advice, advice.title, rows, knowledge)
    yield from (f"## Harm ({len(knowledge.harms)})", "")
    for harm in knowledge.harms.values():
        yield from entry(harm, harm.name, _harm(harm), knowledge)
    yield from (f"## Asked after a visit ({len(knowledge.adverse_events)})", "")
    for event in knowledge.adverse_events.values():
        yield from entry(event, event.name, _event(event), knowledge)


def _home(one: HomeCare) -> Iterator[tuple[str, str]]:
    yield "To the client", f"{one.tell} {one.dose_in_words}. {one.stop}"
    yield "For", ", ".join(plain(group) for group in one.groups)
    yield "Not with", ", ".join(one.not_with)


def _harm(one: Harm) -> Iterator[tuple[str, str]]:
    yield "To the client", one.tell
    yield "How often", one.rate
    yield "Watch for", one.watch
    yield "Then", one.act
    yield "At its worst", plain(one.urgency)


def _event(one: AdverseEvent) -> Iterator[tuple[str, str]]:
    yield "Asked", one.ask or "read from the numbers"
    yield "Urgency", plain(one.urgency)
    yield "To the client", f"{one.tell} {one.do}"
    yield "To the therapist", one.next_time
    yield "Rests on", one.fact
    raised = ["the therapist has to answer" if one.alerts else ""]
    raised.append("no further visit until a person has decided" if one.stops else "")
    yield "Then", "; ".join(filter(None, raised))
