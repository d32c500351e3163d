// A lens bends straight lines (Brown-Conrady).  Zones lie in the picture as it is, points of planes
// in the picture as a straight lens would show it: the two are one place.
import type { Lens, Point } from "./model";

function bend(lens: Lens, r2: number): number {
  return 1 + (lens.k1 ?? 0) * r2 + (lens.k2 ?? 0) * r2 * r2;
}

function frame(lens: Lens, size: [number, number]): { focal: number; cx: number; cy: number } {
  const [cx, cy] = lens.centre ?? [0.5, 0.5];
  return { focal: lens.focal * size[0], cx: cx * size[0], cy: cy * size[1] };
}

/** From the straight picture to the real one, 0..1. */
export function toPicture(lens: Lens | undefined, [x, y]: Point, size: [number, number]): Point {
  if (!lens || (!lens.k1 && !lens.k2)) return [x, y];
  const { focal, cx, cy } = frame(lens, size);
  const u = (x * size[0] - cx) / focal;
  const v = (y * size[1] - cy) / focal;
  const scale = bend(lens, u * u + v * v);
  return [(u * scale * focal + cx) / size[0], (v * scale * focal + cy) / size[1]];
}

/** From the real picture to the straight one, 0..1: the same turned round, step by step. */
export function toStraight(lens: Lens | undefined, [x, y]: Point, size: [number, number]): Point {
  if (!lens || (!lens.k1 && !lens.k2)) return [x, y];
  const { focal, cx, cy } = frame(lens, size);
  const ud = (x * size[0] - cx) / focal;
  const vd = (y * size[1] - cy) / focal;
  let [u, v] = [ud, vd];
  for (let i = 0; i < 30; i++) {
    const scale = bend(lens, u * u + v * v);
    [u, v] = [ud / scale, vd / scale];
  }
  return [(u * focal + cx) / size[0], (v * focal + cy) / size[1]];
}
