// The review desk: the list on the left, the picture, the clause beside it, one key a verdict.
import { claim, showHeld, warn } from "./claims";
import { fill } from "./dom";
import { fragment, post, Refused, text } from "./http";
import { listen } from "./keys";
import { toast } from "./toast";
import { load, Stage, type Box, type Mark } from "./viewer";

interface Shot {
  frame: string | null; // the whole masked frame
  size: [number, number];
  crop: string | null;
  cropBox: Box;
  marks: Mark[];
  title: string;
}

interface Finding {
  id: number;
  rowVersion: number;
  state: string;
  shots: Shot[];
  reference: string | null;
  earlier: number | null; // place in shots of an earlier night's
  also: { id: number; row_version: number }[]; // other clauses of the same cause
}

interface Decided {
  id: number;
  row_version: number;
  state: string;
  state_text: string;
  message: string;
}

const rail = must("rail");
const panel = must("panel");
const empty = must("picture-missing");
const stage = new Stage(must("picture"));
const referenceBox = must("reference");
let referenceStage: Stage | undefined;

const panels = new Map<number, Promise<string>>();
let current: Finding | undefined;
let shotIndex = 0;
let whole = false;
let beside: "reference" | "earlier" | undefined; // what is set beside the picture
let swiping = false;
let token = 0;
let pictureOf: number | undefined; // whose picture is on the stage: nothing is decided unseen

function must(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`#${id} is missing`);
  return element;
}

const items = (): HTMLElement[] => [...rail.querySelectorAll<HTMLElement>("[data-id]")];
const idOf = (item: HTMLElement): number => Number(item.dataset["id"]);
const itemOf = (id: number): HTMLElement | undefined => items().find((item) => idOf(item) === id);

// ------------------------------------------------------------------ loading

function panelOf(id: number): Promise<string> {
  let promise = panels.get(id);
  if (!promise) {
    promise = fragment(`/queue/${id}/panel`);
    promise.catch(() => panels.delete(id));
    panels.set(id, promise);
  }
  return promise;
}

function parse(html: string): { article: HTMLElement; finding: Finding } {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const article = holder.content.querySelector<HTMLElement>("article");
  const data = article?.dataset["finding"];
  if (!article || !data) throw new Error("panel without a finding");
  return { article, finding: JSON.parse(data) as Finding };
}

function ahead(id: number): void {
  panelOf(id)
    .then((html) => {
      const shot = parse(html).finding.shots[0];
      const url = shot?.crop ?? shot?.frame;
      return url ? load(url) : undefined;
    })
    .catch(() => undefined); // loading ahead may fail; opening it will say so
}

async function open(id: number): Promise<void> {
  const mine = ++token;
  pictureOf = undefined;
  document.body.dataset["busy"] = "picture";
  stage.setMarks([]);
  for (const item of items()) {
    const here = idOf(item) === id;
    item.classList.toggle("is-current", here);
    if (here) {
      item.setAttribute("aria-current", "true");
      item.scrollIntoView({ block: "nearest" });
    } else item.removeAttribute("aria-current");
  }
  try {
    const { article, finding } = parse(await panelOf(id));
    if (mine !== token) return;
    fill(panel, article);
    current = finding;
    shotIndex = 0;
    wire(article);
    history.replaceState(null, "", `/queue?finding=${id}`);
    if (beside && !canShow(beside)) compare(undefined);
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
      panels.delete(finding.id);
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
  await showBeside(finding, useWhole);
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

function neighbour(id: number, step: 1 | -1, openOnly = false): number | undefined {
  const all = items();
  const at = all.findIndex((item) => idOf(item) === id);
  if (!openOnly) {
    const next = all[at + step];
    return next && idOf(next);
  }
  // what comes after, then what was left before; what another inspector has before them comes last
  const left = [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))].filter(
    (item) => item.dataset["state"] === "open",
  );
  const next = left.find((item) => !item.dataset["held"]) ?? left[0];
  return next && idOf(next);
}

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
  panels.delete(finding.id);
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
      panels.delete(finding.id);
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
      panels.delete(answer.id);
      const item = itemOf(answer.id);
      if (!item) return window.location.assign(`/queue?finding=${answer.id}`);
      mark(item, "open", "");
      count();
      void open(answer.id);
    })
    .catch(complain);
}

function mark(item: HTMLElement | undefined, state: string, label: string): void {
  if (!item) return;
  item.dataset["state"] = state;
  const badge = item.querySelector<HTMLElement>(".rail-state");
  if (badge) badge.textContent = label;
}

function count(): void {
  const left = items()
    .filter((item) => item.dataset["state"] === "open")
    .reduce((sum, item) => sum + Number(item.dataset["findings"] ?? 1), 0);
  for (const element of document.querySelectorAll<HTMLElement>("[data-count=open]")) {
    element.textContent = String(left);
  }
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

// ------------------------------------------------------------------ looking

function press(name: string, on: boolean): void {
  document.querySelector(`[data-do=${name}]`)?.setAttribute("aria-pressed", String(on));
}

const swipe = must("swipe") as HTMLInputElement;

function canShow(what: "reference" | "earlier"): boolean {
  return what === "reference" ? !!current?.reference : current?.earlier != null;
}

/** The clean picture or an earlier night's, at the same place of the frame. */
async function showBeside(finding: Finding, useWhole: boolean): Promise<void> {
  const shown = finding.shots[0];
  if (!beside || !referenceStage || !shown) return;
  const full: Box = [0, 0, shown.size[0], shown.size[1]];
  let url: string | null | undefined;
  let box: Box = useWhole ? full : shown.cropBox;
  if (beside === "reference") {
    url = finding.reference && finding.reference + (useWhole ? "?whole=1" : "");
  } else {
    const shot = finding.earlier === null ? undefined : finding.shots[finding.earlier];
    const large = (useWhole && shot?.frame) || !shot?.crop;
    url = large ? shot?.frame : shot.crop;
    if (shot) box = large ? [0, 0, shot.size[0], shot.size[1]] : shot.cropBox;
  }
  if (!url) return;
  name(beside, " …"); // a clean picture that nobody has looked at yet is masked first
  try {
    if (!(await referenceStage.show({ url, box }, box, "stay"))) return;
    referenceStage.lookLike(stage);
  } catch {
    toast(text("no-picture"), "bad");
  }
  name(beside);
}

function name(what: "reference" | "earlier" | undefined, more = ""): void {
  const note = referenceBox.querySelector(".picture-note");
  if (what && note) note.textContent = (referenceBox.dataset[what] ?? "") + more;
}

function compare(what: "reference" | "earlier" | undefined): void {
  if (what && !canShow(what)) {
    return toast(text(what === "reference" ? "no-reference" : "no-earlier"), "bad");
  }
  beside = what;
  referenceBox.hidden = !what;
  name(what);
  press("reference", what === "reference");
  press("earlier", what === "earlier");
  arrange();
  if (what && !referenceStage) {
    referenceStage = new Stage(referenceBox);
    referenceStage.follow(stage);
  }
  void showPicture("stay");
}

/** Side by side, or one over the other with a slider between them. */
function arrange(): void {
  const over = swiping && beside !== undefined;
  referenceBox.classList.toggle("is-over", over);
  swipe.hidden = !over;
  referenceBox.style.clipPath = over ? `inset(0 0 0 ${swipe.value}%)` : "";
  press("swipe", swiping);
}

swipe.addEventListener("input", arrange);
swipe.addEventListener("pointerup", () => swipe.blur()); // so that keys decide again

function toggleSwipe(): void {
  swiping = !swiping || !beside;
  if (beside) return arrange();
  compare(canShow("reference") || !canShow("earlier") ? "reference" : "earlier");
  if (!beside) swiping = false;
  arrange();
}

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
  reference: () => compare(beside === "reference" ? undefined : "reference"),
  earlier: () => compare(beside === "earlier" ? undefined : "earlier"),
  swipe: toggleSwipe,
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

const first = Number(rail.dataset["first"]);
if (first) void open(first);
else finish();
count();
