"""Reads a FHIR R4 Questionnaire: the items whose answers are numbers, in the order of the form.

Understood are items of type `choice` whose options carry a number (`valueInteger`, or a coding
with an `ordinalValue` or `itemWeight` extension) and items of type `integer` with `minValue` and
`maxValue`. Groups are read through, `display` items are left out. Anything else could change what
a score means, and is refused: conditional items, options kept elsewhere, free text.
"""

import json
from collections.abc import Iterator
from typing import Any

from unknot.knowledge.decode import as_table
from unknot.knowledge.errors import KnowledgeError, Place
from unknot.knowledge.instruments import Item, Option

_WEIGHTS = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
)
_LIMIT = "http://hl7.org/fhir/StructureDefinition/{}"
_DEEPEST = 8


def parse_questionnaire(content: bytes, place: Place) -> tuple[str, tuple[Item, ...]]:
    """The copyright text and the items. Raises KnowledgeError for what is not understood."""
    resource = as_table(_json(content, place), place)
    if resource.get("resourceType") != "Questionnaire":
        cure = "Give a FHIR R4 Questionnaire, not an answer or a bundle"
        raise KnowledgeError(place.under("resourceType"), "is not Questionnaire", cure)
    copyright_text = resource.get("copyright")
    if not isinstance(copyright_text, str) or not copyright_text.strip():
        cure = "Say there who licensed the form to the practice"
        raise KnowledgeError(place.under("copyright"), "is missing", cure)
    items = tuple(_items(resource, place, 0))
    if not items:
        raise KnowledgeError(place.under("item"), "has no question with a number", "Add the items")
    for number, item in enumerate(items):
        if item.id in {earlier.id for earlier in items[:number]}:
            cure = "Give every item a linkId of its own"
            raise KnowledgeError(Place(place.file, item.id, "linkId"), "is used twice", cure)
    return copyright_text.strip(), items


def _json(content: bytes, place: Place) -> Any:
    try:
        return json.loads(content.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise KnowledgeError(place, "is not JSON in UTF-8", "Export the form again") from None


def _no_number(name: str) -> Any:
    raise ValueError(name)  # NaN and Infinity are no JSON


def _items(holder: dict[str, Any], place: Place, depth: int) -> Iterator[Item]:
    if depth > _DEEPEST:
        raise KnowledgeError(place, "is nested too deeply", "Put the items at the top")
    found = holder.get("item", [])
    if not isinstance(found, list):
        raise KnowledgeError(place.under("item"), "is not a list", "Write item as a list")
    for number, entry in enumerate(found):
        item = as_table(entry, place.under("item").under(number))
        where = Place(place.file, _text(item, "linkId", place.under("item").under(number)))
        if "enableWhen" in item:
            cure = "Ask every item of everybody"
            raise KnowledgeError(where.under("enableWhen"), "is not understood", cure)
        kind = item.get("type")
        if kind in ("choice", "integer"):
            yield _item(item, where)
        elif kind not in ("group", "display"):
            cure = "Use choice or integer, or take the item out"
            raise KnowledgeError(where.under("type"), "is not a number to score", cure)
        yield from _items(item, where, depth + 1)


def _item(item: dict[str, Any], place: Place) -> Item:
    options = _options(item, place) if item["type"] == "choice" else _steps(item, place)
    ordered = sorted(options, key=lambda option: option.value)
    if len({option.value for option in ordered}) < max(2, len(ordered)):
        cure = "Number every answer differently, and give at least two"
        raise KnowledgeError(place.under("answerOption"), "cannot be told apart", cure)
    return Item(
        id=place.record,
        text=_text(item, "text", place),
        low_means=ordered[0].text,
        high_means=ordered[-1].text,
        options=options,
    )


def _options(item: dict[str, Any], place: Place) -> tuple[Option, ...]:
    found = item.get("answerOption")
    if not isinstance(found, list) or not found:
        cure = "Write each answer as an answerOption of the item"
        raise KnowledgeError(place.under("answerOption"), "is missing", cure)
    return tuple(
        _option(as_table(entry, place.under("answerOption")), place.under(f"answerOption[{n}]"))
        for n, entry in enumerate(found, start=1)
    )


def _option(entry: dict[str, Any], place: Place) -> Option:
    if type(entry.get("valueInteger")) is int:
        return Option(value=entry["valueInteger"], text=str(entry["valueInteger"]))
    coding = as_table(entry.get("valueCoding", {}), place.under("valueCoding"))
    numbers = [*_weights(coding, place), *_weights(entry, place)]
    if len(numbers) != 1 or not (isinstance(numbers[0], int) or numbers[0].is_integer()):
        cure = "Give one whole number in an ordinalValue extension of its coding"
        raise KnowledgeError(place, "carries no number to score", cure)
    return Option(value=int(numbers[0]), text=_text(coding, "display", place))


def _weights(holder: dict[str, Any], place: Place) -> list[float]:
    return [
        extension["valueDecimal"]
        for extension in _extensions(holder, place)
        if extension.get("url") in _WEIGHTS and type(extension.get("valueDecimal")) in (int, float)
    ]


def _steps(item: dict[str, Any], place: Place) -> tuple[Option, ...]:
    """The whole numbers an `integer` item takes."""
    ends = []
    for name in ("minValue", "maxValue"):
        url = _LIMIT.format(name)
        found = [
            extension.get("valueInteger")
            for extension in _extensions(item, place)
            if extension.get("url") == url
        ]
        if len(found) != 1 or type(found[0]) is not int:
            cure = f"Give it once, as a whole number in an extension ({name})"
            raise KnowledgeError(place.under(name), "is missing", cure)
        ends.append(found[0])
    if not 0 < ends[1] - ends[0] <= 100:
        cure = "Use a span of 1 to 100 steps"
        raise KnowledgeError(place.under("maxValue"), "does not follow minValue", cure)
    return tuple(Option(value=step, text=str(step)) for step in range(ends[0], ends[1] + 1))


def _extensions(holder: dict[str, Any], place: Place) -> list[dict[str, Any]]:
    found = holder.get("extension", [])
    if not isinstance(found, list):
        raise KnowledgeError(place.under("extension"), "is not a list", "Write it as a list")
    return [as_table(one, place.under("extension")) for one in found]


def _text(holder: dict[str, Any], key: str, place: Place) -> str:
    found = holder.get(key)
    if not isinstance(found, str) or not found.strip():
        raise KnowledgeError(place.under(key), "is missing or blank", "Write the text")
    return found.strip()
