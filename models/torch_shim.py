"""Make ultralytics importable beside a CPU torch whose torchvision wheel is linked to CUDA.

Such a torchvision fails on import because its compiled operators can't be registered.  Of those
operators ultralytics' detection training needs none but ``nms``, which is given here in plain
torch.  Where a fitting torchvision is installed nothing is changed.

Training environment only: import and call :func:`install` before ultralytics.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Final, TypeAlias

_KEEP: Final[list[Any]] = []  # a torch.library.Library unregisters its operators when collected


Tensor: TypeAlias = Any


def _nms(boxes_xyxy: Tensor, scores: Tensor, iou_threshold: float) -> Tensor:
    """Indices kept by greedy non-maximum suppression, by falling score; as torchvision.ops.nms."""
    import torch

    order = scores.argsort(descending=True, stable=True)
    box = boxes_xyxy[order].double()
    low, high = box[:, :2], box[:, 2:]
    area = (high - low).clamp(min=0).prod(1)
    alive = torch.ones(len(box), dtype=torch.bool)
    keep: list[int] = []
    for i in range(len(box)):
        if not alive[i]:
            continue
        keep.append(i)
        overlap = (torch.minimum(high[i], high) - torch.maximum(low[i], low)).clamp(min=0).prod(1)
        alive &= overlap / (area[i] + area - overlap).clamp(min=1e-12) <= iou_threshold
    return order[torch.as_tensor(keep, dtype=torch.long)]


def install() -> str:
    """Return "native" where torchvision works as it is, else register the stand-in: "shim"."""
    import torch

    try:
        import torchvision
        from torchvision.extension import _has_ops

        if _has_ops():
            return "native"
    except RuntimeError:  # "operator torchvision::nms does not exist"
        pass
    if _KEEP:
        return "shim"
    for name in [k for k in sys.modules if k.split(".")[0] == "torchvision"]:
        del sys.modules[name]
    library = torch.library.Library("torchvision", "FRAGMENT")
    for op in ("nms", "qnms"):
        library.define(f"{op}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.impl("nms", _nms, "CPU")
    _KEEP.append(library)
    import torchvision.extension

    torchvision.extension._has_ops = lambda: True
    return "shim"


def quiet_ultralytics(config_dir: Path) -> None:
    """No settings of the user's own are read or written, nothing is sent, nothing is fetched.

    Call before the first import of ultralytics.
    """
    config_dir.mkdir(parents=True, exist_ok=True)
    os.environ["YOLO_CONFIG_DIR"] = str(config_dir)
    os.environ["YOLO_OFFLINE"] = "true"
    os.environ["YOLO_AUTOINSTALL"] = "false"
    os.environ.setdefault("YOLO_VERBOSE", "false")
    install()
    from ultralytics import settings

    settings.update({"sync": False})
