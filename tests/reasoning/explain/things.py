"""People to explain results of, and knowledge changed after a result was made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.reasoning.plan.people import TODAY, otherwise_well
from unknot.knowledge import Knowledge, load
from unknot.knowledge.loader import Change as HistoryLine
from unknot.reasoning.case import Case
from unknot.reasoning.explain import Explanation
from unknot.reasoning.screen import Screening

KNOWN = load()
EXAMPLES = Path(__file__).parents[3] / "examples"
EMERGENCY = Case({"main_area": "low_back", "saddle_numb": True, "age_years": 51}, TODAY)
TYPIST = otherwise_well(
    main_area="neck_upper_back", age_years=38, numb_areas=("hands_both",), numb_since="months"
)
THINNER = otherwise_well(main_area="low_back", age_years=51, pain_weeks=104, anticoagulant=True)


def kept(screening: Screening) -> Screening:
    """The screening after it was stored and read back."""
    return Screening.from_dict(json.loads(json.dumps(screening.to_dict())))


def changed(topic: str, name: str, **own: Any) -> Knowledge:
    """Today's knowledge: one record reworded, with a line of history."""
    records = dict(getattr(KNOWN, topic))
    record = records[name]
    history = (*record.change, HistoryLine(on=date(2027, 3, 1), what="Said more plainly."))
    records[name] = replace(record, change=history, **own)
    return replace(KNOWN, version="later", **{topic: records})


def without(topic: str, *names: str) -> Knowledge:
    """Today's knowledge without some records."""
    records: Mapping[str, Any] = {
        name: record for name, record in getattr(KNOWN, topic).items() if name not in names
    }
    return replace(KNOWN, version="later", **{topic: records})


def reason(found: Explanation, name: str) -> Any:
    return next(one for one in found.reasons if one.id == name)
