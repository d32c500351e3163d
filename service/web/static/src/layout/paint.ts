// What is drawn over the picture: zones, what is picked with its handles, a plane's grid.
import { toPicture } from "./lens";
import type { Area, Camera, Picked, Point } from "./model";
import { areasOf } from "./outline";

const NS = "http://www.w3.org/2000/svg";
export const HANDLE = 7; // px on the screen

export interface Scene {
  camera: Camera;
  picked: Picked;
  points: Point[]; // of what is picked
  handles: boolean; // whether they can be dragged now
  label: string; // of the picked zone
  grid: [Point, Point][];
  off: number[]; // cm, a point of the picked plane
  drawn: Point[]; // a polygon on its way
  hover: Point | undefined;
}

export function make<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number>,
  parent: Element,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  parent.appendChild(element);
  return element;
}

/** Draws into a layer that lies in pixels of a picture; `unit`: picture pixels a screen pixel. */
export class Painter {
  constructor(
    private readonly layer: SVGGElement,
    private readonly size: [number, number],
    private readonly unit: number,
  ) {}

  paint(scene: Scene): void {
    const { camera, picked } = scene;
    for (const what of ["ignore", "clock"] as const)
      areasOf(camera, what).forEach((polygon, index) =>
        this.shape(what, index, polygon, what, picked),
      );
    (camera.zones ?? []).forEach((zone, index) =>
      this.shape("zone", index, zone.polygon, zone.kind, picked),
    );
    const zone = picked?.what === "zone" ? camera.zones?.[picked.index] : undefined;
    if (zone) this.label(zone.polygon, scene.label);
    if (picked?.what === "plane") this.plane(camera, scene.grid);
    if (picked && scene.handles) this.handles(picked, scene.points, scene.off);
    if (scene.drawn.length) this.rubber(scene.drawn, scene.hover);
  }

  private px([x, y]: Point): Point {
    return [x * this.size[0], y * this.size[1]];
  }

  private text(points: Point[]): string {
    return points.map((p) => this.px(p).map((v) => v.toFixed(1)).join(",")).join(" ");
  }

  private shape(
    what: Area,
    index: number,
    polygon: Point[],
    kind: string,
    picked: Picked,
  ): void {
    const on = picked?.what === what && picked.index === index;
    const dim = picked?.what === "plane";
    make(
      "polygon",
      {
        points: this.text(polygon),
        class: `zone zone-${kind}${on ? " is-on" : ""}${dim ? " is-dim" : ""}`,
        "data-shape": `${what}:${index}`,
      },
      this.layer,
    );
  }

  private label(polygon: Point[], words: string): void {
    const top = polygon.reduce((a, b) => (b[1] < a[1] ? b : a), [0.5, 1] as Point);
    const [x, y] = this.px(top);
    const text = make(
      "text",
      { x, y: y - 9 * this.unit, class: "zone-label", "font-size": 13 * this.unit, "text-anchor": "middle" },
      this.layer,
    );
    text.textContent = words;
  }

  private plane(camera: Camera, grid: [Point, Point][]): void {
    for (const [a, b] of grid) {
      // a straight line on the surface may be bent in the picture: a few pieces show it
      const piece: Point[] = [];
      for (let i = 0; i <= 8; i++) {
        const t = i / 8;
        const at: Point = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
        piece.push(toPicture(camera.lens, at, this.size));
      }
      make("polyline", { points: this.text(piece), class: "grid-line" }, this.layer);
    }
  }

  private handles(picked: NonNullable<Picked>, points: Point[], off: number[]): void {
    const unit = this.unit;
    if (picked.what !== "plane") {
      points.forEach((a, i) => {
        const b = points[(i + 1) % points.length] as Point;
        const [x, y] = this.px([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
        const side = HANDLE * unit;
        make(
          "rect",
          { x: x - side / 2, y: y - side / 2, width: side, height: side, class: "edge", "data-edge": i },
          this.layer,
        );
      });
    }
    points.forEach((point, i) => {
      const [x, y] = this.px(point);
      const dot = make(
        "circle",
        { cx: x, cy: y, r: HANDLE * unit, class: "handle", "data-point": i, tabindex: 0, role: "button" },
        this.layer,
      );
      dot.setAttribute("aria-label", `${i + 1}`);
      if (picked.point === i) dot.classList.add("is-on");
      if (picked.what === "plane") {
        const text = make(
          "text",
          { x: x + 11 * unit, y: y - 8 * unit, class: "zone-label", "font-size": 13 * unit },
          this.layer,
        );
        const cm = off[i];
        text.textContent = cm === undefined ? `${i + 1}` : `${i + 1} · ${cm.toFixed(1)} cm`;
      }
    });
  }

  private rubber(drawn: Point[], hover: Point | undefined): void {
    const line = hover ? [...drawn, hover] : drawn;
    make("polyline", { points: this.text(line), class: "rubber" }, this.layer);
    drawn.forEach((point, i) => {
      const [cx, cy] = this.px(point);
      const r = (i === 0 ? HANDLE * 1.3 : HANDLE * 0.8) * this.unit;
      make("circle", { cx, cy, r, class: i === 0 ? "handle is-first" : "handle" }, this.layer);
    });
  }
}
