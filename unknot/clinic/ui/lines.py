"""Text of several lines, as long as the page that sent it counts it."""

from __future__ import annotations

from typing import Any

from django import forms


class LinesField(forms.CharField):
    """A text whose line ends count once. A browser counts one, and sends two."""

    def to_python(self, value: Any) -> str:
        """The text with plain line ends and without null letters, before its length is judged."""
        text = str(value or "").replace("\r\n", "\n").replace("\0", "")
        return super().to_python(text) or ""
