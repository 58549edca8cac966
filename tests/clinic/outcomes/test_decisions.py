"""What is kept when somebody decides on the outcomes page, and who may."""

import pytest
from django.urls import reverse

from tests.support import visits
from tests.support.cast import NOW
from tests.support.scores import browser
from unknot.clinic.access import Refused
from unknot.clinic.audit import verify
from unknot.clinic.models import AuditRow, Decision, Episode
from unknot.clinic.outcomes.actions import NobodyDecides, decide


@pytest.mark.usefixtures("course", "later")
def test_a_client_decides_nothing(linden, address):
    text = browser(linden.cora).get(address).content.decode()
    assert "What happens next?" not in text
    assert "STP-07" not in text
    answer = browser(linden.cora).post(
        reverse("outcomes_decide", args=[linden.episode.pk]), {"kind": "continue", "reason": "x"}
    )
    assert answer.status_code == 403
    assert not Decision.everything.exists()


@pytest.mark.usefixtures("course", "later")
def test_a_decision_is_kept_with_the_verdict_and_a_line_in_the_trail(linden, address):
    visits.appointment(linden, days=60)
    answer = browser(linden.ann).post(
        reverse("outcomes_decide", args=[linden.episode.pk]),
        {"kind": "taper", "reason": "Goal reached twice."},
        follow=True,
    )
    assert answer.status_code == 200
    decision = Decision.everything.get()
    assert (decision.kind, decision.proposed, decision.staff) == ("taper", "taper", linden.ann)
    assert decision.verdict["kind"] == "clearly_better"
    assert "Goal reached twice." in answer.content.decode()
    row = AuditRow.everything.order_by("-seq").first()
    assert (row.action, row.client_id) == ("outcomes.decide", linden.cora.pk)
    assert verify().broken_at is None


@pytest.mark.usefixtures("course", "later")
@pytest.mark.parametrize(
    "given", [{"reason": "x"}, {"kind": "taper"}, {"kind": "magic", "reason": "x"}]
)
def test_a_decision_without_step_or_reason_says_what_to_do(linden, given):
    answer = browser(linden.ann).post(reverse("outcomes_decide", args=[linden.episode.pk]), given)
    assert answer.status_code == 422
    assert not Decision.everything.exists()


@pytest.mark.usefixtures("course", "later")
def test_a_discharge_closes_the_episode_for_further_decisions(linden, address):
    to = reverse("outcomes_decide", args=[linden.episode.pk])
    browser(linden.ann).post(to, {"kind": "discharge", "reason": "Course complete."})
    linden.episode.refresh_from_db()
    assert linden.episode.state == Episode.State.DISCHARGED
    said = browser(linden.ann).get(address).content.decode()
    assert "This episode is closed: discharged" in said
    assert "Proposed next step" not in said
    assert "What we would do next" not in browser(linden.cora).get(address).content.decode()
    again = browser(linden.ann).post(to, {"kind": "continue", "reason": "Once more."})
    assert again.status_code == 422
    assert Decision.everything.count() == 1


def test_only_staff_who_care_for_the_client_decide(linden):
    given = {"kind": "continue", "reason": "x", "proposed": "", "verdict": {}, "now": NOW}
    with pytest.raises(Refused):
        decide(episode=linden.episode, by=linden.actor(linden.ben), **given)
    with pytest.raises(Refused):
        decide(episode=linden.episode, by=linden.actor(linden.cora), **given)
    linden.episode.state = "discharged"
    linden.episode.save()
    with pytest.raises(NobodyDecides):
        decide(episode=linden.episode, by=linden.actor(linden.ann), **given)
