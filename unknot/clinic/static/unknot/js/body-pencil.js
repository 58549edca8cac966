// The pencil: the line under the finger while it is drawn, on a canvas above the chart.

export class Pencil {
  constructor(canvas) { this.canvas = canvas; }

  open(colour) {
    const { canvas } = this;
    const box = canvas.parentElement.getBoundingClientRect();
    const ratio = Math.min(window.devicePixelRatio, 2);
    canvas.hidden = false;
    [canvas.width, canvas.height] = [Math.round(box.width * ratio), Math.round(box.height * ratio)];
    this.pen = canvas.getContext("2d", { desynchronized: true });
    this.pen.setTransform(ratio, 0, 0, ratio, -box.left * ratio, -box.top * ratio);
    this.pen.strokeStyle = colour;
    this.pen.lineCap = this.pen.lineJoin = "round";
    this.pen.globalAlpha = 0.9;
  }

  // Only the new piece of the line is painted, so a long stroke costs no more than a short one.
  move(event, trip) {
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

  close() {
    this.pen = null;
    this.canvas.hidden = true;
  }
}
