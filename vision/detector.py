"""The detector: one pass over the whole frame and one over each crop, onnxruntime only.

The whole frame is letterboxed to a rectangle (a 16:9 frame to 640×384, not to a square: 41 % less
work); crops are taken at native resolution, all of one size, and run as one batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import cv2
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from datasets.classes import CLASS_INDEX
from vision.model_file import ModelFile
from vision.nms import merge, suppress
from vision.seen import Detections, Image, ModelError

Crop: TypeAlias = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels of the image, at most the model's tile in each direction."""

STRIDE: Final = 32
PAD: Final = 114
EDGE_PX: Final = 3.0
MAX_CANDIDATES: Final = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Tensors ready for the session: what the bare model is measured on.

    ``whole``: (1, 3, h, w) float32 RGB 0..1; ``tiles``: (K, 3, s, s) or None.  ``scale`` and
    ``pad`` undo the whole frame's letterbox.
    """

    whole: NDArray[np.float32]
    tiles: NDArray[np.float32] | None
    scale: float
    pad: tuple[int, int]


class Detector:
    """One loaded model.  Not for two threads at once."""

    def __init__(self, model: ModelFile, session: ort.InferenceSession) -> None:
        self.model = model
        self._session = session
        self._input = session.get_inputs()[0].name
        used = [(i, CLASS_INDEX[name]) for i, name in enumerate(model.slots) if name is not None]
        self._slots = np.array([i for i, _ in used], np.intp)
        self._classes = np.array([c for _, c in used], np.int16)

    @staticmethod
    def load(model: ModelFile, *, threads: int | None = None, spinning: bool = False) -> Detector:
        """Open the model.  ``threads``: None for one a core.  Spinning off: a shared machine."""
        options = ort.SessionOptions()
        options.log_severity_level = 3
        if threads is not None:
            options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", str(int(spinning)))
        try:
            session = ort.InferenceSession(
                str(model.path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # noqa: BLE001 - onnxruntime's errors share no other base
            first = (str(error).splitlines() or [type(error).__name__])[0]
            raise ModelError(f"{model.path.name}: no usable ONNX model ({first}).") from None
        return Detector(model, session)

    def run_bare(self, prepared: Prepared) -> list[NDArray[np.float32]]:
        """The network alone, as :meth:`detect` runs it: outputs (K, 4 + slots, anchors)."""
        outputs = [self._session.run(None, {self._input: prepared.whole})[0]]
        if prepared.tiles is not None:
            outputs.append(self._session.run(None, {self._input: prepared.tiles})[0])
        return outputs

    def prepare(
        self, image: Image, crops: Sequence[Crop] = (), *, whole_px: int | None = None
    ) -> Prepared:
        """Pixels to tensors; ``whole_px``: longer side of the whole-frame pass (multiple of 32)."""
        whole, scale, pad = _letterbox(image, whole_px or self.model.input_px)
        blob = cv2.dnn.blobFromImage(whole, 1 / 255.0, swapRB=True)
        tiles = None
        if crops:
            side = self.model.input_px
            cut = [_tile(image, crop, side) for crop in crops]
            tiles = cv2.dnn.blobFromImages(cut, 1 / 255.0, swapRB=True)
        return Prepared(blob, tiles, scale, pad)

    def detect(
        self, image: Image, crops: Sequence[Crop] = (), *, whole_px: int | None = None
    ) -> Detections:
        """All that reaches the model's floor, in the whole frame and in the crops, merged.

        The same picture gives the same answer, bit for bit, in the same order.
        """
        prepared = self.prepare(image, crops, whole_px=whole_px)
        return self.read(prepared, self.run_bare(prepared), image.shape[:2], crops)

    def read(
        self,
        prepared: Prepared,
        outputs: Sequence[NDArray[np.float32]],
        shape: tuple[int, int],
        crops: Sequence[Crop],
    ) -> Detections:
        """Outputs of :meth:`run_bare` to detections in pixels of the image of ``shape`` (H, W)."""
        height, width = shape
        boxes, confidence, classes = self._decode(outputs[0][0])
        boxes = (boxes - np.array([*prepared.pad] * 2, np.float32)) / np.float32(prepared.scale)
        passes = [(boxes, confidence, classes, np.zeros(len(boxes), np.bool_))]
        for crop, output in zip(crops, outputs[1] if len(outputs) > 1 else (), strict=True):
            x0, y0, x1, y1 = crop
            boxes, confidence, classes = self._decode(output)
            boxes = boxes + np.array([x0, y0, x0, y0], np.float32)
            # what starts outside the crop lies in its padding
            inner = (boxes[:, 0] < x1 - 1) & (boxes[:, 1] < y1 - 1)
            boxes, confidence, classes = boxes[inner], confidence[inner], classes[inner]
            cut = (
                ((x0 > 0) & (boxes[:, 0] < x0 + EDGE_PX))
                | ((y0 > 0) & (boxes[:, 1] < y0 + EDGE_PX))
                | ((x1 < width) & (boxes[:, 2] > x1 - EDGE_PX))
                | ((y1 < height) & (boxes[:, 3] > y1 - EDGE_PX))
            )
            boxes = np.clip(boxes, (x0, y0, x0, y0), (x1, y1, x1, y1)).astype(np.float32)
            passes.append((boxes, confidence, classes, cut))
        return _merged(passes, width, height)

    def _decode(
        self, output: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int16]]:
        """One picture's raw output (4 + slots, anchors) to boxes xyxy, confidence, class."""
        scores = output[4:][self._slots]
        slot, anchor = np.nonzero(scores >= self.model.floor)
        confidence = scores[slot, anchor]
        if len(confidence) > MAX_CANDIDATES:
            best = np.argsort(-confidence, kind="stable")[:MAX_CANDIDATES]
            slot, anchor, confidence = slot[best], anchor[best], confidence[best]
        centre_x, centre_y, w, h = output[:4, anchor]
        boxes = np.stack(
            (centre_x - w / 2, centre_y - h / 2, centre_x + w / 2, centre_y + h / 2), axis=1
        )
        classes = self._classes[slot]
        keep = suppress(boxes, confidence, classes)
        return boxes[keep], confidence[keep], classes[keep]


def _letterbox(image: Image, longest: int) -> tuple[Image, float, tuple[int, int]]:
    """Shrink or grow so that the longer side is ``longest``; pad to multiples of the stride."""
    height, width = image.shape[:2]
    scale = longest / max(height, width)
    w, h = max(1, round(width * scale)), max(1, round(height * scale))
    shrink = cv2.INTER_AREA if scale < 0.5 else cv2.INTER_LINEAR
    resized = (
        image if (w, h) == (width, height) else cv2.resize(image, (w, h), interpolation=shrink)
    )
    right, bottom = -w % STRIDE, -h % STRIDE
    left, top = right // 2, bottom // 2
    padded = cv2.copyMakeBorder(
        resized, top, bottom - top, left, right - left, cv2.BORDER_CONSTANT, value=(PAD,) * 3
    )
    return np.asarray(padded, np.uint8), scale, (left, top)


def _tile(image: Image, crop: Crop, side: int) -> Image:
    x0, y0, x1, y1 = crop
    part = image[y0:y1, x0:x1]
    height, width = part.shape[:2]
    if height > side or width > side or not height or not width:
        raise ValueError(f"crop {crop} does not fit into a tile of {side} px")
    if (height, width) == (side, side):
        return part
    return np.asarray(
        cv2.copyMakeBorder(
            part, 0, side - height, 0, side - width, cv2.BORDER_CONSTANT, value=(PAD,) * 3
        ),
        np.uint8,
    )


def _merged(
    passes: Sequence[
        tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int16], NDArray[np.bool_]]
    ],
    width: int,
    height: int,
) -> Detections:
    boxes = np.concatenate([p[0] for p in passes]).astype(np.float32)
    boxes = np.clip(boxes, 0, (width, height, width, height)).astype(np.float32)
    confidence = np.concatenate([p[1] for p in passes]).astype(np.float32)
    classes = np.concatenate([p[2] for p in passes]).astype(np.int16)
    cut = np.concatenate([p[3] for p in passes])
    real = (boxes[:, 2] - boxes[:, 0] >= 1) & (boxes[:, 3] - boxes[:, 1] >= 1)
    boxes, confidence, classes, cut = boxes[real], confidence[real], classes[real], cut[real]
    keep = merge(boxes, confidence, classes, cut)
    return Detections(boxes[keep], confidence[keep], classes[keep])
