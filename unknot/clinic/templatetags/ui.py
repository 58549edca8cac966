"""Template tags for forms, icons and scripts. Available in every template without ``load``."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Textarea,
)
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..ui.icons import ICONS, STATES, TONES

register = template.Library()


@register.simple_tag
def script(name: str) -> SafeString:
    """Loads our ES module ``static/unknot/js/<name>.js``."""
    return format_html('<script type="module" src="{}"></script>', static(f"unknot/js/{name}.js"))


@register.simple_tag
def modules(names: str) -> SafeString:
    """Asks at once for the modules that those of a page load, which a slow line would otherwise
    fetch one after the other. `names` with spaces between them."""
    addresses = ((static(f"unknot/js/{name}.js"),) for name in names.split())
    return format_html_join("", '<link rel="modulepreload" href="{}">', addresses)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A line icon; hidden from screen readers unless it has a label. KeyError for a wrong name."""
    if label:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">'
            '<path d="{}"/></svg>',
            label,
            ICONS[name],
        )
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag
def tone_icon(tone: str) -> SafeString:
    """The shape that goes with a tone of a badge or an alert."""
    return icon(TONES.get(tone, "info"))


@register.simple_tag
def knot(state: str, number: int | str = "") -> SafeString | str:
    """What stands inside a stage's knot: a shape for a state that needs one, else its number."""
    return icon(STATES[state]) if state in STATES else str(number)


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """One question of a form with its label, help, error and control.

    ``look``: radio | checks | check | scale | chips | text (by default what the widget is).
    ``low`` and ``high``: the words at the ends of a scale. ``size``: short | medium.
    ``suffix``: a unit after the control. ``question``: set the label large, as in an interview.
    ``optional``: say that it may be left out.
    ``last``: the answer of last time, marked on a scale and not chosen.
    """
    look = options.get("look") or _look(bound)
    return {
        "bound": bound,
        "look": look,
        "grouped": look in ("radio", "checks", "scale", "chips"),
        "errors": [_plain(str(text), "Please answer this.") for text in bound.errors],
        "help_id": f"{bound.auto_id}_helptext",
        "error_id": f"{bound.auto_id}_error",
        "described_by": bound.aria_describedby or "",
        "size": options.get("size", ""),
        "suffix": options.get("suffix", ""),
        "low": options.get("low", ""),
        "high": options.get("high", ""),
        "question": options.get("question", False),
        "optional": options.get("optional", False),
        "plain": options.get("plain", False),
        "row": options.get("row", False),
        "last": options.get("last", ""),
        "first_id": _first_id(bound),
    }


def _plain(text: str, instead: str) -> str:
    """The words of an error; Django's usual words for a missing answer are replaced."""
    return instead if text == "This field is required." else text


def _look(bound: BoundField) -> str:
    widget = bound.field.widget
    chosen = widget.attrs.get("data-look", "")
    if chosen:
        return str(chosen)
    for kind, look in (
        (CheckboxSelectMultiple, "checks"),
        (RadioSelect, "radio"),
        (CheckboxInput, "check"),
        (Textarea, "textarea"),
    ):
        if isinstance(widget, kind):
            return look
    return "text"


def _first_id(bound: BoundField) -> str:
    """The id of the control an error leads to: the first of a group, else the only one."""
    return f"{bound.auto_id}_0" if bound.field.widget.use_fieldset else str(bound.id_for_label)


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*forms: BaseForm | None) -> dict[str, Any]:
    """What to put right, each line leading to its field. Empty when all is well."""
    lines: list[tuple[str, str]] = []
    for form in forms:
        if form is None or not form.errors:
            continue
        lines += [(str(text), "") for text in form.non_field_errors()]
        for bound in form:
            asks = f"Please answer: {bound.label}"
            lines += [(_plain(str(text), asks), _first_id(bound)) for text in bound.errors]
    return {"lines": lines}


@register.simple_tag
def scale_steps() -> range:
    """0 to 10, for ``ui/scale.html``."""
    return range(11)
