"""The rail shows how far an episode has come."""

from __future__ import annotations

from tests.support.cast import NOW, TODAY, House
from unknot.clinic.models import Assessment, CheckIn, Intake, Screening
from unknot.clinic.ui.episode_states import rail_of


def says(house: House) -> dict[str, tuple[str, str]]:
    rail = rail_of(house.episode, "screen")
    assert rail.here is not None
    return {stage.word: (stage.state, stage.says) for stage in rail.stages}


def intake(house: House, **more: object) -> Intake:
    return Intake.everything.create(
        episode=house.episode, version=1, as_of=TODAY, saved_at=NOW, **more
    )


def screening(house: House, told: Intake, disposition: str, *, blocks: bool) -> Screening:
    return Screening.everything.create(
        episode=house.episode,
        intake=told,
        result={},
        disposition=disposition,
        urgency="none",
        pressure_ceiling=5,
        blocks_booking=blocks,
        knowledge_version="x",
        decided_at=NOW,
    )


def test_a_new_episode_begins_with_the_intake(linden: House) -> None:
    states = says(linden)
    assert states["intake"] == ("now", "Next")
    assert states["screen"] == ("waiting", "Not yet")


def test_an_open_intake_asks_to_be_finished(linden: House) -> None:
    intake(linden)
    assert says(linden)["intake"] == ("attention", "Not finished")


def test_a_stopped_screening_shows_as_stopped(linden: House) -> None:
    screening(linden, intake(linden, completed_at=NOW), "medical_clearance", blocks=True)
    assert says(linden)["screen"] == ("blocked", "A doctor first")


def test_an_undecided_screening_asks_again(linden: House) -> None:
    screening(linden, intake(linden, completed_at=NOW), "proceed", blocks=True)
    assert says(linden)["screen"] == ("blocked", "Ask again")


def test_each_stage_with_rows_is_done_and_the_next_one_is_next(linden: House) -> None:
    screening(linden, intake(linden, completed_at=NOW), "adapt", blocks=False)
    Assessment.everything.create(episode=linden.episode, staff=linden.ann, assessed_at=NOW)
    CheckIn.everything.create(episode=linden.episode, kind="diary", at=NOW, zone="UTC")
    states = says(linden)
    assert states["screen"] == ("done", "With limits")
    assert states["assess"][0] == "done"
    assert states["plan"] == ("now", "Next")
    assert states["follow_up"] == ("done", "1 check-in")
