// Two inspectors at one queue: who looks at what right now.
import { post, text } from "./http";

export interface Claim {
  id: number;
  by: string | null; // another inspector who looks at it; null: it is ours
  state: string;
  row_version: number;
  held: { id: number; by: string }[]; // what others have before them
}

export function claim(id: number): Promise<Claim> {
  return post<Claim>(`/api/v1/findings/${id}/claim`, {});
}

/** Name on each item of the list who else has it before them. */
export function showHeld(items: HTMLElement[], held: Claim["held"]): void {
  const by = new Map(held.map((each) => [each.id, each.by]));
  for (const item of items) {
    const name = by.get(Number(item.dataset["id"]));
    if (name === item.dataset["held"]) continue;
    if (name === undefined) delete item.dataset["held"];
    else item.dataset["held"] = name;
    const badge = item.querySelector<HTMLElement>(".rail-state");
    if (badge && item.dataset["state"] === "open") badge.textContent = name ?? "";
  }
}

/** Above the finding: somebody else is looking at it. */
export function warn(panel: HTMLElement, name: string): void {
  const note = document.createElement("div");
  note.className = "notice";
  note.id = "held";
  note.textContent = text("held").replace("{name}", name);
  panel.querySelector(".finding-body")?.prepend(note);
}
