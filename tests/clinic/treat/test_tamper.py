"""Nobody changes what was signed: every way known is tried, and ends refused or detected."""

from __future__ import annotations

import sys
from collections import Counter

import pytest
from django.db import connection

from tests.support import tamper
from tests.support.cast import House
from tests.support.tamper import Scene, Way
from tests.support.tamper_ways import all_ways
from unknot.clinic.audit import guard as trail_guard
from unknot.clinic.treat.note import guard

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(linden: House) -> Scene:
    return tamper.scene(linden)


def tried(ways: list[Way], scene: Scene, capsys: pytest.CaptureFixture[str]) -> Counter[str]:
    """What came of the ways, counted; the table is printed, the ways one by one with -v -s."""
    found = [(way, tamper.outcome(way, scene)) for way in ways]
    counted = Counter((way.where, came) for way, came in found)
    lines = [
        f"{count:5} ways through the {where}: {came}"
        for (where, came), count in sorted(counted.items())
    ]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    sys.stdout.writelines(f"{came:9} {way.where:22} {way.name}\n" for way, came in found)
    assert [way.name for way, came in found if came == "missed"] == []
    return Counter(came for _, came in found)


def test_models_and_statements_are_refused_or_detected(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    ways = [way for way in all_ways() if not way.past_the_guard]
    assert tried(ways, scene, capsys)["refused"] > 150


def test_with_the_guard_taken_down_every_change_is_detected(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    ways = [way for way in all_ways() if way.past_the_guard]
    guard.remove(connection)
    trail_guard.remove(connection)
    try:
        assert tried(ways, scene, capsys)["detected"] > 90
    finally:
        guard.install(connection)
        trail_guard.install(connection)


def test_the_scene_itself_holds(scene: Scene) -> None:
    assert not tamper.is_noticed(scene, look=False)
    assert scene.note.version == 3
    assert scene.note.addenda.count() == 2
