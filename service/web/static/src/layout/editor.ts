// The editor's state: the draft, what is picked, and who must be drawn again.
import { Canvas, type Mode } from "./canvas";
import { w } from "./dom";
import { Draft, freshId, round, type Camera, type Data, type Picked, type Point } from "./model";
import { isThere } from "./outline";
import { post, Refused } from "../http";
import { toast } from "../toast";

export interface Names {
  kinds: { id: string; name: string; desk: boolean; hall: boolean }[];
  classes: Record<string, string>;
}

export interface Fit {
  missing: number;
  residual_cm: number | null;
  checked: boolean;
  good: boolean;
  good_cm: number;
  off_cm: number[];
  px_per_cm: number | null;
  grid: [Point, Point][];
}

export interface LayoutFault {
  message: string;
  line?: number;
  field?: string;
  path?: (string | number)[];
  places?: string[];
}

export class Editor {
  draft: Draft;
  cameraId = "";
  picked: Picked;
  tab = "zones";
  newKind = "desk_top";
  newDesk = "";
  fit: Fit | undefined;
  fault: LayoutFault | undefined;
  /** What the plane's own answer says: it must never clear what a save was refused for. */
  fitFault: LayoutFault | undefined;
  /** The known point's field to type in next, once it is drawn. */
  wanted = "";
  readonly canvas: Canvas;
  readonly api: string;
  /** A refusal that nobody has seen yet: it gets the focus once it is drawn. */
  faultNew = false;
  private asking = 0;
  private sending = 0;
  private saving = false;
  private timer = 0;
  redraw: () => void = () => undefined;
  cameraChanged: () => void = () => undefined;

  constructor(
    readonly hall: string,
    readonly names: Names,
    svg: SVGSVGElement,
    data: Data,
    version: number,
  ) {
    this.api = `/api/v1/halls/${hall}`;
    this.draft = new Draft(data, version);
    this.cameraId = data.cameras[0]?.id ?? "";
    this.newDesk = data.desks[0]?.id ?? "";
    this.canvas = new Canvas(svg, {
      camera: () => this.camera,
      picked: () => this.picked,
      pick: (picked) => this.pick(picked),
      label: (index) => this.zoneName(index),
      before: () => this.draft.mark(),
      moved: () => this.ask(),
      changed: () => this.changed(),
      closed: (points) => this.closed(points),
      clicked: (at) => this.clicked(at),
      grid: () => this.fit?.grid ?? [],
      off: () => this.fit?.off_cm ?? [],
    });
  }

  get data(): Data {
    return this.draft.data;
  }

  get camera(): Camera | undefined {
    return this.data.cameras.find((camera) => camera.id === this.cameraId);
  }

  get size(): [number, number] {
    return this.camera?.size ?? [1920, 1080];
  }

  kindName(kind: string): string {
    return this.names.kinds.find((k) => k.id === kind)?.name ?? kind;
  }

  deskName(id: string | null | undefined): string {
    if (!id) return w("hall-own");
    const desk = this.data.desks.find((d) => d.id === id);
    return desk?.name ? `${desk.name} ${id}` : id;
  }

  zoneName(index: number): string {
    const zone = this.camera?.zones?.[index];
    if (!zone) return "";
    const kind = this.kindName(zone.kind);
    return zone.desk ? `${zone.desk} ${kind}` : kind;
  }

  pick(picked: Picked): void {
    const other = picked?.what !== this.picked?.what || picked?.index !== this.picked?.index;
    this.picked = picked;
    if (other && picked) this.tab = picked.what === "plane" ? "planes" : "zones";
    if (other) {
      this.fit = undefined;
      this.ask();
    }
    this.redraw();
  }

  /** One change of the draft, which undo takes back. */
  change(work: () => void): void {
    this.draft.change(work);
    this.changed();
  }

  changed(): void {
    this.ask();
    this.redraw();
  }

  undo(back: boolean): void {
    if (back) this.draft.undo();
    else this.draft.redo();
    if (!this.camera) this.useCamera(this.data.cameras[0]?.id ?? "");
    if (this.picked && !(this.camera && isThere(this.camera, this.picked))) this.picked = undefined;
    this.changed();
  }

  useCamera(id: string): void {
    this.cameraId = id;
    this.picked = undefined;
    this.fit = undefined;
    this.canvas.setMode("select");
    this.cameraChanged();
    this.redraw();
  }

  startDrawing(mode: Exclude<Mode, "select">): void {
    this.picked = undefined;
    this.tab = "zones";
    this.canvas.setMode(mode);
    this.redraw();
    this.canvas.svg.focus();
  }

  stopDrawing(): void {
    this.canvas.setMode("select");
    this.redraw();
  }

  /** A quadrilateral in the middle of what is in sight: then the keyboard moves its points. */
  addQuad(): void {
    const { at, w: width, h: height } = this.canvas.middle();
    const [dx, dy] = [width * 0.1, height * 0.1];
    const corners: Point[] = [
      [at[0] - dx, at[1] - dy],
      [at[0] + dx, at[1] - dy],
      [at[0] + dx, at[1] + dy],
      [at[0] - dx, at[1] + dy],
    ];
    this.closed(corners.map(([x, y]) => [round(x), round(y)]));
    this.canvas.draw();
    this.canvas.focusPoint("0");
  }

  private closed(points: Point[]): void {
    const camera = this.camera;
    if (!camera) return;
    const mode = this.canvas.mode;
    this.canvas.setMode("select");
    this.draft.mark();
    if (mode === "clock") {
      camera.clock = points; // a recorder writes one time: the new place is in place of the old
      this.pick({ what: "clock", index: 0 });
    } else if (mode === "ignore") {
      camera.ignore = [...(camera.ignore ?? []), points];
      this.pick({ what: "ignore", index: camera.ignore.length - 1 });
    } else {
      const kind = this.names.kinds.find((k) => k.id === this.newKind);
      const zone = { kind: this.newKind, polygon: points } as NonNullable<Camera["zones"]>[0];
      const desk = this.newDesk || (kind?.desk ? this.data.desks[0]?.id : "");
      if (desk) zone.desk = desk;
      camera.zones = [...(camera.zones ?? []), zone];
      this.pick({ what: "zone", index: camera.zones.length - 1 });
    }
    this.changed();
  }

  addPlane(): void {
    const camera = this.camera;
    if (!camera) return;
    const taken = (camera.planes ?? []).map((p) => p.id);
    this.change(() => {
      const id = taken.includes("floor") ? freshId(taken, "plane") : "floor";
      camera.planes = [...(camera.planes ?? []), { id, kind: "floor", points: [] }];
    });
    this.pick({ what: "plane", index: (camera.planes ?? []).length - 1 });
  }

  private clicked(at: Point): void {
    const camera = this.camera;
    const plane = this.picked && camera?.planes?.[this.picked.index];
    if (!camera || !plane) return;
    this.draft.mark();
    plane.points.push({ at, cm: [0, 0] });
    // the canvas knows the lens: it puts the point where it was clicked
    const index = plane.points.length - 1;
    this.canvas.place(index, at);
    this.wanted = `${index}-0`;
    this.changed();
  }

  /** The plane's error, from the server, a moment after the last change. */
  ask(): void {
    window.clearTimeout(this.timer);
    const number = ++this.asking; // what was asked before is of no interest any more
    const plane = this.picked?.what === "plane" && this.camera?.planes?.[this.picked.index];
    if (!plane) {
      this.fitFault = undefined;
      return;
    }
    this.timer = window.setTimeout(() => {
      post<Fit>(`${this.api}/layout/plane`, {
        kind: plane.kind,
        size: this.size,
        points: plane.points.map((p) => ({ at: p.at, cm: p.cm })),
      })
        .then((fit) => {
          if (number !== this.asking) return;
          this.fit = fit;
          this.fitFault = undefined;
        })
        .catch((error: unknown) => {
          if (!(error instanceof Refused)) throw error;
          if (number !== this.asking) return;
          this.fit = undefined;
          this.fitFault = { message: error.message };
        })
        .finally(() => this.redraw());
    }, 180);
  }

  /** Call the service with the draft; what it refuses is shown with its field and its mend. */
  async send<T>(path: string, more: Record<string, unknown> = {}): Promise<T | undefined> {
    const before = this.fault;
    this.sending += 1;
    document.body.dataset["busy"] = "layout";
    try {
      const answer = await post<T>(`${this.api}/${path}`, { data: this.data, ...more });
      // what was refused while this was on its way stays refused
      if (this.fault === before) this.fault = undefined;
      return answer;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused(error);
      return undefined;
    } finally {
      this.sending -= 1;
      if (!this.sending) delete document.body.dataset["busy"];
      this.redraw();
    }
  }

  refused(error: Refused): void {
    const details = (error.error.details ?? {}) as Partial<LayoutFault>;
    this.fault = { ...details, message: error.message };
    this.faultNew = true;
    this.redraw();
  }

  /** Go to the place that a fault is about. */
  jump(path: (string | number)[]): void {
    const [top, index, list, place] = path;
    if (top === "desks") this.tab = "desks";
    else if (top === "hall" || top === "hours") this.tab = "hall";
    else if (top === "cameras" && typeof index === "number") {
      const camera = this.data.cameras[index];
      if (camera && camera.id !== this.cameraId) this.useCamera(camera.id);
      if (typeof place === "number" && (list === "zones" || list === "planes" || list === "ignore"))
        this.pick({
          what: list === "zones" ? "zone" : list === "planes" ? "plane" : "ignore",
          index: place,
        });
      else if (list === "clock" && this.camera?.clock) this.pick({ what: "clock", index: 0 });
      else this.tab = "cameras";
    }
    this.redraw();
  }

  async save(): Promise<void> {
    if (this.saving) return; // pressed twice: the second would be told that somebody else saved
    if (!this.draft.dirty) return toast(w("untouched"));
    this.saving = true;
    const sent = this.draft.text;
    const answer = await this.send<{ version: number; message: string }>("layout", {
      base: this.draft.base,
    }).finally(() => (this.saving = false));
    if (!answer) return;
    this.draft.keep(answer.version, sent);
    toast(answer.message);
    this.redraw();
  }

  /** Another layout in place of the draft: undo brings the old one back. */
  replace(data: Data): void {
    this.draft.mark();
    this.draft.data = data;
    if (!this.camera) this.cameraId = data.cameras[0]?.id ?? "";
    this.picked = undefined;
    this.cameraChanged();
    this.changed();
  }
}
