// What the service answers about a draft: what can be judged, and what the rules say of today.
import { button, h, w } from "./dom";
import type { Editor } from "./editor";

interface Cell {
  ok: boolean;
  code: string;
  text: string;
}
interface Place {
  id: string;
  name: string;
  judged: number;
  of: number;
  pixels: Record<string, number>;
  cells: Record<string, Cell>;
}
export interface Table {
  clauses: { id: string; text: string }[];
  needed_px: number;
  model: string | null;
  places: Place[];
}
interface Suspect {
  desk: string;
  clause: string;
  window: string;
  text: string;
  frame: string;
  boxes: { cls: string; box: [number, number, number, number] }[];
}
export interface Tried {
  frames: string[];
  gates: Record<string, string>;
  passed: number;
  unjudged: number;
  suspects: Suspect[];
  pictures: Record<string, string>;
  sizes: Record<string, [number, number]>;
}

let table: Table | undefined;
let tried: Tried | undefined;

export function judgePanel(editor: Editor): Node[] {
  const out: Node[] = [
    h("h2", {}, w("judge")),
    h("p", {}, button(w("judge-run"), () => void loadTable(editor), "btn btn-main"), " ",
      table ? button(w("judge-all"), () => showTable(editor)) : ""),
  ];
  if (!table) return out;
  if (!table.model) out.push(h("p", { class: "soft small" }, w("model-none")));
  for (const place of table.places) {
    const pixels = h("div", { class: "chips" });
    for (const [cls, px] of Object.entries(place.pixels)) {
      const low = px < table.needed_px;
      const words = w(low ? "pixels-low" : "pixels-note", {
        thing: editor.names.classes[cls] ?? cls,
        px: px.toFixed(0),
      });
      pixels.append(h("span", { class: `tag tag-${low ? "suspect" : "pass"}` }, words));
    }
    const why = new Map<string, number>();
    for (const cell of Object.values(place.cells))
      if (!cell.ok) why.set(cell.text, (why.get(cell.text) ?? 0) + 1);
    const reasons = h("ul", { class: "why small" });
    [...why.entries()]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 4)
      .forEach(([text, count]) => reasons.append(h("li", {}, `${text} × ${count}`)));
    const meter = h("meter", { min: 0, max: place.of, value: place.judged });
    meter.setAttribute("aria-label", place.name);
    out.push(
      h("div", { class: "place" },
        h("div", { class: "place-head" }, h("b", {}, place.name),
          h("span", { class: "num" }, w("judged-of", { n: place.judged, of: place.of }))),
        meter, pixels, reasons),
    );
  }
  return out;
}

let asked = 0;

export async function loadTable(editor: Editor): Promise<void> {
  const number = ++asked;
  const answer = await editor.send<Table>("layout/judgeable");
  if (answer && number === asked) table = answer; // of two drafts the later one's
  editor.redraw();
}

function sheet(title: string, ...content: Node[]): void {
  const before = document.activeElement as HTMLElement | null;
  const veil = h("div", { class: "veil", role: "dialog", "aria-modal": "true", "aria-label": title });
  const close = (): void => {
    veil.remove();
    before?.focus();
  };
  const shut = button(w("close"), close, "btn");
  veil.append(h("div", { class: "sheet sheet-wide" }, h("div", { class: "sheet-head" }, h("h2", {}, title), shut), ...content));
  veil.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.body.append(veil);
  shut.focus();
}

function showTable(editor: Editor): void {
  if (!table) return;
  const desks = table.places.filter((place) => editor.data.desks.some((d) => d.id === place.id));
  const head = h("tr", {}, h("th", {}, w("clause")), ...desks.map((d) => h("th", {}, d.name)));
  const body = h("tbody");
  for (const clause of table.clauses) {
    const cells = desks.map((desk) => desk.cells[clause.id]);
    if (cells.every((cell) => !cell)) continue;
    body.append(
      h("tr", {}, h("th", {}, h("b", {}, clause.id), ` ${clause.text.slice(0, 34)}`),
        ...cells.map((cell) => {
          if (!cell) return h("td", { class: "cell-none" }, "");
          return h("td", { class: cell.ok ? "cell-pass" : "cell-unjudged" },
            cell.ok ? w("can") : h("span", { class: "small" }, `${cell.text},${w("cannot")}`));
        })),
    );
  }
  sheet(w("judge"), h("div", { class: "scroll" }, h("table", { class: "grid-table" }, h("thead", {}, head), body)));
}

export function tryPanel(editor: Editor): Node[] {
  const out: Node[] = [
    h("h2", {}, w("try")),
    h("p", { class: "soft small" }, w("try-note")),
    h("p", {}, button(w("try-run"), () => void runTry(editor), "btn btn-main")),
  ];
  if (!tried) return out;
  const answer = tried;
  out.push(h("p", { class: "num" }, w("try-counts", {
    passed: answer.passed, suspect: answer.suspects.length, unjudged: answer.unjudged,
  })));
  for (const [frame, gate] of Object.entries(answer.gates))
    if (gate !== "ok") out.push(h("p", { class: "notice" }, `${w("try-gate")} ${frame} ${gate}`));
  if (!answer.suspects.length) out.push(h("p", {}, w("try-none")));
  for (const suspect of answer.suspects) {
    out.push(
      h("button", { type: "button", class: "suspect", onclick: () => showFrame(editor, answer, suspect) },
        h("b", {}, `${editor.deskName(suspect.desk)} ${suspect.clause}`), h("span", {}, suspect.text)),
    );
  }
  for (const frame of answer.frames)
    if (answer.pictures[frame])
      out.push(h("button", { type: "button", class: "shot", onclick: () => showFrame(editor, answer, undefined, frame) },
        h("img", { src: answer.pictures[frame] ?? "", alt: frame })));
  return out;
}

async function runTry(editor: Editor): Promise<void> {
  const answer = await editor.send<Tried>("layout/try", { camera: editor.cameraId });
  if (answer) tried = answer;
  editor.redraw();
}

function showFrame(editor: Editor, answer: Tried, suspect: Suspect | undefined, frame = suspect?.frame ?? ""): void {
  const url = answer.pictures[frame];
  const size = answer.sizes[frame];
  if (!url || !size) return;
  const NS = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", `0 0 ${size[0]} ${size[1]}`);
  svg.setAttribute("class", "tried");
  const image = document.createElementNS(NS, "image");
  image.setAttribute("href", url);
  image.setAttribute("width", String(size[0]));
  image.setAttribute("height", String(size[1]));
  svg.append(image);
  for (const { box } of suspect?.boxes ?? []) {
    const rect = document.createElementNS(NS, "rect");
    rect.setAttribute("x", String(box[0]));
    rect.setAttribute("y", String(box[1]));
    rect.setAttribute("width", String(box[2] - box[0]));
    rect.setAttribute("height", String(box[3] - box[1]));
    svg.append(rect);
  }
  const title = suspect ? `${editor.deskName(suspect.desk)} ${suspect.clause}` : frame;
  sheet(title, h("p", {}, suspect?.text ?? ""), svg);
}
