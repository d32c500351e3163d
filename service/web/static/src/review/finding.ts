// Findings as the service hands them over: a panel of HTML, and what the picture viewer needs.
import { fragment } from "../http";
import { load, type Box, type Mark } from "../viewer";

export interface Shot {
  frame: string | null; // the whole masked frame
  size: [number, number];
  crop: string | null;
  cropBox: Box;
  marks: Mark[];
  title: string;
}

export interface Finding {
  id: number;
  rowVersion: number;
  state: string;
  shots: Shot[];
  reference: string | null;
  earlier: number | null; // place in shots of an earlier night's
  also: { id: number; row_version: number }[]; // other clauses of the same cause
}

export interface Decided {
  id: number;
  row_version: number;
  state: string;
  state_text: string;
  message: string;
}

const panels = new Map<number, Promise<string>>();

function panelOf(id: number): Promise<string> {
  let promise = panels.get(id);
  if (!promise) {
    promise = fragment(`/queue/${id}/panel`);
    promise.catch(() => panels.delete(id));
    panels.set(id, promise);
  }
  return promise;
}

/** It has changed: the next one who asks gets it anew. */
export function forget(id: number): void {
  panels.delete(id);
}

export async function read(id: number): Promise<{ article: HTMLElement; finding: Finding }> {
  const holder = document.createElement("template");
  holder.innerHTML = await panelOf(id);
  const article = holder.content.querySelector<HTMLElement>("article");
  const data = article?.dataset["finding"];
  if (!article || !data) throw new Error("panel without a finding");
  return { article, finding: JSON.parse(data) as Finding };
}

/** Have the panel and its first picture at hand before they are asked for. */
export function ahead(id: number): void {
  read(id)
    .then(({ finding }) => {
      const shot = finding.shots[0];
      const url = shot?.crop ?? shot?.frame;
      return url ? load(url) : undefined;
    })
    .catch(() => undefined); // loading ahead may fail; opening it will say so
}
