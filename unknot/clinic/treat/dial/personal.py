"""What a client's dial has taught so far: for the brief, the session room and the client."""

from __future__ import annotations

from unknot.reasoning.treat.personal import (
    Known,
    PainAt,
    PersonalCeiling,
    Touch,
    beside,
    ceilings,
    pain_by_pressure,
    say,
    tell,
)
from unknot.reasoning.words import PRESSURE_WORDS

from ...models import Client, Episode, Visit
from ...ui.episode_states import rail_of
from .. import limits as limits_of
from .. import words
from ..actions.dial import told_by
from ..areas import name_of
from ..limits import Limits
from ..pages import PainRow, PressurePage, PressureRow
from .log import cap_of, tap_of

MOST_LINES = 3


def touches_of(client: Client) -> tuple[Touch, ...]:
    """Everything the client said with the dial in finished visits."""
    return tuple(
        Touch(str(event.visit_id), tap_of(event), cap_of(event)) for event in told_by(client)
    )


def ceilings_of(client: Client, limits: Limits) -> tuple[PersonalCeiling, ...]:
    """For each area, what is known of this client's own ceiling; never above today's limits."""
    touches = touches_of(client)
    areas = {touch.event.area for touch in touches}
    return ceilings(touches, {area: limits.ceiling_for(area) for area in areas})


def beside_pressures(visit: Visit, limits: Limits) -> str:
    """The words beside the pressures for the area in work; "" while there is none."""
    if not visit.area_in_work:
        return ""
    known = {one.area: one for one in ceilings_of(visit.appointment.client, limits)}
    own = beside(known.get(visit.area_in_work))
    wish = f"wishes {limits.wished}" if limits.wished else ""
    return ", ".join(one for one in (own, wish) if one)


def brief_lines(visit: Visit, limits: Limits) -> tuple[str, ...]:
    """What to know before the visit: ceilings that were learned first, at most three lines.

    Empty for a client who has not used the dial yet.
    """
    order = (Known.LEARNED, Known.NOT_ENOUGH, Known.NO_LIMIT_MET)
    found = sorted(
        ceilings_of(visit.appointment.client, limits),
        key=lambda one: (order.index(one.known), -one.too_much_in, -one.sessions),
    )
    return tuple(say(one, name_of(one.area)) for one in found[:MOST_LINES])


def page(episode: Episode, *, for_client: bool) -> PressurePage:
    """The whole log of the client as data: by area the own ceiling, and the pain by pressure."""
    limits = limits_of.read(episode)
    pains = pain_by_pressure(touches_of(episode.client))
    rows = [
        PressureRow(
            area=name_of(one.area),
            words=tell(one) if for_client else say(one, name_of(one.area)),
            pains=tuple(_pain(pain) for pain in pains if pain.area == one.area),
        )
        for one in ceilings_of(episode.client, limits)
    ]
    rail = None if for_client else rail_of(episode, "treat")
    return PressurePage(rail, words.called(episode.client), tuple(rows))


def _pain(found: PainAt) -> PainRow:
    return PainRow(
        pressure=f"{found.pressure}, {PRESSURE_WORDS[found.pressure]}",
        middle=f"{found.middle_0_10:g}",
        span=_span(found.lowest_0_10, found.highest_0_10),
        answers=found.answers,
    )


def _span(lowest: int, highest: int) -> str:
    return str(lowest) if lowest == highest else f"{lowest} to {highest}"
