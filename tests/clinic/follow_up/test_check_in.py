"""The check-in: its links, its entries and their corrections."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.between import check_link, diary_link, keep
from tests.support.cast import NOW, House
from unknot.clinic.access import Refused, for_link
from unknot.clinic.follow_up.actions import alerts, answers, links
from unknot.clinic.follow_up.errors import AlreadyAnswered, LinkNotSent, NothingToCorrect
from unknot.clinic.models import Alert, AuditRow, CheckIn, CheckInLink

pytestmark = pytest.mark.django_db


# --- Links ---------------------------------------------------------------------------------


def test_only_the_hash_of_a_link_is_kept(linden: House) -> None:
    link, token = diary_link(linden)
    assert token not in str(link.__dict__)
    assert len(token) == 32
    found = links.link_for_token(token, NOW)
    assert found is not None
    assert found.pk == link.pk


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "a", str.upper])
def test_a_link_cut_or_changed_finds_nothing(linden: House, change) -> None:  # type: ignore[no-untyped-def]
    _, token = diary_link(linden)
    assert links.link_for_token(change(token), NOW) is None


def test_a_link_ends(linden: House) -> None:
    link, token = diary_link(linden)
    assert links.link_for_token(token, link.expires_at) is None


def test_a_new_link_revokes_the_one_before(linden: House) -> None:
    _, first = diary_link(linden)
    _, second = diary_link(linden)
    assert links.link_for_token(first, NOW) is None
    assert links.link_for_token(second, NOW) is not None


def test_a_check_needs_a_finished_visit_of_the_same_episode(
    room: visits.Room, linden: House
) -> None:
    with pytest.raises(LinkNotSent):
        check_link(room, NOW)
    by = linden.actor(linden.ann)
    with pytest.raises(LinkNotSent):
        links.make_link(episode=linden.episode, kind="soreness", by=by, now=NOW)


@pytest.mark.parametrize("who", ["ben", "cora"])
def test_only_the_practice_sends_links(linden: House, who: str) -> None:
    with pytest.raises(Refused):
        links.make_link(
            episode=linden.episode,
            kind="diary",
            by=linden.actor(getattr(linden, who)),
            now=NOW,
        )
    assert not CheckInLink.everything.exists()


# --- The diary -----------------------------------------------------------------------------


def test_an_entry_is_kept_with_its_zone(linden: House) -> None:
    link, _ = diary_link(linden)
    entry = keep(linden, link, 4, NOW, sleep=7, flare=None, note="")
    assert entry.zone == "America/New_York"
    assert entry.answers == {"pain": 4, "sleep": 7}
    assert not Alert.everything.exists()


def test_a_day_takes_several_entries_and_the_last_can_be_corrected(linden: House) -> None:
    link, _ = diary_link(linden)
    keep(linden, link, 4, NOW, sleep=7)
    last = keep(linden, link, 5, NOW + timedelta(hours=6))
    by = for_link(linden.episode)
    fixed = answers.correct_diary(
        link=link, answers={"pain": 3}, by=by, now=NOW + timedelta(hours=7)
    )
    assert fixed.pk == last.pk
    assert (fixed.pain, fixed.at, fixed.corrected_at) == (3, last.at, NOW + timedelta(hours=7))
    assert [one["answers"] for one in fixed.earlier] == [{"pain": 5}]
    assert list(linden.episode.check_ins.values_list("pain", flat=True)) == [4, 3]


def test_a_correction_ends_with_the_day_by_the_practice_s_clock(linden: House) -> None:
    link, _ = diary_link(linden)
    late = datetime(2026, 3, 3, 4, 30, tzinfo=UTC)  # 23:30 on the evening before in New York
    keep(linden, link, 4, late)
    by = for_link(linden.episode)
    with pytest.raises(NothingToCorrect):
        answers.correct_diary(
            link=link, answers={"pain": 5}, by=by, now=late + timedelta(minutes=40)
        )


def test_a_correction_that_waited_on_the_phone_leaves_newer_entries_alone(linden: House) -> None:
    link, _ = diary_link(linden)
    meant = keep(linden, link, 4, NOW)
    same_day, next_day = (keep(linden, link, 6, NOW + timedelta(hours=h)) for h in (3, 20))
    fixed = answers.correct_diary(
        link=link, answers={"pain": 5}, by=for_link(linden.episode), now=NOW + timedelta(hours=1)
    )
    assert fixed.pk == meant.pk
    for newer in (same_day, next_day):
        newer.refresh_from_db()
        assert (newer.pain, newer.earlier) == (6, [])


def test_no_answer_is_older_than_its_link_whatever_the_phone_says(linden: House) -> None:
    link, token = diary_link(linden, datetime.now(UTC))
    three_weeks = {"Accept": "application/json", "Unknot-Age": str(21 * 86_400_000)}
    Browser().post(f"/c/{token}/", {"pain": "4"}, headers=three_weeks)
    assert CheckIn.everything.get().at == link.made_at


def test_a_correction_raises_only_what_is_new(linden: House) -> None:
    link, _ = diary_link(linden)
    keep(linden, link, 6, NOW, flare=True, note="Long day")
    by = for_link(linden.episode)
    for said in ({"pain": 5, "flare": True, "note": "Long day"}, {"pain": 5}):
        answers.correct_diary(link=link, answers=said, by=by, now=NOW + timedelta(hours=1))
    assert sorted(Alert.everything.values_list("rule_id", flat=True)) == ["flare", "note"]


def test_a_day_has_room_for_a_dozen_entries(linden: House) -> None:
    link, _ = diary_link(linden)
    for minute in range(answers.MOST_A_DAY):
        keep(linden, link, 4, NOW + timedelta(minutes=minute))
    with pytest.raises(AlreadyAnswered):
        keep(linden, link, 4, NOW + timedelta(hours=1))
    assert CheckIn.everything.count() == answers.MOST_A_DAY


def test_a_full_day_still_has_room_for_what_somebody_must_act_on(linden: House) -> None:
    link, _ = diary_link(linden)
    for minute in range(answers.MOST_A_DAY):
        keep(linden, link, 4, NOW + timedelta(minutes=minute))
    keep(linden, link, 4, NOW + timedelta(hours=1), signs_asked=True, signs=["weakness"])
    assert Alert.everything.get().urgency == "same_day"


def test_a_note_that_says_something_new_is_raised_again_once_the_first_was_answered(
    linden: House,
) -> None:
    link, _ = diary_link(linden)
    keep(linden, link, 4, NOW, note="A good day")
    by, then = for_link(linden.episode), NOW + timedelta(hours=1)
    first = Alert.everything.get()
    alerts.handle(alert=first, words="Read", by=linden.actor(linden.ann), now=NOW)
    answers.correct_diary(link=link, answers={"pain": 4, "note": "Worse now"}, by=by, now=then)
    assert Alert.everything.filter(rule_id="note", handled_at=None).count() == 1


def test_worse_for_more_than_three_days_reaches_the_therapist(done: visits.Room) -> None:
    link, _ = diary_link(done.house, NOW)
    for day in range(5):
        keep(done.house, link, 8, NOW + timedelta(days=1 + day))
    alert = Alert.everything.order_by("raised_at").first()
    assert alert is not None
    assert (alert.rule_id, alert.urgency) == ("worse_for_long", "gp_soon")


def test_a_flare_and_a_note_reach_the_therapist_without_their_words(linden: House) -> None:
    link, _ = diary_link(linden)
    keep(linden, link, 6, NOW, flare=True, note="My mother died")
    rules = set(Alert.everything.values_list("rule_id", flat=True))
    assert rules == {"flare", "note"}
    assert not Alert.everything.filter(words__contains="mother").exists()
    assert "mother" not in str(list(AuditRow.everything.values()))


def test_a_link_answers_for_no_other_episode(linden: House) -> None:
    link, _ = diary_link(linden)
    by = for_link(linden.other_episode)
    with pytest.raises(Refused):
        answers.answer_diary(link=link, answers={"pain": 3}, by=by, now=NOW)


def test_nothing_is_kept_when_the_trail_fails(
    linden: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, _ = diary_link(linden)

    def broken(**_: object) -> None:
        raise OSError("no room left")

    monkeypatch.setattr("unknot.clinic.audit.act.append", broken)
    with pytest.raises(OSError, match="no room"):
        keep(linden, link, 6, NOW, flare=True)
    assert not CheckIn.everything.exists()
    assert not Alert.everything.exists()
