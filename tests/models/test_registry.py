"""The registry: what fits is found, what does not is refused with a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from datasets.classes import COCO_NAMES, COCO_SLOTS, SLOTS
from models import registry
from tests.models.tiny_onnx import write_model
from vision.seen import ModelError

COCO_METADATA = {"names": str(dict(enumerate(COCO_NAMES)))}


def sidecar(path: Path, **changes: Any) -> Path:
    """Write a fitting sidecar for a model, with some fields changed; None leaves one out."""
    content: dict[str, Any] = {
        "name": path.stem,
        "version": "1.2.3",
        "sha256": registry.sha256_of(path),
        "slots": list(SLOTS),
        "thresholds": {"phone": 0.4},
        "floor": 0.05,
        "input_px": 640,
    }
    content |= changes
    path.with_suffix(".json").write_text(
        json.dumps({k: v for k, v in content.items() if v is not None}), encoding="utf-8"
    )
    return path


def test_a_model_with_a_fitting_sidecar_is_found(tmp_path: Path) -> None:
    path = sidecar(write_model(tmp_path / "eye.onnx"))
    model = registry.find(str(path))
    assert (model.name, model.version, model.input_px) == ("eye", "1.2.3", 640)
    assert model.slots == SLOTS
    assert dict(model.thresholds) == {"phone": 0.4}
    assert registry.is_ours(model)


def test_a_coco_model_without_a_sidecar_speaks_through_its_own_names(tmp_path: Path) -> None:
    model = registry.find(str(write_model(tmp_path / "coco.onnx", metadata=COCO_METADATA)))
    assert model.slots == COCO_SLOTS
    assert set(model.thresholds) == {name for name in COCO_SLOTS if name}
    assert not registry.is_ours(model)


REFUSED: list[tuple[str, Callable[[Path], object], str]] = [
    ("no file", lambda p: None, "there is no such model file"),
    ("no onnx", lambda p: p.write_bytes(b"not a model"), "no readable ONNX model"),
    ("nameless", write_model, "its metadata names no classes"),
    (
        "strange names",
        lambda p: write_model(p, outputs=6, metadata={"names": "{0: 'cat', 1: 'dog'}"}),
        "none of its 2 classes is one of ours",
    ),
    (
        "changed bytes",
        lambda p: sidecar(write_model(p), sha256="0" * 64),
        "its sha256 is",
    ),
    (
        "a class of another version",
        lambda p: sidecar(write_model(p), slots=["hoverboard", *SLOTS[1:]]),
        "slot 0 means 'hoverboard', which is no class of this version",
    ),
    ("no class at all", lambda p: sidecar(write_model(p), slots=[None] * 80), "none of its slots"),
    (
        "too few slots",
        lambda p: sidecar(write_model(p), slots=list(SLOTS[:79])),
        "79 classes need",
    ),
    ("another width", lambda p: sidecar(write_model(p, outputs=49)), "80 classes need"),
    ("grey input", lambda p: sidecar(write_model(p, channels=1)), "wanted one input"),
    ("no slots", lambda p: sidecar(write_model(p), slots=None), "the field 'slots' is missing"),
    ("text floor", lambda p: sidecar(write_model(p), floor="low"), "the field 'floor'"),
    ("floor above 1", lambda p: sidecar(write_model(p), floor=5), "floor must be a number"),
    (
        "threshold of nothing",
        lambda p: sidecar(write_model(p), thresholds={"cat": 0.5}),
        "a threshold for 'cat'",
    ),
    (
        "threshold above 1",
        lambda p: sidecar(write_model(p), thresholds={"phone": 40}),
        "thresholds.phone must be a number from 0 to 1",
    ),
    ("odd size", lambda p: sidecar(write_model(p), input_px=600), "a multiple of 32"),
    (
        "broken sidecar",
        lambda p: (write_model(p), p.with_suffix(".json").write_text("{")),
        "no readable JSON",
    ),
    (
        "sidecar of another shape",
        lambda p: (write_model(p), p.with_suffix(".json").write_text("[]")),
        "wanted named fields",
    ),
]


@pytest.mark.parametrize(
    ("make", "sentence"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_does_not_fit_is_refused(
    tmp_path: Path, make: Callable[[Path], object], sentence: str
) -> None:
    path = tmp_path / "eye.onnx"
    make(path)
    with pytest.raises(ModelError) as caught:
        registry.find(str(path))
    assert sentence in str(caught.value)
    assert "eye" in str(caught.value)


def test_an_unknown_name_lists_the_known_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "WEIGHTS", tmp_path)
    sidecar(write_model(tmp_path / "hawk.onnx"))
    assert registry.names() == ("hawk",)
    assert registry.find("hawk").name == "hawk"
    with pytest.raises(ModelError, match=r"no model 'owl'; shipped are: hawk"):
        registry.find("owl")
