// The review desk: the list on the left, the picture, the clause beside it, one key a verdict.
import { claim, showHeld, warn } from "./claims";
import { fill, must, press } from "./dom";
import { post, Refused, text } from "./http";
import { listen } from "./keys";
import { Beside } from "./review/beside";
import { ahead, forget, read, type Decided, type Finding } from "./review/finding";
import { count, first, idOf, itemOf, items, makeCurrent, mark, neighbour } from "./review/rail";
import { toast } from "./toast";
import { Stage, type Box } from "./viewer";

const panel = must("panel");
const empty = must("picture-missing");
const stage = new Stage(must("picture"));

let current: Finding | undefined;
let shotIndex = 0;
let whole = false;
let token = 0;
let pictureOf: number | undefined; // whose picture is on the stage: nothing is decided unseen

const beside = new Beside(
  stage,
  () => current,
  () => void showPicture("stay"),
);

// ------------------------------------------------------------------ loading

async function open(id: number): Promise<void> {
  const mine = ++token;
  pictureOf = undefined;
  document.body.dataset["busy"] = "picture";
  stage.setMarks([]);
  makeCurrent(id);
  try {
    const { article, finding } = await read(id);
    if (mine !== token) return;
    fill(panel, article);
    current = finding;
    shotIndex = 0;
    wire(article);
    history.replaceState(null, "", `/queue?finding=${id}`);
    beside.settle();
    tell(finding);
    await showPicture("keep");
    const next = neighbour(id, 1, true);
    if (next !== undefined) ahead(next);
  } catch (error) {
    if (mine === token) complain(error);
  }
}

// ------------------------------------------------------------------ two at one queue

/** Say that this one is being looked at; hear who else looks at what, and whether it has changed. */
function tell(finding: Finding): void {
  if (!panel.dataset["claims"] || finding.state !== "open") return;
  claim(finding.id)
    .then((answer) => {
      showHeld(items(), answer.held);
      if (current !== finding || finding.state !== "open") return;
      if (answer.row_version === finding.rowVersion) {
        if (answer.by !== null) warn(panel, answer.by);
        return;
      }
      // loaded ahead, and decided by somebody else since
      toast(text("changed"), "bad");
      forget(finding.id);
      mark(itemOf(finding.id), answer.state, "");
      count();
      void open(finding.id);
    })
    .catch(() => undefined); // a courtesy: the verdict's own check is what decides
}

async function showPicture(how: "keep" | "stay" | "fit"): Promise<void> {
  const finding = current;
  const shot = finding?.shots[shotIndex];
  const nothing = (): void => {
    empty.hidden = false;
    stage.setMarks([]);
    pictureOf = finding?.id;
    delete document.body.dataset["busy"];
  };
  empty.hidden = true;
  if (!finding || !shot) return nothing();
  const full: Box = [0, 0, shot.size[0], shot.size[1]];
  const useWhole = (whole && shot.frame !== null) || shot.crop === null;
  const url = useWhole ? shot.frame : shot.crop;
  if (!url) return nothing();
  document.body.dataset["busy"] = "picture";
  try {
    const done = await stage.show(
      { url, box: useWhole ? full : shot.cropBox },
      useWhole ? full : shot.cropBox,
      how,
    );
    if (!done || finding !== current) return; // a later picture is on its way
    stage.setMarks(shot.marks);
    pictureOf = finding.id;
    delete document.body.dataset["busy"];
  } catch {
    return nothing();
  }
  await beside.show(finding, useWhole);
  press("whole", useWhole);
  for (const button of panel.querySelectorAll<HTMLElement>("[data-shot]")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset["shot"]) === shotIndex));
  }
}

function wire(article: HTMLElement): void {
  for (const button of article.querySelectorAll<HTMLElement>("[data-shot]")) {
    button.addEventListener("click", () => {
      shotIndex = Number(button.dataset["shot"]);
      button.blur();
      void showPicture("keep");
    });
  }
}

// ------------------------------------------------------------------ moving

function move(step: 1 | -1): void {
  if (!current) return;
  const next = neighbour(current.id, step);
  if (next !== undefined) void open(next);
}

// ------------------------------------------------------------------ deciding

// One after the other: taking back must never overtake the verdict that it means.
let turn: Promise<unknown> = Promise.resolve();

function inTurn<T>(job: () => Promise<T>): Promise<T> {
  const mine = turn.then(job, job);
  turn = mine.catch(() => undefined);
  return mine;
}

function decide(action: "confirm" | "dismiss", reason?: string): void {
  const finding = current;
  if (!finding) return;
  if (finding.state !== "open") return toast(text("already"), "bad");
  if (pictureOf !== finding.id) return toast(text("not-yet"), "bad");
  const note = panel.querySelector<HTMLTextAreaElement>("textarea[name=note]")?.value.trim() ?? "";
  closeReasons();
  const item = itemOf(finding.id);
  mark(item, action === "confirm" ? "confirmed" : "dismissed", text(action));
  finding.state = "pending";
  forget(finding.id);
  inTurn(() =>
    post<Decided>(`/api/v1/findings/${finding.id}/decision`, {
      action,
      reason: reason ?? null,
      note,
      row_version: finding.rowVersion,
      also: finding.also,
    }),
  )
    .then((answer) => {
      mark(item, answer.state, answer.state_text);
      toast(answer.message);
      count();
    })
    .catch((error: unknown) => {
      mark(item, "open", "");
      complain(error);
      forget(finding.id);
      // Somebody else was quicker, or the service refused: show it as it now stands.
      void open(finding.id);
      count();
    });
  const next = neighbour(finding.id, 1, true);
  if (next !== undefined) void open(next);
  else finish();
  count();
}

function undo(): void {
  inTurn(() => post<Decided>("/api/v1/decisions/undo-last", {}))
    .then((answer) => {
      toast(answer.message);
      forget(answer.id);
      const item = itemOf(answer.id);
      if (!item) return window.location.assign(`/queue?finding=${answer.id}`);
      mark(item, "open", "");
      count();
      void open(answer.id);
    })
    .catch(complain);
}

function finish(): void {
  token++;
  stage.setMarks([]);
  delete document.body.dataset["busy"];
  current = undefined;
  fill(panel, (must("all-done") as HTMLTemplateElement).content.cloneNode(true) as DocumentFragment,
  );
}

function complain(error: unknown): void {
  if (error instanceof Refused) {
    toast(error.message, "bad");
    if (error.status === 401) window.setTimeout(() => window.location.assign("/login"), 1200);
  } else {
    toast(text("refused"), "bad");
    throw error;
  }
}

// ------------------------------------------------------------------ reasons

const reasons = must("reasons");

function openReasons(): void {
  if (!current || current.state !== "open") return;
  reasons.hidden = false;
  reasons.querySelector<HTMLElement>("button")?.focus();
}

function closeReasons(): void {
  reasons.hidden = true;
}

for (const button of reasons.querySelectorAll<HTMLElement>("[data-reason]")) {
  button.addEventListener("click", () => decide("dismiss", button.dataset["reason"]));
}
reasons.addEventListener("click", (event) => {
  if (event.target === reasons) closeReasons();
});

// ------------------------------------------------------------------ keys and clicks

const commands: Record<string, () => void> = {
  confirm: () => decide("confirm"),
  dismiss: openReasons,
  undo,
  next: () => move(1),
  previous: () => move(-1),
  whole: () => {
    whole = !whole;
    void showPicture("stay");
  },
  boxes: () => press("boxes", stage.toggleMarks()),
  reference: () => beside.toggle("reference"),
  earlier: () => beside.toggle("earlier"),
  swipe: () => beside.toggleSwipe(),
  fit: () => stage.fit(),
  closer: () => stage.zoomBy(1.4),
  further: () => stage.zoomBy(1 / 1.4),
  help: () => {
    must("help").hidden = !must("help").hidden;
  },
  rail: () => document.body.classList.toggle("rail-open"),
};

const KEYS: Record<string, string> = {
  Enter: "confirm",
  j: "confirm",
  x: "dismiss",
  d: "dismiss",
  z: "undo",
  n: "next",
  ArrowRight: "next",
  ArrowDown: "next",
  p: "previous",
  ArrowLeft: "previous",
  ArrowUp: "previous",
  f: "whole",
  b: "boxes",
  r: "reference",
  e: "earlier",
  s: "swipe",
  "0": "fit",
  "+": "closer",
  "=": "closer",
  "-": "further",
  "?": "help",
};

listen(() => {
  if (!reasons.hidden) {
    const open: Record<string, () => void> = { Escape: closeReasons, z: closeReasons };
    for (const button of reasons.querySelectorAll<HTMLElement>("[data-reason]")) {
      open[button.dataset["digit"] ?? ""] = () => decide("dismiss", button.dataset["reason"]);
    }
    return open;
  }
  const all: Record<string, () => void> = {
    Escape: () => {
      must("help").hidden = true;
      (document.activeElement as HTMLElement | null)?.blur();
    },
  };
  for (const [key, name] of Object.entries(KEYS)) all[key] = commands[name] as () => void;
  return all;
});

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const button = event.target.closest<HTMLElement>("[data-do]");
  const action = button && commands[button.dataset["do"] ?? ""];
  if (action) {
    button.blur(); // so that the next Enter means "confirm", not "this button again"
    action();
    return;
  }
  const item = event.target.closest<HTMLElement>("#rail [data-id]");
  if (item) {
    event.preventDefault();
    item.blur();
    document.body.classList.remove("rail-open");
    void open(idOf(item));
  }
});

if (first) void open(first);
else finish();
count();
