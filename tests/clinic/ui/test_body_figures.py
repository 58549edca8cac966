"""The drawn figures: every region is there, left is left, and the files hold only drawing."""

from __future__ import annotations

import gzip
import re
from xml.etree import ElementTree

import pytest

from unknot.clinic.ui.body_figure import FIGURES, FOLDER, Figure, PanelArt, read_figure
from unknot.knowledge import load

ALLOWED = {"svg", "title", "g", "path", "text"}
MOST_COMPRESSED = 150_000
PAIRED_PANELS = ("front", "back", "head_front", "head_back", "hands_palm", "hands_back")
FEET = ("feet_top", "feet_sole")


def text_of(figure: str) -> str:
    return (FOLDER / f"{figure}.svg").read_text(encoding="utf-8")


def panel(figure: Figure, name: str) -> PanelArt:
    return next(art for art in read_figure(figure) if art.id == name)


@pytest.mark.parametrize("figure", FIGURES)
def test_every_region_is_drawn_on_every_figure(figure: Figure) -> None:
    drawn = {shape.region for art in read_figure(figure) for shape in art.shapes}
    assert drawn == set(load().regions)


def test_all_figures_show_the_same_regions_on_the_same_panels() -> None:
    def shown(figure: Figure) -> dict[str, set[str]]:
        return {art.id: {shape.region for shape in art.shapes} for art in read_figure(figure)}

    neutral = shown("neutral")
    for other in ("female", "male"):
        for name, regions in shown(other).items():
            missing = {r for r in regions ^ neutral[name] if load().regions[r].view == name}
            assert missing == set(), name


@pytest.mark.parametrize("figure", FIGURES)
def test_a_region_is_on_the_whole_figure_in_its_own_view(figure: Figure) -> None:
    for region in load().regions.values():
        homes = [art for art in read_figure(figure) if art.view == region.view]
        assert any(s.region == region.id for art in homes for s in art.shapes), region.id


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("name", [*PAIRED_PANELS, *FEET])
def test_left_is_on_the_viewers_right_in_front_and_on_the_left_behind(
    figure: Figure, name: str
) -> None:
    art = panel(figure, name)
    assert art.left_at == ("right" if art.view == "front" else "left")
    middle = art.x + art.width / 2
    opposite = {"left": "right", "right": "left"}
    for shape in art.shapes:
        side = load().regions[shape.region].side
        if side != "mid":
            seen_at = "right" if shape.x > middle else "left"
            assert seen_at == (art.left_at if side == "left" else opposite[art.left_at])


@pytest.mark.parametrize("figure", FIGURES)
def test_each_side_of_the_head_shows_only_that_side(figure: Figure) -> None:
    for side, other in (("left", "right"), ("right", "left")):
        regions = {shape.region for shape in panel(figure, f"head_{side}").shapes}
        assert {f"jaw_{side}", f"ear_{side}", f"temple_{side}"} <= regions
        assert not {f"jaw_{other}", f"ear_{other}", f"temple_{other}"} & regions


@pytest.mark.parametrize("figure", FIGURES)
def test_thumbs_point_to_the_middle_of_raised_hands(figure: Figure) -> None:
    for name in ("hands_palm", "hands_back"):
        spot = {shape.region: shape.x for shape in panel(figure, name).shapes}
        for side in ("left", "right"):
            middle = panel(figure, name).x + 260
            assert abs(spot[f"thumb_{side}"] - middle) < abs(
                spot[f"little_finger_{side}"] - middle
            )


@pytest.mark.parametrize("figure", FIGURES)
def test_each_finger_is_a_region_of_its_own_on_both_views_of_the_hand(figure: Figure) -> None:
    fingers = ("thumb", "index_finger", "middle_finger", "ring_finger", "little_finger")
    for name in ("hands_palm", "hands_back", "front", "back"):
        regions = {shape.region for shape in panel(figure, name).shapes}
        assert {f"{finger}_{side}" for finger in fingers for side in ("left", "right")} <= regions


def test_left_and_right_are_mirror_images_of_each_other() -> None:
    regions = load().regions
    for name in PAIRED_PANELS:
        art = panel("neutral", name)
        spots = {shape.region: shape for shape in art.shapes}
        for shape in art.shapes:
            twin = spots[regions[shape.region].mirror]
            assert abs(shape.x + twin.x - 2 * art.x - art.width) < 4, shape.region
            assert abs(shape.y - twin.y) < 4, shape.region


def test_neighbours_are_mirrored_too() -> None:
    regions = load().regions
    for region in regions.values():
        mirrored = {regions[other].mirror for other in region.adjacent}
        assert mirrored == set(regions[region.mirror].adjacent), region.id


@pytest.mark.parametrize("figure", FIGURES)
def test_middles_lie_on_their_panel(figure: Figure) -> None:
    for art in read_figure(figure):
        assert all(art.holds(shape.x, shape.y) for shape in art.shapes if art.id in FEET)
        for shape in art.shapes:
            assert art.x - 12 <= shape.x <= art.x + art.width + 12


@pytest.mark.parametrize("figure", FIGURES)
def test_the_file_is_light(figure: str) -> None:
    assert len(gzip.compress(text_of(figure).encode(), 9)) < MOST_COMPRESSED


@pytest.mark.parametrize("figure", FIGURES)
def test_the_file_holds_drawing_and_nothing_else(figure: str) -> None:
    text = text_of(figure)
    root = ElementTree.fromstring(text)
    tags = {element.tag.rsplit("}", 1)[-1] for element in root.iter()}
    names = {name for element in root.iter() for name in element.attrib}
    assert tags <= ALLOWED
    assert "style" not in names
    assert "id" not in names
    assert not any(name.startswith("on") or "href" in name for name in names)
    assert not re.search(r"<!|<\?|url\(|javascript:", text)


def test_the_licence_of_the_mesh_is_kept_beside_the_figures() -> None:
    notice = (FOLDER / "NOTICE.md").read_text(encoding="utf-8")
    assert "CC0 1.0 Universal" in notice
    assert "MakeHuman" in notice


def test_an_unknown_figure_is_refused() -> None:
    with pytest.raises(KeyError):
        read_figure("robot")  # type: ignore[arg-type]
