"""Materials from plain values and NumPy pictures, and the few mesh primitives that furniture needs.

Picture textures instead of procedural nodes: they cost a fraction of the render time.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

import bmesh
import bpy
import cv2
import numpy as np
from mathutils import Matrix, Vector
from numpy.typing import NDArray

Rgb = tuple[float, float, float]


def noise(
    shape: tuple[int, int], cells: int, rng: np.random.Generator, octaves: int = 4
) -> NDArray[np.float32]:
    """Smooth tileable value noise in 0..1, ``shape`` (H, W), first ``cells`` blobs across."""
    out = np.zeros(shape, np.float32)
    weight = total = 1.0
    for o in range(octaves):
        n = max(2, cells * 2**o)
        small = rng.random((n, n)).astype(np.float32)
        small = np.pad(small, 2, mode="wrap")
        big = cv2.resize(
            small, (shape[1] * (n + 4) // n, shape[0] * (n + 4) // n), interpolation=cv2.INTER_CUBIC
        )
        y0, x0 = (big.shape[0] - shape[0]) // 2, (big.shape[1] - shape[1]) // 2
        out += weight * big[y0 : y0 + shape[0], x0 : x0 + shape[1]]
        total += weight
        weight *= 0.55
    out -= out.min()
    return out / max(float(out.max()), 1e-6)


def image(name: str, rgb: NDArray[np.float32]) -> bpy.types.Image:
    """A Blender picture from (H, W, 3) sRGB values in 0..1, row 0 at the top."""
    h, w = rgb.shape[:2]
    img = bpy.data.images.new(name, w, h, alpha=False)
    rgba = np.ones((h, w, 4), np.float32)
    rgba[..., :3] = np.clip(rgb, 0, 1)[::-1]
    img.pixels.foreach_set(rgba.ravel())
    img.update()
    img.pack()
    return img


def material(
    name: str,
    colour: Rgb,
    rough: float = 0.5,
    metal: float = 0.0,
    *,
    transmission: float = 0.0,
    emission: float = 0.0,
    sheen: float = 0.0,
    ior: float = 1.45,
) -> bpy.types.Material:
    """A plain Principled material; ``colour`` is linear RGB."""
    m = bpy.data.materials.new(name)
    m.use_nodes = True
    b = m.node_tree.nodes["Principled BSDF"]
    b.inputs["Base Color"].default_value = (*colour, 1)
    b.inputs["Roughness"].default_value = rough
    b.inputs["Metallic"].default_value = metal
    b.inputs["IOR"].default_value = ior
    if transmission:
        b.inputs["Transmission Weight"].default_value = transmission
    if emission:
        b.inputs["Emission Color"].default_value = (*colour, 1)
        b.inputs["Emission Strength"].default_value = emission
    if sheen:
        b.inputs["Sheen Weight"].default_value = sheen
    return m


def picture_material(
    name: str,
    rgb: NDArray[np.float32],
    rough: float = 0.6,
    *,
    scale: float = 1.0,
    coords: str = "Generated",
    projection: str = "FLAT",
    bump: float = 0.0,
    metal: float = 0.0,
    emission: float = 0.0,
    spec: float = 0.5,
) -> bpy.types.Material:
    """A material whose colour is a picture.

    ``coords``: "UV", "Object" (metres; ``scale`` repeats a metre) or "Generated"; ``projection``
    "BOX" maps it on all sides of a mesh that has no UV.
    """
    m = bpy.data.materials.new(name)
    m.use_nodes = True
    nt = m.node_tree
    b = nt.nodes["Principled BSDF"]
    b.inputs["Roughness"].default_value = rough
    b.inputs["Metallic"].default_value = metal
    b.inputs["Specular IOR Level"].default_value = spec
    tc = nt.nodes.new("ShaderNodeTexCoord")
    mp = nt.nodes.new("ShaderNodeMapping")
    tx = nt.nodes.new("ShaderNodeTexImage")
    tx.image = image(name, rgb)
    tx.projection = projection
    tx.projection_blend = 0.2 if projection == "BOX" else 0.0
    mp.inputs["Scale"].default_value = (scale, scale, scale)
    nt.links.new(tc.outputs[coords], mp.inputs["Vector"])
    nt.links.new(mp.outputs["Vector"], tx.inputs["Vector"])
    nt.links.new(tx.outputs["Color"], b.inputs["Base Color"])
    if emission:
        nt.links.new(tx.outputs["Color"], b.inputs["Emission Color"])
        b.inputs["Emission Strength"].default_value = emission
    if bump:
        bm = nt.nodes.new("ShaderNodeBump")
        bm.inputs["Strength"].default_value = bump
        nt.links.new(tx.outputs["Color"], bm.inputs["Height"])
        nt.links.new(bm.outputs["Normal"], b.inputs["Normal"])
    return m


def srgb_to_linear(rgb: Sequence[float]) -> Rgb:
    a = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return a[0], a[1], a[2]


def hex_linear(code: str) -> Rgb:
    """``"#2a3b4c"`` as linear RGB."""
    code = code.lstrip("#")
    return srgb_to_linear([int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)])


def hex_srgb(code: str) -> NDArray[np.float32]:
    code = code.lstrip("#")
    return np.array([int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)], np.float32)


def _speckle(
    base: str, amount: float, cells: int, seed: int, size: int, octaves: int = 4
) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    n = noise((size, size), cells, rng, octaves)
    return np.clip(hex_srgb(base)[None, None] * (1 + amount * (n[..., None] - 0.5)), 0, 1)


def wood(base: str, seed: int, size: int = 512) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    wide = cv2.resize(noise((size, size), 3, rng, 3)[:, : size // 6], (size, size))
    fine = cv2.resize(
        rng.random((size, 12)).astype(np.float32), (size, size), interpolation=cv2.INTER_CUBIC
    )
    pores = cv2.resize(rng.random((size, 40)).astype(np.float32), (size, size))
    y = np.arange(size, dtype=np.float32)[:, None]
    rings = 0.5 + 0.5 * np.sin(y * 2 * math.pi * 9 / size + wide * 5)
    v = 0.9 + 0.09 * rings + 0.10 * (fine - 0.5) + 0.06 * (pores - 0.5) + 0.08 * (wide - 0.5)
    return np.clip(hex_srgb(base)[None, None] * v[..., None], 0, 1).astype(np.float32)


def speckle(
    base: str, seed: int, amount: float = 0.25, cells: int = 24, size: int = 512
) -> NDArray[np.float32]:
    return _speckle(base, amount, cells, seed, size)


def weave(base: str, seed: int, amount: float = 0.3, size: int = 256) -> NDArray[np.float32]:
    """Cloth: crossing threads over a soft mottle."""
    rng = np.random.default_rng(seed)
    i = np.arange(size)
    warp = 0.5 + 0.5 * np.sin(i * 2 * math.pi / 6)[None, :]
    weft = 0.5 + 0.5 * np.sin(i * 2 * math.pi / 5)[:, None]
    v = 1 + amount * (0.5 * (warp * weft) - 0.25) + 0.2 * (noise((size, size), 4, rng) - 0.5)
    v = v + 0.1 * (rng.random((size, size)) - 0.5)
    return np.clip(hex_srgb(base)[None, None] * v[..., None], 0, 1).astype(np.float32)


# ------------------------------------------------------------------------------------ meshes


class Builder:
    """Collects primitives into one mesh with several materials."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.bm = bmesh.new()
        self.materials: list[bpy.types.Material] = []

    def _slot(self, mat: bpy.types.Material) -> int:
        if mat not in self.materials:
            self.materials.append(mat)
        return self.materials.index(mat)

    def _finish(
        self, verts: Iterable[bmesh.types.BMVert], mat: bpy.types.Material, smooth: bool
    ) -> None:
        slot = self._slot(mat)
        for f in {f for v in verts for f in v.link_faces}:
            f.material_index = slot
            f.smooth = smooth

    def box(
        self,
        centre: Sequence[float],
        size: Sequence[float],
        mat: bpy.types.Material,
        *,
        rot: Sequence[float] = (0, 0, 0),
        bevel: float = 0.0,
        segments: int = 2,
    ) -> Builder:
        m = (
            Matrix.Translation(Vector(centre))
            @ Matrix.Rotation(rot[2], 4, "Z")
            @ Matrix.Rotation(rot[1], 4, "Y")
            @ Matrix.Rotation(rot[0], 4, "X")
        )
        made = bmesh.ops.create_cube(self.bm, size=1.0)
        verts = made["verts"]
        bmesh.ops.scale(self.bm, vec=Vector(size), verts=verts)
        if bevel:
            edges = list({e for v in verts for e in v.link_edges})
            r = bmesh.ops.bevel(
                self.bm,
                geom=edges,
                offset=bevel,
                segments=segments,
                affect="EDGES",
                profile=0.5,
                clamp_overlap=True,
            )
            verts = list(
                {v for f in r["faces"] for v in f.verts} | {v for v in verts if v.is_valid}
            )
            seen: set[bmesh.types.BMVert] = set()
            stack = list(verts)
            while stack:
                v = stack.pop()
                if v in seen:
                    continue
                seen.add(v)
                stack += [e.other_vert(v) for e in v.link_edges]
            verts = list(seen)
        bmesh.ops.transform(self.bm, matrix=m, verts=verts)
        self._finish(verts, mat, bevel > 0.006)
        return self

    def cyl(
        self,
        centre: Sequence[float],
        radius: float,
        height: float,
        mat: bpy.types.Material,
        *,
        top: float | None = None,
        rot: Sequence[float] = (0, 0, 0),
        sides: int = 24,
    ) -> Builder:
        """A cylinder (or cone when ``top`` differs) about its centre, axis z before ``rot``."""
        m = (
            Matrix.Translation(Vector(centre))
            @ Matrix.Rotation(rot[2], 4, "Z")
            @ Matrix.Rotation(rot[1], 4, "Y")
            @ Matrix.Rotation(rot[0], 4, "X")
        )
        made = bmesh.ops.create_cone(
            self.bm,
            cap_ends=True,
            cap_tris=False,
            segments=sides,
            radius1=radius,
            radius2=radius if top is None else top,
            depth=height,
            matrix=m,
        )
        self._finish(made["verts"], mat, True)
        for f in {f for v in made["verts"] for f in v.link_faces}:
            if len(f.verts) > 4:
                f.smooth = False
        return self

    def ball(
        self,
        centre: Sequence[float],
        radii: Sequence[float],
        mat: bpy.types.Material,
        *,
        rot: Sequence[float] = (0, 0, 0),
        segments: int = 20,
    ) -> Builder:
        m = (
            Matrix.Translation(Vector(centre))
            @ Matrix.Rotation(rot[2], 4, "Z")
            @ Matrix.Rotation(rot[1], 4, "Y")
            @ Matrix.Rotation(rot[0], 4, "X")
            @ Matrix.Diagonal((*radii, 1))
        )
        made = bmesh.ops.create_uvsphere(
            self.bm, u_segments=segments, v_segments=segments // 2, radius=1.0, matrix=m
        )
        self._finish(made["verts"], mat, True)
        return self

    def tube(
        self,
        points: Sequence[Sequence[float]],
        radius: float,
        mat: bpy.types.Material,
        *,
        sides: int = 8,
        radii: Sequence[float] | None = None,
    ) -> Builder:
        """A round tube along a polyline."""
        pts = [Vector(p) for p in points]
        rings: list[list[bmesh.types.BMVert]] = []
        up = Vector((0, 0, 1))
        for i, p in enumerate(pts):
            d = (pts[min(i + 1, len(pts) - 1)] - pts[max(i - 1, 0)]).normalized()
            side = d.cross(up if abs(d.dot(up)) < 0.95 else Vector((1, 0, 0))).normalized()
            nrm = side.cross(d).normalized()
            r = radius if radii is None else radii[i]
            rings.append(
                [
                    self.bm.verts.new(p + side * (r * math.cos(a)) + nrm * (r * math.sin(a)))
                    for a in (2 * math.pi * k / sides for k in range(sides))
                ]
            )
        verts = [v for ring in rings for v in ring]
        for a, b in itertools.pairwise(rings):
            for k in range(sides):
                self.bm.faces.new((a[k], a[(k + 1) % sides], b[(k + 1) % sides], b[k]))
        self.bm.faces.new(rings[0])
        self.bm.faces.new(rings[-1][::-1])
        self._finish(verts, mat, True)
        return self

    def plane(
        self,
        centre: Sequence[float],
        size: Sequence[float],
        mat: bpy.types.Material,
        *,
        rot: Sequence[float] = (0, 0, 0),
    ) -> Builder:
        """A rectangle in xy with UV 0..1 (u along x, v along y)."""
        m = (
            Matrix.Translation(Vector(centre))
            @ Matrix.Rotation(rot[2], 4, "Z")
            @ Matrix.Rotation(rot[1], 4, "Y")
            @ Matrix.Rotation(rot[0], 4, "X")
        )
        uv = self.bm.loops.layers.uv.verify()
        cs = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]
        vs = [self.bm.verts.new(m @ Vector((x * size[0], y * size[1], 0))) for x, y in cs]
        f = self.bm.faces.new(vs)
        for loop, (x, y) in zip(f.loops, cs, strict=True):
            loop[uv].uv = (x + 0.5, y + 0.5)
        f.material_index = self._slot(mat)
        return self

    def object(self) -> bpy.types.Object:
        bmesh.ops.recalc_face_normals(self.bm, faces=self.bm.faces[:])
        mesh = bpy.data.meshes.new(self.name)
        self.bm.to_mesh(mesh)
        self.bm.free()
        for m in self.materials:
            mesh.materials.append(m)
        return bpy.data.objects.new(self.name, mesh)
