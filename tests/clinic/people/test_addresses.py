"""A client's address changed: nothing about health goes there on the front desk's word alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser

from tests.support.cast import House
from unknot.clinic.follow_up.actions import mail
from unknot.clinic.models import AddressChange, AuditRow, Outbox, Staff
from unknot.clinic.people import actions, addresses

pytestmark = pytest.mark.django_db
NEW = "fay.herself@desk.invalid"
ORIGIN = "https://clinic.example"


def now() -> datetime:
    return datetime.now(UTC)


def change(house: House, by: Staff, email: str = NEW) -> None:
    actions.change_client(
        client=house.cora,
        changes={"email": email},
        by=house.actor(by),
        now=now(),
        origin=ORIGIN,
    )
    house.cora.refresh_from_db()


def link_in(mail: Outbox) -> str:
    [address] = [line for line in mail.body.splitlines() if line.startswith(ORIGIN)]
    return address.removeprefix(ORIGIN)


def signed_in(who: Staff) -> Browser:
    browser = Browser()
    browser.force_login(who.user)
    return browser


def test_the_front_desk_cannot_mail_itself_a_check_in(linden: House) -> None:
    old = linden.cora.email
    change(linden, linden.desk)
    assert linden.cora.email == old
    by = linden.actor(linden.desk)
    mail.send_link(episode=linden.episode, kind="diary", origin=ORIGIN, by=by, now=now())
    assert not Outbox.everything.filter(to=NEW).exists()


def test_the_old_address_is_asked_and_its_yes_counts_once(linden: House) -> None:
    old = linden.cora.email
    change(linden, linden.desk)
    asked = Outbox.everything.get()
    assert asked.to == old
    assert NEW not in asked.body
    page = Browser().get(link_in(asked))
    assert "f…@desk.invalid" in page.content.decode()
    assert NEW not in page.content.decode()
    assert linden.cora.name not in page.content.decode()
    Browser().post(link_in(asked))
    linden.cora.refresh_from_db()
    assert linden.cora.email == NEW
    assert [one.to for one in Outbox.everything.order_by("made_at")] == [old, old]
    assert Browser().post(link_in(asked)).status_code == 410


def test_opening_the_link_alone_changes_nothing(linden: House) -> None:
    change(linden, linden.desk)
    Browser().get(link_in(Outbox.everything.get()))
    linden.cora.refresh_from_db()
    assert linden.cora.email != NEW


def test_the_link_ends_after_a_week_with_a_kind_word(linden: House) -> None:
    change(linden, linden.desk)
    AddressChange.everything.update(asked_at=now() - timedelta(days=7, minutes=1))
    address = link_in(Outbox.everything.get())
    answer = Browser().post(address)
    assert answer.status_code == 410
    assert "which address is right" in answer.content.decode()
    assert Browser().get("/address/notalink/").status_code == 404
    linden.cora.refresh_from_db()
    assert linden.cora.email != NEW


@pytest.mark.parametrize("who", ["ann", "owner"])
def test_whoever_reads_the_record_anyway_changes_it_at_once_and_the_old_one_is_told(
    linden: House, who: str
) -> None:
    old = linden.cora.email
    change(linden, getattr(linden, who))
    assert linden.cora.email == NEW
    told = Outbox.everything.get()
    assert told.to == old
    assert "no longer to this one" in told.body
    assert NEW not in told.body


def test_a_therapist_who_does_not_care_for_them_waits_like_the_desk(linden: House) -> None:
    change(linden, linden.ben)
    assert linden.cora.email != NEW


def test_a_clinician_says_yes_on_the_client_s_page_and_the_desk_cannot(linden: House) -> None:
    change(linden, linden.desk)
    path = f"/clients/{linden.cora.pk}/"
    assert NEW in signed_in(linden.desk).get(path).content.decode()
    assert "use it" not in signed_in(linden.desk).get(path).content.decode()
    assert signed_in(linden.desk).post(f"{path}address/").status_code == 403
    assert signed_in(linden.ben).post(f"{path}address/").status_code == 404
    assert "use it" in signed_in(linden.ann).get(path).content.decode()
    signed_in(linden.ann).post(f"{path}address/")
    linden.cora.refresh_from_db()
    assert linden.cora.email == NEW
    again = signed_in(linden.ann).post(f"{path}address/", follow=True)
    assert "No new address waits" in again.content.decode()


def test_typing_the_old_address_again_or_another_one_drops_what_waits(linden: House) -> None:
    old = linden.cora.email
    change(linden, linden.desk)
    first = Outbox.everything.get()
    change(linden, linden.desk, "second@desk.invalid")
    assert Browser().post(link_in(first)).status_code == 410
    waits = addresses.waiting(linden.cora)
    assert waits is not None
    assert waits.after == "second@desk.invalid"
    change(linden, linden.desk, old)
    assert addresses.waiting(linden.cora) is None
    assert linden.cora.email == old


def test_a_client_without_an_address_gets_their_first_only_with_a_clinician_s_yes(
    linden: House,
) -> None:
    linden.cora.email = ""
    linden.cora.save(update_fields=["email"])
    change(linden, linden.desk)
    assert linden.cora.email == ""
    assert not Outbox.everything.exists()
    change(linden, linden.ann)
    assert linden.cora.email == NEW


def test_taking_the_address_away_counts_at_once_and_is_told(linden: House) -> None:
    old = linden.cora.email
    change(linden, linden.desk, "")
    assert linden.cora.email == ""
    assert Outbox.everything.get().to == old


def test_old_and_new_are_kept_and_the_trail_names_who(linden: House) -> None:
    old = linden.cora.email
    change(linden, linden.desk)
    row = AddressChange.everything.get()
    assert (row.before, row.after, row.by_name) == (old, NEW, linden.desk.name)
    trail = AuditRow.everything.filter(object_id=row.pk).order_by("seq").first()
    assert trail is not None
    assert (trail.actor_id, trail.action) == (linden.desk.pk, "client.change")
    assert NEW not in str(trail.changed)


def test_other_changes_of_the_desk_are_saved_while_the_address_waits(linden: House) -> None:
    path = f"/clients/{linden.cora.pk}/change/"
    form = {"name": "Cora New", "email": NEW, "phone": "123", "figure": "neutral"}
    assert signed_in(linden.desk).post(path, form).status_code == 302
    linden.cora.refresh_from_db()
    assert (linden.cora.name, linden.cora.phone) == ("Cora New", "123")
    assert linden.cora.email != NEW
