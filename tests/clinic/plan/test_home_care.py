"""Home care from day to day: told by the client, stepped by rule, decided by a therapist."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser

from tests.support.care import screened
from tests.support.cast import NOW, House
from tests.support.plans import agreed_plan
from unknot.clinic.access import Refused, for_link
from unknot.clinic.models import Alert, AuditRow, Client, HomeCareDay, HomeCareStep, Outbox, Staff
from unknot.clinic.plan import actions as plans
from unknot.clinic.plan import home, stored
from unknot.clinic.plan.home import HomeCareRefused, Told
from unknot.reasoning.plan import PlanOutOfBounds

pytestmark = pytest.mark.django_db

BRIDGE = "HC-07"  # twice a week, up to 5 of 10
TODAY = NOW.date()


def told(
    house: House, ago: int = 0, *, item: str = BRIDGE, at: datetime = NOW, **said: object
) -> None:
    home.tell(
        episode=house.episode,
        item=item,
        on=at.date() - timedelta(days=ago),
        told=Told(**said),  # type: ignore[arg-type]
        by=house.actor(house.cora),
        now=at,
    )


def steps() -> list[tuple[int, str, bool]]:
    return [(row.step, row.rule_id, row.waits) for row in HomeCareStep.everything.all()]


@pytest.fixture
def planned(linden: House) -> House:
    agreed_plan(linden, NOW, "HC-06", BRIDGE)
    return linden


def good_week(house: House) -> None:
    for ago in (5, 3):
        told(house, ago, done="done")
        told(house, ago, felt="easy")
        told(house, ago, next_day="settled")


def test_each_item_begins_on_its_lowest_step(planned: House) -> None:
    walk, bridge = home.items(planned.episode, NOW)
    assert (walk.step, walk.steps) == (1, 3)
    assert walk.dose == "10 minutes; aim for 5 days a week"
    assert bridge.dose == "2 rounds of 8, 2 days a week"
    assert bridge.whole_dose == "2 to 3 rounds of 8 to 12, 2 to 3 days a week"


def test_a_good_week_steps_up_by_rule_and_says_so(planned: House) -> None:
    good_week(planned)
    assert steps() == [(1, "LAD-11", False)]
    (_, bridge) = home.items(planned.episode, NOW)
    assert bridge.dose == "2 rounds of 10, 2 days a week"
    assert bridge.says.startswith("This goes well.")
    assert not Alert.everything.exists()


def test_one_tap_is_kept_once_a_day_and_can_be_changed(planned: House) -> None:
    told(planned, done="done")
    told(planned, felt="some")
    told(planned, done="not_today")
    (row,) = HomeCareDay.everything.all()
    assert (row.done, row.during, row.after) == ("not_today", "", "")
    assert AuditRow.everything.filter(action="home_care.tell").count() == 3


def test_too_much_on_the_lowest_step_waits_for_the_therapist(planned: House) -> None:
    told(planned, done="done")
    told(planned, felt="over")
    assert steps() == [(0, "LAD-02", True)]
    (alert,) = Alert.everything.all()
    assert (alert.rule_id, alert.urgency) == ("LAD-02", "none")
    assert alert.look_by == NOW + timedelta(hours=72)
    assert not Outbox.everything.exists()
    (_, bridge) = home.items(planned.episode, NOW)
    assert bridge.state == "waits"
    assert bridge.questions == ()
    with pytest.raises(HomeCareRefused, match="until your therapist"):
        told(planned, done="done")


def test_a_stop_sign_stops_at_once_and_asks_for_a_call_the_same_day(planned: House) -> None:
    told(planned, sign=True)
    (alert,) = Alert.everything.all()
    assert (alert.rule_id, alert.urgency) == ("LAD-01", "same_day")
    assert alert.look_by == NOW + timedelta(hours=4)
    assert Outbox.everything.get().to == planned.ann.user.email
    (_, bridge) = home.items(planned.episode, NOW)
    assert bridge.is_urgent
    assert bridge.says.startswith("Stop this one.")


def test_a_stop_sign_about_a_day_before_the_last_step_still_stops(planned: House) -> None:
    good_week(planned)
    told(planned, 3, sign=True)
    assert steps()[-1] == (1, "LAD-01", True)


def test_a_stop_sign_of_an_item_that_waits_already_is_kept_and_told(planned: House) -> None:
    told(planned, done="done", felt="over")
    assert steps() == [(0, "LAD-02", True)]
    told(planned, sign=True, done="partly")
    row = HomeCareDay.everything.get()
    assert (row.sign, row.done) == (True, "done")
    assert [one.rule_id for one in Alert.everything.order_by("id")] == ["LAD-02", "LAD-01"]
    (_, bridge) = home.items(planned.episode, NOW)
    assert (bridge.state, bridge.is_urgent) == ("waits", True)
    told(planned, sign=True)
    assert Alert.everything.count() == 2, "one that nobody has answered is not raised twice"
    with pytest.raises(HomeCareRefused, match="Leave this one out"):
        told(planned, done="done")


def test_pain_the_next_day_takes_back_the_step_up_it_came_from(planned: House) -> None:
    told(planned, 5, done="done", felt="easy", next_day="settled")
    told(planned, 1, done="done", felt="easy")
    told(planned, 3, done="done", felt="easy", next_day="settled")
    assert steps() == []
    told(planned, 1, next_day="settled")
    assert steps() == [(1, "LAD-11", False)]
    told(planned, 1, next_day="more")
    assert steps() == [(1, "LAD-11", False), (0, "LAD-04", False)]


def test_the_same_bad_day_steps_down_only_once(planned: House) -> None:
    good_week(planned)
    later = NOW + timedelta(days=2)
    told(planned, at=later, done="done", felt="over")
    told(planned, at=later, felt="over")
    told(planned, at=later, next_day="more")
    assert steps() == [(1, "LAD-11", False), (0, "LAD-03", False)]


def test_the_next_day_is_asked_about_the_last_day_it_was_done(planned: House) -> None:
    told(planned, 1, done="done", felt="easy")
    (_, bridge) = home.items(planned.episode, NOW)
    assert [(asked.field, asked.text) for asked in bridge.questions] == [
        ("done", "Today"),
        ("next_day", "Since yesterday"),
    ]
    told(planned, done="partly")
    (_, bridge) = home.items(planned.episode, NOW)
    assert [asked.field for asked in bridge.questions] == ["done", "felt", "next_day"]


@pytest.mark.parametrize(
    ("said", "ago", "item"),
    [
        ({"done": "done"}, 8, BRIDGE),
        ({"done": "done"}, -1, BRIDGE),
        ({"done": "done"}, 0, "HC-01"),
        ({"done": "twice"}, 0, BRIDGE),
        ({"felt": "fine"}, 0, BRIDGE),
        ({"next_day": "who knows"}, 0, BRIDGE),
    ],
)
def test_what_does_not_fit_is_refused(
    planned: House, said: dict[str, str], ago: int, item: str
) -> None:
    with pytest.raises(HomeCareRefused):
        told(planned, ago, item=item, **said)
    assert not HomeCareDay.everything.exists()


def test_without_an_agreed_plan_there_is_nothing_to_tell(linden: House) -> None:
    assert home.items(linden.episode, NOW) == ()
    with pytest.raises(HomeCareRefused, match="not part of your plan"):
        told(linden, done="done")


def test_a_new_safety_check_rules_an_item_out_at_once(planned: House) -> None:
    screened(planned, now=NOW, saddle_numb=True)
    assert {one.state for one in home.items(planned.episode, NOW)} == {"ruled_out"}
    with pytest.raises(HomeCareRefused):
        told(planned, done="done")


def test_the_holder_of_a_check_in_link_tells_for_that_episode_only(planned: House) -> None:
    link = for_link(planned.episode)
    told_by_link = {"item": BRIDGE, "on": TODAY, "told": Told(done="done"), "by": link, "now": NOW}
    home.tell(episode=planned.episode, **told_by_link)  # type: ignore[arg-type]
    assert HomeCareDay.everything.count() == 1
    with pytest.raises(Refused):
        home.tell(episode=planned.other_episode, **told_by_link)  # type: ignore[arg-type]


def test_a_therapist_puts_a_waiting_item_back_on_a_step(planned: House) -> None:
    told(planned, sign=True)
    by = planned.actor(planned.ann)
    home.set_step(episode=planned.episode, item=BRIDGE, step=2, by=by, now=NOW)
    (_, bridge) = home.items(planned.episode, NOW)
    assert (bridge.state, bridge.step) == ("open", 3)
    assert bridge.says.startswith("Your therapist set this dose.")
    for step, item in ((99, BRIDGE), (-1, BRIDGE), (0, "HC-01")):
        with pytest.raises(HomeCareRefused):
            home.set_step(episode=planned.episode, item=item, step=step, by=by, now=NOW)
    with pytest.raises(Refused):
        home.set_step(
            episode=planned.episode,
            item=BRIDGE,
            step=0,
            by=planned.actor(planned.cora),
            now=NOW,
        )


def test_the_therapist_reads_one_line_an_item(planned: House) -> None:
    told(planned, 1, done="done")
    told(planned, done="not_today")
    told(planned, item="HC-06", sign=True)
    assert home.lines(planned.episode, NOW) == (
        "Walk: nothing told yet; left out, waits for you.",
        "Bridge and bird-dog: done on 1 of 2 days told; step 1 of 5.",
    )


def test_there_are_no_lines_without_home_care(planned: House) -> None:
    assert home.lines(planned.other_episode, NOW) == ()


def test_a_fourth_item_is_refused_by_the_plan_itself(planned: House) -> None:
    version = stored.latest(planned.episode)
    assert version is not None
    with pytest.raises(PlanOutOfBounds, match="at most 3"):
        plans.change(
            version=version,
            changes={"home_care_ids": ("HC-06", BRIDGE, "HC-08", "HC-23")},
            by=planned.actor(planned.ann),
            now=NOW,
        )


# --- Pages: they read the clock ------------------------------------------------------------------


def browser(who: Staff | Client) -> Browser:
    assert who.user is not None
    made = Browser()
    made.force_login(who.user)
    return made


@pytest.fixture
def today(linden: House) -> House:
    agreed_plan(linden, datetime.now(UTC), "HC-06", BRIDGE)
    return linden


def _on(house: House) -> str:
    return home.items(house.episode, datetime.now(UTC))[0].today.isoformat()


def test_one_tap_on_the_client_s_page_leads_back_to_the_item(today: House) -> None:
    cora, at = browser(today.cora), f"/episodes/{today.episode.pk}/home-care/"
    answer = cora.post(at, {"item": "HC-06", "on": _on(today), "done": "done"})
    assert answer["Location"] == f"/me/#{today.episode.pk}-HC-06"
    said = cora.get("/me/").content.decode()
    assert 'value="done" aria-pressed="true"' in said
    assert "How was it?" in said
    assert "streak" not in said


def test_a_tap_that_cannot_be_kept_says_why(today: House) -> None:
    cora, at = browser(today.cora), f"/episodes/{today.episode.pk}/home-care/"
    for on in ("2020-01-01", "yesterday"):
        answer = cora.post(at, {"item": "HC-06", "on": on, "done": "done"}, follow=True)
        assert answer.status_code == 200
    assert not HomeCareDay.everything.exists()


def test_the_plan_page_shows_the_ladder_to_the_therapist_alone(today: House) -> None:
    at = f"/episodes/{today.episode.pk}/plan/"
    said = browser(today.ann).get(at).content.decode()
    assert "Home care from day to day" in said
    assert "Step 1 of 3" in said
    assert "Home care from day to day" not in browser(today.cora).get(at).content.decode()


def test_what_waits_is_said_above_the_plan_and_in_the_story(today: House) -> None:
    cora, at = browser(today.cora), f"/episodes/{today.episode.pk}/"
    cora.post(f"{at}home-care/", {"item": "HC-06", "on": _on(today), "sign": "1"})
    assert "What to do now" in cora.get("/me/").content.decode()
    ann = browser(today.ann)
    assert "Left out by the rule: Walk." in ann.get(f"{at}plan/").content.decode()
    assert "left out, waits for you" in ann.get(at).content.decode()


def test_a_therapist_sets_a_step_and_swaps_an_item_from_the_page(today: House) -> None:
    ann, at = browser(today.ann), f"/episodes/{today.episode.pk}/home-care/"
    ann.post(f"{at}step/", {"item": "HC-06", "step": "1"})
    assert [row.step for row in HomeCareStep.everything.all()] == [1]
    ann.post(f"{at}step/", {"item": "HC-06", "step": "⅓"})
    assert HomeCareStep.everything.count() == 1
    ann.post(f"{at}swap/", {"item": BRIDGE, "into": "HC-23"})
    newest = stored.plan_of(stored.latest(today.episode))
    assert newest is not None
    assert [one.id for one in newest.home_care] == ["HC-06", "HC-23"]
    said = browser(today.cora).get("/me/").content.decode()
    assert "A new version of your plan" in said


def test_the_page_takes_no_fourth_item(today: House) -> None:
    ann, at = browser(today.ann), f"/episodes/{today.episode.pk}/home-care/swap/"
    for into in ("HC-08", "HC-23", "HC-27"):
        ann.post(at, {"item": "", "into": into})
    newest = stored.plan_of(stored.latest(today.episode))
    assert newest is not None
    assert len(newest.home_care) == 3


def test_an_episode_without_a_plan_has_nothing_to_swap(linden: House) -> None:
    at = f"/episodes/{linden.episode.pk}/home-care/swap/"
    assert browser(linden.ann).post(at, {"item": "HC-06"}).status_code == 404


def test_a_client_sets_no_step_and_swaps_nothing(today: House) -> None:
    at = f"/episodes/{today.episode.pk}/home-care/"
    cora = browser(today.cora)
    assert cora.post(f"{at}step/", {"item": "HC-06", "step": "1"}).status_code == 403
    assert cora.post(f"{at}swap/", {"item": "HC-06"}).status_code == 403


def test_after_the_check_in_each_item_is_one_tap_by_the_same_link(today: House) -> None:
    cora = browser(today.cora)
    link = cora.post(f"/episodes/{today.episode.pk}/today/")["Location"]
    somebody = Browser()
    assert "And at home?" not in somebody.get(link).content.decode()
    somebody.post(link, {"pain": "3"})
    said = somebody.get(link).content.decode()
    assert "And at home?" in said
    assert "10 minutes; aim for 5 days a week" in said
    for on, kept in (("yesterday", 0), ("2020-01-01", 0), (_on(today), 1)):
        answer = somebody.post(f"{link}home/", {"item": "HC-06", "on": on, "done": "done"})
        assert answer["Location"] == f"{link}#at-home"
        assert HomeCareDay.everything.count() == kept
    assert "How was it?" in somebody.get(link).content.decode()
    assert somebody.post("/c/nobody/home/", {"item": "HC-06"}).status_code == 404
