// The panels of the body chart: their regions, which of them lies where, and looking closer.

const SMALLEST_SHARE = 0.2; // of a stroke, before a region gets its own part of it

export function readPanel(figure) {
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

export function regionAt(panel, [x, y]) {
  const point = new DOMPoint(x, y);
  for (const [id, { element }] of panel.shapes) if (element.isPointInFill(point)) return id;
  return null;
}

// A stroke that crosses several regions becomes one part for each that holds enough of it.
export function splitByRegion(panel, stroke) {
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

// The nearest region that lies more in the wanted direction than across it, among the panels that are shown.
export function neighbour(panels, panel, region, [dx, dy]) {
  const from = panel.shapes.get(region);
  let best = null;
  let least = Infinity;
  for (const other of panels) {
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

export function zoom(panel, x, y, factor) {
  const { box } = panel;
  const [width, height] = [box.width / factor, box.height / factor];
  panel.zoomed = factor;
  panel.look(
    Math.max(box.x, Math.min(x - width / 2, box.x + box.width - width)),
    Math.max(box.y, Math.min(y - height / 2, box.y + box.height - height)),
    width,
    height,
  );
}

// Follows the finger: `trip.last` is where it was, in CSS pixels.
export function pan(panel, event, trip) {
  const unit = panel.perPixel();
  const { x, y, width, height } = panel.map.viewBox.baseVal;
  const [dx, dy] = [event.clientX - trip.last[0], event.clientY - trip.last[1]];
  trip.last = [event.clientX, event.clientY];
  zoom(panel, x + width / 2 - dx * unit, y + height / 2 - dy * unit, panel.zoomed);
}
