// The marks in words, kept in step with the chart: the list of regions with its boxes, the lines under the
// chart, and what a screen reader is told about each region.

export class MarkList {
  constructor(root, panels, kinds, names) {
    Object.assign(this, { root, panels, kinds, names });
    this.lines = root.querySelector("[data-lines]");
    this.rows = new Map([...root.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row]));
    this.labelled = new Map();
    this.listed = new Map();
  }

  words(mark) {
    const kind = this.kinds.get(mark.kind);
    const amount = mark.intensity == null ? "" : `, ${mark.intensity} of ${kind.top}`;
    return `${this.names.get(mark.region)}: ${kind.label.toLowerCase()}${amount}`;
  }

  show(fixed, marks) {
    this.labelRegions(marks);
    this.fillRows(marks);
    this.fillLines([...fixed, ...marks]);
  }

  // Only regions whose words changed are touched.
  labelRegions(marks) {
    const marked = new Map();
    for (const mark of marks) marked.set(mark.region, [...(marked.get(mark.region) ?? []), this.words(mark)]);
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

  fillRows(marks) {
    const first = new Map();
    for (const mark of marks) if (!first.has(mark.region)) first.set(mark.region, mark);
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

  // The region whose row was changed and what it says now, null for none; null too where no row was changed.
  readRow(target) {
    const row = target.closest("[data-row]");
    if (!row) return null;
    const [box, kind, amount] = controls(row);
    if (target !== box) box.checked = true;
    if (!box.checked) return { region: row.dataset.row, said: null };
    const { top } = this.kinds.get(kind.value);
    const intensity = amount.value === "" ? undefined : Math.max(0, Math.min(top, Math.round(Number(amount.value))));
    return { region: row.dataset.row, said: { kind: kind.value, intensity } };
  }

  fillLines(marks) {
    const ordered = [...marks].sort((a, b) => (b.intensity ?? -1) - (a.intensity ?? -1));
    this.lines.replaceChildren(...ordered.map((mark) => this.line(mark)));
    for (const element of this.root.querySelectorAll("[data-none]")) element.hidden = ordered.length > 0;
  }

  line(mark) {
    const kind = this.kinds.get(mark.kind);
    const item = document.createElement("li");
    const code = document.createElement("span");
    item.className = `pain-${mark.intensity == null ? "none" : Math.round((mark.intensity * 10) / kind.top)}`;
    code.className = "body-chart__code";
    code.setAttribute("aria-hidden", "true");
    code.textContent = kind.code + (mark.intensity ?? "");
    item.append(code, ` ${this.words(mark)}`);
    return item;
  }
}

function controls(row) { return row.querySelectorAll("input[type=checkbox], select, input[type=number]"); }
