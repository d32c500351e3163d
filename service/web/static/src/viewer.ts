// The evidence viewer: one world in pixels of the original frame.  A crop lies where it was cut out,
// the whole frame lies at the origin, so boxes, zoom and pan mean the same on both.
import OpenSeadragon from "openseadragon";

export type Box = [number, number, number, number];

export interface Layer {
  url: string;
  box: Box; // where this picture lies in the frame, pixels
}

export interface Mark {
  box: Box;
  label: string;
  kind: string; // suspect | support | manual
}

// A blob a picture: the service forbids storing pictures, so what was loaded ahead is kept here.
const KEPT = 12;
const blobs = new Map<string, Promise<string>>();

export function load(url: string): Promise<string> {
  const known = blobs.get(url);
  if (known) {
    blobs.delete(url);
    blobs.set(url, known);
    return known;
  }
  const fresh = fetch(url, { credentials: "same-origin" }).then(async (response) => {
    if (!response.ok) throw new Error(String(response.status));
    return URL.createObjectURL(await response.blob());
  });
  fresh.catch(() => blobs.delete(url));
  blobs.set(url, fresh);
  while (blobs.size > KEPT) {
    const [oldest, promise] = blobs.entries().next().value as [string, Promise<string>];
    blobs.delete(oldest);
    void promise.then((object) => URL.revokeObjectURL(object)).catch(() => undefined);
  }
  return fresh;
}

// OpenSeadragon puts a style sheet into the page, which our security policy forbids, unless it finds
// its own mark; what that sheet says stands in app.css.
// The mark is an element of no known kind: a browser that sees a style element checks it first.
if (!document.querySelector("style[data-openseadragon-mobile-css]")) {
  const mark = document.createElementNS("urn:deskcheck", "style");
  mark.setAttribute("data-openseadragon-mobile-css", "true");
  document.head.appendChild(mark);
}

const UNIT = 1000; // world units: thousands of pixels, which keeps OpenSeadragon's springs calm

function rectOf([x1, y1, x2, y2]: Box): OpenSeadragon.Rect {
  return new OpenSeadragon.Rect(x1 / UNIT, y1 / UNIT, (x2 - x1) / UNIT, (y2 - y1) / UNIT);
}

export class Stage {
  readonly osd: OpenSeadragon.Viewer;
  private home: Box = [0, 0, 1, 1];
  private marks: Mark[] = [];
  private marksShown = true;
  private generation = 0;

  constructor(element: HTMLElement) {
    this.osd = OpenSeadragon({
      element,
      drawer: "canvas",
      showNavigationControl: false,
      animationTime: 0.15,
      springStiffness: 10,
      maxZoomPixelRatio: 12,
      minZoomImageRatio: 0.5,
      visibilityRatio: 0.2,
      imageSmoothingEnabled: true,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
      gestureSettingsTouch: { clickToZoom: false, dblClickToZoom: true },
      keyboardNavEnabled: false,
      opacity: 1,
    } as OpenSeadragon.Options);
  }

  /** How the reader looks at the picture, relative to its home: kept from one finding to the next. */
  private pose(): { zoom: number; dx: number; dy: number } | undefined {
    if (!this.osd.world.getItemCount()) return undefined;
    const view = this.osd.viewport;
    const home = rectOf(this.home);
    const fitted = this.homeZoom();
    const centre = view.getCenter(false);
    const middle = home.getCenter();
    return {
      zoom: view.getZoom(false) / fitted,
      dx: (centre.x - middle.x) / home.width,
      dy: (centre.y - middle.y) / home.height,
    };
  }

  private homeZoom(): number {
    const home = rectOf(this.home);
    return 1 / Math.max(home.width, home.height * this.osd.viewport.getAspectRatio());
  }

  private assume(pose: { zoom: number; dx: number; dy: number }): void {
    const home = rectOf(this.home);
    const middle = home.getCenter();
    this.osd.viewport.zoomTo(this.homeZoom() * pose.zoom, undefined, true);
    this.osd.viewport.panTo(
      new OpenSeadragon.Point(middle.x + pose.dx * home.width, middle.y + pose.dy * home.height),
      true,
    );
  }

  fit(immediately = false): void {
    this.osd.viewport.fitBounds(rectOf(this.home), immediately);
  }

  zoomBy(factor: number): void {
    this.osd.viewport.zoomBy(factor);
  }

  /** Show another picture.  ``keep``: same look at the new home; ``stay``: same place in the frame. */
  async show(layer: Layer, home: Box, how: "keep" | "stay" | "fit"): Promise<boolean> {
    const generation = ++this.generation;
    const object = await load(layer.url);
    if (generation !== this.generation) return false;
    const pose = how === "keep" ? this.pose() : undefined;
    const first = !this.osd.world.getItemCount();
    await new Promise<void>((resolve, reject) => {
      this.osd.addTiledImage({
        tileSource: { type: "image", url: object, buildPyramid: false },
        x: layer.box[0] / UNIT,
        y: layer.box[1] / UNIT,
        width: (layer.box[2] - layer.box[0]) / UNIT,
        success: () => resolve(),
        error: () => reject(new Error("image")),
      } as unknown as OpenSeadragon.TileSourceSpecifier);
    });
    if (generation !== this.generation) return false;
    const count = this.osd.world.getItemCount();
    for (let i = count - 2; i >= 0; i--) this.osd.world.removeItem(this.osd.world.getItemAt(i));
    this.home = home;
    if (first || how === "fit") this.fit(true);
    else if (pose) this.assume(pose);
    return true;
  }

  setMarks(marks: Mark[]): void {
    this.marks = marks;
    this.draw();
  }

  toggleMarks(): boolean {
    this.marksShown = !this.marksShown;
    this.draw();
    return this.marksShown;
  }

  private draw(): void {
    this.osd.clearOverlays();
    if (!this.marksShown) return;
    for (const mark of this.marks) {
      const element = document.createElement("div");
      element.className = `mark mark-${mark.kind}`;
      const label = document.createElement("span");
      label.textContent = mark.label;
      element.appendChild(label);
      this.osd.addOverlay({ element, location: rectOf(mark.box) });
    }
  }

  /** Move with another stage: the reference beside the frame. */
  follow(other: Stage): void {
    let busy = false;
    const link = (from: Stage, to: Stage): void => {
      from.osd.addHandler("viewport-change", () => {
        if (busy || !to.osd.world.getItemCount()) return;
        busy = true;
        to.osd.viewport.fitBounds(from.osd.viewport.getBounds(true), true);
        busy = false;
      });
    };
    link(other, this);
    link(this, other);
  }

  /** Show the same place at once, before anything moves. */
  lookLike(other: Stage): void {
    this.osd.viewport.fitBounds(other.osd.viewport.getBounds(true), true);
  }

  pixelAt(clientX: number, clientY: number): [number, number] {
    const frame = this.osd.element.getBoundingClientRect();
    const point = this.osd.viewport.pointFromPixel(
      new OpenSeadragon.Point(clientX - frame.left, clientY - frame.top),
      true,
    );
    return [point.x * UNIT, point.y * UNIT];
  }

  setDragging(enabled: boolean): void {
    this.osd.setMouseNavEnabled(enabled);
  }
}
