// Hall set-up: the layout editor on the camera's picture.
import { fill } from "./dom";
import { judgePanel, loadTable, tryPanel } from "./layout/answers";
import { button, choice, h, w } from "./layout/dom";
import { Editor, type Names } from "./layout/editor";
import type { Data, Picked } from "./layout/model";
import { panel, removePicked, verdict } from "./layout/panels";
import { Pictures } from "./layout/pictures";
import { fragment, post, Refused } from "./http";
import { isTyping } from "./keys";
import { toast } from "./toast";

const root = document.getElementById("layout") as HTMLElement;
const hall = root.dataset["hall"] ?? "";
const names = JSON.parse(document.getElementById("editor-names")?.textContent ?? "{}") as Names;
const TABS = ["zones", "planes", "cameras", "desks", "hall", "judge", "try"];

function part(id: string): HTMLElement {
  return document.getElementById(id) as HTMLElement;
}

void start().catch((error: unknown) => {
  if (error instanceof Refused) toast(error.message, "bad");
  else throw error;
});

async function start(): Promise<void> {
  const text = await fragment(`/api/v1/halls/${hall}/layout`);
  const now = JSON.parse(text) as { version: number; data: Data };
  const svg = document.getElementById("canvas") as unknown as SVGSVGElement;
  const editor = new Editor(hall, names, svg, now.data, now.version);
  const pictures = new Pictures(editor);
  editor.cameraChanged = () => void pictures.load();
  let waiting = false;
  editor.redraw = () => {
    if (waiting) return;
    waiting = true;
    window.requestAnimationFrame(() => {
      waiting = false;
      redraw(editor, pictures);
    });
  };
  listen(editor, pictures);
  redraw(editor, pictures);
  await pictures.load();
  root.dataset["ready"] = "true";
}

/** Everything round the canvas is drawn anew; what had the focus gets it back. */
function redraw(editor: Editor, pictures: Pictures): void {
  const handle = document.activeElement?.getAttribute("data-point") ?? null;
  editor.canvas.draw();
  if (handle !== null) editor.canvas.focusPoint(handle);
  fillBar(editor, pictures);
  fillRail(editor);
  fillPanel(editor, pictures);
  const note = part("canvas-note");
  note.hidden = !pictures.note;
  note.textContent = pictures.note;
}

function fillBar(editor: Editor, pictures: Pictures): void {
  const drawing = editor.canvas.mode;
  for (const mode of ["select", "draw", "ignore", "clock"] as const)
    document.querySelector(`[data-do="${mode}"]`)?.setAttribute("aria-pressed", String(mode === drawing));
  const set = (id: string, on: boolean): void => {
    (document.querySelector(`[data-do="${id}"]`) as HTMLButtonElement).disabled = !on;
  };
  set("undo", editor.draft.canUndo);
  set("redo", editor.draft.canRedo);
  fill(part("picture-choice"), pictures.chooser());
  part("state").textContent = `${w("version", { n: editor.draft.base })}${editor.draft.dirty ? ` · ${w("dirty")}` : ""}`;
  part("state").classList.toggle("is-dirty", editor.draft.dirty);
}

function fillRail(editor: Editor): void {
  const rail = part("rail");
  const cameras = editor.data.cameras.map((c): [string, string] => [c.id, c.name ? `${c.id} ${c.name}` : c.id]);
  const out: Node[] = [
    h("div", { class: "rail-head" },
      choice(cameras, editor.cameraId, (id) => editor.useCamera(id), { "aria-label": w("camera") })),
  ];
  const zones = editor.camera?.zones ?? [];
  const owners = [...editor.data.desks.map((d) => d.id as string | undefined), undefined];
  for (const owner of owners) {
    const mine = zones.map((zone, index) => ({ zone, index })).filter(({ zone }) => (zone.desk ?? undefined) === owner);
    if (!mine.length && owner === undefined) continue;
    out.push(h("h3", {}, editor.deskName(owner)));
    for (const { zone, index } of mine)
      out.push(item(editor, `zone:${index}`, editor.kindName(zone.kind), zone.kind));
    if (!mine.length) out.push(h("p", { class: "soft small none" }, "—"));
  }
  const lost = zones.map((zone, index) => ({ zone, index })).filter(({ zone }) => zone.desk && !owners.includes(zone.desk));
  for (const { zone, index } of lost) out.push(item(editor, `zone:${index}`, `${zone.desk} ${editor.kindName(zone.kind)}`, zone.kind));
  const ignore = editor.camera?.ignore ?? [];
  if (ignore.length) out.push(h("h3", {}, w("ignore")));
  ignore.forEach((_, index) => out.push(item(editor, `ignore:${index}`, `${index + 1}`, "ignore")));
  if (editor.camera?.clock) out.push(h("h3", {}, w("clock")), item(editor, "clock:0", w("clock"), "clock"));
  const planes = editor.camera?.planes ?? [];
  out.push(h("h3", {}, w("planes")));
  planes.forEach((plane, index) =>
    out.push(item(editor, `plane:${index}`, plane.kind === "floor" ? w("floor") : `${plane.desk ?? ""} ${w("desk-plane")}`, "plane")));
  if (!planes.length) out.push(h("p", { class: "soft small none" }, "—"));
  const top = rail.scrollTop;
  const focus = document.activeElement?.getAttribute("data-item");
  fill(rail, ...out);
  rail.scrollTop = top;
  if (focus) rail.querySelector<HTMLElement>(`[data-item="${focus}"]`)?.focus();
}

function item(editor: Editor, key: string, name: string, kind: string): HTMLElement {
  const [what, index] = key.split(":") as [NonNullable<Picked>["what"], string];
  const on = editor.picked?.what === what && editor.picked.index === Number(index);
  const element = h("button", { type: "button", class: `rail-zone${on ? " is-current" : ""}`, "data-item": key },
    h("i", { class: `dot dot-${kind}` }), name);
  element.setAttribute("aria-pressed", String(on));
  element.addEventListener("click", () => editor.pick({ what, index: Number(index) }));
  return element;
}

function fillPanel(editor: Editor, pictures: Pictures): void {
  const tabs = part("tabs");
  fill(tabs, ...TABS.map((id) => {
      const tab = button(w(id), () => {
        editor.tab = id;
        if (id === "judge") void loadTable(editor);
        editor.redraw();
      }, "tab");
      tab.setAttribute("aria-pressed", String(editor.tab === id));
      return tab;
    }),
  );
  const body = part("panel-body");
  if (halfTyped(body)) {
    // what is being typed is not taken away by an answer that happens to arrive now
    document.getElementById("fit")?.replaceWith(verdict(editor));
    document.getElementById("fault")?.remove();
    body.prepend(...faultBox(editor));
    return;
  }
  const top = body.scrollTop;
  const back = focusIn(body);
  const content =
    editor.tab === "judge" ? judgePanel(editor)
    : editor.tab === "try" ? tryPanel(editor)
    : editor.tab === "cameras" ? pictures.panel()
    : panel(editor);
  fill(body, ...faultBox(editor), ...content);
  body.scrollTop = top;
  if (editor.faultNew) {
    editor.faultNew = false;
    const fault = document.getElementById("fault");
    if (fault) return fault.focus();
  }
  back();
  if (!editor.wanted) return;
  body.querySelector<HTMLInputElement>(`[data-cm="${editor.wanted}"]`)?.select();
  editor.wanted = "";
}

function halfTyped(body: HTMLElement): boolean {
  const at = document.activeElement;
  return at instanceof HTMLInputElement && body.contains(at) && at.dataset["typing"] === "true";
}

/** The focus goes back to the same control of the panel that is drawn anew, so that Tab goes on. */
function focusIn(body: HTMLElement): () => void {
  // a refusal's own button comes and goes: it is none of them
  const controls = (): HTMLElement[] =>
    [...body.querySelectorAll<HTMLElement>("input, select, textarea, button")].filter((c) => !c.closest("#fault"));
  const before = controls();
  const at = before.indexOf(document.activeElement as HTMLElement);
  return () => {
    const now = controls();
    const same = now[at];
    if (at < 0 || now.length !== before.length || same === undefined) return;
    if (same instanceof HTMLInputElement && same.type === "text") same.select();
    else same.focus();
  };
}

function faultBox(editor: Editor): Node[] {
  const fault = editor.fault ?? editor.fitFault;
  if (!fault) return [];
  const box = h("div", { class: "notice bad", id: "fault", role: "alert", tabindex: -1 });
  if (fault.places?.length) box.append(h("b", {}, fault.places.join(" › ")), h("br"));
  box.append(fault.message);
  if (fault.line) box.append(h("div", { class: "soft small num" }, w("fault-at", { line: fault.line, field: fault.field ?? "" })));
  if (fault.path?.length) box.append(button(w("show-it"), () => editor.jump(fault.path ?? [])));
  return [box];
}

function listen(editor: Editor, pictures: Pictures): void {
  const acts: Record<string, () => void> = {
    select: () => editor.stopDrawing(),
    draw: () => editor.startDrawing("draw"),
    ignore: () => editor.startDrawing("ignore"),
    clock: () => editor.startDrawing("clock"),
    undo: () => editor.undo(true),
    redo: () => editor.undo(false),
    fit: () => editor.canvas.fit(),
    in: () => editor.canvas.zoom(1.3),
    out: () => editor.canvas.zoom(1 / 1.3),
    save: () => void editor.save(),
    export: () => void exportYaml(editor),
    import: () => part("import-file").click(),
  };
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const name = event.target.closest<HTMLElement>("[data-do]")?.dataset["do"];
    if (name) acts[name]?.();
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (event.ctrlKey) {
      const act = key === "z" ? (event.shiftKey ? "redo" : "undo") : key === "y" ? "redo" : key === "s" ? "save" : "";
      if (!act || (isTyping(event.target) && act !== "save")) return;
      event.preventDefault();
      if (isTyping(document.activeElement)) (document.activeElement as HTMLElement).blur();
      acts[act]?.();
      return;
    }
    if (isTyping(event.target) || document.querySelector(".sheet-wide")) return;
    if (key === "n") editor.startDrawing("draw");
    else if (key === "q") editor.addQuad();
    else if (key === "escape") {
      if (editor.canvas.mode !== "select") editor.stopDrawing();
      else editor.pick(undefined);
    } else if (key === "delete") removePicked(editor);
    else if (key === "0") editor.canvas.fit();
    else if (key === "+" || key === "=") editor.canvas.zoom(1.3);
    else if (key === "-") editor.canvas.zoom(1 / 1.3);
    else return;
    event.preventDefault();
  });
  const file = part("import-file") as HTMLInputElement;
  file.addEventListener("change", () => {
    const chosen = file.files?.[0];
    if (chosen) void importYaml(editor, chosen);
    file.value = "";
  });
  window.addEventListener("beforeunload", (event) => {
    if (editor.draft.dirty) event.preventDefault();
  });
  void pictures;
}

async function exportYaml(editor: Editor): Promise<void> {
  const answer = await editor.send<{ yaml: string }>("layout/check");
  if (!answer) return;
  const url = URL.createObjectURL(new Blob([answer.yaml], { type: "application/yaml" }));
  const link = h("a", { href: url, download: `${editor.data.hall.id}.yaml` });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 1000);
}

async function importYaml(editor: Editor, file: File): Promise<void> {
  try {
    const answer = await post<{ data: Data }>(`${editor.api}/layout/check`, { yaml: await file.text() });
    editor.fault = undefined;
    editor.replace(answer.data);
    toast(w("imported"));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    editor.refused(error);
  }
}
