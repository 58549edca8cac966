"""A plan as plain JSON and back: what is stored when people agree on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import fields as dataclass_fields
from datetime import date
from typing import Any

from unknot.reasoning.grounds import Fact, Ground, Source
from unknot.reasoning.plan.limits import Limits
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

_PARTS: Mapping[str, type[Any]] = {
    "techniques": Choice,
    "ruled_out": Choice,
    "taper": TaperStep,
    "stop_rules": StopRule,
    "home_care": HomeItem,
}


def to_dict(plan: Plan) -> dict[str, Any]:
    """The plan in JSON's own types, with its schema and what later stages ask of it."""
    content = asdict(plan)
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
    }
    return {"schema": SCHEMA, **_lists(content), **computed}


def from_dict(content: Mapping[str, Any]) -> Plan:
    """The plan that was stored, checked again against its own limits.

    Raises ValueError for another schema, PlanError for a plan that may not exist.
    """
    if content.get("schema") not in READ:
        raise ValueError(f"Not a plan of schema {SCHEMA}.")
    known = {one.name for one in dataclass_fields(Plan)}
    fields = {key: _tuples(value) for key, value in content.items() if key in known}
    for key, kind in _PARTS.items():
        fields[key] = tuple(kind(**_all_tuples(entry)) for entry in content[key])
    limits = _all_tuples(content["limits"])
    return Plan(
        **{
            **fields,
            "dose": Dose(**content["dose"]),
            "limits": Limits(**limits),
            "grounds": tuple(_ground(entry) for entry in content.get("grounds", ())),
            "facts": tuple(_fact(entry) for entry in content.get("facts", ())),
            "starts_on": date.fromisoformat(content["starts_on"]),
        }
    )


def _ground(entry: Mapping[str, Any]) -> Ground:
    sources = tuple(Source(**source) for source in entry["sources"])
    return Ground(
        **{**entry, "sources": sources, "review_by": date.fromisoformat(entry["review_by"])}
    )


def _fact(entry: Mapping[str, Any]) -> Fact:
    return Fact(**{**entry, "on": entry["on"] and date.fromisoformat(entry["on"])})


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
