"""Labelled picture sets: read and write YOLO folders, and say which classes a set labels.

A YOLO set is a folder with ``images/`` and ``labels/`` (each flat, or with sub-folders such as
``train`` and ``val``) and a ``data.yaml`` with ``names``; without one the names are our own
``datasets.classes.CLASSES``.  A point set is a folder with ``images/`` and ``labels_points.txt``
(file, x, y: the normalised centre of the one phone in the picture).

What a set's classes are called is its own affair: a class map says which of our classes each of
them means, or that it means none.  And what a set leaves unlabelled is not absent from its
pictures: ``labelled`` names the classes for which "no box" really means "not there".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml
from numpy.typing import NDArray

from datasets.classes import CLASS_INDEX, CLASSES, COCO_TO_CLASS
from vision.seen import DatasetError

PICTURE_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp"})
POINTS_FILE: Final = "labels_points.txt"


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One picture with its boxes.

    ``boxes_norm``: (N, 4) float32, centre x, centre y, width, height over the picture's size;
    ``labels``: (N,) int16, index into the set's ``names``.
    """

    image: Path
    boxes_norm: NDArray[np.float32]
    labels: NDArray[np.int16]

    def boxes_xyxy_px(self, width: int, height: int) -> NDArray[np.float32]:
        """The boxes as (N, 4) x1, y1, x2, y2 in pixels of a picture of this size."""
        centre, half = self.boxes_norm[:, :2], self.boxes_norm[:, 2:] / 2
        scale = np.array([width, height, width, height], np.float32)
        boxes: NDArray[np.float32] = np.concatenate([centre - half, centre + half], 1) * scale
        return boxes


@dataclass(frozen=True, slots=True)
class PointSample:
    """One picture with the normalised centre of the one phone in it."""

    image: Path
    x_norm: float
    y_norm: float


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Pictures with boxes under one list of names.

    ``classes[i]`` is the class of ours that ``names[i]`` means, or None.  ``labelled`` holds our
    classes that are labelled wherever they appear in these pictures.
    """

    root: Path
    names: tuple[str, ...]
    classes: tuple[str | None, ...]
    labelled: frozenset[str]
    samples: tuple[Sample, ...]

    def class_indices(self, sample: Sample) -> NDArray[np.int16]:
        """Our class index of each box of a sample, -1 where a box is of no class of ours."""
        table = np.array([-1 if c is None else CLASS_INDEX[c] for c in self.classes], np.int16)
        return table[sample.labels]


def is_point_set(root: Path) -> bool:
    """Whether a folder holds point labels rather than boxes."""
    return (root / POINTS_FILE).is_file()


def read_point_set(root: Path) -> tuple[PointSample, ...]:
    """Read a folder of pictures with one labelled point each."""
    path = root / POINTS_FILE
    found: list[PointSample] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        parts = line.split()
        where = f"{path.name}, line {number}"
        if len(parts) != 3:
            raise DatasetError(f"{where}: wanted 'file x y', found {len(parts)} fields.")
        x, y = (_number(part, where) for part in parts[1:])
        if not (0 <= x <= 1 and 0 <= y <= 1):
            raise DatasetError(f"{where}: the point {x}, {y} is outside the picture (0 to 1).")
        image = root / "images" / parts[0]
        if not image.is_file():
            raise DatasetError(f"{where}: there is no picture images/{parts[0]}.")
        found.append(PointSample(image, x, y))
    if not found:
        raise DatasetError(f"{path}: no points in it.")
    return tuple(found)


def read_yolo_set(
    root: Path,
    *,
    split: str | None = None,
    class_map: Mapping[str, str | None] | None = None,
    labelled: Iterable[str] | None = None,
) -> LabelledSet:
    """Read a YOLO folder.

    ``split`` names the sub-folder of ``images/`` and ``labels/`` to take; without it ``val`` is
    taken where there is one, else all.  ``class_map`` says what the set's names (or ids) mean;
    without it a name means our class of that name, or the one that a COCO name stands for.
    ``labelled`` defaults to every class of ours that some name of the set means.
    """
    if not (root / "images").is_dir():
        raise DatasetError(
            f"{root}: no labelled set; wanted a folder with images/ and labels/, "
            f"or one with images/ and {POINTS_FILE}."
        )
    names = _names(root)
    classes = map_names(names, class_map, str(root))
    images = root / "images"
    if split is None and (images / "val").is_dir():
        split = "val"
    folder = images / split if split else images
    if not folder.is_dir():
        raise DatasetError(f"{root}: there is no split images/{split}.")
    pictures = sorted(p for p in folder.rglob("*") if p.suffix.lower() in PICTURE_SUFFIXES)
    if not pictures:
        raise DatasetError(f"{folder}: no pictures in it.")
    samples = []
    for picture in pictures:
        label = root / "labels" / picture.relative_to(images).with_suffix(".txt")
        boxes, ids = read_yolo_labels(label, len(names))
        samples.append(Sample(picture, boxes, ids))
    known = frozenset(c for c in classes if c is not None)
    given = known if labelled is None else frozenset(labelled)
    for name in given - set(CLASSES):
        raise DatasetError(f"{root}: '{name}' is no class of ours; see datasets/classes.py.")
    return LabelledSet(root, names, classes, given, tuple(samples))


def read_yolo_labels(path: Path, classes: int) -> tuple[NDArray[np.float32], NDArray[np.int16]]:
    """Boxes (N, 4) cx cy w h over the picture's size, and class ids (N,); no file: no boxes."""
    boxes: list[list[float]] = []
    ids: list[int] = []
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        where = f"{path.name}, line {number}"
        parts = line.split()
        if len(parts) != 5:
            raise DatasetError(
                f"{where}: wanted 'class cx cy w h', found {len(parts)} fields; "
                "polygons must be turned into boxes first."
            )
        values = [_number(part, where) for part in parts]
        if values[0] != int(values[0]) or not 0 <= values[0] < classes:
            raise DatasetError(f"{where}: class {parts[0]}, but the set has {classes} names.")
        if min(values[3:]) <= 0 or min(values[1:]) < -1e-3 or max(values[1:]) > 1.001:
            raise DatasetError(
                f"{where}: box {parts[1:]} is empty or outside the picture (0 to 1)."
            )
        ids.append(int(values[0]))
        boxes.append(values[1:])
    return np.array(boxes, np.float32).reshape(-1, 4), np.array(ids, np.int16)


def write_yolo_labels(
    path: Path, boxes_norm: NDArray[np.float32], labels: NDArray[np.int16]
) -> None:
    """Write one picture's boxes; the same boxes give the same bytes."""
    lines = (
        f"{int(label)} " + " ".join(f"{value:.6f}" for value in box)
        for label, box in zip(labels, boxes_norm, strict=True)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def write_data_yaml(root: Path, names: Sequence[str] = CLASSES) -> None:
    """Write the ``data.yaml`` that YOLO tools read."""
    content: dict[str, Any] = {"path": ".", "train": "images", "val": "images"}
    content["names"] = dict(enumerate(names))
    root.mkdir(parents=True, exist_ok=True)
    (root / "data.yaml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def map_names(
    names: Sequence[str], class_map: Mapping[str, str | None] | None, where: str
) -> tuple[str | None, ...]:
    """Our class for each name of a set, None where it has none."""
    if class_map is None:
        return tuple(n if n in CLASS_INDEX else COCO_TO_CLASS.get(n) for n in names)
    for key, value in class_map.items():
        if key not in names and not (key.isdigit() and int(key) < len(names)):
            raise DatasetError(
                f"{where}: the class map names '{key}', which the set does not have."
            )
        if value is not None and value not in CLASS_INDEX:
            raise DatasetError(
                f"{where}: the class map turns '{key}' into '{value}', which is no class of ours."
            )
    return tuple(class_map.get(name, class_map.get(str(i))) for i, name in enumerate(names))


def read_class_map(path: Path) -> dict[str, str | None]:
    """Read MAP.yaml: a set's class name or id to our class, or to null."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DatasetError(f"{path}: there is no such class map.") from None
    except yaml.YAMLError as error:
        raise DatasetError(f"{path}: no readable YAML ({str(error).splitlines()[0]}).") from None
    if not isinstance(content, dict) or not all(
        isinstance(k, str | int) and (v is None or isinstance(v, str)) for k, v in content.items()
    ):
        raise DatasetError(
            f"{path}: wanted lines 'their class: our class', or 'their class: null'."
        )
    return {str(key): value for key, value in content.items()}


def _names(root: Path) -> tuple[str, ...]:
    path = root / "data.yaml"
    if not path.is_file():
        return CLASSES
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise DatasetError(f"{path}: no readable YAML ({str(error).splitlines()[0]}).") from None
    names = content.get("names") if isinstance(content, dict) else None
    if isinstance(names, list):
        return tuple(str(n) for n in names)
    if isinstance(names, dict) and set(names) == set(range(len(names))):
        return tuple(str(names[i]) for i in range(len(names)))
    raise DatasetError(f"{path}: 'names' must be a list, or numbered from 0 without a gap.")


def _number(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise DatasetError(f"{where}: '{text}' is no number.") from None
    if not np.isfinite(value):
        raise DatasetError(f"{where}: '{text}' is no number.")
    return value
