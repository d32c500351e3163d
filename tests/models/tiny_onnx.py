"""A tiny ONNX file written byte by byte: what a model looks like from outside, without `onnx`.

The run-time environment holds no ONNX writer, and a test must not need the training environment
to prove that a wrong model is refused.  The graph is one Reshape-free constant-shape node chain:
``images`` goes in, the constant ``output0`` comes out beside it.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path


def _varint(value: int) -> bytes:
    out = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        out.append(low | (0x80 if value else 0))
        if not value:
            return bytes(out)


def _field(number: int, payload: bytes | str | int) -> bytes:
    if isinstance(payload, int):
        return _varint(number << 3) + _varint(payload)
    data = payload.encode() if isinstance(payload, str) else payload
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _value(name: str, shape: tuple[int | str, ...]) -> bytes:
    dims = b"".join(_field(1, _field(2, d) if isinstance(d, str) else _field(1, d)) for d in shape)
    tensor_type = _field(1, 1) + _field(2, dims)
    return _field(1, name) + _field(2, _field(1, tensor_type))


def write_model(
    path: Path,
    *,
    outputs: int = 84,
    channels: int = 3,
    metadata: Mapping[str, str] | None = None,
) -> Path:
    """Write a model with input (1, channels, 32, 32) and a constant output (1, outputs, 1)."""
    shape = (1, outputs, 1)
    raw = struct.pack(f"<{outputs}f", *([0.0] * outputs))
    zeros = (
        b"".join(_field(1, d) for d in shape) + _field(2, 1) + _field(9, raw) + _field(8, "zeros")
    )
    total = (
        _field(1, "images")
        + _field(2, "sum")
        + _field(4, "ReduceSum")
        + _field(5, _field(1, "keepdims") + _field(3, 0) + _field(20, 2))
    )
    nothing = struct.pack("<f", 0.0)
    scale = _field(2, 1) + _field(9, nothing) + _field(8, "nought")
    scaled = _field(1, "sum") + _field(1, "nought") + _field(2, "none") + _field(4, "Mul")
    added = _field(1, "none") + _field(1, "zeros") + _field(2, "output0") + _field(4, "Add")
    graph = b"".join(_field(1, node) for node in (total, scaled, added))
    graph += _field(2, "tiny") + _field(5, zeros) + _field(5, scale)
    graph += _field(11, _value("images", ("batch", channels, "height", "width")))
    graph += _field(12, _value("output0", (1, outputs, 1)))
    model = _field(1, 8) + _field(8, _field(1, "") + _field(2, 17)) + _field(7, graph)
    for key, value in (metadata or {}).items():
        model += _field(14, _field(1, key) + _field(2, value))
    path.write_bytes(model)
    return path
