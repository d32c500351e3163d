"""The sample hall's answer key, derived from what each picture's id map shows.  No bpy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from datasets.render import sample_plan as plan

MIN_VISIBLE, MIN_SIDE_PX = 0.5, 10
THIN_VISIBLE = 0.3  # cables: the lone-pixel count of a thin tube is too large by its edges
MAX_HIDDEN = 0.5
MIN_FRAMES = 2

ZONE_OF: dict[str, str] = {
    plan.PHONE: "desk_top",
    plan.CUP: "desk_top",
    plan.CLOTHES: "chair_back",
    plan.SEAT: "seat",
    plan.CABLE: "under_desk",
    plan.UNDER: "under_desk",
    plan.ABSENT: "staff",
}


@dataclass(frozen=True)
class FrameFacts:
    """One shipped frame: ``labels`` as the stage gave them, ``hidden`` zone kind -> desk -> share
    that people (for the floor: people and chairs) cover, ``broken`` why it can't be judged."""

    name: str
    camera: str
    moment: str
    broken: str | None
    labels: Sequence[Mapping[str, Any]]
    hidden: Mapping[str, Mapping[str, float]]

    @property
    def window(self) -> str:
        return self.moment[0]


def rows(frames: Sequence[FrameFacts]) -> list[dict[str, Any]]:
    """One row a camera, desk, clause and window, in fixed order."""
    out = []
    for cam in plan.CAMERAS:
        for desk in cam.desks:
            for clause, windows in plan.WINDOWS.items():
                for window in windows:
                    mine = [f for f in frames if f.camera == cam.id and f.window == window]
                    out.append(
                        _absence(mine, desk) | _head(cam.id, desk, clause, window)
                        if clause == plan.ABSENT
                        else _head(cam.id, desk, clause, window) | _things(mine, desk, clause)
                    )
    return out


def _head(camera: str, desk: str, clause: str, window: str) -> dict[str, Any]:
    return {"camera": camera, "desk": desk, "clause": clause, "window": window}


def _tagged(frame: FrameFacts, desk: str, tag: str) -> list[Mapping[str, Any]]:
    return [b for b in frame.labels if b["desk"] == desk and tag in b["tags"]]


def _clear(box: Mapping[str, Any]) -> bool:
    need = THIN_VISIBLE if box["cls"] in ("cable", "power_strip") else MIN_VISIBLE
    return bool(box["visible"] >= need and box["short_side_px"] >= MIN_SIDE_PX)


def _shown(box: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "class": box["cls"],
        "asset": box["asset"].split("@")[0],
        "box": box["box_xyxy_px"],
        "short_side_px": box["short_side_px"],
        "visible": box["visible"],
    }


def _planned(frame: FrameFacts, desk: str, clause: str) -> bool:
    return any(i.desk == desk and i.clause == clause and frame.moment in i.when for i in plan.ITEMS)


def _twins(frames: Sequence[FrameFacts], desk: str, clause: str) -> list[dict[str, Any]]:
    seen: dict[str, dict[str, Any]] = {}
    for f in frames:
        for b in _tagged(f, desk, f"twin:{clause}"):
            if f.broken is None and b["asset"] not in seen:
                seen[b["asset"]] = {"frame": f.name, **_shown(b)}
    if clause == plan.CLOTHES:
        for f in frames:
            if f.broken is None and plan.seated(desk, f.moment):
                person = next(
                    (b for b in f.labels if b["desk"] == desk and b["cls"] == "person"), None
                )
                if person is not None:
                    seen["seated"] = {"frame": f.name, **_shown(person)}
                    break
    return [seen[k] for k in sorted(seen)]


def _things(frames: Sequence[FrameFacts], desk: str, clause: str) -> dict[str, Any]:
    planted: dict[str, list[dict[str, Any]]] = {}
    intended = clean = 0
    for f in frames:
        if _planned(f, desk, clause):
            intended += 1
            clear = [b for b in _tagged(f, desk, f"plant:{clause}") if _clear(b)]
            if f.broken is None and clear:
                planted[f.name] = [_shown(b) for b in clear]
        elif (
            f.broken is None
            and not (clause in (plan.CLOTHES, plan.SEAT) and plan.seated(desk, f.moment))
            and f.hidden[ZONE_OF[clause]].get(desk, 1.0) <= MAX_HIDDEN
        ):
            clean += 1
    if len(planted) >= MIN_FRAMES:
        truth, why = "violation", "planted"
    elif intended:
        truth, why = "unjudgeable", "planted, but hidden or too small in the frames"
    elif clean:
        truth, why = "compliant", "nothing planted, the place is in view"
    elif not any(f.broken is None for f in frames):
        truth, why = "unjudgeable", "no frame of the window can be judged"
    elif clause in (plan.CLOTHES, plan.SEAT) and any(
        f.broken is None and plan.seated(desk, f.moment) for f in frames
    ):
        truth, why = "compliant", "somebody sits there"
    else:
        truth, why = "unjudgeable", "the place is hidden in every frame"
    row: dict[str, Any] = {
        "truth": truth,
        "why": why,
        "frames": sorted(planted),
        "planted": planted,
    }
    twins = _twins(frames, desk, clause)
    return row | ({"twins": twins} if twins else {})


def _absence(frames: Sequence[FrameFacts], desk: str) -> dict[str, Any]:
    state: list[tuple[str, str]] = []
    ordered = sorted(frames, key=lambda f: f.name)
    for f in ordered:
        if f.broken is not None:
            state.append((f.name, "broken"))
        elif plan.seated(desk, f.moment):
            state.append((f.name, "present"))
        elif plan.sign_stands(desk, f.moment):
            sign = _tagged(f, desk, f"twin:{plan.ABSENT}")
            state.append((f.name, "sign" if any(_clear(b) for b in sign) else "hidden"))
        elif f.hidden["staff"].get(desk, 1.0) > MAX_HIDDEN:
            state.append((f.name, "hidden"))
        else:
            state.append((f.name, "absent"))
    run: list[str] = []
    best: list[str] = []
    before = False
    for f, (name, s) in zip(ordered, state, strict=True):
        # over lunch nobody need be there: after it a new run begins
        before, go_on = plan.after_lunch(f.moment), plan.after_lunch(f.moment) == before
        run = [*(run if go_on else ()), name] if s == "absent" else []
        best = max(best, run, key=len)
    good = [s for _, s in state if s in ("present", "sign")]
    if len(best) >= MIN_FRAMES:
        truth, why = "violation", "nobody there and no sign"
    elif good:
        truth, why = "compliant", "somebody there, or the sign stands"
    else:
        truth, why = "unjudgeable", "no frame shows the place"
    row: dict[str, Any] = {
        "truth": truth,
        "why": why,
        "frames": best if truth == "violation" else [],
        "planted": {},
        "states": dict(state),
    }
    twins = _twins(frames, desk, plan.ABSENT)
    return row | ({"twins": twins} if twins else {})
