"""Reads the colours of tokens.css and computes WCAG contrast from them."""

from __future__ import annotations

import math
import re
from pathlib import Path

TOKENS = Path(__file__).parents[2] / "unknot/clinic/static/unknot/css/tokens.css"
_COLOUR = re.compile(r"--([a-z0-9-]+):\s*oklch\(([\d.]+) ([\d.]+) ([\d.]+)(?: / [\d.]+)?\);")
_BLOCKS = {
    "day": ":root {\n  color-scheme: light;",
    "night by device": ":root:not([data-theme]) {",
    "night": '[data-theme="night"] {',
    "dim": '[data-theme="dim"] {',
}

Oklch = tuple[float, float, float]


def themes(css: str | None = None) -> dict[str, dict[str, Oklch]]:
    """Each theme's colours by role, as (lightness, chroma, hue)."""
    text = TOKENS.read_text() if css is None else css
    found = {}
    for theme, opening in _BLOCKS.items():
        start = text.index(opening) + len(opening)
        block = text[start : text.index("}", start)]
        found[theme] = {
            name: (float(light), float(chroma), float(hue))
            for name, light, chroma, hue in _COLOUR.findall(block)
        }
    return found


def luminance(colour: Oklch) -> float:
    """Relative luminance 0-1 as WCAG 2 defines it, after clipping to sRGB."""
    light, chroma, hue = colour
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(1.0, max(0.0, part)) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Oklch, other: Oklch) -> float:
    """WCAG contrast ratio, 1-21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
