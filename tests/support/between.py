"""Links and answers between visits, for the tests of what follows a visit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support import visits
from tests.support.cast import NOW, TODAY, House
from unknot.clinic import models as m
from unknot.clinic.access import for_link
from unknot.clinic.follow_up.actions import answers, links

WELL = {"signs": ["none"], "something_new": "no", "soreness": "0", "pain_now": "3"}
SITE = "https://clinic.example"


def diary_link(house: House, now: datetime = NOW) -> tuple[m.CheckInLink, str]:
    """The link of the diary and its token."""
    link = links.make_link(episode=house.episode, kind="diary", by=house.actor(house.ann), now=now)
    return link, links.token_of(link)


def check_link(room: visits.Room, now: datetime) -> tuple[m.CheckInLink, str]:
    """The link of the check after the room's visit."""
    link = links.make_link(
        episode=room.house.episode, kind="soreness", visit=room.visit, by=room.ann, now=now
    )
    return link, links.token_of(link)


def ended_yesterday(house: House) -> visits.Room:
    """A visit that ended 26 hours ago by the real clock, for what is asked through pages."""
    room = visits.finished(house)
    room.visit.finished_at = datetime.now(UTC) - timedelta(hours=26)
    room.visit.save(update_fields=["finished_at"])
    return room


def keep(house: House, link: m.CheckInLink, pain: int, now: datetime, **more: Any) -> m.CheckIn:
    """One entry of the diary."""
    by = for_link(house.episode)
    return answers.answer_diary(link=link, answers={"pain": pain, **more}, by=by, now=now)


def marked(house: House, *regions: str) -> m.Intake:
    """An intake on which the client marked these regions, the first the strongest."""
    marks = [
        {
            "region": region,
            "kind": "ache",
            "intensity": 8 - number,
            "view": "back",
            "layer": "client",
        }
        for number, region in enumerate(regions)
    ]
    return m.Intake.everything.create(
        episode=house.episode,
        version=house.episode.intakes.count() + 1,
        as_of=TODAY,
        marks=marks,
        saved_at=NOW,
        completed_at=NOW,
    )
