// The body chart: tap or draw where it hurts, with finger, pen, mouse or keyboard. Everything it knows is in the
// hidden field and in the list of regions, which the server reads the same way when this script never ran.

import { MarkList } from "./body-list.js";
import { distanceToStroke, drawPanel, simplify } from "./body-marks.js";
import { neighbour, pan, readPanel, regionAt, splitByRegion, zoom } from "./body-panels.js";
import { Pencil } from "./body-pencil.js";

const MOST_MARKS = 200;
const MOST_POINTS = 2000;
const TAP_DISTANCE = 7; // CSS pixels a finger may slip and still tap
const AROUND_MARK = 32; // CSS pixels kept free around the place just marked, enough for its letter

class BodyChart {
  constructor(root) {
    this.root = root;
    this.edit = root.dataset.edit;
    this.panels = [...root.querySelectorAll("[data-panel]")].map((figure) => readPanel(figure));
    this.part("[data-needs-script]", (element) => { element.hidden = false; });
    root.classList.add("is-live");
    for (const button of root.querySelectorAll("[data-tab]")) {
      button.addEventListener("click", () => this.show(button.dataset.tab));
    }
    if (this.edit) this.startEditing();
  }

  part(selector, act) {
    for (const element of this.root.querySelectorAll(selector)) act(element);
  }

  show(tab) {
    this.root.dataset.show = tab;
    this.part("[data-tab]", (button) => button.setAttribute("aria-pressed", String(button.dataset.tab === tab)));
    if (!this.edit) return;
    this.whole();
    this.drawShown();
  }

  // --- Editing: set up ---------------------------------------------------------------------------------------

  startEditing() {
    const { root } = this;
    this.field = root.querySelector("[data-marks]");
    this.pencil = new Pencil(root.querySelector("canvas"));
    this.kinds = new Map();
    this.part("pattern", ({ dataset }) => {
      this.kinds.set(dataset.patternOf, { code: dataset.code, top: Number(dataset.top), label: dataset.label });
    });
    this.fixed = JSON.parse(root.dataset.fixed || "[]");
    this.names = new Map();
    for (const panel of this.panels) for (const [id, shape] of panel.shapes) this.names.set(id, shape.name);
    this.marks = JSON.parse(this.field.value || "[]");
    this.history = [this.marks];
    this.at = 0;
    this.brush = { kind: root.querySelector("[data-kind]").dataset.kind, intensity: 5 };
    this.chosen = null;
    this.list = new MarkList(root, this.panels, this.kinds, this.names);
    root.dataset.tool = "tap";
    root.querySelector("[data-from-list]")?.remove();
    this.listen();
    this.rove(this.panels[0].shapes.values().next().value.element);
    this.refresh();
  }

  listen() {
    const { root } = this;
    root.addEventListener("click", (event) => this.click(event));
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("marks:put", ({ detail }) => this.commit(detail.marks, "Put back."));
    root.addEventListener("change", (event) => this.listChanged(event));
    root.querySelector("[data-strength]").addEventListener("input", (event) => this.setIntensity(Number(event.target.value)));
    for (const panel of this.panels) {
      panel.map.addEventListener("pointerdown", (event) => this.down(event, panel));
      // The tools open under the finger: without this the browser would press whatever of them lies there.
      panel.map.addEventListener("touchend", (event) => event.cancelable && event.preventDefault(), { passive: false });
      panel.map.addEventListener("pointerover", (event) => this.nameUnder(event.target));
      panel.map.addEventListener("focusin", (event) => this.nameUnder(event.target));
    }
  }

  click(event) {
    const button = event.target.closest("button");
    if (!button || !this.root.contains(button)) return;
    const { tool, kind, do: deed } = button.dataset;
    if (tool) this.setTool(tool);
    if (kind) this.setKind(kind);
    if (deed) this[deed]();
  }

  setTool(tool) {
    this.root.dataset.tool = tool;
    this.part("[data-tool]", (button) => button.setAttribute?.("aria-pressed", String(button.dataset.tool === tool)));
    const words = { tap: "Tap where it hurts.", draw: "Draw where it hurts.", erase: "Tap a mark to take it away." };
    this.setName(words[tool]);
    this.choose(null);
  }

  // --- Marks and their history -------------------------------------------------------------------------------

  commit(marks, words) {
    const points = marks.reduce((sum, mark) => sum + (mark.stroke?.length ?? 0), 0);
    if (marks.length > MOST_MARKS || points > MOST_POINTS) {
      this.say("The chart is full. Take a mark away first.");
      return false;
    }
    this.history = [...this.history.slice(Math.max(0, this.at - 99), this.at + 1), marks];
    this.at = this.history.length - 1;
    this.marks = marks;
    this.refresh();
    if (words) this.say(words);
    return true;
  }

  undo() { this.step(-1, "Undone."); }

  redo() { this.step(1, "Done again."); }

  step(by, words) {
    if (!this.history[this.at + by]) return;
    this.at += by;
    this.marks = this.history[this.at];
    this.choose(null);
    this.refresh();
    this.say(words);
  }

  refresh() {
    this.field.value = JSON.stringify(this.marks);
    for (const panel of this.panels) panel.stale = true;
    this.drawShown();
    this.button("undo").disabled = this.at === 0;
    this.button("redo").disabled = this.at === this.history.length - 1;
    this.list.show(this.fixed, this.marks);
    this.root.dispatchEvent(new CustomEvent("marks", { bubbles: true, detail: { count: this.marks.length } }));
  }

  // Panels that are hidden are drawn when they are shown.
  drawShown() {
    for (const panel of this.panels) {
      if (!panel.stale || !panel.figure.offsetParent) continue;
      panel.stale = false;
      drawPanel(panel, [...this.fixed, ...this.marks], this.kinds, this.root.id);
    }
  }

  button(deed) { return this.root.querySelector(`[data-do="${deed}"]`); }

  say(words) { this.root.querySelector("[data-say]").textContent = words; }

  setName(words) { this.root.querySelector("[data-name]").textContent = words; }

  nameUnder(target) {
    const name = this.names.get(target.dataset?.region);
    if (name) this.setName(name);
  }

  listChanged(event) {
    const row = this.list.readRow(event.target);
    if (!row) return;
    const rest = this.marks.filter((mark) => mark.region !== row.region);
    const here = this.marks.filter((mark) => mark.region === row.region);
    if (!row.said) {
      this.commit(rest);
      return;
    }
    const changed = clean({ ...(here[0] ?? this.newMark(row.region)), ...row.said });
    this.commit([...rest, changed, ...here.slice(1)]);
  }

  // --- Choosing a region and saying what kind and how strong -------------------------------------------------

  newMark(region) {
    const seen = this.panels.find((panel) => panel.isMain && panel.shapes.has(region))
      ?? this.panels.find((panel) => panel.shapes.has(region));
    return { region, kind: this.brush.kind, view: seen.view, layer: this.edit, intensity: this.brush.intensity };
  }

  mark(region, view) {
    if (!this.marks.some((mark) => mark.region === region)) {
      const mark = clean({ ...this.newMark(region), view });
      if (!this.commit([...this.marks, mark], `Marked. ${this.list.words(mark)}. Now say what kind and how strong.`)) return;
    }
    this.choose(region);
  }

  choose(region) {
    this.chosen = region;
    this.root.querySelector("[data-editor]").hidden = !region;
    this.root.toggleAttribute("data-editing", Boolean(region));
    this.part(".is-chosen", (element) => element.classList.remove("is-chosen"));
    for (const panel of this.panels) panel.shapes.get(region)?.element.classList.add("is-chosen");
    if (!region) return;
    const mark = this.marks.find((one) => one.region === region);
    if (mark) this.brush = { kind: mark.kind, intensity: mark.intensity ?? this.brush.intensity };
    this.setName(this.names.get(region));
    this.showBrush();
    this.reveal(region);
  }

  // The place just marked, with its letter, stays in sight above the tools that are pinned under it.
  reveal(region) {
    const panel = this.panels.find((one) => one.shapes.has(region) && one.figure.offsetParent);
    if (!panel) return;
    const place = panel.shapes.get(region).element.getBoundingClientRect();
    const room = AROUND_MARK + panel.figure.querySelector("figcaption").offsetHeight;
    const tools = this.root.querySelector(".body-chart__tools").getBoundingClientRect().top;
    const floor = Math.min(tools, window.innerHeight) - AROUND_MARK;
    if (place.top < room) window.scrollBy(0, place.top - room);
    else if (place.bottom > floor) window.scrollBy(0, Math.min(place.bottom - floor, place.top - room));
  }

  showBrush() {
    const { kind, intensity } = this.brush;
    const { top } = this.kinds.get(kind);
    this.part("[data-kind]", (button) => button.setAttribute("aria-pressed", String(button.dataset.kind === kind)));
    const slider = this.root.querySelector("[data-strength]");
    slider.max = String(top);
    slider.value = String(Math.min(intensity, top));
    this.root.querySelector("[data-strength-said]").textContent = `${slider.value} of ${top}`;
  }

  setKind(kind) { this.changeChosen({ kind, intensity: Math.min(this.brush.intensity, this.kinds.get(kind).top) }); }

  setIntensity(intensity) { this.changeChosen({ kind: this.brush.kind, intensity }); }

  changeChosen(brush) {
    this.brush = brush;
    this.showBrush();
    const first = this.marks.find((mark) => mark.region === this.chosen);
    if (!first) return;
    const changed = { ...first, ...brush };
    this.commit(this.marks.map((mark) => (mark === first ? changed : mark)), this.list.words(changed));
  }

  remove() {
    const region = this.chosen;
    this.choose(null);
    this.commit(this.marks.filter((mark) => mark.region !== region), `${this.names.get(region)}: mark removed.`);
    this.focus(region);
  }

  done() {
    const region = this.chosen;
    this.choose(null);
    this.focus(region);
  }

  focus(region) {
    const panel = this.panels.find((one) => one.shapes.has(region) && one.figure.offsetParent);
    panel?.shapes.get(region).element.focus();
  }

  // --- Keyboard ----------------------------------------------------------------------------------------------

  rove(element) {
    this.stop?.setAttribute("tabindex", "-1");
    this.stop = element;
    element.setAttribute("tabindex", "0");
  }

  key(event) {
    const element = event.target.closest("[data-region]");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.target.closest("input[type=number]")) {
      event.preventDefault();
      if (event.shiftKey) this.redo(); else this.undo();
      return;
    }
    if (event.key === "Escape" && this.chosen) this.done();
    if (!element) return;
    const panel = this.panels.find((one) => one.map.contains(element));
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (way) {
      event.preventDefault();
      const next = neighbour(this.panels, panel, element.dataset.region, way);
      if (next) {
        this.rove(next);
        next.focus();
      }
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.mark(element.dataset.region, panel.view);
      this.root.querySelector("[data-kind][aria-pressed=true]").focus({ preventScroll: true });
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.chosen = element.dataset.region;
      this.remove();
    }
  }

  // --- Pointer: tap, draw, erase, and pan when zoomed --------------------------------------------------------

  down(event, panel) {
    if (event.button !== 0 || !event.isPrimary) return;
    const tool = this.root.dataset.tool;
    const region = event.target.dataset?.region;
    const pans = tool === "tap" && panel.zoomed;
    const draws = tool === "draw" || (tool === "tap" && event.pointerType !== "touch" && region && !pans);
    const start = [event.clientX, event.clientY];
    const inverse = panel.map.getScreenCTM().inverse();
    const toUnits = (x, y) => [inverse.a * x + inverse.e, inverse.d * y + inverse.f];
    const trip = { panel, points: [toUnits(...start)], moved: false, last: start, toUnits };
    const abort = new AbortController();
    const listen = (name, act) => panel.map.addEventListener(name, act, { signal: abort.signal });
    panel.map.setPointerCapture(event.pointerId);
    if (draws) this.pencil.open(this.colour());
    listen("pointermove", (move) => {
      trip.moved ||= Math.hypot(move.clientX - start[0], move.clientY - start[1]) > TAP_DISTANCE;
      if (pans) pan(panel, move, trip);
      else if (draws) this.pencil.move(move, trip);
      else if (tool === "erase") this.eraseAt(panel, toUnits(move.clientX, move.clientY));
    });
    listen("pointerup", () => {
      abort.abort();
      this.pencil.close();
      if (tool === "erase") this.eraseAt(panel, trip.points[0]);
      else if (draws && trip.moved) this.finishStroke(trip);
      else if (!trip.moved && region) this.tap(region, panel);
    });
    listen("pointercancel", () => {
      abort.abort();
      this.pencil.close();
    });
  }

  tap(region, panel) {
    const { element } = panel.shapes.get(region);
    this.rove(element);
    element.focus({ preventScroll: true });
    this.mark(region, panel.view);
  }

  colour() {
    const { top } = this.kinds.get(this.brush.kind);
    const step = Math.round((this.brush.intensity * 10) / top);
    return getComputedStyle(this.root).getPropertyValue(`--pain-${step}`) || "#a54";
  }

  finishStroke({ panel, points }) {
    const simple = simplify(points, 1.2).map(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10]);
    const parts = splitByRegion(panel, simple);
    if (!parts.length) return;
    const { kind, intensity } = this.brush;
    const drawn = parts.map(({ region, stroke }) => ({ region, kind, intensity, view: panel.view, layer: this.edit, stroke }));
    const names = [...new Set(drawn.map((mark) => this.names.get(mark.region)))].join(" and ");
    if (!this.commit([...this.marks, ...drawn], `Drawn on ${names}.`)) return;
    this.chooseDrawn(drawn[0]);
  }

  chooseDrawn(mark) {
    this.choose(mark.region);
    this.setName(this.names.get(mark.region));
  }

  eraseAt(panel, point) {
    const region = regionAt(panel, point);
    const hit = (mark) => (mark.stroke?.length ? distanceToStroke(point, mark.stroke) < 11 : mark.region === region);
    const kept = this.marks.filter((mark) => !hit(mark));
    if (kept.length < this.marks.length) this.commit(kept, "Mark removed.");
  }

  // --- Closer and back ---------------------------------------------------------------------------------------

  closer() {
    const region = this.chosen ?? this.stop.dataset.region;
    const shown = this.panels.filter((panel) => panel.figure.offsetParent);
    const { larger } = shown.find((one) => one.shapes.has(region))?.shapes.get(region).element.dataset ?? {};
    if (larger && larger !== this.root.dataset.show) {
      this.show(larger);
      return;
    }
    const panel = shown.find((one) => one.shapes.has(region)) ?? shown[0];
    const { x, y } = panel.shapes.get(region) ?? { x: panel.box.x + panel.box.width / 2, y: panel.box.y + 250 };
    zoom(panel, x, y, panel.zoomed ? Math.min(panel.zoomed * 1.5, 6) : 2.4);
    this.root.toggleAttribute("data-zoomed", true);
    this.button("whole").disabled = false;
  }

  whole() {
    for (const panel of this.panels) {
      panel.zoomed = 0;
      panel.look(panel.box.x, panel.box.y, panel.box.width, panel.box.height);
    }
    this.root.removeAttribute("data-zoomed");
    this.button("whole").disabled = true;
  }
}

function clean(mark) {
  return Object.fromEntries(Object.entries(mark).filter(([, value]) => value !== undefined && value !== null));
}

for (const root of document.querySelectorAll("[data-body-chart]")) new BodyChart(root);
