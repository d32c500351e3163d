"""Turn a trained network into the one file that the product runs: ONNX with a sidecar.

Training environment only.  Batch, height and width stay free: the detector takes rectangular
pictures and batches of crops.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from datasets.classes import CLASSES, COCO_NAMES, SLOTS
from models.networks import Network, load_network, network_of_onnx
from models.recipe import Recipe, load_recipe
from models.torch_shim import quiet_ultralytics
from models.training_side import finish
from vision.seen import ModelError

OPSET: Final = 17
LICENCE: Final = "AGPL-3.0-or-later"
UNSET_THRESHOLD: Final = 0.35
"""For a class whose threshold was not chosen on validation data yet."""


def trained_network(
    start: Path,
    trained: Sequence[Path],
    keep_start: float,
    keep_rows: Mapping[str, float] | None = None,
) -> tuple[Network, dict[str, Any]]:
    """The network of a run's ``model.pt``, with a share of the start weight blended in.

    Of several runs, stages of one training, the mean of their weights; the facts are the last
    one's.  An earlier stage may be the model file (.onnx) that the next went on from: what is read
    back from it is what that one began with.  Rows of the class branch whose slot got a new
    meaning are never blended: the start weight has no knowledge worth keeping there.
    ``keep_rows``: for classes of ours that the start weight has slots of, the share of its rows
    blended in, where that is another than ``keep_start``.
    """
    import torch

    from models.masked_loss import KEPT, SLOT_COUNT

    if trained[-1].suffix == ".onnx":
        raise ModelError(
            f"{trained[-1]}: a model file tells no run; name the last stage's model.pt after it."
        )
    network = load_network(start)
    old = network.state_dict()
    stages = []
    said: dict[str, Any] = {}
    for path in trained:
        if not path.is_file():
            raise ModelError(f"{path}: there is no trained model; train one first.")
        if path.suffix == ".onnx":
            given, said = network_of_onnx(path, start).state_dict(), {}
        else:
            state = torch.load(path, weights_only=True)
            given, said = state["average"], json.loads(state["facts"])
        if set(old) != set(given) or any(old[k].shape != given[k].shape for k in old):
            raise ModelError(f"{path}: its tensors do not fit {start.name}.")
        stages.append(given)
    new = {
        k: sum(stage[k] for stage in stages) / len(stages) if v.is_floating_point() else v
        for k, v in stages[-1].items()
    }
    share = torch.full((SLOT_COUNT,), keep_start)
    for slot, name in enumerate(SLOTS):
        if slot not in KEPT:
            share[slot] = 0.0
        elif keep_rows and name is not None and name in keep_rows:
            share[slot] = keep_rows[name]
    blended = {}
    for name, value in new.items():
        if not value.is_floating_point():
            blended[name] = value
            continue
        mixed = value + keep_start * (old[name] - value)
        if ".cv3." in name and value.shape[0] == SLOT_COUNT and name.split(".")[-2] == "2":
            mixed = value + share.view(-1, *[1] * (value.ndim - 1)) * (old[name] - value)
        blended[name] = mixed
    # counted before loading: `old` holds the network's own tensors, not copies
    changed = sum(not torch.equal(old[k], blended[k]) for k, _ in network.named_parameters())
    network.load_state_dict(blended)
    facts = said | {
        "mean_of": len(stages),
        "keep_start": keep_start,
        "keep_rows": dict(keep_rows or {}),
        "parameter_tensors": sum(1 for _ in network.named_parameters()),
        "parameter_tensors_changed": changed,
    }
    return network, facts


def export_network(
    network: Network, path: Path, *, size_px: int = 640, slots: Sequence[str | None] = SLOTS
) -> None:
    """Write a network as ONNX: input (N, 3, H, W) 0..1 RGB, output (N, 84, anchors) as cx cy w h
    in input pixels and 80 class probabilities, whose meanings are ``slots``.
    """
    import onnx
    import onnxslim
    import torch

    network = network.float().eval().cpu().to(memory_format=torch.contiguous_format)
    network.fuse(verbose=False)
    head = network.model[-1]
    head.export, head.dynamic, head.format = True, True, "onnx"
    picture = torch.zeros(1, 3, size_px, size_px)
    with torch.no_grad():
        network(picture)
    path.parent.mkdir(parents=True, exist_ok=True)
    free = {0: "batch", 2: "height", 3: "width"}
    torch.onnx.export(
        network,
        (picture,),
        str(path),
        input_names=["images"],
        output_names=["output0"],
        dynamic_axes={"images": free, "output0": {0: "batch", 2: "anchors"}},
        opset_version=OPSET,
        do_constant_folding=True,
        dynamo=False,
    )
    model = onnxslim.slim(onnx.load(str(path)))
    names = {i: name or f"unused_{i}" for i, name in enumerate(slots)}
    for key, value in {"names": str(names), "license": LICENCE, "stride": "32"}.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def disagreement(network: Network, path: Path) -> tuple[float, float]:
    """How far torch and onnxruntime are apart on one seeded batch that is no square.

    The greatest difference of a box edge in pixels, and of a class probability.
    """
    import numpy as np
    import onnxruntime
    import torch

    rng = np.random.default_rng(7)
    coarse = rng.random((2, 3, 6, 10), np.float32)
    pictures = torch.nn.functional.interpolate(
        torch.from_numpy(coarse), (192, 320), mode="bilinear"
    )
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    theirs = session.run(None, {"images": pictures.numpy()})[0]
    with torch.no_grad():
        result = network(pictures)
    ours = (result[0] if isinstance(result, tuple | list) else result).numpy()
    if ours.shape != theirs.shape:
        raise ModelError(f"{path}: torch gives {ours.shape}, onnxruntime {theirs.shape}.")
    apart = np.abs(ours - theirs)
    return float(apart[:, :4].max()), float(apart[:, 4:].max())


def write_sidecar(
    path: Path,
    recipe: Recipe,
    facts: Mapping[str, Any],
    *,
    thresholds: Mapping[str, float] | None = None,
    floor: float = 0.05,
) -> Path:
    """Write the JSON beside a model file; gives its path."""
    from models import registry

    content = {
        "name": path.stem,
        "version": recipe.version,
        "sha256": registry.sha256_of(path),
        "licence": LICENCE,
        "slots": list(SLOTS),
        "thresholds": dict(thresholds or dict.fromkeys(CLASSES, UNSET_THRESHOLD)),
        "floor": floor,
        "input_px": recipe.input_px,
        "card": f"docs/models/{path.stem}.md",
        "training": dict(facts),
    }
    return registry.write_sidecar(path, content)


def main() -> int:
    """The training environment's side of ``deskcheck model export``."""
    parser = argparse.ArgumentParser(prog="python -m models.export", description=__doc__)
    parser.add_argument("recipe")
    parser.add_argument("--start", type=Path, required=True, help="the start weight (.pt)")
    parser.add_argument(
        "--trained",
        type=Path,
        nargs="+",
        help="model.pt of a training run, or of several, whose mean is taken, also with the .onnx "
        "that the run went on from, named first; without it the start weight itself is written, "
        "with COCO's names and no sidecar: what a trained model is measured against",
    )
    parser.add_argument("--out", type=Path, required=True, help="NAME.onnx to write")
    parser.add_argument("--keep-start", type=float, help="in place of the recipe's share")
    given = parser.parse_args()
    return finish(lambda: _exported(given))


def _exported(given: argparse.Namespace) -> Path:
    out: Path = given.out
    recipe = load_recipe(given.recipe)
    quiet_ultralytics(out.parent / "ultralytics")
    if given.trained is None:
        network = load_network(given.start)
        export_network(network, out, size_px=recipe.size_px, slots=COCO_NAMES)
        return out
    share = recipe.keep_start if given.keep_start is None else given.keep_start
    network, facts = trained_network(given.start, given.trained, share, recipe.keep_rows)
    export_network(network, out, size_px=recipe.size_px)
    box_px, probability = disagreement(network, out)
    if box_px > 0.1 or probability > 1e-3:
        raise ModelError(
            f"{out}: torch and onnxruntime differ by {box_px:.3f} px and "
            f"{probability:.5f} in probability; the export is not to be trusted."
        )
    facts["torch_onnxruntime_apart"] = {"box_px": box_px, "probability": probability}
    write_sidecar(out, recipe, facts)
    return out


if __name__ == "__main__":
    raise SystemExit(main())
