// The pictures that a layout is drawn on: references, stills, uploads.
import { button, choice, field, h, input, tick, w } from "./dom";
import type { Editor } from "./editor";
import { freshId, set } from "./model";
import { LIGHTS } from "./panels";
import { csrfToken, fragment, post, Refused } from "../http";
import { toast } from "../toast";

interface Still {
  id: number;
  at: string;
  light: string | null;
  url: string;
}
interface Taken {
  name: string;
  width: number;
  height: number;
  people: number | null;
  message: string;
}

export class Pictures {
  stills: Still[] = [];
  shown = ""; // "ref:day" | "still:ID" | ""
  note = "";
  private empty = false;
  private generation = 0;

  constructor(private readonly editor: Editor) {}

  /** Which pictures this camera has, and the first of them on the canvas. */
  async load(): Promise<void> {
    const generation = ++this.generation;
    const camera = this.editor.camera;
    this.stills = [];
    this.shown = "";
    this.note = "";
    if (!camera) return this.show("");
    this.show(this.first());
    const address = `${this.editor.api}/pictures?camera=${encodeURIComponent(camera.id)}`;
    try {
      const answer = JSON.parse(await fragment(address)) as { frames: Still[] };
      if (generation !== this.generation) return;
      this.stills = answer.frames;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      toast(error.message, "bad");
    }
    if (!this.shown) this.show(this.first());
    else this.editor.redraw();
  }

  private first(): string {
    const light = LIGHTS.find((name) => this.editor.camera?.reference?.[name]);
    if (light) return `ref:${light}`;
    return this.stills[0] ? `still:${this.stills[0].id}` : "";
  }

  options(): [string, string][] {
    const references = Object.keys(this.editor.camera?.reference ?? {}).map(
      (light): [string, string] => [`ref:${light}`, `${w("reference")} ${w(`light-${light}`)}`],
    );
    const stills = this.stills.map((s): [string, string] => [`still:${s.id}`, `${w("frame")} ${s.at}`]);
    return [...references, ...stills];
  }

  show(which: string): void {
    this.shown = which;
    this.note = which ? "" : w("no-picture");
    const [kind, rest] = which.split(":");
    const still = this.stills.find((s) => String(s.id) === rest);
    const name = kind === "ref" ? this.editor.camera?.reference?.[rest ?? ""] : undefined;
    const url = still
      ? still.url
      : name && `${this.editor.api}/reference?name=${encodeURIComponent(name)}`;
    if (!url) {
      this.editor.canvas.setPicture(undefined, this.editor.size);
      this.editor.redraw();
      return;
    }
    void this.fetch(url, which);
  }

  private async fetch(url: string, which: string): Promise<void> {
    document.body.dataset["busy"] = "picture";
    try {
      const response = await fetch(url, { credentials: "same-origin", headers: { "HX-Request": "true" } });
      if (which !== this.shown) return;
      if (!response.ok) {
        const body = (await response.json().catch(() => ({}))) as { error?: { message: string } };
        this.note = body.error?.message ?? w("no-picture");
        this.editor.canvas.setPicture(undefined, this.editor.size);
        return;
      }
      const object = URL.createObjectURL(await response.blob());
      const image = new Image();
      image.src = object;
      await image.decode();
      if (which !== this.shown) return URL.revokeObjectURL(object); // another one was chosen since
      const camera = this.editor.camera;
      // a camera whose picture size nobody wrote down sends pictures of this size
      if (camera && !camera.size) camera.size = [image.naturalWidth, image.naturalHeight];
      this.editor.canvas.setPicture(object, this.editor.size);
    } finally {
      if (which === this.shown) delete document.body.dataset["busy"];
      this.editor.redraw();
    }
  }

  panel(): Node[] {
    const editor = this.editor;
    const camera = editor.camera;
    const out: Node[] = [h("h2", {}, w("cameras"))];
    if (!camera) return out;
    out.push(
      h("div", { class: "pair" },
        field(w("id"), input(camera.id, (v) => this.rename(v))),
        field(w("name"), input(camera.name, (v) => editor.change(() => set(camera, "name", v)))),
      ),
      h("p", { class: "soft small num" }, `${w("size-px")} ${(camera.size ?? ["—", "—"]).join(" × ")}`),
      h("h3", {}, w("reference")),
    );
    for (const light of LIGHTS) out.push(this.light(light));
    out.push(
      tick(w("empty-vow"), this.empty, (on) => {
        this.empty = on;
      }),
      button(`+ ${w("new-camera")}`, () => {
        const id = freshId(editor.data.cameras.map((c) => c.id), "CAM");
        editor.change(() => editor.data.cameras.push({ id }));
        editor.useCamera(id);
        editor.tab = "cameras";
        editor.redraw();
      }),
    );
    if (editor.data.cameras.length > 1)
      out.push(button(w("delete"), () => {
        editor.change(() => {
          editor.data.cameras = editor.data.cameras.filter((c) => c !== camera);
        });
        editor.useCamera(editor.data.cameras[0]?.id ?? "");
      }, "btn btn-small btn-bad"));
    return out;
  }

  private rename(id: string): void {
    const camera = this.editor.camera;
    if (!camera || !id) return this.editor.redraw();
    this.editor.change(() => {
      camera.id = id;
      this.editor.cameraId = id;
    });
  }

  private light(light: string): HTMLElement {
    const camera = this.editor.camera;
    const name = camera?.reference?.[light];
    const file = h("input", { type: "file", accept: "image/jpeg,image/png", class: "file", id: `file-${light}` });
    file.addEventListener("change", () => {
      const chosen = file.files?.[0];
      if (chosen) void this.upload(light, chosen);
      file.value = "";
    });
    const row = h("div", { class: "light" },
      h("b", {}, w(`light-${light}`)),
      name ? button("✓", () => this.show(`ref:${light}`), "chip") : h("span", { class: "soft" }, "—"),
      file,
      h("label", { class: "btn btn-small", for: `file-${light}` }, w("upload")),
    );
    if (this.shown.startsWith("still:"))
      row.append(button(w("use-frame"), () => void this.fromStill(light)));
    if (name)
      row.append(button(w("remove"), () =>
        this.editor.change(() => {
          if (camera?.reference) delete camera.reference[light];
          if (camera && !Object.keys(camera.reference ?? {}).length) delete camera.reference;
        })));
    return row;
  }

  private async upload(light: string, file: File): Promise<void> {
    const size = this.editor.camera?.size;
    const query = new URLSearchParams({ light, empty: String(this.empty) });
    if (size) {
      query.set("width", String(size[0]));
      query.set("height", String(size[1]));
    }
    const response = await fetch(`${this.editor.api}/references?${query.toString()}`, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": file.type || "application/octet-stream", "X-CSRF-Token": csrfToken() },
      body: file,
    });
    const body = (await response.json()) as Taken & { error?: { code: string; message: string } };
    if (!response.ok) {
      this.editor.refused(new Refused(response.status, body.error ?? { code: "http", message: String(response.status) }));
      return;
    }
    this.taken(light, body);
  }

  private async fromStill(light: string): Promise<void> {
    try {
      const taken = await post<Taken>(`${this.editor.api}/references/from-frame`, {
        frame_id: Number(this.shown.split(":")[1]),
        light,
        empty: this.empty,
      });
      this.taken(light, taken);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.editor.refused(error);
    }
  }

  private taken(light: string, taken: Taken): void {
    const camera = this.editor.camera;
    if (!camera) return;
    this.editor.fault = undefined;
    this.editor.change(() => {
      camera.reference = { ...(camera.reference ?? {}), [light]: taken.name };
      camera.size = camera.size ?? [taken.width, taken.height];
    });
    toast(taken.message, taken.people ? "bad" : "ok");
    this.show(`ref:${light}`);
  }

  chooser(): HTMLElement {
    return choice(this.options(), this.shown, (which) => this.show(which), { "aria-label": w("picture") });
  }
}
