"""Other colours for furniture and cloth in teaching scenes, without building a mesh anew."""

from __future__ import annotations

import colorsys
import random
from dataclasses import dataclass
from typing import Any

import bpy


@dataclass(frozen=True)
class Tint:
    """``hue`` is added (turns of the wheel), ``saturation`` and ``value`` multiply."""

    hue: float
    saturation: float
    value: float


def any_colour(rng: random.Random) -> Tint:
    """For cloth: any hue, from washed out to strong, dark to light."""
    return Tint(rng.random(), rng.choice((0.15, rng.uniform(0.4, 1.6))), rng.uniform(0.45, 1.7))


def shade(rng: random.Random) -> Tint:
    """For wood and walls: the same colour, a little warmer or darker."""
    return Tint(rng.gauss(0, 0.025), rng.uniform(0.6, 1.25), rng.uniform(0.65, 1.2))


def tinted(material: bpy.types.Material, tint: Tint) -> bpy.types.Material:
    """A copy of ``material`` whose base colour is tinted, made once for each pair."""
    name = f"{material.name}~{tint.hue:.2f}/{tint.saturation:.2f}/{tint.value:.2f}"[:63]
    if name in bpy.data.materials:
        return bpy.data.materials[name]
    out = material.copy()
    out.name = name
    tree = out.node_tree
    shader = next((n for n in tree.nodes if n.type == "BSDF_PRINCIPLED"), None)
    if shader is None:
        return out
    base: Any = shader.inputs["Base Color"]
    if base.is_linked:
        source = base.links[0].from_socket
        node: Any = tree.nodes.new("ShaderNodeHueSaturation")
        node.inputs["Hue"].default_value = (0.5 + tint.hue) % 1  # 0.5 leaves the hue as it is
        node.inputs["Saturation"].default_value = tint.saturation
        node.inputs["Value"].default_value = tint.value
        tree.links.new(source, node.inputs["Color"])
        tree.links.new(node.outputs["Color"], base)
    else:
        h, s, v = colorsys.rgb_to_hsv(*base.default_value[:3])
        rgb = colorsys.hsv_to_rgb(
            (h + tint.hue) % 1, min(1.0, s * tint.saturation), min(0.9, v * tint.value)
        )
        base.default_value = (*rgb, 1)
    return out


def tint_objects(objects: list[bpy.types.Object], tint: Tint) -> None:
    """Tint these objects alone; others of the same mesh keep their colour."""
    for o in objects:
        for slot in o.material_slots:
            if slot.material is not None:
                material = tinted(slot.material, tint)
                slot.link = "OBJECT"
                slot.material = material
