// The tabs at the right: what is picked, planes with their errors, desks, cameras, the hall.
import { button, choice, field, h, input, tick, w } from "./dom";
import type { Editor } from "./editor";
import { freshId, set, type Plane, type Point, type Zone } from "./model";

const LIGHTS = ["day", "lamp", "ir", "dark"];
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

export function panel(editor: Editor): Node[] {
  if (editor.tab === "planes") return planes(editor);
  if (editor.tab === "desks") return desks(editor);
  if (editor.tab === "hall") return hall(editor);
  return zones(editor);
}

function kinds(editor: Editor): [string, string][] {
  return editor.names.kinds.map((kind) => [kind.id, kind.name]);
}

function deskOptions(editor: Editor, none: boolean): [string, string][] {
  const all = editor.data.desks.map((d): [string, string] => [d.id, editor.deskName(d.id)]);
  return none ? [["", w("no-desk")], ...all] : all;
}

// ---------------------------------------------------------------- zones

function zones(editor: Editor): Node[] {
  const camera = editor.camera;
  const picked = editor.picked;
  if (picked?.what === "ignore" || picked?.what === "clock") {
    return [
      h("h2", {}, w(picked.what)),
      ...(picked.what === "clock" ? [h("p", { class: "small" }, w("clock-hint"))] : []),
      h("p", { class: "soft small" }, w("edit-hint")),
      button(w("delete-zone"), () => removePicked(editor), "btn btn-bad"),
    ];
  }
  const zone = picked?.what === "zone" ? camera?.zones?.[picked.index] : undefined;
  if (zone) return zoneForm(editor, zone);
  const kind = editor.names.kinds.find((k) => k.id === editor.newKind);
  const things = camera?.things?.length ?? 0;
  return [
    h("h2", {}, w("new-zone")),
    field(
      w("kind"),
      choice(kinds(editor), editor.newKind, (value) => {
        editor.newKind = value;
        if (editor.names.kinds.find((k) => k.id === value)?.hall) editor.newDesk = "";
        else editor.newDesk = editor.newDesk || (editor.data.desks[0]?.id ?? "");
        editor.redraw();
      }, { name: "new-kind" }),
    ),
    field(
      w("desk"),
      choice(
        deskOptions(editor, !kind?.desk),
        editor.newDesk,
        (value) => (editor.newDesk = value),
        { name: "new-desk" },
      ),
    ),
    h(
      "p",
      {},
      button(w("draw"), () => editor.startDrawing("draw"), "btn btn-main"),
      " ",
      button(w("add-quad"), () => editor.addQuad()),
    ),
    h("p", { class: "soft small" }, w("draw-hint")),
    h("p", { class: "soft small" }, things ? w("things", { n: things }) : ""),
  ];
}

function zoneForm(editor: Editor, zone: Zone): Node[] {
  const kind = editor.names.kinds.find((k) => k.id === zone.kind);
  const holds = Object.entries(editor.names.classes);
  return [
    h("h2", {}, editor.zoneName(editor.picked?.index ?? 0)),
    field(
      w("kind"),
      choice(kinds(editor), zone.kind, (value) =>
        editor.change(() => {
          zone.kind = value;
          const now = editor.names.kinds.find((k) => k.id === value);
          if (now?.desk && !zone.desk) zone.desk = editor.data.desks[0]?.id;
        }), { name: "kind" },
      ),
    ),
    field(
      w("desk"),
      choice(deskOptions(editor, !kind?.desk), zone.desk ?? "", (value) =>
        editor.change(() => set(zone, "desk", value)), { name: "desk" },
      ),
    ),
    field(w("id"), input(zone.id, (v) => editor.change(() => set(zone, "id", v)))),
    field(
      w("holds"),
      holdsList(editor, zone, holds),
    ),
    zone.kind === "floor"
      ? tick(w("inside"), !!zone.inside, (on) => editor.change(() => set(zone, "inside", on)))
      : h("span", {}),
    h("p", { class: "soft small" }, w("edit-hint")),
    h(
      "p",
      {},
      button(w("copy-zone"), () => copyZone(editor, zone)),
      " ",
      button(w("delete-zone"), () => removePicked(editor), "btn btn-small btn-bad"),
    ),
  ];
}

function holdsList(editor: Editor, zone: Zone, classes: [string, string][]): HTMLElement {
  const box = h("div", { class: "chips" });
  for (const cls of zone.holds ?? []) {
    const chip = button(`${editor.names.classes[cls] ?? cls} ×`, () =>
      editor.change(() => {
        const left = (zone.holds ?? []).filter((name) => name !== cls);
        if (left.length) zone.holds = left;
        else delete zone.holds;
      }), "chip",
    );
    chip.setAttribute("aria-label", `${w("remove")} ${editor.names.classes[cls] ?? cls}`);
    box.append(chip);
  }
  const free = classes.filter(([id]) => !(zone.holds ?? []).includes(id));
  box.append(
    choice([["", "+"], ...free], "", (cls) => {
      if (cls) editor.change(() => (zone.holds = [...(zone.holds ?? []), cls]));
    }, { "aria-label": w("holds") }),
  );
  return box;
}

function copyZone(editor: Editor, zone: Zone): void {
  const camera = editor.camera;
  if (!camera) return;
  editor.change(() => {
    const copy = JSON.parse(JSON.stringify(zone)) as Zone;
    delete copy.id;
    copy.polygon = copy.polygon.map(([x, y]): Point => [Math.min(1, x + 0.02), Math.min(1, y + 0.02)]);
    camera.zones = [...(camera.zones ?? []), copy];
  });
  editor.pick({ what: "zone", index: (camera.zones ?? []).length - 1 });
}

export function removePicked(editor: Editor): void {
  const camera = editor.camera;
  const picked = editor.picked;
  if (!camera || !picked) return;
  editor.change(() => {
    if (picked.what === "zone") camera.zones?.splice(picked.index, 1);
    else if (picked.what === "ignore") camera.ignore?.splice(picked.index, 1);
    else if (picked.what === "clock") delete camera.clock;
    else camera.planes?.splice(picked.index, 1);
  });
  editor.pick(undefined);
}

// ---------------------------------------------------------------- planes

function planes(editor: Editor): Node[] {
  const camera = editor.camera;
  const picked = editor.picked;
  const plane = picked?.what === "plane" ? camera?.planes?.[picked.index] : undefined;
  const list = h("div", { class: "chips" });
  (camera?.planes ?? []).forEach((each, index) => {
    const name = each.kind === "desk" && each.desk ? editor.deskName(each.desk) : each.id;
    const chip = button(name, () => editor.pick({ what: "plane", index }), "chip");
    chip.setAttribute("aria-pressed", String(each === plane));
    list.append(chip);
  });
  list.append(button(`+ ${w("new-plane")}`, () => editor.addPlane(), "chip chip-new"));
  const out: Node[] = [h("h2", {}, w("planes")), list];
  if (!plane) {
    out.push(h("p", { class: "soft small" }, w("plane-hint")));
    if (camera?.lens?.k1)
      out.push(h("p", { class: "soft small" }, w("lens-note", { k1: camera.lens.k1 })));
    return out;
  }
  out.push(...planeForm(editor, plane));
  return out;
}

function planeForm(editor: Editor, plane: Plane): Node[] {
  const kind = choice(
    [
      ["floor", w("floor")],
      ["desk", w("desk-plane")],
    ],
    plane.kind,
    (value) =>
      editor.change(() => {
        plane.kind = value === "floor" ? "floor" : "desk";
        if (plane.kind === "floor") delete plane.desk;
        else plane.desk = plane.desk ?? editor.data.desks[0]?.id;
        rename(editor, plane);
      }),
    { name: "plane-kind" },
  );
  const desk = choice(deskOptions(editor, plane.kind === "floor"), plane.desk ?? "", (value) =>
    editor.change(() => {
      set(plane, "desk", value);
      rename(editor, plane);
    }), { name: "plane-desk" },
  );
  const row = h("div", { class: "pair" }, field(w("kind"), kind));
  if (plane.kind === "desk") row.append(field(w("desk"), desk));
  return [
    row,
    verdict(editor),
    pointsTable(editor, plane),
    h("p", { class: "soft small" }, w("plane-hint")),
    button(w("delete-plane"), () => removePicked(editor), "btn btn-small btn-bad"),
  ];
}

/** A plane that nobody named is called after what it is. */
function rename(editor: Editor, plane: Plane): void {
  const taken = (editor.camera?.planes ?? []).filter((p) => p !== plane).map((p) => p.id);
  const wanted = plane.kind === "floor" ? "floor" : `${plane.desk ?? "desk"}-top`;
  plane.id = taken.includes(wanted) ? freshId(taken, wanted) : wanted;
}

export function verdict(editor: Editor): HTMLElement {
  const fit = editor.fit;
  const box = h("div", { class: "fit", id: "fit", role: "status" });
  if (!fit) {
    box.append(editor.fitFault ? "—" : w("working"));
    return box;
  }
  if (fit.missing) {
    box.append(w("points-missing", { n: fit.missing }));
    return box;
  }
  const state = !fit.checked ? "open" : fit.good ? "good" : "bad";
  box.classList.add(`fit-${state}`);
  box.append(
    h("span", { class: "soft small" }, w("residual")),
    h("b", { class: "num" }, `${(fit.residual_cm ?? 0).toFixed(1)} cm`),
    h("span", { class: "small" }, w(state === "open" ? "residual-unchecked" : `residual-${state}`)),
    h("span", { class: "soft small num" }, w("px-per-cm", { n: (fit.px_per_cm ?? 0).toFixed(2) })),
  );
  return box;
}

function pointsTable(editor: Editor, plane: Plane): HTMLElement {
  const body = h("tbody");
  const worst = Math.max(...(editor.fit?.off_cm ?? [0]));
  plane.points.forEach((pair, index) => {
    const cell = (axis: 0 | 1): HTMLElement =>
      h(
        "td",
        {},
        input(
          pair.cm[axis],
          (value) =>
            editor.change(() => {
              const number = Number(value.replace(",", "."));
              if (Number.isFinite(number)) pair.cm[axis] = number;
            }),
          {
            inputmode: "decimal",
            "data-cm": `${index}-${axis}`,
            "aria-label": `${w("points")} ${index + 1} ${w(axis === 0 ? "x-cm" : "y-cm")}`,
          },
        ),
      );
    const off = editor.fit?.off_cm[index];
    const remove = button("×", () => editor.canvas.removePoint(index));
    remove.setAttribute("aria-label", `${w("delete")} ${index + 1}`);
    body.append(
      h(
        "tr",
        { class: off === worst && !editor.fit?.good && editor.fit?.checked ? "is-off" : "" },
        h("td", { class: "num" }, String(index + 1)),
        cell(0),
        cell(1),
        h("td", { class: "num", "data-off": index }, off === undefined ? "—" : off.toFixed(1)),
        h("td", {}, remove),
      ),
    );
  });
  const head = ["#", w("x-cm"), w("y-cm"), w("off-cm"), ""].map((text) => h("th", {}, text));
  return h("table", { class: "points" }, h("thead", {}, h("tr", {}, ...head)), body);
}

// ---------------------------------------------------------------- desks

function desks(editor: Editor): Node[] {
  const body = h("div", { class: "rows" });
  editor.data.desks.forEach((desk, index) => {
    const size = desk.size_cm ?? ["", ""];
    const sizeInput = (axis: 0 | 1): HTMLElement =>
      input(size[axis] as string, (value) =>
        editor.change(() => {
          const both = [...(desk.size_cm ?? [0, 0])] as Point;
          both[axis] = Number(value) || 0;
          if (both[0] || both[1]) desk.size_cm = both;
          else delete desk.size_cm;
        }), { inputmode: "decimal" },
      );
    const remove = button(w("delete"), () =>
      editor.change(() => {
        editor.data.desks.splice(index, 1);
      }), "btn btn-small",
    );
    body.append(
      h(
        "fieldset",
        { class: "desk-card" },
        h("legend", {}, desk.name || desk.id),
        h("div", { class: "pair" },
          field(w("id"), input(desk.id, (v) => renameDesk(editor, index, v))),
          field(w("name"), input(desk.name, (v) => editor.change(() => set(desk, "name", v)))),
        ),
        h("div", { class: "pair" },
          field(w("window"), input(desk.window ?? "", (v) => editor.change(() => set(desk, "window", v)))),
          field(w("unit"), input(desk.unit ?? "", (v) => editor.change(() => set(desk, "unit", v)))),
        ),
        h("div", { class: "pair three" },
          field(w("width-cm"), sizeInput(0)),
          field(w("depth-cm"), sizeInput(1)),
          field(w("cups"), choice([["point", w("cups-point")], ["never", w("cups-never")]], desk.cups ?? "point", (v) =>
            editor.change(() => (v === "point" ? delete desk.cups : (desk.cups = v))))),
        ),
        remove,
      ),
    );
  });
  const add = button(`+ ${w("new-desk")}`, () =>
    editor.change(() => {
      const id = freshId(editor.data.desks.map((d) => d.id), "D");
      editor.data.desks.push({ id, name: "", window: id.replace("D", "W") });
    }), "btn btn-main",
  );
  return [h("h2", {}, w("desks")), body, add];
}

/** A desk's new id follows into its zones, planes and things on every camera. */
function renameDesk(editor: Editor, index: number, id: string): void {
  const desk = editor.data.desks[index];
  if (!desk || !id || id === desk.id) return editor.redraw();
  editor.change(() => {
    for (const camera of editor.data.cameras)
      for (const list of [camera.zones, camera.planes, camera.things])
        for (const item of (list ?? []) as { desk?: string | null }[])
          if (item.desk === desk.id) item.desk = id;
    desk.id = id;
  });
}

// ---------------------------------------------------------------- the hall

function hall(editor: Editor): Node[] {
  const spec = editor.data.hall;
  const hours = editor.data.hours ?? {};
  const weekly = hours.weekly ?? {};
  const table = h("div", { class: "week" });
  for (const day of DAYS) {
    table.append(
      field(w(day), input(weekly[day] ?? "", (value) =>
        editor.change(() => {
          const next = { ...weekly };
          if (value) next[day] = value;
          else delete next[day];
          editor.data.hours = { ...hours, weekly: next };
        }), { placeholder: w("closed") },
      )),
    );
  }
  return [
    h("h2", {}, w("hall")),
    field(w("name"), input(spec.name, (v) => editor.change(() => (spec.name = v)))),
    h("div", { class: "pair" },
      field(w("level"), choice([["county", w("county")], ["town", w("town")]], spec.level ?? "county", (v) => editor.change(() => (spec.level = v)))),
      field(w("mode"), choice([["trial", w("trial")], ["full", w("full")]], spec.mode ?? "trial", (v) => editor.change(() => (spec.mode = v)))),
    ),
    h("h3", {}, w("hours")),
    table,
    field(w("lunch"), input(hours.lunch ?? "", (value) =>
      editor.change(() => {
        const next = { ...hours };
        if (value) next.lunch = value;
        else delete next.lunch;
        editor.data.hours = next;
      }), { placeholder: "12:00-13:30" })),
  ];
}

export { LIGHTS };
