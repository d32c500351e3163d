// 补记: draw a box round what was missed, on a masked frame, and say where and which clause.
import { post, Refused, text } from "./http";
import { isTyping } from "./keys";
import { toast } from "./toast";
import { Stage, type Box } from "./viewer";

interface DeskArea {
  desk: string;
  polygon: [number, number][]; // pixels of the frame
}

const form = document.getElementById("mark-form") as HTMLFormElement;
const picture = document.getElementById("picture") as HTMLElement;
const size = JSON.parse(picture.dataset["size"] ?? "[0,0]") as [number, number];
const desks = JSON.parse(picture.dataset["desks"] ?? "[]") as DeskArea[];
const stage = new Stage(picture);
const full: Box = [0, 0, size[0], size[1]];
let box: Box | undefined;
let drawing = true;
let start: [number, number] | undefined;

void stage.show({ url: picture.dataset["url"] ?? "", box: full }, full, "fit").catch(() => {
  toast(text("no-picture"), "bad");
});

function clamp(value: number, high: number): number {
  return Math.min(Math.max(value, 0), high);
}

function show(): void {
  stage.setMarks(box ? [{ box, label: text("missed"), kind: "manual" }] : []);
  const written = document.getElementById("mark-box") as HTMLElement;
  written.textContent = box ? box.map((value) => Math.round(value)).join(", ") : "—";
  (form.elements.namedItem("save") as HTMLButtonElement).disabled = !box;
}

function setDrawing(on: boolean): void {
  drawing = on;
  stage.setDragging(!on);
  picture.classList.toggle("is-drawing", on);
  document.querySelector("[data-mark=draw]")?.setAttribute("aria-pressed", String(on));
  document.querySelector("[data-mark=move]")?.setAttribute("aria-pressed", String(!on));
}

picture.addEventListener(
  "pointerdown",
  (event) => {
    if (!drawing || event.button !== 0) return;
    start = stage.pixelAt(event.clientX, event.clientY);
    picture.setPointerCapture(event.pointerId);
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

picture.addEventListener(
  "pointermove",
  (event) => {
    if (!start) return;
    const [x, y] = stage.pixelAt(event.clientX, event.clientY);
    const [ax, ay] = [clamp(start[0], size[0]), clamp(start[1], size[1])];
    const [bx, by] = [clamp(x, size[0]), clamp(y, size[1])];
    box = [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
    show();
    event.stopPropagation();
  },
  true,
);

picture.addEventListener(
  "pointerup",
  () => {
    start = undefined;
    if (!box) return;
    if (box[2] - box[0] < 4 || box[3] - box[1] < 4) {
      box = undefined; // a click, no box
      show();
      return;
    }
    const middle: [number, number] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    const owner = desks.find((area) => inside(middle, area.polygon));
    const select = form.elements.namedItem("desk") as HTMLSelectElement;
    if (owner && [...select.options].some((option) => option.value === owner.desk)) {
      select.value = owner.desk;
    }
  },
  true,
);

function inside([x, y]: [number, number], polygon: [number, number][]): boolean {
  let odd = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i] as [number, number];
    const [xj, yj] = polygon[j] as [number, number];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!box) return toast(text("draw-first"), "bad");
  const data = new FormData(form);
  const button = form.elements.namedItem("save") as HTMLButtonElement;
  button.disabled = true;
  post<{ id: number; message: string }>("/api/v1/findings", {
    frame_id: Number(data.get("frame_id")),
    desk: data.get("desk"),
    clause: data.get("clause"),
    note: data.get("note") ?? "",
    box_xyxy_px: box,
  })
    .then((answer) => {
      toast(answer.message);
      window.setTimeout(() => window.location.assign(`/findings/${answer.id}`), 400);
    })
    .catch((error: unknown) => {
      button.disabled = false;
      if (error instanceof Refused) toast(error.message, "bad");
      else throw error;
    });
});

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const action = event.target.closest<HTMLElement>("[data-mark]")?.dataset["mark"];
  if (action === "draw") setDrawing(true);
  if (action === "move") setDrawing(false);
  if (action === "fit") stage.fit();
  if (action === "clear") {
    box = undefined;
    show();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  if (event.key === " ") {
    event.preventDefault();
    setDrawing(!drawing);
  }
  if (event.key === "0") stage.fit();
  if (event.key === "Escape") {
    box = undefined;
    show();
  }
});

setDrawing(true);
show();
