"""An ONNX graph in the making, out of other graphs and a few nodes of its own.

Training environment only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vision.seen import ModelError

BOX: Final = 4
INPUT: Final = "images"
OUTPUT: Final = "output0"
OPSET: Final = 17
HALF_FROM: Final = 256
"""Float weights of so many numbers and more may be kept in sixteen bits."""


class Graph:
    """A graph in the making; every tensor gets a short name, which is stored with each use."""

    def __init__(self, onnx: Any, *, half: bool) -> None:  # noqa: ANN401 - onnx is untyped
        self.half = half
        self.onnx = onnx
        self.nodes: list[Any] = []
        self.initializers: list[Any] = []
        self.metadata: dict[str, str] = {}
        self.zeros: set[str] = set()
        self.held: dict[tuple[str, tuple[int, ...], bytes], str] = {}
        self.fresh: Iterator[str] = (_short(i) for i in range(1 << 20))

    def constant(self, value: object, kind: type = np.int64) -> str:
        """A stored tensor; the same once more is the same: hundreds of zero points are a few."""
        array: NDArray[Any] = np.asarray(value, kind)
        content = (array.dtype.str, array.shape, array.tobytes())
        if content in self.held:
            return self.held[content]
        name = self.held[content] = next(self.fresh)
        self.initializers.append(self.onnx.numpy_helper.from_array(array, name))
        return name

    def add(self, kind: str, inputs: Sequence[str], name: str = "", **attributes: object) -> str:
        name = name or next(self.fresh)
        self.nodes.append(self.onnx.helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def split(self, whole: str, sizes: str, parts: int) -> list[str]:
        """``whole`` (M, ...) cut along its second axis into parts of these sizes."""
        names = [next(self.fresh) for _ in range(parts)]
        self.nodes.append(self.onnx.helper.make_node("Split", [whole, sizes], names, axis=1))
        return names

    def rows(self, said: str, first: int, end: int) -> str:
        """Rows ``first`` to ``end`` of an output (K, rows, anchors)."""
        return self.add("Slice", (said, *map(self.constant, ([first], [end], [1]))))

    def total(self, parts: Sequence[str]) -> str:
        return parts[0] if len(parts) == 1 else self.add("Sum", parts)

    def copied(
        self,
        source: Any,  # noqa: ANN401 - onnx is untyped
        kept: Mapping[str, str],
        given: Mapping[str, str],
        answer: str = OUTPUT,
    ) -> str:
        """Once more the nodes of a graph: ``kept`` its stored weights, ``given`` what takes the
        place of each of its inputs; gives the name of its one output, ``answer`` there.
        """
        inputs = [i.name for i in source.input]
        if sorted(inputs) != sorted(given) or [o.name for o in source.output] != [answer]:
            raise ModelError(
                f"A graph must lead from {', '.join(given)} to {answer}, not from "
                f"{', '.join(inputs)} to {', '.join(o.name for o in source.output)}."
            )
        names = {**kept, **given, "": ""}
        for node in source.node:
            mine = self.onnx.NodeProto()
            mine.CopyFrom(node)
            if self._from_zero(mine, names):
                del mine.input[2:]
            names |= {name: next(self.fresh) for name in node.output if name}
            mine.input[:] = [names[name] for name in mine.input]
            mine.output[:] = [names[name] for name in node.output]
            mine.name = mine.doc_string = ""
            said = [a for a in mine.attribute if not _goes_without_saying(a)]
            del mine.attribute[:]
            mine.attribute.extend(said)
            self.nodes.append(mine)
        return names[answer]

    def stored(self, tensor: Any) -> str:  # noqa: ANN401 - onnx is untyped
        """A weight, once for all looks; gives its name here."""
        array: NDArray[Any] = self.onnx.numpy_helper.to_array(tensor)
        if array.dtype in (np.int8, np.int32) and not array.any():
            name = self.constant(array, array.dtype.type)
            self.zeros.add(name)
            return name
        wide = array.dtype == np.float32 and array.ndim in (2, 4) and array.size >= HALF_FROM
        if not (wide and self.half):
            return self.constant(array, array.dtype.type)
        half = self.constant(array, np.float16)
        return self.add("Cast", (half,), to=self.onnx.TensorProto.FLOAT)

    def _from_zero(self, node: Any, names: Mapping[str, str]) -> bool:  # noqa: ANN401 - onnx is untyped
        """Whether a node widens from a zero point of 0, which goes without saying: the thousands of
        zeros of an INT8 network's weights are half a percent of its file.
        """
        third = names.get(node.input[2]) if len(node.input) == 3 else None
        return bool(node.op_type == "DequantizeLinear" and third in self.zeros)

    def model(self, slots: int) -> Any:  # noqa: ANN401 - onnx is untyped
        """A detector of so many slots: INPUT (N, 3, H, W) to OUTPUT (N, BOX + slots, anchors)."""
        helper, kind = self.onnx.helper, self.onnx.TensorProto.FLOAT
        used = {name for node in self.nodes for name in node.input}
        kept = [tensor for tensor in self.initializers if tensor.name in used]
        entry = helper.make_tensor_value_info(INPUT, kind, ["batch", 3, "height", "width"])
        shape = ["batch", BOX + slots, "anchors"]
        answer = helper.make_tensor_value_info(OUTPUT, kind, shape)
        graph = helper.make_graph(self.nodes, "combined", [entry], [answer], kept)
        imports = [helper.make_opsetid("", OPSET)]
        made = helper.make_model(graph, opset_imports=imports, ir_version=8)
        helper.set_model_props(made, self.metadata)
        self.onnx.checker.check_model(made)
        return made


def _goes_without_saying(attribute: Any) -> bool:  # noqa: ANN401 - onnx is untyped
    """Whether an attribute says what ONNX takes where nothing is said: some kilobytes in all."""
    if attribute.name in {"dilations", "strides"}:
        return set(attribute.ints) == {1}
    plain = {"group": 1, "allowzero": 0}
    if attribute.name == "auto_pad":
        return bool(attribute.s == b"NOTSET")
    return bool(attribute.name in plain and attribute.i == plain[attribute.name])


def _short(number: int) -> str:
    """A name of few letters, starting with one."""
    digits = "abcdefghijklmnopqrstuvwxyz0123456789"
    name = digits[number % 26]
    number //= 26
    while number:
        name += digits[number % 36]
        number //= 36
    return name
