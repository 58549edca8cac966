"""The components say what they should to people who see and to people who listen."""

from __future__ import annotations

import dataclasses
from uuid import UUID

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from unknot.clinic.access import ANONYMOUS
from unknot.clinic.ui import render, render_problem
from unknot.clinic.ui.nav import menu
from unknot.clinic.ui.rail import episode_rail
from unknot.clinic.ui.theme import chosen

STEPS = [(str(step), str(step)) for step in range(11)]


class Sample(forms.Form):
    name = forms.CharField(label="Your name", help_text="As on your card.")
    pain = forms.ChoiceField(
        label="Pain now",
        widget=forms.RadioSelect(attrs={"data-look": "scale"}),
        choices=STEPS,
    )


def shown(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_a_field_ties_its_help_and_its_error_to_its_control() -> None:
    html = shown("{% field form.name %}", form=Sample({}))
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert "Please answer this." in html


def test_the_error_summary_leads_to_the_first_control_of_a_group() -> None:
    html = shown("{% error_summary form %}", form=Sample({}))
    assert 'href="#id_name"' in html
    assert 'href="#id_pain_0"' in html
    assert "Please answer: Pain now" in html


def test_the_error_summary_is_silent_when_all_is_well() -> None:
    assert shown("{% error_summary form %}", form=Sample()).strip() == ""
    assert shown("{% error_summary form %}", form=None).strip() == ""


def test_a_scale_says_what_its_ends_mean() -> None:
    html = shown('{% field form.pain low="No pain" high="The worst" %}', form=Sample())
    assert html.count('type="radio"') == 11
    assert "0 means" in html
    assert 'data-step="10"' in html


def test_user_text_is_escaped() -> None:
    html = shown("{% field form.name %}", form=Sample({"name": '"><script>'}))
    assert "<script>" not in html


def test_a_badge_has_a_shape_and_a_word() -> None:
    html = shown('{% include "ui/badge.html" with tone="stop" word="Doctor first" %}')
    assert "<svg" in html
    assert "Doctor first" in html


def test_an_icon_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        shown('{% icon "unicorn" %}')


def test_a_loose_dict_is_refused_as_a_page() -> None:
    with pytest.raises(TypeError, match="frozen dataclass"):
        render(RequestFactory().get("/"), "404.html", {"name": "x"})


def test_a_problem_says_what_to_do_and_keeps_its_status() -> None:
    response = render_problem(RequestFactory().get("/"), 409, do="Choose another time.")
    assert response.status_code == 409
    assert b"Choose another time." in response.content
    assert render_problem(RequestFactory().get("/"), 503).headers["Retry-After"] == "60"


def test_the_rail_refuses_a_word_that_is_no_stage() -> None:
    nobody = UUID(int=0)
    with pytest.raises(KeyError, match="triage"):
        episode_rail(
            episode_id=nobody, client_id=nobody, client_name="A", complaint="B", current="triage"
        )


def test_the_menu_depends_on_who_asks() -> None:
    staff = dataclasses.replace(ANONYMOUS, kind="therapist")
    assert [item.label for item in menu(staff, "/clients/").items if item.is_current] == [
        "Clients"
    ]
    assert "Sign in" in [item.label for item in menu(ANONYMOUS, "/").items]
    assert menu(None, "/").signed_in is False


def test_every_word_of_the_menus_and_every_stage_leads_somewhere() -> None:
    staff = dataclasses.replace(ANONYMOUS, kind="owner")
    client = dataclasses.replace(ANONYMOUS, kind="client")
    assert [item.label for item in menu(staff, "/").items] == [
        "Today",
        "Clients",
        "Calendar",
        "More",
    ]
    assert len(menu(client, "/").items) == 2
    nobody = UUID(int=0)
    rail = episode_rail(episode_id=nobody, client_id=nobody, client_name="A", complaint="B")
    assert all(stage.url for stage in rail.stages)
    assert rail.url
    assert rail.client_url


def test_a_theme_nobody_offers_is_ignored() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = "neon"
    assert chosen(request) == ""
    request.COOKIES["theme"] = "night"
    assert chosen(request) == "night"
