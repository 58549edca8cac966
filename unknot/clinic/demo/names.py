"""Plainly invented names: a plant, a bird or a stone, and a place that is on no map."""

from __future__ import annotations

import random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST = _words(
    "Alder Amaryllis Aspen Aster Basil Betony Briar Bryony Calla Cassia Cedar Celandine Clement"
    " Clover Coral Cosmo Damson Daphne Elder Ember Fennel Fern Finch Flint Garnet Ginevra Hawthorn"
    " Hazel Heath Iris Ivo Jasper Juniper Kestrel Lark Laurel Linden Linnea Lupin Mallow Marigold"
    " Marlow Merle Myrtle Nigel Odelia Olive Opal Orrin Oswin Pearl Peregrine Perrin Petra Piers"
    " Poppy Quill Reed Robin Rosemary Rowan Rufus Sage Senna Silas Sorrel Tamsin Tansy Teasel Thea"
    " Tilda Ulric Una Verbena Vesper Viola Wendel Willow Wren Yarrow Zinnia"
)
_FRONT = _words(
    "Amber Apple Barley Bramble Brook Candle Cinder Clay Copper Cotton Feather Frost Harbour"
    " Heather Honey Ivory Kettle Lantern Lavender Linen Maple Meadow Mill Moss Nettle Oat Otter"
    " Paper Pebble Pepper Quill River Saffron Silver Sparrow Thimble Thistle Umber Velvet Walnut"
    " Wheat Winter Wool"
)
_BACK = _words(
    "bank bourne combe croft dale fall field ford gate hurst leigh mere ridge stead well wick"
)


def invent(dice: random.Random, taken: set[str]) -> str:
    """A name nobody in ``taken`` has; it is added there."""
    while True:
        name = f"{dice.choice(FIRST)} {dice.choice(_FRONT)}{dice.choice(_BACK)}"
        if name not in taken:
            taken.add(name)
            return name


def email(name: str) -> str:
    """An address that can never be delivered (RFC 2606)."""
    return f"{name.lower().replace(' ', '.')}@example.invalid"
