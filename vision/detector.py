"""The detector: one pass over the whole frame and one over each crop, onnxruntime only.

The whole frame is letterboxed to a rectangle (a 16:9 frame to 640×384, not to a square: 41 % less
work); crops are taken at native resolution, all of one size.  Each is a run of its own, and as many
runs go side by side as there are cores: see :class:`Lanes`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, TypeAlias

import cv2
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from datasets.classes import CLASS_INDEX
from vision.lanes import Lanes
from vision.model_file import ModelFile
from vision.nms import merge, suppress
from vision.scratch import scratch
from vision.seen import Detections, Image, ModelError

Crop: TypeAlias = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels of the image, at most the model's tile in each direction."""

STRIDE: Final = 32
PAD: Final = 114
EDGE_PX: Final = 3.0
MAX_CANDIDATES: Final = 2000
SHARE: Final = float(np.float32(1 / 255.0))
"""What a byte's step is in the network's 0..1."""

Lend: TypeAlias = Callable[[tuple[int, ...]], NDArray[np.float32]]
"""Gives an array of a shape, its content whatever it may be."""

Pass: TypeAlias = tuple[
    NDArray[np.float32], NDArray[np.float32], NDArray[np.int16], NDArray[np.bool_]
]
"""Boxes (N, 4) xyxy px, confidence, class, cut (the box ends at an inner edge of its crop)."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """One run's input, and where its pictures lie in the frame.

    ``tensor``: (K, 3, h, w) float32 RGB 0..1.  ``crops``: the K crops, none for the whole frame,
    whose letterbox ``scale`` and ``pad`` (left, top; px) undo.
    """

    tensor: NDArray[np.float32]
    crops: tuple[Crop, ...] = ()
    scale: float = 1.0
    pad: tuple[int, int] = (0, 0)


def new_array(shape: tuple[int, ...]) -> NDArray[np.float32]:
    return np.empty(shape, np.float32)


class Detector:
    """One loaded model; any number of threads may ask it.

    ``model.input_px`` is the side of a tile: the file's own word, or the side that a model of
    fixed shape insists on.  ``batch``: tiles a run at most, 1 for a model that insists on it.
    """

    def __init__(
        self,
        model: ModelFile,
        session: Any,  # noqa: ANN401 - ort is untyped
        *,
        lanes: int = 1,
        batch: int = 1,
    ) -> None:
        entry = session.get_inputs()[0]
        self._session = session
        self._input = entry.name
        self.lanes = Lanes(lanes)
        tiles, _, height, width = entry.shape
        self._batch = 1 if isinstance(tiles, int) else batch
        self._fixed: tuple[int, int] | None = None
        if isinstance(height, int) and isinstance(width, int):
            self._fixed = (height, width)
            model = replace(model, input_px=min(height, width))
        self.model = model
        self._known = np.array([name is not None for name in model.slots], np.bool_)
        self._classes = np.array(
            [-1 if name is None else CLASS_INDEX[name] for name in model.slots], np.int16
        )

    @staticmethod
    def load(model: ModelFile, *, threads: int | None = None) -> Detector:
        """Open the model.  ``threads``: None for one a core; each lane takes one."""
        lanes, within = Lanes.shared(threads)
        return Detector(model, _session(model, within), lanes=lanes)

    @staticmethod
    def plain(model: ModelFile, *, threads: int | None = None, batch: int = 4) -> Detector:
        """The model as onnxruntime runs it when nobody says how: one run at a time, in its own
        threads, which share each layer and spin while they wait.  To be compared with."""
        return Detector(model, _session(model, threads, spinning=True), batch=batch)

    def detect(
        self,
        image: Image,
        crops: Sequence[Crop] = (),
        *,
        whole_px: int | None = None,
        small: Image | None = None,
    ) -> Detections:
        """All that reaches the model's floor, in the whole frame and in the crops, merged.

        ``whole_px``: longer side of the whole-frame pass (a multiple of 32; None: the model's
        own); ``small`` as for :meth:`batches`.  The same picture gives the same answer, bit for
        bit, in the same order.
        """
        height, width = image.shape[:2]
        batches = self.batches(image, crops, whole_px=whole_px, small=small)
        return merged(self.passes(batches, width, height), width, height)

    def passes(self, batches: Iterable[Batch], width: int, height: int) -> list[Pass]:
        """What each run found, in their order, in pixels of the picture; as many as there are
        lanes at a time, so that a large picture's tensors never lie in memory all at once."""
        waiting: deque[Future[list[Pass]]] = deque()
        out: list[Pass] = []
        for batch in batches:
            waiting.append(self.lanes.submit(partial(self._pass, batch, width, height)))
            if len(waiting) > self.lanes.count:
                out += waiting.popleft().result()
        return out + [one for future in waiting for one in future.result()]

    def _pass(self, batch: Batch, width: int, height: int) -> list[Pass]:
        return self.boxes(batch, self.run(batch), width, height)

    def batches(
        self,
        image: Image,
        crops: Sequence[Crop] = (),
        *,
        whole_px: int | None = None,
        small: Image | None = None,
        lend: Lend = new_array,
    ) -> Iterator[Batch]:
        """The runs of one picture: the whole frame first, then its crops.

        ``small``: a copy of the picture that was shrunk by area already; it is taken where it has
        the very size that the whole frame is shrunk to.
        """
        longest = whole_px or self.model.input_px
        picture, scale, pad = _letterbox(image, longest, self._fixed, small)
        yield Batch(_tensor([picture], lend), scale=scale, pad=pad)
        size = self._fixed or (self.model.input_px, self.model.input_px)
        for i in range(0, len(crops), self._batch):
            part = tuple(crops[i : i + self._batch])
            yield Batch(_tensor([_tile(image, crop, size) for crop in part], lend), part)

    def runs(self, crops: int) -> int:
        """How many runs a picture with that many crops takes."""
        return 1 + -(-crops // self._batch)

    def run(self, batch: Batch) -> NDArray[np.float32]:
        """The network alone: (K, 4 + slots, anchors)."""
        try:
            return np.asarray(self._session.run(None, {self._input: batch.tensor})[0])
        except Exception as error:  # noqa: BLE001 - onnxruntime's errors share no other base
            raise ModelError(
                f"{self.model.path.name}: it failed on an input of shape {batch.tensor.shape} "
                f"({_first(error)})."
            ) from None

    def boxes(
        self, batch: Batch, output: NDArray[np.float32], width: int, height: int
    ) -> list[Pass]:
        """What one run found, in pixels of the picture of ``width`` × ``height``."""
        if batch.crops:
            return [
                self._in_crop(crop, raw, width, height)
                for crop, raw in zip(batch.crops, output, strict=True)
            ]
        boxes, confidence, classes = self._decode(output[0])
        boxes = (boxes - np.array([*batch.pad] * 2, np.float32)) / np.float32(batch.scale)
        return [(boxes, confidence, classes, np.zeros(len(boxes), np.bool_))]

    def _in_crop(self, crop: Crop, output: NDArray[np.float32], width: int, height: int) -> Pass:
        """One crop's raw output to boxes in pixels of the picture."""
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
        return boxes, confidence, classes, cut

    def _decode(
        self, output: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int16]]:
        """One picture's raw output (4 + slots, anchors) to boxes xyxy, confidence, class."""
        scores = output[4 : 4 + len(self._known)]
        # what reaches the floor is one anchor in hundreds: all else is done on those alone
        slot, anchor = np.divmod(np.flatnonzero(scores >= self.model.floor), scores.shape[1])
        known = self._known[slot]
        slot, anchor = slot[known], anchor[known]
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


def _session(model: ModelFile, threads: int | None, *, spinning: bool = False) -> Any:  # noqa: ANN401 - ort is untyped
    options = ort.SessionOptions()
    options.log_severity_level = 3
    # OpenCV's own threads would only take turns with the model's on the same cores
    cv2.setNumThreads(1)
    if threads is not None:
        options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", str(int(spinning)))
    try:
        return ort.InferenceSession(str(model.path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 - onnxruntime's errors share no other base
        raise ModelError(f"{model.path.name}: no usable ONNX model ({_first(error)}).") from None


def _tensor(pictures: Sequence[Image], lend: Lend) -> NDArray[np.float32]:
    """Pictures of one size as (K, 3, h, w) RGB, 0..1, written where they are wanted."""
    size = pictures[0].shape[:2]
    tensor = lend((len(pictures), 3, *size))
    channels = [scratch(f"channel {i}", size, np.uint8) for i in range(3)]
    for picture, planes in zip(pictures, tensor, strict=True):
        cv2.split(picture, channels)
        for channel, plane in zip(channels, planes[::-1], strict=True):
            # a step of a byte and nothing of itself: OpenCV's one pass from bytes to shares
            cv2.addWeighted(channel, SHARE, channel, 0.0, 0.0, dst=plane, dtype=cv2.CV_32F)
    return tensor


def _first(error: Exception) -> str:
    """An error's first line: the sentence must stay one."""
    return (str(error).splitlines() or [type(error).__name__])[0]


def _letterbox(
    image: Image, longest: int, fixed: tuple[int, int] | None, small: Image | None
) -> tuple[Image, float, tuple[int, int]]:
    """Shrink or grow so that the longer side is ``longest``; pad to multiples of the stride.

    ``fixed``: (height, width) that a model of fixed shape insists on, in place of both.
    """
    height, width = image.shape[:2]
    scale = longest / max(height, width)
    if fixed is not None:
        scale = min(fixed[0] / height, fixed[1] / width)
    w, h = max(1, round(width * scale)), max(1, round(height * scale))
    shrink = cv2.INTER_AREA if scale < 0.5 else cv2.INTER_LINEAR
    if (w, h) == (width, height):
        resized = image
    elif small is not None and small.shape[:2] == (h, w) and shrink == cv2.INTER_AREA:
        resized = small
    else:
        resized = np.asarray(cv2.resize(image, (w, h), interpolation=shrink), np.uint8)
    right, bottom = (fixed[1] - w, fixed[0] - h) if fixed else (-w % STRIDE, -h % STRIDE)
    left, top = right // 2, bottom // 2
    padded = cv2.copyMakeBorder(
        resized, top, bottom - top, left, right - left, cv2.BORDER_CONSTANT, value=(PAD,) * 3
    )
    return np.asarray(padded, np.uint8), scale, (left, top)


def _tile(image: Image, crop: Crop, size: tuple[int, int]) -> Image:
    x0, y0, x1, y1 = crop
    part = image[y0:y1, x0:x1]
    height, width = part.shape[:2]
    below, beside = size[0] - height, size[1] - width
    if below < 0 or beside < 0 or not height or not width:
        raise ValueError(f"crop {crop} does not fit into a tile of {size[1]}×{size[0]} px")
    if below == beside == 0:
        return part
    return np.asarray(
        cv2.copyMakeBorder(part, 0, below, 0, beside, cv2.BORDER_CONSTANT, value=(PAD,) * 3),
        np.uint8,
    )


def merged(passes: Sequence[Pass], width: int, height: int) -> Detections:
    """All passes' boxes, each thing once, in the order that Detections promises."""
    boxes = np.concatenate([p[0] for p in passes]).astype(np.float32)
    boxes = np.clip(boxes, 0, (width, height, width, height)).astype(np.float32)
    confidence = np.concatenate([p[1] for p in passes]).astype(np.float32)
    classes = np.concatenate([p[2] for p in passes]).astype(np.int16)
    cut = np.concatenate([p[3] for p in passes])
    real = (boxes[:, 2] - boxes[:, 0] >= 1) & (boxes[:, 3] - boxes[:, 1] >= 1)
    boxes, confidence, classes, cut = boxes[real], confidence[real], classes[real], cut[real]
    keep = merge(boxes, confidence, classes, cut)
    return Detections(boxes[keep], confidence[keep], classes[keep])
