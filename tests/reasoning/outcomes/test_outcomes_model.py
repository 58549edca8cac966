"""What the model's figures must do whoever the person is."""

import math
from dataclasses import replace
from datetime import UTC, date, timedelta, timezone

import numpy as np
import pytest

from bench import outcomes_people as people
from bench.outcomes_calibration import calibrate
from unknot.reasoning.outcomes import (
    Diary,
    Entry,
    Factor,
    Flag,
    Session,
    band,
    fit,
    fit_all,
    forecast,
    read_diary,
    verdict,
)
from unknot.reasoning.outcomes.engine import design as designs
from unknot.reasoning.outcomes.engine import priors


@pytest.fixture(scope="module")
def someone():
    random = np.random.default_rng(11)
    truth = replace(people.from_prior(random), techniques={"deep": 0.4, "soft": -0.4})
    return people.person(truth, people.Course(10, 8, factors=True), random).diary


def figures(found):
    """Every number of a fit, in order."""
    named = [found.level_start, found.level_now, found.immediate, found.carry_jump]
    named += [found.half_life_days, found.left_after_7d, found.change.total, found.change.anyway]
    named += [one.figure for one in found.relief] + [one.effect for one in found.triggers]
    return np.array([[one.mean, one.sd, *one.i50, *one.i90, one.p] for one in named])


def same(one, other, within=1e-6):
    assert np.allclose(figures(one), figures(other), atol=within, rtol=0)


def test_the_same_seed_gives_the_same_figures_and_another_nearly_so(someone):
    one, again, other = fit(someone), fit(someone), fit(someone, seed=5)
    same(one, again, 0.0)
    assert abs(one.carry_jump.mean - other.carry_jump.mean) < 0.25 * one.carry_jump.sd


def test_order_repeats_and_offsets_do_not_matter(someone):
    random = np.random.default_rng(0)
    shuffled = [someone.entries[place] for place in random.permutation(len(someone.entries))]
    moved = tuple(
        replace(one, at=one.at.astimezone(timezone(timedelta(hours=5)))) for one in shuffled
    )
    sessions = tuple(reversed(someone.sessions)) + someone.sessions[:2]
    same(fit(someone), fit(replace(someone, entries=moved + moved[:5], sessions=sessions)))


def test_the_origin_of_time_does_not_matter(someone):
    """Whole weeks later, so that weekdays stay."""

    def later(at):
        return at + timedelta(weeks=52)

    moved = replace(
        someone,
        entries=tuple(replace(one, at=later(one.at)) for one in someone.entries),
        sessions=tuple(replace(one, at=later(one.at)) for one in someone.sessions),
        factors=tuple(replace(one, on=later(one.on)) for one in someone.factors),
        as_of=later(someone.as_of),
    )
    same(fit(someone), fit(moved))


def test_a_scale_of_a_hundred_gives_the_same_points(someone, monkeypatch):
    """With the same rounding and the same answer noise assumed, only the unit differs."""
    vas = replace(designs.SCALES["OM-NPRS"], low=0, high=100, step=10)
    monkeypatch.setitem(designs.SCALES, "OM-VAS", vas)
    entries = tuple(
        replace(one, value=one.value * 10, instrument="OM-VAS") for one in someone.entries
    )
    same(fit(someone), fit(replace(someone, entries=entries), instrument="OM-VAS"))


def test_names_of_techniques_do_not_matter(someone):
    names = {"deep": "zebra", "soft": "apple"}
    moved = tuple(replace(one, technique=names[one.technique]) for one in someone.sessions)
    one, other = fit(someone), fit(replace(someone, sessions=moved))
    same(one, other)
    by_name = {each.name: each.against_mean.mean for each in other.techniques}
    for each in one.techniques:
        assert each.against_mean.mean == pytest.approx(by_name[names[each.name]], abs=1e-6)


def test_a_constant_on_every_answer_moves_the_level_alone(make, monkeypatch):
    wide = priors.priors(None, 0.35)
    flat = replace(wide, coefficients={**wide.coefficients, "level": (5.0, 1e4)})
    monkeypatch.setattr(designs, "priors", lambda weeks, sd: flat)
    diary = make.course(5, 4)
    lifted = replace(diary, entries=tuple(replace(e, value=e.value + 2) for e in diary.entries))
    one, other = fit(diary), fit(lifted)
    assert other.level_now.mean - one.level_now.mean == pytest.approx(2, abs=1e-3)
    for name in ("carry_jump", "immediate", "left_after_7d"):
        assert getattr(one, name).mean == pytest.approx(getattr(other, name).mean, abs=1e-3)


def test_intervals_hold_the_truth_of_two_hundred_people():
    for score in calibrate(200, seed=2):
        assert 0.84 <= score.cover90 <= 0.95, score
        assert score.ks < 1.63, score


def test_more_data_never_widens_the_expected_interval():
    few, many = [], []
    for seed in range(100):
        random = np.random.default_rng((9, seed))
        diary = people.person(people.from_prior(random), people.Course(7, 8), random).diary
        half = people.BEGIN + timedelta(days=35)
        earlier = replace(
            diary,
            entries=tuple(one for one in diary.entries if one.at < half),
            sessions=tuple(one for one in diary.sessions if one.at < half),
        )
        for found, kept in ((fit(earlier), few), (fit(diary), many)):
            kept.append([found.carry_jump.sd, found.left_after_7d.sd, found.immediate.sd])
    assert (np.mean(many, axis=0) < np.mean(few, axis=0)).all()


def test_forecasts_stay_on_the_scale(someone, make):
    for diary in (someone, make.course(9, 10, wobble=0.0), make.course(1, 0, wobble=0.0)):
        for told in forecast(fit(diary)):
            for week in told.weeks:
                for figure in (week.level, week.answer):
                    assert 0 <= figure.i90[0] <= figure.i50[0] <= figure.i50[1] <= figure.i90[1]
                    assert figure.i90[1] <= 10
                    assert 0 <= figure.mean <= 10


def test_without_any_effect_stopping_is_the_same_as_weekly(make, monkeypatch):
    none = priors.priors(None, 0.35)
    tiny = {**none.coefficients, "delta": (0.0, 1e-6), "lasting": (0.0, 1e-7)}
    monkeypatch.setattr(designs, "priors", lambda weeks, sd: replace(none, coefficients=tiny))
    stop, weekly = forecast(fit(make.course(7, 3)), ("stop", "weekly"))
    for one, other in zip(stop.weeks, weekly.weeks, strict=True):
        assert one.level.mean == pytest.approx(other.level.mean, abs=1e-4)


def test_a_taper_has_fewer_sessions_than_weekly_and_more_than_none(helped):
    found = {one.schedule: one for one in forecast(fit(helped(-4.0)))}
    gains = [found[name].against_stop[-1].mean for name in ("weekly", "taper", "stop")]
    assert gains[0] < gains[1] < gains[2] == 0.0
    assert found["weekly"].against_stop[5].p > 0.9


def test_the_band_follows_the_level_and_ends_where_the_fit_does(helped):
    found = fit(helped(-4.0))
    line = band(found)
    assert line[0].on == people.BEGIN.date()
    assert line[-1].level == pytest.approx(found.level_now.mean, abs=0.15)
    assert all(0 <= one.i90[0] <= one.level <= one.i90[1] <= 10 for one in line)
    assert band(fit(Diary())) == ()


def test_the_band_of_one_day_and_of_years(make):
    assert len(band(fit(Diary(make.daily([5]))))) == 1
    long = band(fit(Diary(make.daily([5, 6, 4] * 110))))
    assert len(long) == 120


def test_a_trigger_is_told_only_when_sure_and_large():
    random = np.random.default_rng(4)
    truth = people.Truth(level=5, sleep=-1.0, stress=0.05, sd_days=0.5)
    diary = people.person(truth, people.Course(7, 12, answered=0.95, factors=True), random).diary
    sleep, stress = fit(diary).triggers
    assert (sleep.name, sleep.told, stress.told) == ("sleep", True, False)
    assert sleep.per_unit.mean == pytest.approx(sleep.effect.mean / 1.2, rel=0.2)
    said = " ".join(verdict(fit(diary)).reasons)
    assert "After nights with an hour less sleep your pain tends to be about" in said


def test_a_factor_may_have_more_than_one_day_of_delay(someone):
    found = fit(someone, lags={"stress": (1, 2)})
    assert [one.name for one in found.triggers] == ["sleep", "stress", "stress_lag2"]


def test_unknown_days_of_a_factor_count_as_usual_days(someone):
    half = tuple(one for place, one in enumerate(someone.factors) if place % 2)
    found = fit(replace(someone, factors=half))
    assert Flag.FACTOR_GAPS in found.flags
    assert all(one.days_unknown for one in found.triggers)
    zero = fit(replace(someone, factors=()))
    assert zero.triggers == ()


def test_a_factor_that_never_varies_or_is_hardly_known_has_no_column(make):
    first = make.at(0).date()
    same_sleep = tuple(Factor(first + timedelta(days=day), "sleep", 7.0) for day in range(30))
    few = tuple(Factor(first + timedelta(days=day), "mood", float(day)) for day in range(4))
    found = fit(replace(make.course(6, 4), factors=same_sleep + few))
    assert found.triggers == ()


def test_the_better_technique_is_found():
    random = np.random.default_rng(6)
    truth = people.Truth(level=6, delta=-1.5, techniques={"deep": -1.2, "soft": 1.2}, sd_days=0.5)
    diary = people.person(truth, people.Course(14, 16, answered=0.95), random).diary
    deep, soft = fit(diary).techniques
    assert (deep.name, deep.sessions) == ("deep", 8)
    assert deep.p_best > 0.9
    assert deep.p_best + soft.p_best == pytest.approx(1.0)
    assert deep.against_mean.mean < 0 < soft.against_mean.mean


def test_lengths_are_compared_when_there_are_two(make):
    diary = make.course(6, 4, visits=6)
    mixed = tuple(
        replace(one, minutes=30 if place % 2 else 90) for place, one in enumerate(diary.sessions)
    )
    assert {one.name for one in fit(replace(diary, sessions=mixed)).doses} == {"short", "long"}
    assert fit(diary).doses == ()


def test_every_series_has_a_fit_of_its_own(make):
    neck = tuple(replace(one, region="neck") for one in make.daily([3] * 12))
    peg = tuple(Entry(one.at, 5.0, instrument="OM-PEG") for one in make.daily([5] * 3))
    diary = Diary(make.daily([6, 7] * 10) + neck + peg, make.weekly(2))
    found = fit_all(diary)
    assert [(one.basis.instrument, one.basis.region) for one in found] == [
        ("OM-NPRS", ""),
        ("OM-NPRS", "neck"),
        ("OM-PEG", ""),
    ]
    assert fit(diary).basis.answers == 20  # the series with most answers
    assert Flag.NO_DATA in fit(diary, region="elbow").flags  # never written of: no claim


def test_where_more_is_better_the_scale_is_turned(make):
    up = tuple(Entry(one.at, 2 + day / 10, instrument="OM-PSFS") for day, one in
               enumerate(make.daily([0] * 40)))  # fmt: skip
    found = fit(Diary(up, make.weekly(4)), instrument="OM-PSFS")
    assert found.basis.reversed
    assert found.change.total.mean < -1


def test_memory_counts_for_little(make):
    diary = make.daily([4, 5] * 10)
    memory = tuple(replace(one, value=9.0, kind="recalled_week") for one in diary[6::7])
    with_memory, without = fit(Diary(diary + memory)), fit(Diary(diary))
    assert abs(with_memory.level_now.mean - without.level_now.mean) < 0.5


def test_a_change_of_medicine_has_a_step_of_its_own(make):
    diary = replace(make.course(7, 4), medicine=(make.at(7).date(),))
    found = fit(diary)
    assert Flag.MEDICINE_CHANGED in found.flags
    assert found.change.other.mean < -0.3


def test_massage_elsewhere_is_apart_and_unknown_when_not_asked(make):
    diary = make.course(7, 4)
    assert Flag.ELSEWHERE_UNKNOWN in fit(diary).flags
    assert Flag.ELSEWHERE_UNKNOWN not in fit(replace(diary, elsewhere=False)).flags
    assert Flag.ELSEWHERE_UNKNOWN in fit(replace(diary, elsewhere=True)).flags
    other = (*diary.sessions, Session(make.at(20), elsewhere=True))
    found = fit(replace(diary, elsewhere=True, sessions=other))
    assert Flag.ELSEWHERE_UNKNOWN not in found.flags
    assert found.basis.sessions == len(diary.sessions)


def test_whether_chance_chose_the_visits_is_said(make):
    diary = make.course(7, 4)
    assert Flag.NOT_RANDOMISED in fit(diary).flags
    found = fit(replace(diary, randomised=True))
    assert found.basis.randomised
    assert Flag.NOT_RANDOMISED not in found.flags


def test_the_summary_for_pooling_is_small_and_whole(someone):
    found = fit(someone, covariates={"region": "neck", "acute": "0"})
    summary = found.summary
    assert {"delta", "alpha", "lasting", "sleep", "technique:deep"} <= set(summary.names)
    assert not {name for name in summary.names if name.startswith(("weekday", "medicine"))}
    cov = np.array(summary.cov)
    assert cov.shape == (len(summary.mean),) * 2
    assert (np.linalg.eigvalsh(cov) > 0).all()
    assert summary.covariates == (("acute", "0"), ("region", "neck"))


def test_a_stored_fit_without_its_posterior_says_so(someone):
    kept = replace(fit(someone), fitted=None)
    with pytest.raises(ValueError, match="fit the diary again"):
        forecast(kept)


# what used to break other programs


def test_nothing_and_one_answer_give_the_prior(make):
    for diary in (Diary(), Diary(make.daily([7]))):
        found = fit(diary)
        assert Flag.NO_DATA in found.flags
        assert found.carry_jump.sd == pytest.approx(1.0, abs=0.05)
        assert math.isfinite(found.level_now.mean)
    assert fit(Diary((), make.weekly(3))).own_relief.gap_days == pytest.approx(7)


@pytest.mark.parametrize("value", [0, 4, 10])
def test_a_constant_series_is_finite_and_unsure(make, value):
    found = fit(make.course(value, value, wobble=0.0))
    assert Flag.CONSTANT in found.flags
    assert (Flag.AT_THE_EDGE in found.flags) == (value in (0, 10))
    values = figures(found)
    assert np.isfinite(values).all()
    assert (values[:, 1] > 0).all()


def test_two_answers_in_the_same_minute_are_allowed(make):
    diary = make.course(6, 4)
    twice = tuple(replace(one, value=min(10.0, one.value + 1)) for one in diary.entries)
    assert np.isfinite(figures(fit(replace(diary, entries=diary.entries + twice)))).all()


def test_long_gaps_widen_the_present(make):
    diary = make.course(6, 4)
    near = fit(replace(diary, as_of=make.at(43).date()))
    far = fit(replace(diary, as_of=make.at(143).date()))
    assert far.level_now.sd > near.level_now.sd


def test_eight_hundred_answers_are_fitted(make):
    diary = Diary(make.daily([5, 6, 4, 5, 7, 5, 3] * 115), make.weekly(40))
    found = fit(diary)
    assert found.basis.ess > 60
    assert Flag.HARD_TO_INTEGRATE not in found.flags


def test_a_day_in_another_zone_is_that_day_there(make):
    text = "when,pain\n" + "\n".join(f"2026-03-{day:02d},5" for day in range(1, 20))
    east = read_diary(text, zone="Pacific/Auckland")
    assert fit(east).basis.first_answer.astimezone(UTC).date() == date(2026, 3, 1)
    assert Diary(east.entries, zone=east.zone).day(east.entries[0].at) == date(2026, 3, 1)
