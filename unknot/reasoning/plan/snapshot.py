"""A plan as plain JSON and back: what is stored when people agree on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from dataclasses import fields as dataclass_fields
from datetime import date
from typing import Any

from unknot.reasoning.grounds import Fact, Ground, Source
from unknot.reasoning.plan.limits import Fault, PlanBreaksScreening
from unknot.reasoning.plan.model import (
    READ,
    SCHEMA,
    Choice,
    Dose,
    HomeItem,
    Plan,
    StopRule,
    TaperStep,
)
from unknot.reasoning.screen import Screening

_PARTS: Mapping[str, type[Any]] = {
    "techniques": Choice,
    "ruled_out": Choice,
    "taper": TaperStep,
    "stop_rules": StopRule,
    "home_care": HomeItem,
}


def to_dict(plan: Plan, *, whole: bool = False) -> dict[str, Any]:
    """The plan in JSON's own types, with its schema and what later stages ask of it.

    The screening it rests on is written out only when asked for the `whole`: a practice keeps it
    for itself, and `from_dict` asks for it.
    """
    content = {
        one.name: _plain(getattr(plan, one.name))
        for one in dataclass_fields(plan)
        if one.name != "screening"
    }
    content["starts_on"] = plan.starts_on.isoformat()
    for entry in content["grounds"]:
        entry["review_by"] = entry["review_by"].isoformat()
    for entry in content["facts"]:
        entry["on"] = entry["on"] and entry["on"].isoformat()
    computed = {
        "review_after_visit": plan.review_after_visit,
        "review_on": [day.isoformat() for day in plan.review_on],
        "cost_cents": plan.cost_cents,
        "skills": list(plan.needs_skills),
        "screened_on": plan.screening.as_of.isoformat(),
    }
    rests_on = {"screening": plan.screening.to_dict()} if whole else {}
    return {"schema": SCHEMA, **content, **computed, **rests_on}


def from_dict(content: Mapping[str, Any], screening: Screening | None = None) -> Plan:
    """The plan that was stored, checked again against the screening it rests on: this one, or the
    one written out with it.

    Raises ValueError for another schema, PlanError for a plan that may not exist or that comes
    without a screening.
    """
    if content.get("schema") not in READ:
        raise ValueError(f"Not a plan of schema {SCHEMA}.")
    known = {one.name for one in dataclass_fields(Plan)} - {"screening"}
    fields = {key: _tuples(value) for key, value in content.items() if key in known}
    for key, kind in _PARTS.items():
        fields[key] = tuple(kind(**_all_tuples(entry)) for entry in content[key])
    return Plan(
        **{
            **fields,
            "dose": Dose(**content["dose"]),
            "grounds": tuple(_ground(entry) for entry in content.get("grounds", ())),
            "facts": tuple(_fact(entry) for entry in content.get("facts", ())),
            "starts_on": date.fromisoformat(content["starts_on"]),
            "screening": screening or _written_out(content),
        }
    )


def _written_out(content: Mapping[str, Any]) -> Screening:
    if "screening" not in content:
        says = "There is no safety check to rest on."
        raise PlanBreaksScreening(Fault("", says, breaks_screening=True))
    return Screening.from_dict(content["screening"])


def _ground(entry: Mapping[str, Any]) -> Ground:
    sources = tuple(Source(**source) for source in entry["sources"])
    return Ground(
        **{**entry, "sources": sources, "review_by": date.fromisoformat(entry["review_by"])}
    )


def _fact(entry: Mapping[str, Any]) -> Fact:
    return Fact(**{**entry, "on": entry["on"] and date.fromisoformat(entry["on"])})


def _plain(value: Any) -> Any:
    """Dataclasses as tables, tuples as lists."""
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return _lists(asdict(value)) if is_dataclass(value) and not isinstance(value, type) else value


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        return [_lists(entry) for entry in value]
    return value


def _all_tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _tuples(value) for key, value in table.items()}


def _tuples(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
