// The outline of what is picked in a camera: its points as they lie in the picture, and their changes.
import { toPicture, toStraight } from "./lens";
import { round, type Area, type Camera, type Picked, type Point } from "./model";

type Size = [number, number];

/** The areas of one sort in a camera; a recorder's clock is a list of one at most. */
export function areasOf(camera: Camera, what: Area): Point[][] {
  if (what === "zone") return (camera.zones ?? []).map((zone) => zone.polygon);
  if (what === "ignore") return camera.ignore ?? [];
  return camera.clock ? [camera.clock] : [];
}

function polygonOf(camera: Camera, picked: NonNullable<Picked>): Point[] | undefined {
  return picked.what === "plane" ? undefined : areasOf(camera, picked.what)[picked.index];
}

/** Whether it is still there, after an undo. */
export function isThere(camera: Camera, picked: NonNullable<Picked>): boolean {
  return !!(picked.what === "plane" ? camera.planes?.[picked.index] : polygonOf(camera, picked));
}

/** The points of what is picked, in the picture. */
export function pointsOf(camera: Camera | undefined, picked: Picked, size: Size): Point[] {
  if (!camera || !picked) return [];
  if (picked.what !== "plane") return polygonOf(camera, picked) ?? [];
  const plane = camera.planes?.[picked.index];
  return plane ? plane.points.map((p) => toPicture(camera.lens, p.at, size)) : [];
}

/** Put one of its points where it was clicked in the picture. */
export function putPoint(
  camera: Camera | undefined,
  picked: Picked,
  index: number,
  at: Point,
  size: Size,
): void {
  if (!camera || !picked) return;
  const place: Point = [round(at[0]), round(at[1])];
  if (picked.what !== "plane") {
    const polygon = polygonOf(camera, picked);
    if (polygon) polygon[index] = place;
    return;
  }
  const pair = camera.planes?.[picked.index]?.points[index];
  if (!pair) return;
  const [x, y] = toStraight(camera.lens, place, size);
  pair.at = [Math.round(x * 1e5) / 1e5, Math.round(y * 1e5) / 1e5];
}

/** A new point of a polygon; a plane's points are known ones, there is nothing between them. */
export function insertPoint(
  camera: Camera | undefined,
  picked: Picked,
  index: number,
  at: Point,
): boolean {
  if (!camera || !picked || picked.what === "plane") return false;
  polygonOf(camera, picked)?.splice(index, 0, at);
  return true;
}

/** Take a point away; a polygon keeps three. */
export function dropPoint(camera: Camera | undefined, picked: Picked, index: number): boolean {
  if (!camera || !picked) return false;
  if (picked.what === "plane") {
    camera.planes?.[picked.index]?.points.splice(index, 1);
    return true;
  }
  const polygon = polygonOf(camera, picked);
  if (!polygon || polygon.length <= 3) return false;
  polygon.splice(index, 1);
  return true;
}
