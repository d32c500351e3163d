"""A stage: things with names and places, cameras, light; and pictures of it with exact labels.

One Blender unit is one metre, z up.  Along x runs the row of windows, the citizens stand at +y.
One ``Stage`` lives for a whole process; ``clear()`` empties it and keeps the meshes.
"""

from __future__ import annotations

import math
import os
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bpy
import cv2
import numpy as np
import OpenEXR
from mathutils import Matrix, Vector
from numpy.typing import NDArray

from datasets.render.camera_sim import LensModel, auto_exposure, tone
from datasets.render.props import Props
from datasets.render.shots import Camera, Instance, Label, Shot, merged, set_in, yolo_lines

__all__ = ["SPLITS", "Camera", "Instance", "Label", "Shot", "Stage", "yolo_lines"]

SPLITS = ("train", "val", "sample")


class Stage(Props):
    """See the module; ``rng`` is the scene's own seeded source of chance."""

    def __init__(self, seed: int, split: str, *, samples: int = 8, threads: int = 2) -> None:
        if split not in SPLITS:
            raise ValueError(f"split {split!r} is none of {SPLITS}")
        super().__init__()
        self.split = split
        self.rng = random.Random(seed)
        self.cameras: dict[str, Camera] = {}
        self._setup(samples, threads, seed)

    @classmethod
    def new(cls, seed: int, split: str, **kw: Any) -> Stage:
        return cls(seed, split, **kw)

    def _setup(self, samples: int, threads: int, seed: int) -> None:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        sc = self.scene = bpy.context.scene
        sc.render.engine = "CYCLES"
        c = sc.cycles
        c.device = "CPU"
        c.samples = samples
        c.seed = seed % 1000
        c.use_denoising = True
        c.denoiser = "OPENIMAGEDENOISE"
        c.denoising_prefilter = "FAST"
        c.denoising_quality = "FAST"
        c.use_adaptive_sampling = False
        c.use_light_tree = False
        c.max_bounces = 3
        c.diffuse_bounces = 2
        c.glossy_bounces = 2
        c.transmission_bounces = 3
        c.transparent_max_bounces = 4
        c.caustics_reflective = c.caustics_refractive = False
        c.sample_clamp_indirect = 4.0
        sc.render.use_persistent_data = True
        sc.render.threads_mode = "FIXED"
        sc.render.threads = threads
        sc.render.resolution_percentage = 100
        sc.render.use_compositing = False
        sc.render.use_sequencer = False
        sc.view_settings.view_transform = "Raw"
        ims = sc.render.image_settings
        ims.media_type = "MULTI_LAYER_IMAGE"
        ims.file_format = "OPEN_EXR_MULTILAYER"
        ims.color_depth = "32"
        ims.exr_codec = "NONE"
        sc.view_layers[0].use_pass_object_index = True
        sc.view_layers[0].use_pass_z = False
        w = bpy.data.worlds.new("world")
        sc.world = w
        w.use_nodes = True

    # ------------------------------------------------------------------------------- things

    def clear(self, *, keep_cameras: bool = False) -> None:
        """Take every instance and light away; meshes, materials and prototypes stay."""
        for i in list(self.instances):
            self.remove(i)
        self._clear_lights()
        if not keep_cameras:
            for cam in self.cameras.values():
                optics = cam.object.data
                bpy.data.objects.remove(cam.object, do_unlink=True)
                bpy.data.cameras.remove(optics)
            self.cameras.clear()
        self._next = 1

    # ------------------------------------------------------------------------------- cameras

    def add_camera(
        self,
        position: Sequence[float],
        target: Sequence[float],
        hfov_deg: float,
        size_px: tuple[int, int],
        k1: float = 0.0,
        k2: float = 0.0,
        *,
        roll_deg: float = 0.0,
        name: str = "cam",
    ) -> Camera:
        """A camera at ``position`` looking at ``target``; picture ``size_px`` (W, H)."""
        lens = LensModel.of_hfov(size_px, hfov_deg, k1, k2)
        data = bpy.data.cameras.new(name)
        data.sensor_fit = "HORIZONTAL"
        data.sensor_width = 36.0
        data.lens = lens.focal_px / lens.render_size_px[0] * 36.0
        data.clip_start = 0.05
        o = bpy.data.objects.new(name, data)
        self.scene.collection.objects.link(o)
        pos = Vector(position)
        rot = (Vector(target) - pos).to_track_quat("-Z", "Y").to_matrix().to_4x4()
        o.matrix_world = (
            Matrix.Translation(pos) @ rot @ Matrix.Rotation(math.radians(roll_deg), 4, "Z")
        )
        bpy.context.view_layer.update()
        cam = Camera(name, lens, o)
        self.cameras[name] = cam
        return cam

    # ------------------------------------------------------------------------------- light

    # ------------------------------------------------------------------------------- pictures

    def _render(
        self, cam: Camera, part: tuple[int, int, int, int] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Linear BGR and ids of the ideal picture; outside ``part`` (xyxy) both are 0."""
        sc = self.scene
        sc.camera = cam.object
        w, h = sc.render.resolution_x, sc.render.resolution_y = cam.lens.render_size_px
        sc.render.use_border = part is not None
        sc.render.use_crop_to_border = False
        if part is not None:
            x1, y1, x2, y2 = part
            sc.render.border_min_x, sc.render.border_max_x = x1 / w, x2 / w
            sc.render.border_min_y, sc.render.border_max_y = 1 - y2 / h, 1 - y1 / h
        fd, name = tempfile.mkstemp(suffix=".exr")
        os.close(fd)
        sc.render.filepath = name
        try:
            bpy.ops.render.render(write_still=True)
            with OpenEXR.File(name, separate_channels=True) as f:
                pix = {
                    k: np.asarray(v.pixels)
                    for part in range(len(f.parts))
                    for k, v in f.channels(part).items()
                }
        finally:
            Path(name).unlink(missing_ok=True)
        pick = {k.rsplit(".", 2)[-2] + "." + k.rsplit(".", 1)[-1]: v for k, v in pix.items()}
        bgr = np.stack([pick["Combined." + c] for c in "BGR"], -1).astype(np.float32)
        index = next(v for k, v in pick.items() if "Index" in k)
        return bgr, np.rint(index).astype(np.int32)

    def ideal_box(
        self, cam: Camera, idents: Sequence[int], margin_px: int = 0
    ) -> tuple[int, int, int, int] | None:
        """Bounds (xyxy) of these instances in the ideal render picture, or None out of view."""
        bpy.context.view_layer.update()
        rw, rh = cam.lens.render_size_px
        off = np.array([(rw - cam.lens.size_px[0]) / 2, (rh - cam.lens.size_px[1]) / 2])
        pts = []
        for i in idents:
            for o in self.whole(i):
                corners = np.array([tuple(o.matrix_world @ Vector(c)) for c in o.bound_box])
                px = cam.project(corners, bent=False) + off
                pts.append(px[np.isfinite(px).all(1)])
        if not pts or not sum(map(len, pts)):
            return None
        p = np.concatenate(pts)
        x1, y1 = np.maximum(np.floor(p.min(0)) - margin_px, 0).astype(int)
        x2, y2 = np.minimum(np.ceil(p.max(0)) + margin_px, [rw, rh]).astype(int)
        if x2 - x1 < 2 or y2 - y1 < 2:
            return None
        return int(x1), int(y1), int(x2), int(y2)

    def render(
        self,
        camera: Camera | str | None = None,
        *,
        exposure: float | None = None,
        keep_linear: bool = False,
        base: tuple[Any, Any] | None = None,
        parts: Sequence[tuple[int, int, int, int]] = (),
    ) -> Shot:
        """A picture with labels of everything in it that has a class or a tag.

        ``exposure`` None: automatic, unless the caller has set ``camera.exposure``.  With ``base``
        (linear, ids of ``ideal``) only ``parts`` are rendered and set into it with soft edges.
        """
        cam = self._camera(camera)
        if base is None:
            linear, ids = self._render(cam)
        else:
            linear, ids = base[0].astype(np.float32), base[1]
            for part in merged(parts):
                linear, ids = set_in((linear, ids), self._render(cam, part), part)
        return self.develop(cam, linear, ids, exposure, keep_linear)

    def _camera(self, camera: Camera | str | None) -> Camera:
        if isinstance(camera, Camera):
            return camera
        return self.cameras[camera] if camera else next(iter(self.cameras.values()))

    def ideal(
        self, camera: Camera | str | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Linear BGR and ids before the lens, as a base for ``render``."""
        return self._render(self._camera(camera))

    def develop(
        self,
        cam: Camera,
        linear: NDArray[np.float32],
        ids: NDArray[np.int32],
        exposure: float | None = None,
        keep_linear: bool = False,
    ) -> Shot:
        """Lens, exposure and labels for an ideal picture."""
        if cam.lens.k1 or cam.lens.k2:
            mx, my = cam.maps()
            linear = cv2.remap(linear, mx, my, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            ids = cv2.remap(ids.astype(np.float32), mx, my, cv2.INTER_NEAREST).astype(np.int32)
        e = exposure or cam.exposure or auto_exposure(linear)
        return Shot(
            tone(linear, e),
            ids,
            self.labels(cam, ids),
            self.assets(),
            e,
            linear if keep_linear else None,
        )

    def assets(self) -> tuple[str, ...]:
        """Ids of every asset on the stage that a picture could show, and of the light."""
        names = {i.asset for i in self.instances.values() if not i.root.hide_render}
        return tuple(sorted(names | ({self._light_id} if self._light_id else set())))

    def labels(self, cam: Camera, ids: NDArray[np.int32]) -> tuple[Label, ...]:
        out = []
        flat = ids.ravel()
        counts = np.bincount(np.clip(flat, 0, None), minlength=self._next)
        for ident, inst in sorted(self.instances.items()):
            if counts[ident] == 0 or (inst.cls is None and not inst.tags):
                continue
            ys, xs = np.nonzero(ids == ident)
            x1, y1, x2, y2 = int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1
            alone = self.alone_px(cam, ident)
            out.append(
                Label(
                    ident,
                    inst.cls,
                    inst.asset,
                    (x1, y1, x2, y2),
                    round(min(1.0, counts[ident] / max(alone, 1)), 3),
                    int(counts[ident]),
                    min(x2 - x1, y2 - y1),
                    inst.desk,
                    inst.place,
                    inst.tags,
                )
            )
        return tuple(out)

    def hidden_labels(self, cam: Camera, ids: NDArray[np.int32]) -> tuple[int, ...]:
        """Instances that stand within the picture but show no pixel at all."""
        seen = set(np.unique(ids).tolist())
        return tuple(
            i
            for i, inst in sorted(self.instances.items())
            if i not in seen
            and not inst.root.hide_render
            and (inst.cls or inst.tags)
            and self.alone_px(cam, i) > 0
        )

    def alone_px(self, cam: Camera, ident: int) -> int:
        """Pixels the instance would cover with nothing in front, by filling its faces."""
        bpy.context.view_layer.update()
        w, h = cam.lens.size_px
        mask: NDArray[np.uint8] | None = None
        tris: list[NDArray[Any]] = []
        for o in self.instances[ident].objects:
            if o.type != "MESH" or o.hide_render:
                continue
            me = o.data
            co = np.empty(len(me.vertices) * 3, np.float32)
            me.vertices.foreach_get("co", co)
            m = np.array(o.matrix_world)
            world = co.reshape(-1, 3) @ m[:3, :3].T + m[:3, 3]
            px = cam.project(world)
            me.calc_loop_triangles()
            tri = np.empty(len(me.loop_triangles) * 3, np.int32)
            me.loop_triangles.foreach_get("vertices", tri)
            tris.append(px[tri.reshape(-1, 3)])
        if not tris:
            return 0
        t = np.concatenate(tris)
        t = t[np.isfinite(t).all((1, 2))]
        if len(t) == 0:
            return 0
        lo = np.floor(t.min((0, 1))).astype(int)
        hi = np.ceil(t.max((0, 1))).astype(int) + 1
        lo = np.clip(lo, 0, [w, h])
        hi = np.clip(hi, 0, [w, h])
        if (hi <= lo).any():
            return 0
        mask = np.zeros((hi[1] - lo[1], hi[0] - lo[0]), np.uint8)
        shift = 4
        q = np.rint((t - lo - 0.5) * (1 << shift)).astype(np.int32)
        if len(q) > 30_000:
            area = np.abs(np.cross(t[:, 1] - t[:, 0], t[:, 2] - t[:, 0]))
            q = q[np.argsort(-area)[:30_000]]
        for k in q:
            cv2.fillConvexPoly(mask, k, 1, cv2.LINE_8, shift)
        return int(mask.sum())
