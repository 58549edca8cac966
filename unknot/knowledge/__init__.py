"""What is known: cited, dated records, read from the TOML files beside this module.

    from unknot.knowledge import load
    load().sources["CHE11"].short

`Knowledge` lists the topics, one line each: the attribute, the record's class and the file. To add
a topic, write `<topic>.toml` and `<topic>.py` and add its line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from unknot.knowledge.abbreviations import Abbreviation
from unknot.knowledge.adverse_events import AdverseEvent
from unknot.knowledge.body_map import Segment
from unknot.knowledge.claims import Claim
from unknot.knowledge.conditions import Condition
from unknot.knowledge.doses import DoseRecord
from unknot.knowledge.errors import KnowledgeError, Place
from unknot.knowledge.harms import Harm
from unknot.knowledge.home_care import HomeCare
from unknot.knowledge.home_ladder import LadderRule
from unknot.knowledge.imported import parse_instrument, read_instrument, with_instrument
from unknot.knowledge.instruments import Instrument
from unknot.knowledge.loader import (
    CitedRecord,
    Record,
    check_references,
    digest,
    read_topic,
)
from unknot.knowledge.measurement_errors import MeasurementError
from unknot.knowledge.medicines import Medicine, MedicineClass
from unknot.knowledge.motions import Motion
from unknot.knowledge.muscles import Muscle
from unknot.knowledge.not_promised import NotPromised
from unknot.knowledge.practice import with_practice_rules
from unknot.knowledge.questions import Question
from unknot.knowledge.red_flags import RedFlag
from unknot.knowledge.regions import Region
from unknot.knowledge.rules import Rule
from unknot.knowledge.sections import Section
from unknot.knowledge.sources import Source
from unknot.knowledge.stop_rules import StopRule
from unknot.knowledge.techniques import Technique
from unknot.knowledge.visit_advice import VisitAdvice

__all__ = [
    "Knowledge",
    "KnowledgeError",
    "Topic",
    "load",
    "parse_instrument",
    "read",
    "read_instrument",
    "topics",
    "with_instrument",
    "with_practice_rules",
]


def _topic(file: str) -> Any:
    return field(metadata={"file": file})


@dataclass(frozen=True, kw_only=True, eq=False)
class Knowledge:
    """Every record by topic and id, frozen. `version` changes whenever any file changes.

    Two of them are equal only when they are the same, so that what is prepared once for one
    knowledge can be looked up by it.
    """

    version: str

    # Who says so
    sources: Mapping[str, Source] = _topic("sources.toml")

    # What is asked, and what an answer means for safety
    sections: Mapping[str, Section] = _topic("sections.toml")
    questions: Mapping[str, Question] = _topic("questions.toml")
    rules: Mapping[str, Rule] = _topic("rules.toml")
    red_flags: Mapping[str, RedFlag] = _topic("red_flags.toml")
    medicine_classes: Mapping[str, MedicineClass] = _topic("medicine_classes.toml")
    medicines: Mapping[str, Medicine] = _topic("medicines.toml")

    # The body
    regions: Mapping[str, Region] = _topic("regions.toml")
    muscles: Mapping[str, Muscle] = _topic("muscles.toml")
    body_map_choir: Mapping[str, Segment] = _topic("body_map_choir.toml")

    # Measuring
    instruments: Mapping[str, Instrument] = _topic("instruments.toml")
    motions: Mapping[str, Motion] = _topic("motions.toml")
    measurement_errors: Mapping[str, MeasurementError] = _topic("measurement_errors.toml")

    # Treating
    conditions: Mapping[str, Condition] = _topic("conditions.toml")
    techniques: Mapping[str, Technique] = _topic("techniques.toml")
    doses: Mapping[str, DoseRecord] = _topic("doses.toml")
    stop_rules: Mapping[str, StopRule] = _topic("stop_rules.toml")
    home_care: Mapping[str, HomeCare] = _topic("home_care.toml")
    home_ladder: Mapping[str, LadderRule] = _topic("home_ladder.toml")
    not_promised: Mapping[str, NotPromised] = _topic("not_promised.toml")

    # Around a visit
    adverse_events: Mapping[str, AdverseEvent] = _topic("adverse_events.toml")
    harms: Mapping[str, Harm] = _topic("harms.toml")
    visit_advice: Mapping[str, VisitAdvice] = _topic("visit_advice.toml")

    # How it is written
    abbreviations: Mapping[str, Abbreviation] = _topic("abbreviations.toml")

    # What people say
    claims: Mapping[str, Claim] = _topic("claims.toml")


@dataclass(frozen=True)
class Topic:
    """One line of `Knowledge`: attribute name, file and record class."""

    name: str
    file: str
    record: type[Record]


@cache
def topics() -> tuple[Topic, ...]:
    """All topics, in the order of `Knowledge`."""
    kinds = get_type_hints(Knowledge)
    return tuple(
        Topic(item.name, item.metadata["file"], get_args(kinds[item.name])[1])
        for item in fields(Knowledge)
        if "file" in item.metadata
    )


@cache
def load() -> Knowledge:
    """The knowledge shipped with the program, read once: every record by topic and id, frozen.

    Raises KnowledgeError, which names file, record, key and cure, when a file cannot be used.
    """
    return read(Path(__file__).parent)


def read(folder: Path) -> Knowledge:
    """The knowledge in `folder`, checked as a whole. Raises KnowledgeError for the first fault."""
    found: dict[str, Any] = {
        topic.name: read_topic(folder, topic.file, topic.record) for topic in topics()
    }
    for topic in topics():
        check_references(found[topic.name], topic.file, found)
    knowledge = Knowledge(version=digest(folder, (topic.file for topic in topics())), **found)
    for topic in topics():
        for record in found[topic.name].values():
            for problem in record.problems(knowledge):
                raise KnowledgeError(
                    Place(topic.file, record.id, problem.key),
                    problem.what,
                    problem.cure,
                )
    return knowledge


def cited(knowledge: Knowledge) -> tuple[tuple[Topic, CitedRecord], ...]:
    """Every record that claims something, with its topic."""
    return tuple(
        (topic, record)
        for topic in topics()
        for record in getattr(knowledge, topic.name).values()
        if isinstance(record, CitedRecord)
    )
