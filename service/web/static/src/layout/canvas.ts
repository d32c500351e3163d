// The picture with what is drawn on it: SVG in pixels of the picture, so zooming is the view box.
// What pointer and keys do; the drawing itself is in paint.ts, the points' own changes in outline.ts.
import { round, type Area, type Camera, type Picked, type Point } from "./model";
import { dropPoint, insertPoint, pointsOf, putPoint } from "./outline";
import { HANDLE, make, Painter } from "./paint";

export type Mode = "select" | "draw" | "ignore" | "clock";

export interface Hooks {
  camera(): Camera | undefined;
  picked(): Picked;
  pick(picked: Picked): void;
  label(index: number): string; // of a zone
  before(): void; // a drag begins
  moved(): void; // while it goes on
  changed(): void; // when it is done
  closed(points: Point[]): void; // a polygon was drawn
  clicked(at: Point): void; // a place in the picture, for planes
  grid(): [Point, Point][];
  off(): number[]; // cm, a point of the picked plane
}

export class Canvas {
  mode: Mode = "select";
  private size: [number, number] = [1920, 1080];
  private view = { x: 0, y: 0, w: 1920, h: 1080 };
  private drawn: Point[] = [];
  private hover: Point | undefined;
  private readonly image: SVGImageElement;
  private readonly layer: SVGGElement;
  private drag:
    | { kind: "pan"; x: number; y: number; moved: boolean }
    | { kind: "point"; index: number }
    | { kind: "shape"; at: Point }
    | undefined;

  constructor(
    readonly svg: SVGSVGElement,
    private readonly hooks: Hooks,
  ) {
    this.image = make("image", { x: 0, y: 0, preserveAspectRatio: "none" }, svg);
    this.layer = make("g", {}, svg);
    svg.addEventListener("pointerdown", (event) => this.down(event));
    svg.addEventListener("pointermove", (event) => this.move(event));
    svg.addEventListener("pointerup", (event) => this.up(event));
    svg.addEventListener("dblclick", (event) => {
      if (this.mode !== "select" && this.drawn.length >= 3) {
        event.preventDefault();
        this.drawn.pop(); // the second click of the double click
        this.close();
      }
    });
    svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    svg.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.fit()).observe(svg);
  }

  setPicture(url: string | undefined, size: [number, number]): void {
    const other = this.size[0] !== size[0] || this.size[1] !== size[1];
    this.size = size;
    this.image.setAttribute("width", String(size[0]));
    this.image.setAttribute("height", String(size[1]));
    if (url) this.image.setAttribute("href", url);
    else this.image.removeAttribute("href");
    if (other || !url) this.fit();
    this.draw();
  }

  fit(): void {
    const [w, h] = this.size;
    const box = this.svg.getBoundingClientRect();
    if (!box.width || !box.height) return;
    const scale = Math.max(w / box.width, h / box.height);
    const [vw, vh] = [box.width * scale, box.height * scale];
    this.view = { x: (w - vw) / 2, y: (h - vh) / 2, w: vw, h: vh };
    this.draw();
  }

  zoom(factor: number, clientX?: number, clientY?: number): void {
    const box = this.svg.getBoundingClientRect();
    const fx = clientX === undefined ? 0.5 : (clientX - box.left) / box.width;
    const fy = clientY === undefined ? 0.5 : (clientY - box.top) / box.height;
    const w = Math.min(this.size[0] * 4, Math.max(this.size[0] / 40, this.view.w / factor));
    const h = (w * this.view.h) / this.view.w;
    this.view = {
      x: this.view.x + (this.view.w - w) * fx,
      y: this.view.y + (this.view.h - h) * fy,
      w,
      h,
    };
    this.draw();
  }

  setMode(mode: Mode): void {
    this.mode = mode;
    this.drawn = [];
    this.svg.classList.toggle("is-drawing", mode !== "select");
    this.draw();
  }

  /** The part of the picture in sight, 0..1. */
  middle(): { at: Point; w: number; h: number } {
    const [w, h] = this.size;
    return {
      at: [(this.view.x + this.view.w / 2) / w, (this.view.y + this.view.h / 2) / h],
      w: Math.min(1, this.view.w / w),
      h: Math.min(1, this.view.h / h),
    };
  }

  private unit(): number {
    return this.view.w / Math.max(1, this.svg.getBoundingClientRect().width);
  }

  private normAt(event: { clientX: number; clientY: number }): Point {
    const box = this.svg.getBoundingClientRect();
    const x = this.view.x + ((event.clientX - box.left) / box.width) * this.view.w;
    const y = this.view.y + ((event.clientY - box.top) / box.height) * this.view.h;
    return [round(x / this.size[0]), round(y / this.size[1])];
  }

  private px([x, y]: Point): Point {
    return [x * this.size[0], y * this.size[1]];
  }

  /** The points of what is picked, as they lie in the picture. */
  points(): Point[] {
    return pointsOf(this.hooks.camera(), this.hooks.picked(), this.size);
  }

  /** Put a point of what is picked where it was clicked in the picture. */
  place(index: number, at: Point): void {
    this.put(index, at);
    this.draw();
  }

  private put(index: number, at: Point): void {
    putPoint(this.hooks.camera(), this.hooks.picked(), index, at, this.size);
  }

  private down(event: PointerEvent): void {
    if (event.button > 1) return;
    const target = event.target as Element;
    if (this.mode !== "select" && event.button === 0) {
      event.preventDefault();
      const at = this.normAt(event);
      const first = this.drawn[0];
      if (first && this.drawn.length >= 3 && this.near(first, at)) return this.close();
      this.drawn.push(at);
      this.svg.focus();
      this.draw();
      return;
    }
    const handle = target.getAttribute("data-point");
    const edge = target.getAttribute("data-edge");
    this.svg.setPointerCapture(event.pointerId);
    if (handle !== null) {
      this.hooks.before();
      this.drag = { kind: "point", index: Number(handle) };
      const picked = this.hooks.picked();
      if (picked) this.hooks.pick({ ...picked, point: Number(handle) });
      return;
    }
    if (edge !== null) {
      this.hooks.before();
      this.insert(Number(edge) + 1, this.normAt(event));
      this.drag = { kind: "point", index: Number(edge) + 1 };
      return;
    }
    const shape = target.closest("[data-shape]");
    if (shape && this.hooks.picked()?.what !== "plane") {
      const [what, index] = (shape.getAttribute("data-shape") ?? "").split(":");
      const before = this.hooks.picked();
      const same = !!before && before.what === what && before.index === Number(index);
      this.hooks.pick({ what: what as Area, index: Number(index) });
      if (same) {
        this.hooks.before();
        this.drag = { kind: "shape", at: this.normAt(event) };
        return;
      }
    }
    this.drag = { kind: "pan", x: event.clientX, y: event.clientY, moved: false };
  }

  private near(a: Point, b: Point): boolean {
    const [ax, ay] = this.px(a);
    const [bx, by] = this.px(b);
    return Math.hypot(ax - bx, ay - by) < this.unit() * HANDLE * 1.6;
  }

  private move(event: PointerEvent): void {
    if (this.mode !== "select") {
      this.hover = this.normAt(event);
      if (this.drawn.length) this.draw();
      return;
    }
    if (!this.drag) return;
    if (this.drag.kind === "pan") {
      const unit = this.unit();
      const [dx, dy] = [event.clientX - this.drag.x, event.clientY - this.drag.y];
      if (!this.drag.moved && Math.hypot(dx, dy) < 4) return;
      this.view.x -= dx * unit;
      this.view.y -= dy * unit;
      this.drag = { kind: "pan", x: event.clientX, y: event.clientY, moved: true };
      this.draw();
    } else if (this.drag.kind === "point") {
      this.put(this.drag.index, this.normAt(event));
      this.draw();
      this.hooks.moved();
    } else {
      const at = this.normAt(event);
      const [dx, dy] = [at[0] - this.drag.at[0], at[1] - this.drag.at[1]];
      const points = this.points();
      if (points.every(([x, y]) => x + dx >= 0 && x + dx <= 1 && y + dy >= 0 && y + dy <= 1)) {
        points.forEach(([x, y], i) => this.put(i, [x + dx, y + dy]));
        this.drag.at = at;
        this.draw();
      }
    }
  }

  private up(event: PointerEvent): void {
    const drag = this.drag;
    this.drag = undefined;
    if (!drag) return;
    if (drag.kind === "pan") {
      if (!drag.moved) {
        if (this.hooks.picked()?.what === "plane") this.hooks.clicked(this.normAt(event));
        else if (!(event.target as Element).closest("[data-shape]")) this.hooks.pick(undefined);
      }
      return;
    }
    this.hooks.changed();
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    this.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, event.clientX, event.clientY);
  }

  private insert(index: number, at: Point): void {
    const picked = this.hooks.picked();
    if (picked && insertPoint(this.hooks.camera(), picked, index, at)) {
      this.hooks.pick({ ...picked, point: index });
    }
  }

  private key(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    if (this.mode !== "select") {
      if (event.key === "Enter") this.close();
      else if (event.key === "Backspace") this.drawn.pop();
      else if (event.key === "Escape") {
        if (!this.drawn.length) return;
        this.drawn = [];
      } else return;
      event.preventDefault();
      event.stopPropagation();
      this.draw();
      return;
    }
    const handle = (event.target as Element).getAttribute("data-point");
    const steps: Record<string, Point> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const step = steps[event.key];
    if (step && this.hooks.picked()) {
      event.preventDefault();
      const far = event.shiftKey ? 10 : 1;
      const [dx, dy] = [(step[0] * far) / this.size[0], (step[1] * far) / this.size[1]];
      this.hooks.before();
      const points = this.points();
      if (handle !== null) {
        const [x, y] = points[Number(handle)] as Point;
        this.put(Number(handle), [x + dx, y + dy]);
      } else if (this.hooks.picked()?.what !== "plane") {
        points.forEach(([x, y], i) => this.put(i, [x + dx, y + dy]));
      }
      this.hooks.changed();
      this.draw();
      this.focusPoint(handle);
    }
    if (handle === null) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      event.stopPropagation();
      this.removePoint(Number(handle));
    }
    if (event.key === "Insert" || event.key === "i") {
      event.preventDefault();
      const points = this.points();
      const [a, b] = [points[Number(handle)], points[(Number(handle) + 1) % points.length]];
      if (!a || !b) return;
      this.hooks.before();
      this.insert(Number(handle) + 1, [round((a[0] + b[0]) / 2), round((a[1] + b[1]) / 2)]);
      this.hooks.changed();
      this.draw();
      this.focusPoint(String(Number(handle) + 1));
    }
  }

  removePoint(index: number): void {
    const picked = this.hooks.picked();
    if (!picked) return;
    this.hooks.before();
    if (!dropPoint(this.hooks.camera(), picked, index)) return;
    this.hooks.pick({ what: picked.what, index: picked.index });
    this.hooks.changed();
    this.draw();
    this.focusPoint(String(Math.max(0, index - 1)));
  }

  focusPoint(handle: string | null): void {
    if (handle !== null) this.layer.querySelector<SVGElement>(`[data-point="${handle}"]`)?.focus();
  }

  private close(): void {
    const points = this.drawn;
    if (points.length < 3) return;
    this.drawn = [];
    this.hooks.closed(points);
  }

  draw(): void {
    const { x, y, w, h } = this.view;
    this.svg.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    this.layer.textContent = "";
    const camera = this.hooks.camera();
    if (!camera) return;
    const picked = this.hooks.picked();
    new Painter(this.layer, this.size, this.unit()).paint({
      camera,
      picked,
      points: this.points(),
      handles: this.mode === "select",
      label: picked?.what === "zone" ? this.hooks.label(picked.index) : "",
      grid: picked?.what === "plane" ? this.hooks.grid() : [],
      off: picked?.what === "plane" ? this.hooks.off() : [],
      drawn: this.drawn,
      hover: this.hover,
    });
  }
}
