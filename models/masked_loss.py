"""The detection loss that never teaches an unlabelled thing as background.

Training environment only.  Built on ultralytics' YOLOv8 loss; differs from it in what counts in
the classification term:

* a slot that a picture does not label counts only where an assigned box says what is there;
* where a box of a class with several slots lies (``bag``, ``food``), its sibling slots don't count;
* a COCO thing that we don't use (a truck), or whose slot means something else now, is background:
  anchors assigned to it count as "none of our classes" and teach no box.

Beside it stands the start weight's opinion (distillation) on real pictures, in the COCO slots that
kept their meaning.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Final

import torch
from torch.nn import functional as F
from ultralytics.utils.loss import v8DetectionLoss
from ultralytics.utils.tal import make_anchors

from datasets.classes import COCO_SLOTS, SLOTS

KEPT: Final = [i for i, name in enumerate(COCO_SLOTS) if name is not None]
"""Slots that mean the same in the start weight and in our model."""

SLOT_COUNT: Final = len(SLOTS)


def sibling_matrix() -> torch.Tensor:
    """(80, 80) float: 1 where two different slots mean the same class of ours."""
    same = [[float(a is not None and a == b) for b in SLOTS] for a in SLOTS]
    return torch.tensor(same) - torch.diag(torch.tensor([float(a is not None) for a in SLOTS]))


class MaskedLoss(v8DetectionLoss):  # type: ignore[misc]  # ultralytics is untyped
    """YOLOv8 loss with a mask per picture and slot; call with a batch of ``models/batches.py``."""

    def __init__(self, model: torch.nn.Module) -> None:
        model.args = SimpleNamespace(box=7.5, cls=0.5, dfl=1.5)
        super().__init__(model)
        self.siblings = sibling_matrix().to(self.device)
        self.spoken_for = torch.zeros(0)

    def terms(self, preds: dict[str, Any], batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """(3,) box, class and distribution loss, each a mean over the batch's positives.

        ``batch``: ``batch_idx`` (M,), ``slots`` (M,), ``background`` (M,) bool, ``bboxes`` (M, 4)
        cx cy w h normalised, ``counts`` (B, 80) float 1 where a slot is labelled in a picture.
        """
        dist = preds["boxes"].permute(0, 2, 1).contiguous()
        logits = preds["scores"].permute(0, 2, 1).contiguous()
        points, stride = make_anchors(preds["feats"], self.stride, 0.5)
        size = torch.tensor(preds["feats"][0].shape[2:], dtype=dist.dtype) * self.stride[0]
        rows = torch.cat(
            (
                batch["batch_idx"].view(-1, 1),
                batch["slots"].view(-1, 1),
                batch["bboxes"],
                batch["background"].view(-1, 1).float(),
            ),
            1,
        )
        targets = self._padded(rows, len(logits), size[[1, 0, 1, 0]])
        labels, boxes, background = targets.split((1, 4, 1), 2)
        decoded = self.bbox_decode(points, dist)
        _, target_boxes, target_scores, positive, which = self.assigner(
            logits.detach().sigmoid(),
            (decoded.detach() * stride).type(boxes.dtype),
            points * stride,
            labels,
            boxes,
            boxes.sum(2, keepdim=True).gt(0.0),
        )
        self.spoken_for = self._inside(points * stride, labels, boxes)
        target_scores = target_scores.to(logits.dtype)
        counts = torch.maximum(batch["counts"][:, None, :], positive[:, :, None].to(logits.dtype))
        if background.numel():
            nothing = background.squeeze(2).gather(1, which.clamp(min=0)).bool() & positive
            target_scores = target_scores * ~nothing[:, :, None]
            positive = positive & ~nothing
        counts = counts * (1 - ((target_scores > 0).to(logits.dtype) @ self.siblings).clamp(max=1))
        total = target_scores.sum().clamp(min=1)
        out = torch.zeros(3)
        class_loss = F.binary_cross_entropy_with_logits(logits, target_scores, reduction="none")
        out[1] = (class_loss * counts).sum() / total * self.hyp.cls
        if positive.any():
            box, dfl = self.bbox_loss(
                dist,
                decoded,
                points,
                target_boxes / stride,
                target_scores,
                total,
                positive,
                size,
                stride,
            )
            out[0], out[2] = box * self.hyp.box, dfl * self.hyp.dfl
        return out

    def _inside(
        self, points_px: torch.Tensor, labels: torch.Tensor, boxes: torch.Tensor
    ) -> torch.Tensor:
        """(B, 80, anchors) float: 1 where a label of that slot speaks, so that no teacher need.

        Else the teacher would call wrong what the label has just taught next door: an anchor of a
        box that the assigner did not take.
        """
        low = points_px[None, None] - boxes[:, :, None, :2]
        high = boxes[:, :, None, 2:] - points_px[None, None]
        inside = (torch.cat((low, high), 3).amin(3) > -4).float()
        real = (boxes.sum(2, keepdim=True) > 0).float()
        whose = F.one_hot(labels[..., 0].long(), SLOT_COUNT).float() * real
        return torch.einsum("bna,bns->bsa", inside, whose).clamp(max=1)

    def _padded(self, rows: torch.Tensor, pictures: int, scale: torch.Tensor) -> torch.Tensor:
        """(B, most boxes of a picture, 6): slot, x1, y1, x2, y2 in pixels, background."""
        most = int(torch.bincount(rows[:, 0].long(), minlength=pictures).max()) if len(rows) else 0
        out = torch.zeros(pictures, most, 6)
        for i in range(pictures):
            mine = rows[rows[:, 0] == i]
            centre, half = mine[:, 2:4], mine[:, 4:6] / 2
            out[i, : len(mine), 0] = mine[:, 1]
            out[i, : len(mine), 1:5] = torch.cat((centre - half, centre + half), 1) * scale
            out[i, : len(mine), 5] = mine[:, 6]
        return out


def distillation(
    student: dict[str, Any], teacher: dict[str, Any], spoken_for: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Class and box terms that pull the kept slots to the teacher.

    ``spoken_for``: (B, 80, anchors) float, 1 where a label speaks: left alone here.  Both terms are
    normalised by the teacher's own evidence.
    """
    free = 1 - spoken_for[:, KEPT]
    ours = student["scores"][:, KEPT]
    theirs = teacher["scores"][:, KEPT].sigmoid()
    strength = (theirs * free).amax(1)
    total = strength.masked_fill(strength < 0.05, 0).sum().clamp(min=1)
    # cross entropy less the teacher's own entropy: nought where the two agree
    soft = F.binary_cross_entropy_with_logits(ours, theirs, reduction="none")
    floor = F.binary_cross_entropy(theirs, theirs, reduction="none")
    class_term = ((soft - floor) * free).sum() / total
    batch, _, anchors = student["boxes"].shape
    shape = (batch, 4, -1, anchors)
    ours_box = student["boxes"].view(shape).log_softmax(2)
    theirs_box = teacher["boxes"].view(shape).softmax(2)
    apart = F.kl_div(ours_box, theirs_box, reduction="none").sum(2).mean(1)
    box_term = (apart * strength.masked_fill(strength < 0.2, 0)).sum() / total
    return class_term, box_term
