"""The body chart in a real browser: finger, pen, mouse, keyboard, and no script at all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.site import Site
from unknot.clinic.ui.body_figure import read_figure

ART = {art.id: art for art in read_figure("neutral")}
Devices = Callable[..., BrowserContext]


def spot(region: str, panel: str) -> tuple[float, float]:
    shape = next(shape for shape in ART[panel].shapes if shape.region == region)
    return shape.x, shape.y


class Chart:
    """The gallery's chart, with nothing marked."""

    def __init__(self, context: BrowserContext, site: Site, query: str = "?empty") -> None:
        self.page: Page = context.new_page()
        self.page.goto(f"{site.url}/gallery/body-chart/{query}")

    def marks(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.page.input_value("[data-marks]"))
        return found

    def at(self, region: str, panel: str, dx: float = 0, dy: float = 0) -> tuple[float, float]:
        """Where a region's middle is on the screen."""
        x, y = spot(region, panel)
        art = ART[panel]
        picture = self.page.locator(f"[data-panel={panel}] .body-chart__map")
        picture.scroll_into_view_if_needed()
        box = picture.bounding_box()
        assert box
        unit = box["width"] / art.width
        return box["x"] + (x + dx - art.x) * unit, box["y"] + (y + dy - art.y) * unit

    def focused(self) -> str:
        found: str = self.page.evaluate("document.activeElement.dataset.region || ''")
        return found

    def said(self) -> str:
        return self.page.locator("[data-say]").inner_text()

    def finger(self, *path: tuple[float, float]) -> None:
        """One touch that follows the path."""
        touch = self.page.context.new_cdp_session(self.page)
        kinds = ["touchStart", *["touchMove"] * (len(path) - 1)]
        for kind, (x, y) in zip(kinds, path, strict=True):
            points = [{"x": x, "y": y}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.fixture
def desk(new_context: Devices, site: Site) -> Chart:
    return Chart(new_context(width=1280), site)


@pytest.fixture
def phone(new_context: Devices, site: Site) -> Chart:
    return Chart(new_context(width=390, has_touch=True, is_mobile=True), site)


def test_a_click_marks_the_region_and_asks_what_kind_and_how_strong(desk: Chart) -> None:
    desk.page.mouse.click(*desk.at("low_back_right", "back"))
    (mark,) = desk.marks()
    assert (mark["region"], mark["view"], mark["layer"]) == ("low_back_right", "back", "client")
    desk.page.click("[data-kind=burning]")
    desk.page.fill("[data-strength]", "8")
    assert desk.marks()[0]["kind"] == "burning"
    assert desk.marks()[0]["intensity"] == 8
    assert desk.said() == "Low back, right: burning, 8 of 10"
    assert desk.page.locator("[data-panel=back] .badge-mark text").text_content() == "B8"


def test_a_finger_taps_a_region(phone: Chart) -> None:
    phone.page.tap("[data-tab=back]")
    phone.finger(phone.at("neck_back_left", "back"))
    assert [mark["region"] for mark in phone.marks()] == ["neck_back_left"]
    assert phone.page.locator("[data-editor]").is_visible()


@pytest.mark.parametrize("region", ["low_back_right", "calf_left", "neck_back_left"])
def test_the_place_just_marked_stays_in_sight_above_the_tools(phone: Chart, region: str) -> None:
    phone.page.tap("[data-tab=back]")
    phone.page.locator(f"[data-panel=back] [data-region={region}]").tap()
    (mark,) = phone.marks()
    assert (mark["region"], mark["kind"]) == (region, "ache"), "the tap went on to the tools"
    letter = phone.page.locator("[data-panel=back] .badge-mark rect").bounding_box()
    tools = phone.page.locator(".body-chart__tools").bounding_box()
    assert letter
    assert tools
    assert letter["y"] >= 0
    assert letter["y"] + letter["height"] <= tools["y"]


def test_a_finger_draws_and_the_drawing_is_simplified(phone: Chart) -> None:
    phone.page.tap("[data-tool=draw]")
    x, y = phone.at("thigh_front_right", "front", dy=-40)
    phone.finger(*[(x + step % 3, y + step * 2) for step in range(40)])
    (mark,) = phone.marks()
    assert mark["region"] == "thigh_front_right"
    assert 2 <= len(mark["stroke"]) < 30


def test_a_little_finger_is_large_enough_for_a_thumb_on_a_phone(phone: Chart) -> None:
    phone.page.tap("[data-tab=hands]")
    phone.finger(phone.at("little_finger_left", "hands_palm"))
    phone.page.tap("[data-do=done]")
    phone.finger(phone.at("little_finger_right", "hands_back"))
    assert {mark["region"] for mark in phone.marks()} == {
        "little_finger_left",
        "little_finger_right",
    }


def test_a_stroke_over_two_regions_is_shared_between_them(desk: Chart) -> None:
    desk.page.click("[data-tool=draw]")
    start, end = desk.at("mid_back_right", "back"), desk.at("low_back_right", "back")
    desk.page.mouse.move(*start)
    desk.page.mouse.down()
    for step in range(1, 31):
        wobble = 5 if step % 2 else 0
        desk.page.mouse.move(
            start[0] + (end[0] - start[0]) * step / 30 + wobble,
            start[1] + (end[1] - start[1]) * step / 30,
        )
    desk.page.mouse.up()
    assert {mark["region"] for mark in desk.marks()} == {"mid_back_right", "low_back_right"}


def test_the_mouse_draws_without_choosing_a_tool(desk: Chart) -> None:
    x, y = desk.at("calf_left", "back")
    desk.page.mouse.move(x, y)
    desk.page.mouse.down()
    desk.page.mouse.move(x + 4, y + 30, steps=6)
    desk.page.mouse.up()
    assert len(desk.marks()[0]["stroke"]) >= 2


def test_undo_redo_and_erase(desk: Chart) -> None:
    desk.page.mouse.click(*desk.at("low_back_left", "back"))
    desk.page.mouse.click(*desk.at("low_back_right", "back"))
    assert len(desk.marks()) == 2
    desk.page.click("[data-do=undo]")
    assert len(desk.marks()) == 1
    desk.page.keyboard.press("Control+Shift+Z")
    assert len(desk.marks()) == 2
    desk.page.keyboard.press("Control+z")
    desk.page.click("[data-do=redo]")
    desk.page.click("[data-tool=erase]")
    desk.page.mouse.click(*desk.at("low_back_left", "back"))
    assert [mark["region"] for mark in desk.marks()] == ["low_back_right"]


def test_the_keyboard_does_everything(desk: Chart) -> None:
    page = desk.page
    page.focus("[data-panel=back] [data-region=low_back_left]")
    page.keyboard.press("ArrowRight")
    assert desk.focused() == "low_spine_mid"
    page.keyboard.press("ArrowRight")
    assert desk.focused() == "low_back_right"
    page.keyboard.press("ArrowUp")
    assert desk.focused() == "mid_back_right"
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert label == "Middle back, right"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.kind") == "ache"
    assert "Middle back, right: ache" in desk.said()
    page.keyboard.press("Escape")
    assert desk.focused() == "mid_back_right"
    pressed = page.evaluate("document.activeElement.getAttribute('aria-pressed')")
    assert pressed == "true"
    page.keyboard.press("Delete")
    assert desk.marks() == []


def test_each_region_can_be_reached_with_the_arrows(desk: Chart) -> None:
    reached = desk.page.evaluate(
        """() => {
        const names = new Set();
        const regions = [...document.querySelectorAll('[data-panel=front] [data-region]')];
        const press = (element, key) => element.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        const queue = [regions[0]];
        while (queue.length) {
          const element = queue.pop();
          if (names.has(element)) continue;
          names.add(element);
          for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
            element.focus();
            press(element, key);
            if (document.activeElement.dataset.region) queue.push(document.activeElement);
          }
        }
        return regions.filter((one) => !names.has(one)).map((one) => one.dataset.region);
        }"""
    )
    assert reached == []


def test_only_one_region_is_in_the_tab_order(desk: Chart) -> None:
    assert desk.page.locator("[data-region][tabindex='0']").count() == 1


def test_the_list_and_the_drawing_stay_in_step(desk: Chart) -> None:
    page = desk.page
    page.click("[data-list] summary")
    page.check("[data-row=elbow_back_left] input[type=checkbox]")
    assert desk.marks()[0]["region"] == "elbow_back_left"
    page.select_option("[data-row=elbow_back_left] select", "stiff")
    page.fill("[data-row=elbow_back_left] input[type=number]", "4")
    page.keyboard.press("Tab")
    assert desk.marks()[0] | {"layer": ""} == {
        "region": "elbow_back_left", "kind": "stiff", "view": "back", "layer": "", "intensity": 4,
    }  # fmt: skip
    page.uncheck("[data-row=elbow_back_left] input[type=checkbox]")
    assert desk.marks() == []


def test_closer_shows_small_parts_enlarged_and_others_nearer(desk: Chart) -> None:
    page = desk.page
    page.mouse.click(*desk.at("little_finger_left", "front"))
    page.click("[data-do=closer]")
    assert page.get_attribute("[data-body-chart]", "data-show") == "hands"
    page.click("[data-tab=front]")
    page.mouse.click(*desk.at("low_back_left", "back"))
    page.click("[data-do=closer]")
    assert page.get_attribute("[data-panel=back] .body-chart__map", "viewBox") != ART["back"].box
    assert page.locator("[data-panel=back] .body-chart__side--left").inner_text() == "L"
    page.click("[data-do=whole]")
    box = page.get_attribute("[data-panel=back] .body-chart__map", "viewBox") or ""
    assert [float(number) for number in box.split()] == [520, 0, 520, 1000]


def test_what_is_drawn_is_what_the_server_reads(desk: Chart) -> None:
    desk.page.mouse.click(*desk.at("jaw_left", "front"))
    desk.page.mouse.click(*desk.at("low_back_left", "back"))
    desk.page.click("main form button[type=submit]")
    expect(desk.page.locator("text=2 marks")).to_have_count(1)


def test_without_a_script_the_list_answers(new_context: Devices, site: Site) -> None:
    chart = Chart(new_context(width=390, java_script_enabled=False), site)
    page = chart.page
    assert not page.locator("[data-needs-script]").first.is_visible()
    page.click("[data-list] summary")
    page.check("[data-row=low_back_left] input[type=checkbox]")
    page.select_option("[data-row=low_back_left] select", "sharp")
    page.fill("[data-row=low_back_left] input[type=number]", "7")
    page.click("main form button[type=submit]")
    expect(page.locator("text=1 marks")).to_have_count(1)
    expect(page.locator(".body-chart__lines li")).to_have_text(re.compile("sharp, 7 of 10$"))


def test_the_therapist_writes_over_the_clients_drawing(new_context: Devices, site: Site) -> None:
    chart = Chart(new_context(width=1280), site, "?edit=therapist")
    before = chart.page.locator("[data-panel=back] .mark--client").count()
    chart.page.mouse.click(*chart.at("mid_back_left", "back"))
    assert chart.marks()[-1]["layer"] == "therapist"
    assert {mark["layer"] for mark in chart.marks()} == {"therapist"}
    assert chart.page.locator("[data-panel=back] .mark--client").count() == before


FRAMES = """async () => {
  const gaps = [];
  let last = performance.now();
  let on = true;
  const tick = (now) => {
    gaps.push(now - last);
    last = now;
    if (on) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  window.stopFrames = () => { on = false; return gaps.slice(2); };
}"""


def test_drawing_keeps_up_on_a_slow_phone(phone: Chart) -> None:
    page = phone.page
    page.tap("[data-tool=draw]")
    x, y = phone.at("thigh_front_left", "front", dy=-60)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.evaluate(FRAMES)
    phone.finger(*[(x + 14 * (step % 2), y + step * 0.6) for step in range(150)])
    gaps = sorted(page.evaluate("stopFrames()"))
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    assert gaps[len(gaps) // 2] < 34, f"median frame {gaps[len(gaps) // 2]:.1f} ms"
    assert len(phone.marks()) >= 1
