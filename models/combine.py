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
from models.recipe import build, read_fields
from models.training_side import finish
from vision.model_file import ModelFile
from vision.seen import InputError, ModelError

STRIDES: Final = (8, 16, 32)
"""Of YOLOv8's three maps, in the order in which their anchors stand in the output."""
BOX: Final = 4
INPUT: Final = "images"
OUTPUT: Final = "output0"
HALF_FROM: Final = 256
"""Float weights of so many numbers and more may be kept in sixteen bits."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes into a file.

    ``members``: what each model, by name or path, counts; ``by_class``: the same for single
    classes.  ``mirrored``: those of them that see the mirror image too, each look counting for half
    of its member.  ``half``: weights in float are stored in sixteen bits and widened when the file
    is opened, half of their bytes for a two-thousandth of each (in an INT8 network some numbers
    then round to the neighbouring step, so the file itself is to be measured).  ``cubic``: classes
    of which the cubic mean is taken.
    """

    name: str
    version: str
    members: Mapping[str, float]
    half: bool = False
    mirrored: tuple[str, ...] = ()
    by_class: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    cubic: tuple[str, ...] = ()


def read_plan(path: Path) -> Plan:
    """A plan from YAML, the fields of :class:`Plan`."""
    plan = build(Plan, read_fields(path, "plan"), str(path))
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
    graph = _Graph(onnx, half=plan.half)
    cubic = [i for i, name in enumerate(first.slots) if name in plan.cubic]
    mirrored = [name in plan.mirrored for name in plan.members]
    graph.build(members, slot_weights(plan, first.slots), cubic, mirrored)
    out.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(graph.model(), str(out))
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


class _Graph:
    """A graph in the making; every tensor gets a short name, which is stored with each use."""

    def __init__(self, onnx: Any, *, half: bool) -> None:  # noqa: ANN401 - onnx is untyped
        self.half = half
        self.onnx = onnx
        self.nodes: list[Any] = []
        self.initializers: list[Any] = []
        self.metadata: dict[str, str] = {}
        self.slots = 0
        self.fresh: Iterator[str] = (_short(i) for i in range(1 << 20))

    def constant(self, value: object, kind: type = np.int64) -> str:
        name = next(self.fresh)
        array: NDArray[Any] = np.asarray(value, kind)
        self.initializers.append(self.onnx.numpy_helper.from_array(array, name))
        return name

    def add(self, kind: str, inputs: Sequence[str], name: str = "", **attributes: object) -> str:
        name = name or next(self.fresh)
        self.nodes.append(self.onnx.helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def build(
        self,
        members: Sequence[ModelFile],
        weights: NDArray[np.float32],
        cubic: Sequence[int],
        mirrored: Sequence[bool],
    ) -> None:
        """``weights``: (members, slots), see :func:`slot_weights`; ``cubic``: slots, rising;
        ``mirrored``: which members see the mirror image too.
        """
        self.slots = weights.shape[1]
        little = self.constant(1e-6, np.float32)
        back = self._mirror() if any(mirrored) else None
        scores, boxes, masses = [], [], []
        cubes: dict[int, list[str]] = {slot: [] for slot in cubic}
        for member, whole, twice in zip(members, weights, mirrored, strict=True):
            row = whole / np.float32(2 if twice else 1)
            count = self.constant(row[None, :, None], np.float32)
            for said in self._looks(member, back if twice else None):
                scores.append(self.add("Mul", (self._rows(said, BOX, BOX + self.slots), count)))
                most = self.add("ReduceMax", (scores[-1],), axes=[1], keepdims=1)
                masses.append(self.add("Add", (most, little)))
                boxes.append(self.add("Mul", (self._rows(said, 0, BOX), masses[-1])))
                for slot, found in cubes.items():
                    one = self._rows(said, BOX + slot, BOX + slot + 1)
                    cube = self.add("Mul", (self.add("Mul", (one, one)), one))
                    found.append(self.add("Mul", (cube, self.constant(row[slot], np.float32))))
        third = self.constant(1 / 3, np.float32)
        mean, parts, done = self._sum(scores), [], 0
        for slot, found in cubes.items():
            if slot > done:
                parts.append(self._rows(mean, done, slot))
            parts.append(self.add("Pow", (self._sum(found), third)))
            done = slot + 1
        parts.append(self._rows(mean, done, self.slots) if done else mean)
        box = self.add("Div", (self._sum(boxes), self._sum(masses)))
        self.add("Concat", (box, *parts), OUTPUT, axis=1)

    def _rows(self, said: str, first: int, end: int) -> str:
        """Rows ``first`` to ``end`` of an output (K, rows, anchors)."""
        return self.add("Slice", (said, *map(self.constant, ([first], [end], [1]))))

    def _sum(self, parts: Sequence[str]) -> str:
        return parts[0] if len(parts) == 1 else self.add("Sum", parts)

    def _looks(self, member: ModelFile, back: tuple[str, str, str] | None) -> Iterator[str]:
        """A member's output for the picture, and for its mirror image where ``back`` (mirrored
        picture, its width, the anchors' mirrored order) is given."""
        model = self.onnx.load(str(member.path))
        kept_words = {"names", "license", "stride"}
        self.metadata |= {p.key: p.value for p in model.metadata_props if p.key in kept_words}
        source = model.graph
        kept = {tensor.name: self._stored(tensor) for tensor in source.initializer}
        yield self._copied(source, kept, INPUT)
        if back is None:
            return
        picture, width, order = back
        said = self.add("Gather", (self._copied(source, kept, picture), order), axis=2)
        x, rest = self._rows(said, 0, 1), self._rows(said, 1, BOX + self.slots)
        yield self.add("Concat", (self.add("Sub", (width, x)), rest), axis=1)

    def _copied(self, source: Any, kept: Mapping[str, str], picture: str) -> str:  # noqa: ANN401 - onnx is untyped
        """Once more the nodes of a graph, on another picture; gives the name of its output."""
        if [i.name for i in source.input] != [INPUT] or [o.name for o in source.output] != [OUTPUT]:
            raise ModelError(f"A member's graph must lead from '{INPUT}' to '{OUTPUT}'.")
        names = dict(kept) | {INPUT: picture, "": ""}
        for node in source.node:
            mine = self.onnx.NodeProto()
            mine.CopyFrom(node)
            names |= {name: next(self.fresh) for name in node.output if name}
            mine.input[:] = [names[name] for name in node.input]
            mine.output[:] = [names[name] for name in node.output]
            mine.name = mine.doc_string = ""
            self.nodes.append(mine)
        return names[OUTPUT]

    def _stored(self, tensor: Any) -> str:  # noqa: ANN401 - onnx is untyped
        """A member's weights, once for both looks."""
        array: NDArray[Any] = self.onnx.numpy_helper.to_array(tensor)
        wide = array.dtype == np.float32 and array.ndim == 4 and array.size >= HALF_FROM
        if not (wide and self.half):
            return self.constant(array, array.dtype.type)
        half = self.constant(array, np.float16)
        return self.add("Cast", (half,), to=self.onnx.TensorProto.FLOAT)

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

    def model(self) -> Any:  # noqa: ANN401 - onnx is untyped
        helper, kind = self.onnx.helper, self.onnx.TensorProto.FLOAT
        entry = helper.make_tensor_value_info(INPUT, kind, ["batch", 3, "height", "width"])
        shape = ["batch", BOX + self.slots, "anchors"]
        answer = helper.make_tensor_value_info(OUTPUT, kind, shape)
        graph = helper.make_graph(self.nodes, "combined", [entry], [answer], self.initializers)
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        helper.set_model_props(made, self.metadata)
        self.onnx.checker.check_model(made)
        return made


def _short(number: int) -> str:
    """A name of few letters, starting with one."""
    digits = "abcdefghijklmnopqrstuvwxyz0123456789"
    name = digits[number % 26]
    number //= 26
    while number:
        name += digits[number % 36]
        number //= 36
    return name


def main() -> int:
    """The training environment's side of ``deskcheck model combine``."""
    parser = argparse.ArgumentParser(prog="python -m models.combine", description=__doc__)
    parser.add_argument("plan", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="NAME.onnx to write")
    given = parser.parse_args()
    return finish(lambda: combine(read_plan(given.plan), given.out))


if __name__ == "__main__":
    raise SystemExit(main())
