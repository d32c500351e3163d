// A draft of a hall's layout, as HALL.yaml says it, with undo.

export type Point = [number, number];

export interface Zone {
  id?: string;
  kind: string;
  desk?: string | null;
  polygon: Point[];
  holds?: string[];
  inside?: boolean;
}
export interface Pair {
  at: Point; // lens-corrected, 0..1
  cm: Point;
}
export interface Plane {
  id: string;
  kind: "desk" | "floor";
  desk?: string | null;
  points: Pair[];
  zones?: string[];
}
export interface Lens {
  focal: number;
  k1?: number;
  k2?: number;
  centre?: Point;
}
export interface Camera {
  id: string;
  name?: string;
  size?: [number, number];
  reference?: Record<string, string>;
  lens?: Lens;
  planes?: Plane[];
  ignore?: Point[][];
  clock?: Point[] | null; // where the recorder writes the time: one or none
  zones?: Zone[];
  things?: unknown[];
}
export interface Desk {
  id: string;
  name?: string;
  window?: string | null;
  unit?: string | null;
  size_cm?: Point;
  cups?: string;
  [more: string]: unknown;
}
export interface Data {
  schema: number;
  hall: { id: string; name: string; level?: string; mode?: string };
  hours?: { weekly?: Record<string, string>; lunch?: string; [more: string]: unknown };
  desks: Desk[];
  cameras: Camera[];
}

export type Area = "zone" | "ignore" | "clock";

export type Picked = { what: Area | "plane"; index: number; point?: number } | undefined;

const MOST_STEPS = 200;

/** The draft; every change goes through `change`, so that it can be taken back. */
export class Draft {
  data: Data;
  base: number;
  private past: string[] = [];
  private future: string[] = [];
  private saved: string;

  constructor(data: Data, base: number) {
    this.data = data;
    this.base = base;
    this.saved = JSON.stringify(data);
  }

  get text(): string {
    return JSON.stringify(this.data);
  }

  get dirty(): boolean {
    return this.text !== this.saved;
  }

  change(work: () => void): void {
    this.mark();
    work();
  }

  /** Remember how it stands before a drag; what follows is one step. */
  mark(): void {
    const now = JSON.stringify(this.data);
    if (this.past[this.past.length - 1] === now) return;
    this.past.push(now);
    if (this.past.length > MOST_STEPS) this.past.shift();
    this.future = [];
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  undo(): void {
    this.step(this.past, this.future);
  }

  redo(): void {
    this.step(this.future, this.past);
  }

  private step(from: string[], to: string[]): void {
    const now = JSON.stringify(this.data);
    let text = from.pop();
    if (text === now) text = from.pop(); // a drag that moved nothing
    if (text === undefined) return;
    to.push(now);
    this.data = JSON.parse(text) as Data;
  }

  /** `sent` was saved as version `base`; what was changed while it was on its way was not. */
  keep(base: number, sent: string): void {
    this.base = base;
    this.saved = sent;
  }
}

export function round(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 1e5) / 1e5;
}

export function freshId(taken: string[], stem: string): string {
  let number = 1;
  while (taken.includes(`${stem}${number}`)) number += 1;
  return `${stem}${number}`;
}

/** Drop what says nothing, so that the YAML stays short. */
export function set<T extends object, K extends keyof T>(target: T, key: K, value: T[K]): void {
  if (value === "" || value === null || value === undefined || value === false) delete target[key];
  else target[key] = value;
}
