"""Pain that rises in one area while another hurts more: it is judged by its own reference."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.between import diary_link, ended_yesterday, keep, marked
from tests.support.cast import House
from unknot.clinic.follow_up.actions import judged
from unknot.clinic.models import Alert, Visit

pytestmark = pytest.mark.django_db


def two(back: int, neck: int) -> dict[str, str]:
    return {"area-low_back": str(back), "area-neck": str(neck)}


def test_an_area_that_is_up_from_its_mark_asks_the_signs(linden: House) -> None:
    marked(linden, "low_back_left", "neck_back_right")  # 8 and 7 of 10
    _, token = diary_link(linden, datetime.now(UTC))
    assert Browser().post(f"/c/{token}/", two(9, 8)).status_code == 302
    assert Browser().post(f"/c/{token}/", two(8, 9)).status_code == 422


def test_an_area_that_is_up_from_the_last_entry_asks_the_signs(linden: House) -> None:
    marked(linden, "low_back_left", "neck_back_right")
    now = datetime.now(UTC)
    link, token = diary_link(linden, now - timedelta(days=2))
    areas = {"low_back": 7, "neck": 2}
    keep(linden, link, 7, now - timedelta(days=1), areas=areas)
    page = unescape(Browser().get(f"/c/{token}/").content.decode())
    told = json.dumps({"area-low_back": 7.0, "area-neck": 2.0})
    assert f'data-usuals="{told}"' in page
    assert Browser().post(f"/c/{token}/", two(7, 4)).status_code == 422
    assert Browser().post(f"/c/{token}/", two(7, 3)).status_code == 302


def test_an_area_that_stays_up_for_more_than_three_days_reaches_the_therapist(
    linden: House,
) -> None:
    marked(linden, "low_back_left", "neck_back_right")
    now = datetime.now(UTC)
    room: visits.Room = ended_yesterday(linden)
    link, _ = diary_link(linden, now - timedelta(days=8))
    before, after = {"low_back": 7, "neck": 2}, {"low_back": 7, "neck": 4}
    keep(linden, link, 7, now - timedelta(days=6), areas=before)
    Visit.everything.filter(pk=room.visit.pk).update(
        opened_at=now - timedelta(days=5), pain_before=7
    )
    assert judged.own_references(linden.episode) == {"low_back": 7.0, "neck": 2.0}
    for days in (4, 2):
        keep(linden, link, 7, now - timedelta(days=days), areas=after)
    assert not Alert.everything.exists()
    keep(linden, link, 7, now, areas=after)
    assert Alert.everything.get().rule_id == "worse_for_long"
