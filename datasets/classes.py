"""The one list of class names, and the 80 head slots that they live in.

Standard library only: every room may import this module.

The detector's head keeps the 80 outputs of its COCO start weight ("slots").  A class that
COCO knows keeps its COCO slot, several slots may mean one class (``food``, ``bag``), and a
class that COCO does not know takes a slot of a COCO class that no hall needs.  So nothing
that the start weight knows about the real world is thrown away with a resized head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

CLASSES: Final[tuple[str, ...]] = (
    "person",
    "chair",
    "phone",
    "charger",
    "earphones",
    "cup",
    "thermos",
    "bottle",
    "clothing",
    "cushion",
    "bag",
    "umbrella",
    "food",
    "paper",
    "folder",
    "book",
    "carton",
    "cable",
    "power_strip",
    "bin",
    "litter",
    "stain",
    "plant",
    "monitor",
    "keyboard",
    "mouse",
    "laptop",
    "printer",
    "scanner",
    "doc_camera",
    "rating_device",
    "name_plate",
    "guide_rack",
    "pause_sign",
    "notice",
    "telephone",
    "calculator",
    "stamp",
    "inkpad",
    "pen_base",
    "service_box",
    "heater",
    "extinguisher",
    "desk",
    "cabinet",
)
"""Class names; a class index is an index into this tuple.  Append only: stored rows hold names."""

CLASS_INDEX: Final[Mapping[str, int]] = {name: i for i, name in enumerate(CLASSES)}

CLASS_ZH: Final[Mapping[str, str]] = {
    "person": "人员",
    "chair": "座椅",
    "phone": "手机",
    "charger": "充电器",
    "earphones": "耳机",
    "cup": "水杯",
    "thermos": "热水瓶",
    "bottle": "饮料瓶",
    "clothing": "衣物",
    "cushion": "坐垫",
    "bag": "包袋",
    "umbrella": "雨伞",
    "food": "食品",
    "paper": "散放纸张",
    "folder": "文件夹",
    "book": "书籍",
    "carton": "纸箱",
    "cable": "线缆",
    "power_strip": "插线板",
    "bin": "纸篓",
    "litter": "垃圾",
    "stain": "污迹",
    "plant": "绿植",
    "monitor": "显示器",
    "keyboard": "键盘",
    "mouse": "鼠标",
    "laptop": "笔记本电脑",
    "printer": "打印机",
    "scanner": "扫描仪",
    "doc_camera": "高拍仪",
    "rating_device": "评价器",
    "name_plate": "工作牌",
    "guide_rack": "办事指南架",
    "pause_sign": "暂停服务牌",
    "notice": "告示",
    "telephone": "座机",
    "calculator": "计算器",
    "stamp": "印章",
    "inkpad": "印泥",
    "pen_base": "签字笔座",
    "service_box": "便民服务箱",
    "heater": "电热器具",
    "extinguisher": "灭火器",
    "desk": "办公桌",
    "cabinet": "文件柜",
}

COCO_NAMES: Final[tuple[str, ...]] = (
    "person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat",
    "traffic light", "fire hydrant", "stop sign", "parking meter", "bench", "bird", "cat",
    "dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe", "backpack",
    "umbrella", "handbag", "tie", "suitcase", "frisbee", "skis", "snowboard", "sports ball",
    "kite", "baseball bat", "baseball glove", "skateboard", "surfboard", "tennis racket",
    "bottle", "wine glass", "cup", "fork", "knife", "spoon", "bowl", "banana", "apple",
    "sandwich", "orange", "broccoli", "carrot", "hot dog", "pizza", "donut", "cake", "chair",
    "couch", "potted plant", "bed", "dining table", "toilet", "tv", "laptop", "mouse",
    "remote", "keyboard", "cell phone", "microwave", "oven", "toaster", "sink",
    "refrigerator", "book", "clock", "vase", "scissors", "teddy bear", "hair drier",
    "toothbrush",
)  # fmt: skip
"""COCO's 80 class names in the order of the start weight's head."""

COCO_TO_CLASS: Final[Mapping[str, str]] = {
    "person": "person",
    "chair": "chair",
    "cell phone": "phone",
    "cup": "cup",
    "bottle": "bottle",
    "backpack": "bag",
    "handbag": "bag",
    "suitcase": "bag",
    "umbrella": "umbrella",
    "banana": "food",
    "apple": "food",
    "sandwich": "food",
    "orange": "food",
    "hot dog": "food",
    "pizza": "food",
    "donut": "food",
    "cake": "food",
    "book": "book",
    "potted plant": "plant",
    "tv": "monitor",
    "keyboard": "keyboard",
    "mouse": "mouse",
    "laptop": "laptop",
}
"""COCO class -> our class.  COCO classes not named here are true background in COCO's pictures."""

NEW_CLASS_SLOT: Final[Mapping[str, str]] = {
    # our class -> the COCO class whose slot it takes: things that no service hall holds, and
    # where one offers, one of a like shape, so that the slot starts nearer to what it must learn
    "charger": "toaster",
    "earphones": "hair drier",
    "thermos": "fire hydrant",
    "clothing": "teddy bear",
    "cushion": "bed",
    "paper": "kite",
    "folder": "skis",
    "carton": "truck",
    "cable": "snowboard",
    "power_strip": "skateboard",
    "bin": "toilet",
    "litter": "frisbee",
    "stain": "surfboard",
    "printer": "microwave",
    "scanner": "oven",
    "doc_camera": "parking meter",
    "rating_device": "boat",
    "name_plate": "airplane",
    "guide_rack": "train",
    "pause_sign": "stop sign",
    "notice": "traffic light",
    "telephone": "car",
    "calculator": "bus",
    "stamp": "baseball bat",
    "inkpad": "baseball glove",
    "pen_base": "tennis racket",
    "service_box": "motorcycle",
    "heater": "bicycle",
    "extinguisher": "giraffe",
    "desk": "zebra",
    "cabinet": "elephant",
}


def _slots() -> tuple[str | None, ...]:
    by_coco: dict[str, str] = dict(COCO_TO_CLASS)
    by_coco.update({coco: ours for ours, coco in NEW_CLASS_SLOT.items()})
    return tuple(by_coco.get(name) for name in COCO_NAMES)


SLOTS: Final[tuple[str | None, ...]] = _slots()
"""For each of the 80 head slots the class it means, or None where the slot is not used."""

COCO_SLOTS: Final[tuple[str | None, ...]] = tuple(COCO_TO_CLASS.get(n) for n in COCO_NAMES)
"""The slots of an unchanged COCO model: what its 80 outputs mean in our classes."""


def slots_of_names(names: Sequence[str]) -> tuple[str | None, ...]:
    """Map a model's own output names to our classes, None for a name that is not ours.

    A name may be one of ours or one of COCO's (``cell phone`` -> ``phone``).
    """
    return tuple(n if n in CLASS_INDEX else COCO_TO_CLASS.get(n) for n in names)
