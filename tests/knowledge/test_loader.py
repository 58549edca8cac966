"""Knowledge files are read whole or refused with file, record, key and cure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, ClassVar, Literal

import pytest

import unknot.knowledge as knowledge_package
from unknot.knowledge import Knowledge, KnowledgeError, cited, load, read, topics
from unknot.knowledge.loader import (
    CitedRecord,
    Record,
    Ref,
    between,
    check_references,
    digest,
    read_topic,
    reference_topics,
)
from unknot.knowledge.when import When

SHIPPED = Path(knowledge_package.__file__).parent


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, kw_only=True)
class Part:
    weight: float
    made_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Thing(Record):
    TABLE: ClassVar[str] = "thing"
    name: str
    count: int = between(1, 5)
    works: bool = True
    colour: Colour = Colour.RED
    size: Literal["small", "large"] = "small"
    parts: tuple[Part, ...] = ()
    notes: Mapping[str, int] | None = None
    next: Annotated[str, Ref("things")] | None = None
    others: tuple[Annotated[str, Ref("things"), "sorted"], ...] = ()
    by_day: Mapping[str, Annotated[str, Ref("things")]] | None = None
    when: When | None = None


GOOD = """
[defaults]
count = 2
[[thing]]
id = "a"
name = "One"
works = false
colour = "blue"
size = "large"
parts = [{ weight = 1 }, { weight = 2.5, made_on = 2026-11-22 }]
notes = { x = 1 }
next = "b"
others = ["b"]
by_day = { monday = "b" }
[[thing]]
id = "b"
name = "Two"
count = 5
"""


def _read(tmp_path: Path, text: str) -> Mapping[str, Thing]:
    (tmp_path / "things.toml").write_text(text, encoding="utf-8")
    things = read_topic(tmp_path, "things.toml", Thing)
    check_references(things, "things.toml", {"things": things})
    return things


def test_a_sound_file_becomes_frozen_records(tmp_path: Path) -> None:
    things = _read(tmp_path, GOOD)
    assert things["a"].count == 2
    assert things["b"].count == 5
    assert things["a"].colour is Colour.BLUE
    assert things["a"].parts == (Part(weight=1.0), Part(weight=2.5, made_on=date(2026, 11, 22)))
    assert things["a"].notes == {"x": 1}
    with pytest.raises(TypeError):
        things["c"] = things["a"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'name = "One"',
            'nmae = "One"',
            "record a, key nmae: is not a key of this record. Did you",
        ),
        (
            'name = "One"',
            'name = "One"\nzzz = 1',
            "key zzz: is not a key of this record. Known ke",
        ),
        ('name = "One"\n', "", "record a, key name: is missing. Add name = ..."),
        ('name = "One"', "name = 3", "key name: is a whole number. Write text in quotes."),
        (
            'name = "One"',
            'name = "  "',
            "key name: is blank. Write the text, or leave the key out",
        ),
        ("works = false", 'works = "no"', "key works: is text in quotes. Write true or false."),
        ("count = 5", "count = true", "key count: is true or false. Write a whole number."),
        ("count = 5", "count = 5.5", "key count: is a number with a fraction."),
        ("count = 5", "count = 6", "record b, key count: 6 is out of range. Use 1 to 5."),
        (
            'colour = "blue"',
            'colour = "green"',
            '"green" is not one of its words. Use one of: red',
        ),
        ('colour = "blue"', "colour = 1", "key colour: is a whole number. Write text in quotes."),
        ('size = "large"', 'size = "huge"', "Use one of: small, large."),
        (
            "weight = 1 }",
            'weight = "1" }',
            "key parts[1].weight: is text in quotes. Write a number",
        ),
        ("weight = 1 }", "wait = 1 }", "key parts[1].wait: is not a key of this record. Did you"),
        (
            "made_on = 2026-11-22",
            'made_on = "x"',
            "key parts[2].made_on: is text in quotes. Write",
        ),
        ("made_on = 2026-11-22", "made_on = 2026-11-22T10:00:00", "Write a date such as 2026-11"),
        (
            "parts = [{ weight = 1 }, ",
            "parts = [7, ",
            "key parts[1]: is a whole number. Write a ta",
        ),
        (
            'others = ["b"]',
            'others = "b"',
            "key others: is text in quotes. Write a list in square",
        ),
        ('others = ["b"]', "others = []", "key others: is empty. Name at least one, or leave"),
        ('others = ["b"]', 'others = ["bb"]', '"bb" is not among the things. Did you mean b.'),
        (
            'others = ["b"]',
            'others = ["zz"]',
            '"zz" is not among the things. Add it to things.toml',
        ),
        ("notes = { x = 1 }", "notes = 1", "key notes: is a whole number. Write a table of keys"),
        ("notes = { x = 1 }", 'notes = { x = "" }', "key notes.x: is text in quotes."),
        ('next = "b"', 'next = "q"', 'record a, key next: "q" is not among the things.'),
        ('monday = "b"', 'monday = "q"', 'key by_day.monday: "q" is not among the things.'),
        ('id = "b"', 'id = "a"', "record a, key id: is used twice. Give every record an id"),
        ('id = "b"', 'id = ""', 'record number 2: has no id. Begin the record with id = "..."'),
        ('id = "b"', "id = 3", "record number 2: has no id."),
        (
            "[defaults]",
            "[default]",
            "things.toml: unknown table default. Use [[thing]] or [defaults]",
        ),
        ("[defaults]\ncount = 2", "defaults = 2", "key defaults: is a whole number."),
        ("[[thing]]", "[[thing", "things.toml: is not TOML"),
    ],
)
def test_it_refuses_a_fault_and_names_the_cure(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in GOOD
    with pytest.raises(KnowledgeError) as caught:
        _read(tmp_path, GOOD.replace(old, new))
    assert says in str(caught.value)
    assert caught.value.cure
    assert caught.value.place.file == "things.toml"


def test_it_refuses_one_bracket_a_missing_file_and_a_list_of_no_tables(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"Write \[\[thing\]\] with two brackets"):
        _read(tmp_path, "[thing]\nid = 'a'")
    with pytest.raises(KnowledgeError, match=r"is a whole number\. Write a table"):
        _read(tmp_path, "thing = [3]")
    with pytest.raises(KnowledgeError, match=r"other\.toml: is missing"):
        read_topic(tmp_path, "other.toml", Thing)
    (tmp_path / "raw.toml").write_bytes(b"\xff")
    with pytest.raises(KnowledgeError, match="is not TOML"):
        read_topic(tmp_path, "raw.toml", Thing)


def test_references_to_topics_are_known_and_exist() -> None:
    assert reference_topics(Thing) == {"things"}
    known = {topic.name for topic in topics()}
    for topic in topics():
        assert reference_topics(topic.record) <= known, topic.name


def test_the_digest_changes_with_any_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    (tmp_path / "b").write_text("2")
    before = digest(tmp_path, ["a", "b"])
    assert digest(tmp_path, ["b", "a"]) == before
    (tmp_path / "b").write_text("3")
    assert digest(tmp_path, ["a", "b"]) != before


# --- The shipped files -------------------------------------------------------------------------


def _broken(tmp_path: Path, file: str, change: Callable[[str], str]) -> KnowledgeError:
    """The error of the shipped knowledge with one file changed."""
    for topic in topics():
        text = (SHIPPED / topic.file).read_text("utf-8")
        changed = change(text) if topic.file == file else text
        assert topic.file != file or changed != text
        (tmp_path / topic.file).write_text(changed, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        read(tmp_path)
    return caught.value


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("doses.toml", "minutes_span = [30, 45]", "minutes_span = [45, 30]", "is no span"),
        ("doses.toml", 'conditions = ["CND-12"]\n', "", "key conditions: is missing"),
        ("techniques.toml", "seconds_low = 30", "seconds_low = 300", "is above seconds_high"),
        ("adverse_events.toml", 'fact = "AE-06"', 'fact = "AE-66"', '"AE-66" is no record'),
        (
            "measurement_errors.toml",
            "degrees_low = 6.0",
            "degrees_low = 16.0",
            "is above degrees_",
        ),
        ("measurement_errors.toml", '["neck"]', '["head"]', 'has no joint "head"'),
        ("visit_advice.toml", '"CLM-069"', '"CLM-999"', '"CLM-999" is not among the claims'),
        ("home_care.toml", '"SR-010"', '"SR-100"', '"SR-100" is not among the rules'),
        ("rules.toml", '{ id = "YIN14" }', '{ id = "YIN41" }', '"YIN41" is not among the sources'),
        ("rules.toml", '"TEC-CUP"', '"TEC-CAP"', '"TEC-CAP" is not among the techniques'),
        ("rules.toml", 'anticoagulant", is = true', 'anticoagulent", is = true', "is no question"),
        ("rules.toml", '"clot_now"', '"clot"', "heart_and_blood has no choice clot"),
        ("rules.toml", "at_least = 180", "at_least = 1800", "can never be 1800"),
        ("rules.toml", '"osteoporosis", is = true', '"osteoporosis", is = "yes"', "is yes or no"),
        ("rules.toml", '"osteoporosis", is = true', '"osteoporosis", above = 1', "is no number"),
        ("rules.toml", '["abdomen"]', '["tummy"]', 'has no group "tummy"'),
        ("rules.toml", "pressure_ceiling = 2", "pressure_ceiling = 0", "is not on the scale"),
        (
            "rules.toml",
            '["forearm", "wrist"',
            '["arms", "wrist"',
            'key gentle: has no group "arms"',
        ),
        ("rules.toml", "pain_cap = 3", "pain_cap = 11", "is not on the scale"),
        ("rules.toml", '["skin_where"]', '["skin"]', "skin names no groups"),
        ("rules.toml", 'same_as = "RF-NECK-01"\n', "", "is not the only reason to fire"),
        ("rules.toml", "overridable = false\n", "", "is true of a total contraindication"),
        (
            "rules.toml",
            'disposition = "adapt"\nurgency = "none"',
            'disposition = "adapt"\nurgency = "emergency_now"',
            "is true of an emergency",
        ),
        (
            "rules.toml",
            'clinician_review = "pending"',
            'clinician_review = "yes"',
            "Use one of: pend",
        ),
        (
            "rules.toml",
            "review_by = 2028-11-22",
            "review_by = 2026-11-22",
            "is not after reviewed_on",
        ),
        ("rules.toml", 'sources = [{ id = "CONV" }]\n', "", "key sources: is missing"),
        ("red_flags.toml", 'groups = ["upper_back"', 'groups = ["back"', 'has no group "back"'),
        ("red_flags.toml", 'same_as = "SR-002"\n', "", "is not the only reason to fire"),
        ("red_flags.toml", 'region = "lumbar"', 'region = "loin"', "is not one of its words"),
    ],
)
def test_a_fault_in_the_shipped_knowledge_is_caught(
    tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    error = _broken(tmp_path, file, lambda text: text.replace(old, new, 1))
    assert says in str(error)
    assert error.place.record


def test_the_shipped_knowledge_is_sound_dated_and_unsigned() -> None:
    knowledge = load()
    assert isinstance(knowledge, Knowledge)
    assert (len(knowledge.rules), len(knowledge.red_flags)) == (68, 45)
    assert len(knowledge.version) == 12
    for _, record in cited(knowledge):
        assert isinstance(record, CitedRecord)
        assert record.clinician_review == "pending"
        assert record.valid_from <= record.reviewed_on < record.review_by
        assert record.version.startswith("20")
        assert not record.is_overdue(record.review_by)
        assert record.is_overdue(date(2099, 1, 1))


def test_every_source_is_said_in_short_and_read_or_marked_as_remembered() -> None:
    for source in load().sources.values():
        assert source.short.startswith(source.authors)
    assert load().sources["CHE11"].short == "Cherkin DC and others, 2011"
    assert load().sources["CONV"].short == "Practice convention"
