// The body chart: tap or draw where it hurts, with finger, pen, mouse or keyboard. Everything it knows is in the
// hidden field and in the list of regions, which the server reads the same way when this script never ran.

import { distanceToStroke, drawPanel, simplify } from "./body-marks.js";

const MOST_MARKS = 200;
const MOST_POINTS = 2000;
const TAP_DISTANCE = 7; // CSS pixels a finger may slip and still tap
const AROUND_MARK = 32; // CSS pixels kept free around the place just marked, enough for its letter
const SMALLEST_SHARE = 0.2; // of a stroke, before a region gets its own part of it

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
    this.canvas = root.querySelector("canvas");
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
    this.labelled = new Map();
    this.listed = new Map();
    this.rows = new Map([...root.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row]));
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
    this.labelRegions();
    this.fillList();
    this.fillLines();
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

  words(mark) {
    const kind = this.kinds.get(mark.kind);
    const amount = mark.intensity == null ? "" : `, ${mark.intensity} of ${kind.top}`;
    return `${this.names.get(mark.region)}: ${kind.label.toLowerCase()}${amount}`;
  }

  say(words) { this.root.querySelector("[data-say]").textContent = words; }

  setName(words) { this.root.querySelector("[data-name]").textContent = words; }

  nameUnder(target) {
    const name = this.names.get(target.dataset?.region);
    if (name) this.setName(name);
  }

  // Only regions whose words changed are touched.
  labelRegions() {
    const marked = new Map();
    for (const mark of this.marks) {
      marked.set(mark.region, [...(marked.get(mark.region) ?? []), this.words(mark)]);
    }
    for (const id of new Set([...marked.keys(), ...this.labelled.keys()])) {
      const label = marked.get(id)?.join("; ");
      if (label === this.labelled.get(id)) continue;
      for (const { shapes } of this.panels) {
        const shape = shapes.get(id);
        shape?.element.setAttribute("aria-label", label ?? shape.name);
        shape?.element.setAttribute("aria-pressed", String(Boolean(label)));
      }
      if (label) this.labelled.set(id, label); else this.labelled.delete(id);
    }
  }

  // --- The list and the words, kept in step ------------------------------------------------------------------

  fillList() {
    const first = new Map();
    for (const mark of this.marks) if (!first.has(mark.region)) first.set(mark.region, mark);
    for (const id of new Set([...first.keys(), ...this.listed.keys()])) {
      const mark = first.get(id);
      if (mark === this.listed.get(id)) continue;
      const [box, kind, amount] = controls(this.rows.get(id));
      box.checked = Boolean(mark);
      if (mark) kind.value = mark.kind;
      amount.value = mark?.intensity ?? "";
    }
    this.listed = first;
  }

  listChanged(event) {
    const row = event.target.closest("[data-row]");
    if (!row) return;
    const [box, kind, amount] = controls(row);
    const region = row.dataset.row;
    if (event.target !== box) box.checked = true;
    const rest = this.marks.filter((mark) => mark.region !== region);
    if (!box.checked) {
      this.commit(rest);
      return;
    }
    const { top } = this.kinds.get(kind.value);
    const intensity = amount.value === "" ? undefined : Math.max(0, Math.min(top, Math.round(Number(amount.value))));
    const here = this.marks.filter((mark) => mark.region === region);
    const changed = clean({ ...(here[0] ?? this.newMark(region)), kind: kind.value, intensity });
    this.commit([...rest, changed, ...here.slice(1)]);
  }

  fillLines() {
    const list = this.root.querySelector("[data-lines]");
    const ordered = [...this.fixed, ...this.marks].sort((a, b) => (b.intensity ?? -1) - (a.intensity ?? -1));
    list.replaceChildren(...ordered.map((mark) => {
      const kind = this.kinds.get(mark.kind);
      const item = document.createElement("li");
      const code = document.createElement("span");
      item.className = `pain-${mark.intensity == null ? "none" : Math.round((mark.intensity * 10) / kind.top)}`;
      code.className = "body-chart__code";
      code.setAttribute("aria-hidden", "true");
      code.textContent = kind.code + (mark.intensity ?? "");
      item.append(code, ` ${this.words(mark)}`);
      return item;
    }));
    this.part("[data-none]", (element) => { element.hidden = ordered.length > 0; });
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
      if (!this.commit([...this.marks, mark], `Marked. ${this.words(mark)}. Now say what kind and how strong.`)) return;
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
    this.commit(this.marks.map((mark) => (mark === first ? changed : mark)), this.words(changed));
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
      const next = this.neighbour(panel, element.dataset.region, way);
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

  // The nearest region that lies more in the wanted direction than across it, among the panels that are shown.
  neighbour(panel, region, [dx, dy]) {
    const from = panel.shapes.get(region);
    let best = null;
    let least = Infinity;
    for (const other of this.panels) {
      if (!other.figure.offsetParent) continue;
      for (const shape of other.shapes.values()) {
        const ahead = (shape.x - from.x) * dx + (shape.y - from.y) * dy;
        const aside = Math.abs((shape.x - from.x) * dy + (shape.y - from.y) * dx);
        const cost = ahead + 2 * aside + (other === panel ? 0 : 150);
        if (ahead > 1 && aside < ahead * 1.6 && cost < least) [best, least] = [shape.element, cost];
      }
    }
    return best;
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
    if (draws) this.openPencil();
    listen("pointermove", (move) => {
      trip.moved ||= Math.hypot(move.clientX - start[0], move.clientY - start[1]) > TAP_DISTANCE;
      if (pans) this.pan(panel, move, trip);
      else if (draws) this.pencil(move, trip);
      else if (tool === "erase") this.eraseAt(panel, toUnits(move.clientX, move.clientY));
    });
    listen("pointerup", () => {
      abort.abort();
      this.closePencil();
      if (tool === "erase") this.eraseAt(panel, trip.points[0]);
      else if (draws && trip.moved) this.finishStroke(trip);
      else if (!trip.moved && region) this.tap(region, panel);
    });
    listen("pointercancel", () => {
      abort.abort();
      this.closePencil();
    });
  }

  tap(region, panel) {
    const { element } = panel.shapes.get(region);
    this.rove(element);
    element.focus({ preventScroll: true });
    this.mark(region, panel.view);
  }

  openPencil() {
    const { canvas } = this;
    const box = canvas.parentElement.getBoundingClientRect();
    const ratio = Math.min(window.devicePixelRatio, 2);
    canvas.hidden = false;
    [canvas.width, canvas.height] = [Math.round(box.width * ratio), Math.round(box.height * ratio)];
    this.pen = canvas.getContext("2d", { desynchronized: true });
    this.pen.setTransform(ratio, 0, 0, ratio, -box.left * ratio, -box.top * ratio);
    const style = getComputedStyle(this.root);
    const { top } = this.kinds.get(this.brush.kind);
    this.pen.strokeStyle = style.getPropertyValue(`--pain-${Math.round((this.brush.intensity * 10) / top)}`) || "#a54";
    this.pen.lineCap = this.pen.lineJoin = "round";
    this.pen.globalAlpha = 0.9;
  }

  // Only the new piece of the line is painted, so a long stroke costs no more than a short one.
  pencil(event, trip) {
    if (!this.pen) return;
    const steps = event.getCoalescedEvents?.() ?? [];
    this.pen.lineWidth = 11 / trip.panel.perPixel();
    this.pen.beginPath();
    this.pen.moveTo(...trip.last);
    for (const step of steps.length ? steps : [event]) {
      trip.last = [step.clientX, step.clientY];
      trip.points.push(trip.toUnits(...trip.last));
      this.pen.lineTo(...trip.last);
    }
    this.pen.stroke();
  }

  closePencil() {
    this.pen = null;
    this.canvas.hidden = true;
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
    this.zoom(panel, x, y, panel.zoomed ? Math.min(panel.zoomed * 1.5, 6) : 2.4);
  }

  zoom(panel, x, y, factor) {
    const { box } = panel;
    const [width, height] = [box.width / factor, box.height / factor];
    panel.zoomed = factor;
    panel.look(
      Math.max(box.x, Math.min(x - width / 2, box.x + box.width - width)),
      Math.max(box.y, Math.min(y - height / 2, box.y + box.height - height)),
      width,
      height,
    );
    this.root.toggleAttribute("data-zoomed", true);
    this.button("whole").disabled = false;
  }

  pan(panel, event, trip) {
    const unit = panel.perPixel();
    const { x, y, width, height } = panel.map.viewBox.baseVal;
    const [dx, dy] = [event.clientX - trip.last[0], event.clientY - trip.last[1]];
    trip.last = [event.clientX, event.clientY];
    this.zoom(panel, x + width / 2 - dx * unit, y + height / 2 - dy * unit, panel.zoomed);
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

function readPanel(figure) {
  const [x, y, width, height] = figure.dataset.box.split(" ").map(Number);
  const map = figure.querySelector(".body-chart__map");
  const picture = figure.querySelector(".body-chart__figure");
  const shapes = new Map();
  for (const element of figure.querySelectorAll("[data-region]")) shapes.set(element.dataset.region, readShape(element));
  return {
    figure,
    map,
    shapes,
    box: { x, y, width, height },
    view: figure.dataset.view,
    tab: figure.dataset.panelTab,
    isMain: ["front", "back"].includes(figure.dataset.panel),
    drawn: figure.querySelector("[data-drawn]"),
    badges: figure.querySelector("[data-badges]"),
    zoomed: 0,
    look: (...box) => { for (const svg of [map, picture]) svg.setAttribute("viewBox", box.join(" ")); },
    perPixel: () => map.viewBox.baseVal.width / map.getBoundingClientRect().width,
  };
}

function readShape(element) {
  const [x, y] = element.dataset.middle.split(" ").map(Number);
  const outside = element.dataset.outside?.split(" ").map(Number);
  const name = element.querySelector("title").textContent;
  for (const [attribute, value] of Object.entries({ role: "button", tabindex: "-1", "aria-label": name, "aria-pressed": "false" })) {
    element.setAttribute(attribute, value);
  }
  return { element, x, y, outside, path: element.getAttribute("d"), name };
}

function controls(row) { return row.querySelectorAll("input[type=checkbox], select, input[type=number]"); }

function regionAt(panel, [x, y]) {
  const point = new DOMPoint(x, y);
  for (const [id, { element }] of panel.shapes) if (element.isPointInFill(point)) return id;
  return null;
}

// A stroke that crosses several regions becomes one part for each that holds enough of it.
function splitByRegion(panel, stroke) {
  const regions = stroke.map((point) => regionAt(panel, point));
  const counts = new Map();
  for (const region of regions) if (region) counts.set(region, (counts.get(region) ?? 0) + 1);
  if (!counts.size) return [];
  const main = [...counts].sort((a, b) => b[1] - a[1])[0][0];
  const owner = (region) => (region && counts.get(region) >= stroke.length * SMALLEST_SHARE ? region : null);
  const parts = [];
  let current = regions.map(owner).find(Boolean) ?? main;
  for (let i = 0; i < stroke.length; i += 1) {
    const region = owner(regions[i]) ?? current;
    if (!parts.length || region !== current) {
      parts.push({ region, stroke: parts.length ? [stroke[i - 1]] : [] });
      current = region;
    }
    parts.at(-1).stroke.push(stroke[i]);
  }
  return parts;
}

function clean(mark) {
  return Object.fromEntries(Object.entries(mark).filter(([, value]) => value !== undefined && value !== null));
}

for (const root of document.querySelectorAll("[data-body-chart]")) new BodyChart(root);
