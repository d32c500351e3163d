"""Which model: find it by name or by path, and refuse one that does not fit, in a sentence.

A shipped model is ``models/weights/NAME.onnx`` with ``NAME.json`` beside it (its sidecar: name,
version, sha256, slots, thresholds, floor, input size, licence, how it was trained).  A model given
by path may have a sidecar of the same kind; without one its own ONNX metadata must name its
outputs, as ultralytics' exports do.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from datasets.classes import CLASS_INDEX, SLOTS, slots_of_names
from vision.model_file import ModelFile
from vision.seen import ModelError

WEIGHTS: Final = Path(__file__).parent / "weights"
DEFAULT: Final = "deskcheck-pair"
STRANGER_THRESHOLD: Final = 0.25
"""What a model without a sidecar must reach to be sure of a thing: YOLO tools' usual value."""
STRANGER_FLOOR: Final = 0.05

Session: TypeAlias = Any
"""An onnxruntime session; the library has no types of its own."""


def names() -> tuple[str, ...]:
    """The shipped models, by name, in alphabetical order."""
    return tuple(sorted(p.stem for p in WEIGHTS.glob("*.onnx")))


def find(name_or_path: str | None = None) -> ModelFile:
    """The model of that name or path, or the default one, checked."""
    given = name_or_path or DEFAULT
    if given.endswith(".onnx"):
        path = Path(given)
        if not path.is_file():
            raise ModelError(f"{path}: there is no such model file.")
    else:
        path = WEIGHTS / f"{given}.onnx"
        if not path.is_file():
            known = ", ".join(names()) or "none"
            raise ModelError(
                f"There is no model '{given}'; shipped are: {known}. A path must end in .onnx."
            )
    sidecar = path.with_suffix(".json")
    model = _with_sidecar(path, sidecar) if sidecar.is_file() else _without_sidecar(path)
    _check_shape(model)
    return model


def sidecar_of(model: ModelFile) -> dict[str, Any]:
    """Everything that a model's sidecar says; empty where it has none."""
    sidecar = Path(model.path).with_suffix(".json")
    return _read(sidecar) if sidecar.is_file() else {}


def write_sidecar(model: Path, content: Mapping[str, Any]) -> Path:
    """Write the JSON beside a model file; gives its path."""
    sidecar = model.with_suffix(".json")
    sidecar.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return sidecar


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(sidecar: Path) -> dict[str, Any]:
    try:
        content = json.loads(sidecar.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"{sidecar.name}: no readable JSON ({error}).") from None
    if not isinstance(content, dict):
        raise ModelError(f"{sidecar.name}: wanted named fields.")
    return content


def _with_sidecar(path: Path, sidecar: Path) -> ModelFile:
    content = _read(sidecar)
    where = sidecar.name
    kinds: dict[str, type | tuple[type, ...]] = {
        "name": str,
        "version": str,
        "sha256": str,
        "slots": list,
        "thresholds": dict,
        "floor": (int, float),
        "input_px": int,
    }
    for key, kind in kinds.items():
        if not isinstance(content.get(key), kind) or isinstance(content.get(key), bool):
            raise ModelError(f"{where}: the field '{key}' is missing or of the wrong kind.")
    found = sha256_of(path)
    if found != content["sha256"]:
        raise ModelError(
            f"{path.name}: its sha256 is {found[:12]}…, but {where} says "
            f"{content['sha256'][:12]}…; fetch the model again, or verify it with its maker."
        )
    return ModelFile(
        path=path,
        name=content["name"],
        version=content["version"],
        sha256=found,
        slots=_slots(content["slots"], where),
        thresholds=_thresholds(content["thresholds"], where),
        floor=_share(content["floor"], "floor", where),
        input_px=_input_px(content["input_px"], where),
        doubts=_doubts(content.get("doubts", {}), where),
    )


def _slots(given: Sequence[object], where: str) -> tuple[str | None, ...]:
    slots: list[str | None] = []
    for i, name in enumerate(given):
        if name is not None and (not isinstance(name, str) or name not in CLASS_INDEX):
            raise ModelError(
                f"{where}: slot {i} means '{name}', which is no class of this version; "
                "the model and the program do not fit each other."
            )
        slots.append(name)
    if not any(slots):
        raise ModelError(f"{where}: none of its slots means a class of ours.")
    return tuple(slots)


def _thresholds(given: Mapping[str, object], where: str) -> dict[str, float]:
    for name in given:
        if name not in CLASS_INDEX:
            raise ModelError(f"{where}: a threshold for '{name}', which is no class of ours.")
    return {n: _share(v, f"thresholds.{n}", where) for n, v in sorted(given.items())}


def _doubts(given: object, where: str) -> dict[str, float]:
    if not isinstance(given, Mapping):
        raise ModelError(f"{where}: the field 'doubts' must name classes and confidences.")
    for name in given:
        if name not in CLASS_INDEX:
            raise ModelError(f"{where}: a doubt for '{name}', which is no class of ours.")
    return {n: _share(v, f"doubts.{n}", where) for n, v in sorted(given.items())}


def _share(value: object, field: str, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ModelError(f"{where}: {field} must be a number from 0 to 1, not {value!r}.")
    return float(value)


def _input_px(value: int, where: str) -> int:
    if value <= 0 or value % 32:
        raise ModelError(f"{where}: input_px must be a multiple of 32, not {value}.")
    return value


def _session(path: Path) -> Session:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # only the shapes and the metadata are wanted here
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(
            str(path), sess_options=options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # noqa: BLE001 - onnxruntime's own errors share no base but this
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(f"{path.name}: no readable ONNX model ({first}).") from None


def _without_sidecar(path: Path) -> ModelFile:
    metadata = _session(path).get_modelmeta().custom_metadata_map
    try:
        listed = ast.literal_eval(metadata["names"])
        labels = [str(listed[i]) for i in range(len(listed))]
    except (KeyError, ValueError, SyntaxError, TypeError):
        raise ModelError(
            f"{path.name}: it has no sidecar {path.stem}.json, and its metadata names no classes."
        ) from None
    slots = slots_of_names(labels)
    if not any(slots):
        raise ModelError(f"{path.name}: none of its {len(labels)} classes is one of ours.")
    return ModelFile(
        path=path,
        name=path.stem,
        version=metadata.get("version", "0"),
        sha256=sha256_of(path),
        slots=slots,
        thresholds=dict.fromkeys(sorted({s for s in slots if s}), STRANGER_THRESHOLD),
        floor=STRANGER_FLOOR,
        input_px=640,
    )


def _check_shape(model: ModelFile) -> None:
    """The network must take (N, 3, H, W) and give (N, 4 + slots, anchors)."""
    session = _session(Path(model.path))
    inputs, outputs = session.get_inputs(), session.get_outputs()
    wanted = 4 + len(model.slots)
    where = Path(model.path).name
    if len(inputs) != 1 or len(inputs[0].shape) != 4 or inputs[0].shape[1] != 3:
        raise ModelError(f"{where}: wanted one input of shape (N, 3, H, W).")
    shape = outputs[0].shape
    if len(shape) != 3 or (isinstance(shape[1], int) and shape[1] != wanted):
        raise ModelError(
            f"{where}: its output has shape {shape}, but {len(model.slots)} classes need "
            f"(N, {wanted}, anchors)."
        )


def is_ours(model: ModelFile) -> bool:
    """Whether a model's head speaks this version's slots."""
    return model.slots == SLOTS
