// The list on the left: which finding is where, how each stands, and which one comes next.
import { must } from "../dom";

const rail = must("rail");

export const first = Number(rail.dataset["first"]);
export const items = (): HTMLElement[] => [...rail.querySelectorAll<HTMLElement>("[data-id]")];
export const idOf = (item: HTMLElement): number => Number(item.dataset["id"]);
export const itemOf = (id: number): HTMLElement | undefined =>
  items().find((item) => idOf(item) === id);

export function makeCurrent(id: number): void {
  for (const item of items()) {
    const here = idOf(item) === id;
    item.classList.toggle("is-current", here);
    if (here) {
      item.setAttribute("aria-current", "true");
      item.scrollIntoView({ block: "nearest" });
    } else item.removeAttribute("aria-current");
  }
}

export function neighbour(id: number, step: 1 | -1, openOnly = false): number | undefined {
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

export function mark(item: HTMLElement | undefined, state: string, label: string): void {
  if (!item) return;
  item.dataset["state"] = state;
  const badge = item.querySelector<HTMLElement>(".rail-state");
  if (badge) badge.textContent = label;
}

export function count(): void {
  const left = items()
    .filter((item) => item.dataset["state"] === "open")
    .reduce((sum, item) => sum + Number(item.dataset["findings"] ?? 1), 0);
  for (const element of document.querySelectorAll<HTMLElement>("[data-count=open]")) {
    element.textContent = String(left);
  }
}
