"""A plan the client agreed to, with home care of our choosing."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.support.care import screened
from tests.support.cast import House
from unknot.clinic.models import PlanVersion
from unknot.clinic.plan import actions


def agreed_plan(
    house: House, now: datetime, *items: str, ago: timedelta = timedelta(days=14)
) -> PlanVersion:
    """The plan of the house's episode, agreed some days before `now`."""
    then = now - ago
    screened(house, now=then)
    version = actions.propose(
        episode=house.episode, by=house.actor(house.ann), now=then, starts_on=then.date()
    )
    if items:
        version = actions.change(
            version=version,
            changes={"home_care_ids": items},
            by=house.actor(house.ann),
            now=then,
        )
    name = house.cora.name
    by = house.actor(house.cora)
    return actions.agree(version=version, signed_name=name, by=by, now=then)
