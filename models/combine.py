"""An ensemble in one file: several models' scores averaged anchor by anchor, mirrored as well.

Training environment only.  Two networks that were taught apart err apart; so does one network that
sees a picture and its mirror image (test-time augmentation).  The mean of what they say is surer of
what is there and less sure of what is not.  All must be YOLOv8 of one head: then anchor ``i`` of
each looks at the same place.  The file is one ONNX graph, which the program runs like any other.

Of an anchor with class scores ``p_k`` and box ``b_k`` of look ``k`` (a member at the picture or at
its mirror image), and member weights ``w_k`` that sum to one for each class, the file says

    p = sum_k w_k p_k        b = sum_k m_k b_k / sum_k m_k,  m_k = max over classes of w_k p_k

so that the box is the word of those looks that see something there.  Of the classes that a plan
names ``cubic``, p is the cubic mean, (sum_k w_k p_k^3)^(1/3): what one look is sure of counts for
more than what all of them half see.

A plan may name a ``second`` stage (``models/second_stage.py``): see ``models/closer.py``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from datasets.classes import CLASS_INDEX
from models import registry
from models.closer import Second, closer_look, described, read_second
from models.graphs import BOX, INPUT, OUTPUT, Graph
from models.recipe import build, read_fields
from models.training_side import finish
from vision.model_file import ModelFile
from vision.seen import InputError, ModelError

STRIDES: Final = (8, 16, 32)
"""Of YOLOv8's three maps, in the order in which their anchors stand in the output."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes into a file.

    ``members``: what each model, by name or path, counts; ``by_class``: the same for single
    classes.  ``mirrored``: those of them that see the mirror image too, each look counting for half
    of its member.  ``half``: weights in float are stored in sixteen bits and widened when the file
    is opened, half of their bytes for a two-thousandth of each (in an INT8 network some numbers
    then round to the neighbouring step, so the file itself is to be measured).  ``cubic``: classes
    of which the cubic mean is taken.  ``second``: the fields of ``closer.Second``.
    """

    name: str
    version: str
    members: Mapping[str, float]
    half: bool = False
    mirrored: tuple[str, ...] = ()
    by_class: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    cubic: tuple[str, ...] = ()
    second: Second | None = None


def read_plan(path: Path) -> Plan:
    """A plan from YAML, the fields of :class:`Plan`."""
    content = read_fields(path, "plan")
    if content.get("second") is not None:
        content["second"] = read_second(content["second"], path)
    plan = build(Plan, content, str(path))
    if not isinstance(plan.members, dict) or not isinstance(plan.by_class, dict):
        raise InputError(f"{path}: members and by_class each want names with what they count.")
    for name, counts in (("members", plan.members), *plan.by_class.items()):
        if not isinstance(counts, dict) or counts.keys() != plan.members.keys():
            raise InputError(f"{path}: '{name}' must say of each member what it counts.")
        rows = list(counts.values())
        if not all(isinstance(r, int | float) and r >= 0 for r in rows) or not sum(rows):
            raise InputError(f"{path}: '{name}': numbers of 0 or more, not all 0; not {rows}.")
    if not isinstance(plan.mirrored, tuple) or not set(plan.mirrored) <= plan.members.keys():
        raise InputError(f"{path}: 'mirrored' lists members; not {plan.mirrored!r}.")
    for name in (*plan.by_class, *plan.cubic):
        if name not in CLASS_INDEX:
            raise InputError(f"{path}: by_class and cubic name classes; '{name}' is none of ours.")
    return plan


def slot_weights(plan: Plan, slots: Sequence[str | None]) -> NDArray[np.float32]:
    """Shape (members, slots): each member's weight for each slot; a slot's sum to one."""
    counts = [plan.by_class.get(name or "", plan.members) for name in slots]
    table = np.array([[row[m] for row in counts] for m in plan.members], np.float64)
    return np.asarray(table / table.sum(axis=0), np.float32)


def combine(plan: Plan, out: Path) -> Path:
    """Write the file of a plan with its sidecar; thresholds are the first member's until they are
    measured."""
    import onnx

    members = [registry.find(name) for name in plan.members]
    first = members[0]
    for other in members[1:]:
        if (other.slots, other.input_px) != (first.slots, first.input_px):
            raise ModelError(f"{other.name} and {first.name} have not the same head.")
    graph = _Ensemble(onnx, half=plan.half)
    cubic = [i for i, name in enumerate(first.slots) if name in plan.cubic]
    mirrored = [name in plan.mirrored for name in plan.members]
    boxes, scores = graph.build(members, slot_weights(plan, first.slots), cubic, mirrored)
    if plan.second is not None:
        boxes, scores = closer_look(graph, boxes, scores, plan.second, first.slots)
    graph.add("Concat", (boxes, scores), OUTPUT, axis=1)
    out.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(graph.model(len(first.slots)), str(out))
    sidecars = [registry.sidecar_of(m) for m in members]
    content = {
        **{k: v for k, v in sidecars[0].items() if k not in {"training", "quantised"}},
        "name": plan.name,
        "version": plan.version,
        "sha256": registry.sha256_of(out),
        "card": f"docs/models/{plan.name}.md",
        "combined": {
            "mirrored": [s["name"] for s, twice in zip(sidecars, mirrored, strict=True) if twice],
            "half": plan.half,
            "cubic": list(plan.cubic),
            "second": None if plan.second is None else described(plan.second),
            "by_class": {c: [row[m] for m in plan.members] for c, row in plan.by_class.items()},
            "members": [
                _member(s, w) for s, w in zip(sidecars, plan.members.values(), strict=True)
            ],
        },
    }
    registry.write_sidecar(out, content)
    return out


def _member(sidecar: Mapping[str, Any], weight: float) -> dict[str, Any]:
    training = sidecar.get("training", {})
    return {
        **{key: sidecar.get(key) for key in ("name", "version", "sha256")},
        "weight": weight,
        "start": training.get("recipe", {}).get("start"),
        "recipe": training.get("recipe", {}).get("name"),
        "parameter_tensors": training.get("parameter_tensors"),
        "parameter_tensors_changed": training.get("parameter_tensors_changed"),
    }


class _Ensemble(Graph):
    """The members' looks at one picture, brought together."""

    def build(
        self,
        members: Sequence[ModelFile],
        weights: NDArray[np.float32],
        cubic: Sequence[int],
        mirrored: Sequence[bool],
    ) -> tuple[str, str]:
        """``weights``: (members, slots), see :func:`slot_weights`; ``cubic``: slots, rising;
        ``mirrored``: which members see the mirror image too.  Gives the names of the boxes
        (N, 4, anchors) cx cy w h and of the scores (N, slots, anchors).
        """
        slots = weights.shape[1]
        little = self.constant(1e-6, np.float32)
        back = self._mirror() if any(mirrored) else None
        scores, boxes, masses = [], [], []
        cubes: dict[int, list[str]] = {slot: [] for slot in cubic}
        for member, whole, twice in zip(members, weights, mirrored, strict=True):
            row = whole / np.float32(2 if twice else 1)
            count = self.constant(row[None, :, None], np.float32)
            for said in self._looks(member, back if twice else None):
                scores.append(self.add("Mul", (self.rows(said, BOX, BOX + slots), count)))
                most = self.add("ReduceMax", (scores[-1],), axes=[1], keepdims=1)
                masses.append(self.add("Add", (most, little)))
                boxes.append(self.add("Mul", (self.rows(said, 0, BOX), masses[-1])))
                for slot, found in cubes.items():
                    one = self.rows(said, BOX + slot, BOX + slot + 1)
                    cube = self.add("Mul", (self.add("Mul", (one, one)), one))
                    found.append(self.add("Mul", (cube, self.constant(row[slot], np.float32))))
        third = self.constant(1 / 3, np.float32)
        mean, parts, done = self.total(scores), [], 0
        for slot, found in cubes.items():
            if slot > done:
                parts.append(self.rows(mean, done, slot))
            parts.append(self.add("Pow", (self.total(found), third)))
            done = slot + 1
        parts.append(self.rows(mean, done, slots) if done else mean)
        box = self.add("Div", (self.total(boxes), self.total(masses)))
        return box, parts[0] if len(parts) == 1 else self.add("Concat", parts, axis=1)

    def _looks(self, member: ModelFile, back: tuple[str, str, str] | None) -> Iterator[str]:
        """A member's output for the picture, and for its mirror image where ``back`` (mirrored
        picture, its width, the anchors' mirrored order) is given."""
        model = self.onnx.load(str(member.path))
        kept_words = {"names", "license", "stride"}
        self.metadata |= {p.key: p.value for p in model.metadata_props if p.key in kept_words}
        source = model.graph
        kept = {tensor.name: self.stored(tensor) for tensor in source.initializer}
        yield self.copied(source, kept, {INPUT: INPUT})
        if back is None:
            return
        picture, width, order = back
        said = self.add("Gather", (self.copied(source, kept, {INPUT: picture}), order), axis=2)
        x, rest = self.rows(said, 0, 1), self.rows(said, 1, BOX + len(member.slots))
        yield self.add("Concat", (self.add("Sub", (width, x)), rest), axis=1)

    def _mirror(self) -> tuple[str, str, str]:
        """The mirrored picture, its width as a number, and the order of its anchors from the
        other side."""
        shape = self.add("Shape", (INPUT,))
        height, width = (self.add("Gather", (shape, self.constant([i]))) for i in (2, 3))
        from_right = [self.constant([n]) for n in (-1, -(1 << 62))]
        minus, zero, one = self.constant([-1]), self.constant(0), self.constant(1)
        picture = self.add("Slice", (INPUT, *from_right, self.constant([3]), minus))
        orders, before = [], self.constant([0])
        for stride in STRIDES:
            size = self.constant([stride])
            h, w = (self.add("Div", (side, size)) for side in (height, width))
            count = self.add("Mul", (h, w))
            places = self.add("Range", (zero, self.add("Squeeze", (count,)), one))
            grid = self.add("Reshape", (places, self.add("Concat", (h, w), axis=0)))
            turned = self.add("Slice", (grid, *from_right, self.constant([1]), minus))
            orders.append(self.add("Add", (self.add("Reshape", (turned, minus)), before)))
            before = self.add("Add", (before, count))
        order = self.add("Concat", orders, axis=0)
        across = self.add("Cast", (width,), to=self.onnx.TensorProto.FLOAT)
        return picture, across, order


def main() -> int:
    """The training environment's side of ``deskcheck model combine``."""
    parser = argparse.ArgumentParser(prog="python -m models.combine", description=__doc__)
    parser.add_argument("plan", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="NAME.onnx to write")
    given = parser.parse_args()
    return finish(lambda: combine(read_plan(given.plan), given.out))


if __name__ == "__main__":
    raise SystemExit(main())
