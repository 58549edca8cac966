"""``{% once_token %}``: the hidden field that makes a form's write happen once."""

from __future__ import annotations

import secrets

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..audit.once import FIELD

register = template.Library()


@register.simple_tag
def once_token() -> SafeString:
    """A hidden input with a fresh random token; each load of a form gets its own."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_hex(16))
