"""Fits are made in the background, again after every entry, and only where something changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from tests.support import visits
from tests.support.cast import NOW, House, house
from unknot.cli import main
from unknot.clinic.access import scope, system
from unknot.clinic.assess.actions import record_measures
from unknot.clinic.audit import stale
from unknot.clinic.follow_up.actions.answers import answer_diary
from unknot.clinic.follow_up.actions.links import make_link
from unknot.clinic.models import CheckIn, Episode, OutcomeFit
from unknot.clinic.outcomes import refit, stored
from unknot.clinic.people.actions import close_episode
from unknot.reasoning.outcomes import Diary

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def fit_of(episode: Episode) -> OutcomeFit:
    return OutcomeFit.everything.get(episode=episode)


def is_stale(episode: Episode) -> bool:
    return OutcomeFit.everything.filter(episode=episode, done__lt=F("wanted")).exists()


def write(linden: House, day: int, pain: int) -> CheckIn:
    return CheckIn.everything.create(
        episode=linden.episode, kind="diary", pain=pain, at=NOW + DAY * day, zone="UTC"
    )


@pytest.fixture
def fitted(linden: House) -> House:
    refit.run(now=NOW)
    assert not is_stale(linden.episode)
    return linden


def test_every_episode_gets_a_fit_and_the_second_round_has_nothing_to_do(linden: House) -> None:
    assert refit.waiting(linden.practice) == 2
    assert refit.run(now=NOW) == 2
    assert (refit.waiting(linden.practice), refit.run(now=NOW)) == (0, 0)


def test_the_kept_fit_says_what_a_fit_of_the_same_entries_says(linden: House) -> None:
    room = visits.finished(linden)
    began = room.visit.started_at or NOW
    for day in range(-8, 21):
        CheckIn.everything.create(
            episode=linden.episode, kind="diary", pain=7 if day < 0 else 3, at=began + DAY * day
        )
    refit.run(now=began + DAY * 21)
    kept = fit_of(linden.episode)
    assert (kept.model_id, kept.prior_id) == (stored.MODEL, stored.PRIOR)
    assert kept.baseline == pytest.approx(7, abs=0.5)
    assert kept.p_worthwhile is not None
    assert kept.p_worthwhile > 0.9
    assert kept.result["verdict"]["sentence"]


def test_an_entry_makes_the_fit_stale_in_the_transaction_that_keeps_it(fitted: House) -> None:
    link = make_link(episode=fitted.episode, kind="diary", by=fitted.actor(fitted.ann), now=NOW)
    answer_diary(link=link, answers={"pain": 4}, by=system(fitted.practice), now=NOW)
    assert is_stale(fitted.episode)
    assert not is_stale(fitted.other_episode)


def test_scores_and_closing_make_it_stale_too(fitted: House) -> None:
    by = fitted.actor(fitted.ann)
    answers = {"OM-PEG": {"average": 5, "enjoyment": 5, "activity": 5}}
    record_measures(episode=fitted.episode, answers=answers, by=by, now=NOW)
    assert is_stale(fitted.episode)
    refit.run(now=NOW)
    assert not is_stale(fitted.episode)
    close_episode(episode=fitted.episode, state="discharged", by=by, now=NOW)
    assert is_stale(fitted.episode)


def test_nothing_is_stale_when_the_entry_is_not_kept(
    fitted: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise OSError("no room left")

    monkeypatch.setattr("unknot.clinic.audit.act.mark", broken)
    with pytest.raises(OSError, match="no room"):
        close_episode(
            episode=fitted.episode, state="discharged", by=fitted.actor(fitted.ann), now=NOW
        )
    fitted.episode.refresh_from_db()
    assert fitted.episode.state == "open"


def test_every_row_a_fit_reads_has_a_way_to_its_episode(linden: House) -> None:
    room = visits.finished(linden)
    refit.run(now=NOW)
    wanted = fit_of(linden.episode).wanted
    for row in (room.visit, room.visit.appointment, linden.episode, linden.practice):
        stale.mark(row)
    assert fit_of(linden.episode).wanted == wanted + 3, "a practice is no entry"


def test_what_has_not_changed_is_not_fitted_again(
    fitted: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Diary] = []
    monkeypatch.setattr(
        stored, "make", lambda diary, **kw: made.append(diary) or real(diary, **kw)
    )
    stale.mark(fitted.episode)
    assert refit.run(now=NOW) == 1
    assert made == [], "the same entries"
    write(fitted, 0, 5)
    stale.mark(fitted.episode)
    assert refit.run(now=NOW + DAY) == 1
    assert len(made) == 1


real = stored.make


def test_an_entry_during_the_fit_leaves_it_stale(
    fitted: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(fitted, 0, 5)
    stale.mark(fitted.episode)

    def interrupted(diary: Diary, **more: bool) -> stored.Stored:
        stale.mark(fitted.episode)
        return real(diary, **more)

    monkeypatch.setattr(stored, "make", interrupted)
    assert refit.run(now=NOW + DAY) == 1
    assert is_stale(fitted.episode)


def test_two_workers_never_take_the_same_fit(linden: House) -> None:
    refit._make_rows(10)
    one = list(refit.due(NOW))
    assert [refit._claim(fit, NOW) for fit in one] == [True, True]
    assert [refit._claim(fit, NOW) for fit in one] == [False, False]
    assert list(refit.due(NOW)) == []
    assert len(refit.due(NOW + refit.CLAIM_LASTS + DAY / 1440)) == 2, "a dead worker's are free"


def test_a_fit_that_fails_is_logged_without_a_word_of_the_person_and_tried_later(
    linden: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Diary, **__: bool) -> stored.Stored:
        raise ValueError("Cora said 9")

    monkeypatch.setattr(stored, "make", broken)
    assert refit.run(now=NOW) == 0
    assert "ValueError" in caplog.text
    assert "Cora" not in caplog.text
    monkeypatch.setattr(stored, "make", real)
    assert refit.run(now=NOW + DAY) == 2


def test_an_open_episode_is_read_again_the_next_day_and_a_closed_one_is_left(
    fitted: House,
) -> None:
    Episode.everything.filter(pk=fitted.other_episode.pk).update(state="discharged", closed_at=NOW)
    assert [fit.episode_id for fit in refit.due(NOW + 3 * DAY)] == [fitted.episode.pk]


def test_another_model_makes_every_fit_due(fitted: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "MODEL", "later")
    assert len(refit.due(NOW)) == 2


def test_only_background_work_reads_the_kept_fits_as_such(fitted: House) -> None:
    assert scope(OutcomeFit, fitted.actor(fitted.owner), "outcomes.refit").count() == 0
    assert scope(OutcomeFit, system(), "outcomes.refit").count() == 2


def test_the_command_makes_what_is_missing_and_says_how_many(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    house("Linden")
    assert main(["refit"]) == 0
    assert capsys.readouterr().out == "2 fits made.\n"


def test_the_episode_somebody_is_reading_comes_first(linden: House) -> None:
    for episode in (linden.episode, linden.other_episode):
        OutcomeFit.everything.filter(episode=episode).delete()
        refit.ask(episode.pk)
        assert refit.run(now=NOW, limit=1) == 1
        assert OutcomeFit.everything.get(episode=episode).made_at == NOW
    refit.ask(linden.episode.pk)
    assert refit.run(now=NOW) == 0, "what is whole is not made again for being asked for"
