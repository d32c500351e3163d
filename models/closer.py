"""The closer look: a second stage's word, built into the graph of an ensemble.

Training environment only.  What the members together propose is thinned class by class (of boxes
that overlap the surest), at most ``most`` of a class and picture; each is cut out of the input with
its surroundings, and a second stage names it and says where in the cutting its edges lie
(``models/second_stage.py``).  Of a candidate's score d of a class and the second stage's
probability v, of the box b and the edges e that it saw, the file says

    p = d^(1 - a) v^a        (1 - c) b + c e

with the class's share a and the edges' share c; the edges count only where the surest class is one
that the second stage has a share in.  Of such a class, what overlaps a surer candidate is 0; what
is next to nothing, and a class without a share, stays as it was.  So the program runs one file and
knows nothing of stages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from datasets.classes import CLASS_INDEX, CLASSES
from models import registry
from models.graphs import INPUT, Graph
from models.recipe import build
from vision.seen import InputError, ModelError

SIDE: Final = 64
"""Side of the square that a candidate's region is brought to, px."""
MARGIN: Final = 0.25
"""The region's margin on every side, over the box's longer side."""
MARGIN_PX: Final = 3.0
"""And so many px more: of a thing of 12 px the surroundings say much."""
TYPICAL_PX: Final = 40.0
"""The side (root of the area) of a box whose size is told as 0."""
LEAST: Final = 1e-4
"""The second stage is never surer than this that a candidate is not of a class."""
NOTHING: Final = len(CLASSES)
"""What stands for "none of our classes" among the answers, after all classes."""
CROPS, SHAPES, ANSWER = "crops", "shapes", "probabilities_and_edges"
EDGES: Final = 4
"""The last numbers of an answer: left, top, right, bottom, -1..1 from end to end of the region."""


@dataclass(frozen=True, slots=True)
class Second:
    """The plan's word on its second stage.

    ``model``: its ONNX file, relative to the plan.  ``share``: a, its share in a class's score;
    ``by_class``: the same for single classes.  ``floor``: the score from which something is a
    candidate at all; ``same_iou``: the overlap from which two boxes of a class are one; ``most``:
    candidates of a class in a picture, the surest.  ``edges``: c, its share in a box's edges.
    """

    model: str
    share: float
    by_class: Mapping[str, float] = field(default_factory=dict)
    floor: float = 0.02
    same_iou: float = 0.7
    most: int = 30
    edges: float = 0.2

    def shares(self, slots: Sequence[str | None]) -> NDArray[np.float32]:
        """(1, slots) each slot's share; 0 where a slot means no class of ours."""
        row = [0.0 if s is None else self.by_class.get(s, self.share) for s in slots]
        return np.array([row], np.float32)


def read_second(content: object, plan: Path) -> Second:
    """A plan's ``second``; its file's path, given from the plan's folder on."""
    where = f"{plan}, second"
    second = build(Second, content, where)
    for name in second.by_class:
        if name not in CLASS_INDEX:
            raise InputError(f"{where}: by_class names classes; '{name}' is none of ours.")
    shares = {"share": second.share, "edges": second.edges, **second.by_class}
    for name, share in shares.items():
        if not isinstance(share, int | float) or not 0 <= share <= 1:
            raise InputError(f"{where}: '{name}' must be 0 to 1, not {share!r}.")
    return replace(second, model=str(plan.parent / second.model))


def described(second: Second) -> dict[str, Any]:
    """What a sidecar keeps of a second stage: the plan's word, and its own beside its file."""
    path = Path(second.model)
    try:
        told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(f"{path}: its facts ({path.stem}.json) are missing.") from None
    if told["sha256"] != registry.sha256_of(path):
        raise ModelError(f"{path}: not the file that {path.stem}.json speaks of.")
    kept = {k: v for k, v in asdict(second).items() if k != "model"}
    return {k: told[k] for k in ("name", "version", "sha256", "recipe", "candidates")} | kept


def regions(boxes_xyxy: NDArray[np.float32], grow: float = 1.0) -> NDArray[np.float32]:
    """(N, 4) the regions of boxes (N, 4), xyxy px; ``grow`` times as wide and high."""
    low, high = boxes_xyxy[:, :2], boxes_xyxy[:, 2:]
    sides = high - low
    margin = sides.max(axis=1, keepdims=True) * MARGIN + MARGIN_PX
    centre, half = (low + high) / 2, (sides / 2 + margin) * grow
    return np.concatenate([centre - half, centre + half], axis=1).astype(np.float32)


def shapes(boxes_xyxy: NDArray[np.float32]) -> NDArray[np.float32]:
    """(N, 2) of boxes (N, 4) xyxy px: log of width over height, log of side over a typical one."""
    sides = np.maximum(boxes_xyxy[:, 2:] - boxes_xyxy[:, :2], 1.0)
    wide, high = np.log(sides[:, 0]), np.log(sides[:, 1])
    size = (wide + high) / 2 - np.log(TYPICAL_PX)
    return np.stack([wide - high, size], axis=1).astype(np.float32)


def closer_look(
    graph: Graph, boxes: str, scores: str, second: Second, slots: Sequence[str | None]
) -> tuple[str, str]:
    """The boxes (N, 4, anchors) cx cy w h and scores (N, slots, anchors) after the second stage's
    word."""
    add, const = graph.add, graph.constant
    share = second.shares(slots)
    by_anchor, told = (add("Transpose", (t,), perm=[0, 2, 1]) for t in (boxes, scores))
    where = candidates(graph, by_anchor, scores, second, share[0] > 0)
    box = add("GatherND", (by_anchor, where))
    regions, shapes = outlines(graph, box)
    picture = add("Squeeze", (add("Gather", (where, const([0])), axis=1), const([1])))
    crops = add(
        "RoiAlign",
        (INPUT, regions, picture),
        coordinate_transformation_mode="half_pixel",
        output_height=SIDE,
        output_width=SIDE,
        sampling_ratio=0,
    )
    said, edges = graph.split(_said(graph, second, crops, shapes), const([len(slots), EDGES]), 2)
    before = add("GatherND", (told, where))
    surest = add("ArgMax", (before,), axis=1, keepdims=1)
    count = add("Gather", (const((share[0] > 0) * second.edges, np.float32), surest))
    moved = add("Add", (box, add("Mul", (count, add("Sub", (_seen(graph, regions, edges), box))))))
    first = add("Pow", (before, const(1 - share, np.float32)))
    word = add("Max", (said, const(LEAST, np.float32)))
    both = add("Mul", (first, add("Pow", (word, const(share, np.float32)))))
    # what is no candidate keeps its score where it is next to nothing or the class is not asked of
    little = add("Less", (told, const(second.floor, np.float32)))
    kept = add("Or", (little, const((share == 0)[None], np.bool_)))
    rest = add("Where", (kept, told, const(0, np.float32)))
    named = add("ScatterND", (rest, where, both))
    placed = add("ScatterND", (by_anchor, where, moved))
    return (
        add("Transpose", (placed,), perm=[0, 2, 1]),
        add("Transpose", (named,), perm=[0, 2, 1]),
    )


def _seen(graph: Graph, regions: str, edges: str) -> str:
    """Boxes (M, 4) cx cy w h of edges (M, EDGES) seen in regions (M, 4) xyxy px."""
    add, const = graph.add, graph.constant
    parts, half = const([2, 2]), const(0.5, np.float32)
    (low, high), (first, last) = graph.split(regions, parts, 2), graph.split(edges, parts, 2)
    reach = add("Mul", (add("Sub", (high, low)), half))
    between = add("Mul", (add("Add", (first, last)), half))
    centre = add("Add", (add("Mul", (add("Add", (low, high)), half)), add("Mul", (reach, between))))
    sides = add("Mul", (reach, add("Sub", (last, first))))
    return add("Concat", (centre, add("Max", (sides, const(1, np.float32)))), axis=1)


def candidates(
    graph: Graph, by_anchor: str, scores: str, second: Second, asked: NDArray[np.bool_]
) -> str:
    """(M, 2) picture and anchor of what is looked at, each once, rising; at least one, for an empty
    batch has no word.

    ``by_anchor``: (N, anchors, 4) cx cy w h; ``scores``: (N, slots, anchors); ``asked``: (slots,).
    """
    add, const = graph.add, graph.constant
    some = add("Gather", (scores, const(np.flatnonzero(asked))), axis=1)
    limits = (const([second.most]), const([second.same_iou], np.float32))
    floor = const([second.floor], np.float32)
    found = add("NonMaxSuppression", (by_anchor, some, *limits, floor), center_point_box=1)
    places = add(
        "Gather", (add("Concat", (const([[0, 0, 0]]), found), axis=0), const([0, 2])), axis=1
    )
    # one number a place, so that what several classes propose is looked at once
    anchors = add("Gather", (add("Shape", (by_anchor,)), const([1])))
    weights = add("Reshape", (add("Concat", (anchors, const([1])), axis=0), const([1, 2])))
    numbers = add("ReduceSum", (add("Mul", (places, weights)), const([1])), keepdims=0)
    once = add("Unsqueeze", (add("Unique", (numbers,), sorted=1), const([1])))
    return add("Concat", (add("Div", (once, anchors)), add("Mod", (once, anchors))), axis=1)


def outlines(graph: Graph, box: str) -> tuple[str, str]:
    """Of boxes (M, 4) cx cy w h the regions (M, 4) xyxy px, and the shapes (M, 2) that are told:
    log of width over height, log of the side over a typical one.
    """
    add, const = graph.add, graph.constant
    parts = const([2, 2])
    centre, sides = graph.split(box, parts, 2)
    wide = add("ReduceMax", (sides,), axes=[1], keepdims=1)
    margin = add("Mul", (wide, const(MARGIN, np.float32)))
    margin = add("Add", (margin, const(MARGIN_PX, np.float32)))
    half = add("Add", (add("Mul", (sides, const(0.5, np.float32))), margin))
    corners = (add("Sub", (centre, half)), add("Add", (centre, half)))
    logs = add("Log", (add("Max", (sides, const(1, np.float32))),))
    # (log w, log h) to (log w - log h, half their sum)
    turned = add("MatMul", (logs, const([[1.0, 0.5], [-1.0, 0.5]], np.float32)))
    told = add("Sub", (turned, const([[0.0, np.log(TYPICAL_PX)]], np.float32)))
    return add("Concat", corners, axis=1), told


def _said(graph: Graph, second: Second, crops: str, shapes: str) -> str:
    if not Path(second.model).is_file():
        raise ModelError(f"{second.model}: there is no such second stage; train it first.")
    source = graph.onnx.load(second.model).graph
    kept = {tensor.name: graph.stored(tensor) for tensor in source.initializer}
    try:
        return graph.copied(source, kept, {CROPS: crops, SHAPES: shapes}, ANSWER)
    except ModelError as error:
        raise ModelError(f"{second.model}: no second stage. {error}") from None
