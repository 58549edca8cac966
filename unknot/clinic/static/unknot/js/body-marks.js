// Draws marks on the panels of a body chart, the same way unknot/clinic/ui/body_marks.py does on the server,
// and answers questions about strokes. No state lives here.

const SVG = "http://www.w3.org/2000/svg";
const STEPS = [0, 1, -1, 2, -2, 3, -3, 4, -4];

export function make(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function strength(mark, kind) {
  return mark.intensity == null ? "pain-none" : `pain-${Math.round((mark.intensity * 10) / kind.top)}`;
}

export function isClosed(stroke) {
  const xs = stroke.map((point) => point[0]);
  const ys = stroke.map((point) => point[1]);
  const size = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  const [first, last] = [stroke[0], stroke.at(-1)];
  return stroke.length > 4 && size > 16 && (first[0] - last[0]) ** 2 + (first[1] - last[1]) ** 2 < (0.3 * size) ** 2;
}

export function strokePath(stroke, closed) {
  const words = [`M${stroke[0][0]} ${stroke[0][1]}`];
  for (let i = 1; i < stroke.length - 1; i += 1) {
    const [[x0, y0], [x1, y1]] = [stroke[i], stroke[i + 1]];
    words.push(`Q${x0} ${y0} ${(x0 + x1) / 2} ${(y0 + y1) / 2}`);
  }
  words.push(stroke.length > 1 ? `L${stroke.at(-1)[0]} ${stroke.at(-1)[1]}` : "h.1");
  return words.join("") + (closed ? "z" : "");
}

// Fewer points, none further than `tolerance` user units from the line they leave (Douglas and Peucker).
export function simplify(points, tolerance) {
  if (points.length < 3) return points;
  const keep = new Set([0, points.length - 1]);
  const parts = [[0, points.length - 1]];
  while (parts.length) {
    const [from, to] = parts.pop();
    let worst = tolerance;
    let at = 0;
    for (let i = from + 1; i < to; i += 1) {
      const far = distanceToSegment(points[i], points[from], points[to]);
      if (far > worst) [worst, at] = [far, i];
    }
    if (at) {
      keep.add(at);
      parts.push([from, at], [at, to]);
    }
  }
  return points.filter((_, i) => keep.has(i));
}

export function distanceToSegment([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

export function distanceToStroke(point, stroke) {
  if (stroke.length === 1) return Math.hypot(point[0] - stroke[0][0], point[1] - stroke[0][1]);
  let least = Infinity;
  for (let i = 1; i < stroke.length; i += 1) least = Math.min(least, distanceToSegment(point, stroke[i - 1], stroke[i]));
  return least;
}

export function holds(panel, [x, y]) {
  const { box } = panel;
  return x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;
}

// Replaces everything drawn on one panel. `kinds` maps kind ids to { code, top }, `prefix` names the patterns.
export function drawPanel(panel, marks, kinds, prefix) {
  const painted = [];
  const placed = [];
  for (const mark of marks) {
    const kind = kinds.get(mark.kind);
    const shape = panel.shapes.get(mark.region);
    const here = mark.stroke?.length && holds(panel, mark.stroke[0]);
    if (here) painted.push(paintStroke(mark, kind, prefix));
    else if (!mark.stroke?.length && shape) painted.push(paintPath(mark, kind, shape.path, false, prefix));
    const plate = badge(panel, mark, kind, shape, here);
    if (plate) placed.push(free(plate, placed));
  }
  panel.drawn.replaceChildren(...painted);
  panel.badges.replaceChildren(...placed.map(drawBadge));
}

function paintStroke(mark, kind, prefix) {
  const closed = isClosed(mark.stroke);
  return paintPath(mark, kind, strokePath(mark.stroke, closed), !closed, prefix);
}

function paintPath(mark, kind, path, isLine, prefix) {
  const pattern = { class: isLine ? "mark__line-pattern" : "mark__pattern", d: path };
  pattern[isLine ? "stroke" : "fill"] = `url(#${prefix}-${mark.kind})`;
  return make(
    "g",
    { class: `mark ${strength(mark, kind)} mark--${mark.layer}` },
    make("path", { class: isLine ? "mark__line" : "mark__wash", d: path }),
    make("path", pattern),
  );
}

function badge(panel, mark, kind, shape, here) {
  if (!here && (!shape || (mark.stroke?.length && !(panel.isMain && panel.view === mark.view)))) return null;
  const text = kind.code + (mark.intensity ?? "");
  const width = (panel.isMain ? 46 : 34) * (0.55 + 0.15 * text.length);
  const height = panel.isMain ? 28 : 21;
  const plate = { text, width, height, css: `badge-mark ${strength(mark, kind)} mark--${mark.layer}` };
  if (here) return atStroke(panel, plate, mark.stroke);
  return shape.outside ? beside(panel, plate, shape) : inside(panel, plate, shape.x, shape.y);
}

function atStroke(panel, plate, stroke) {
  const xs = stroke.map((point) => point[0]);
  const ys = stroke.map((point) => point[1]);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  if (isClosed(stroke)) return inside(panel, plate, (left + right) / 2, (top + bottom) / 2);
  const mean = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const outward = mean >= panel.box.x + panel.box.width / 2 ? 1 : -1;
  const edge = outward > 0 ? right : left;
  return inside(panel, plate, edge + outward * (plate.width / 2 + 9), ys[xs.indexOf(edge)]);
}

function inside({ box }, plate, x, y) {
  const [w, h] = [plate.width / 2, plate.height / 2];
  return {
    ...plate,
    x: Math.min(Math.max(x, box.x + w), box.x + box.width - w),
    y: Math.min(Math.max(y, box.y + h), box.y + box.height - h),
  };
}

function beside(panel, plate, { x, y, outside }) {
  const [dx, dy] = [outside[0] - x, outside[1] - y];
  const length = Math.max(1, Math.hypot(dx, dy));
  const at = [outside[0] + (dx / length) * (plate.width / 2 + 4), outside[1] + (dy / length) * (plate.height / 2 + 4)];
  return { ...inside(panel, plate, ...at), pointing: [x, y] };
}

function free(one, placed) {
  for (const step of STEPS) {
    const y = one.y + step * (one.height + 2);
    const hits = (other) => Math.abs(one.x - other.x) < (one.width + other.width) / 2 && Math.abs(y - other.y) < one.height;
    if (!placed.some(hits)) return { ...one, y };
  }
  return one;
}

function drawBadge({ text, x, y, width, height, css, pointing }) {
  const leader = pointing ? [make("path", { class: "badge-mark__leader", d: `M${x} ${y}L${pointing.join(" ")}` })] : [];
  const label = make("text", { x, y, "font-size": height * 0.75 });
  label.textContent = text;
  const plate = make("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: 6 });
  return make("g", { class: css }, ...leader, plate, label);
}
