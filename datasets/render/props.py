"""The things of a stage: meshes built once, placed, moved, hidden, taken away."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import bpy
from mathutils import Matrix, Vector

from datasets.render.assets.shapes import PART
from datasets.render.lights import Lights
from datasets.render.shots import Instance


class Props(Lights):
    """The part of a stage that holds its things; ``rng`` is the scene's own source of chance."""

    rng: random.Random

    def __init__(self) -> None:
        super().__init__()
        self.instances: dict[int, Instance] = {}
        self._prototypes: dict[tuple[str, int], list[bpy.types.Object]] = {}
        self._next = 1

    def _freeze(self, root: bpy.types.Object) -> list[bpy.types.Object]:
        """Bake modifiers and curves of a built tree into meshes and take it out of the scene."""
        tree = [root, *root.children_recursive]
        coll = self.scene.collection
        for o in tree:
            if not o.users_collection:
                coll.objects.link(o)
        bpy.context.view_layer.update()
        out: list[bpy.types.Object] = []
        frozen: dict[str, bpy.types.Object] = {}
        graph = bpy.context.evaluated_depsgraph_get()
        for o in tree:
            if o.type in {"CURVE", "META", "FONT", "SURFACE"} or (
                o.type == "MESH" and len(o.modifiers)
            ):
                mesh = bpy.data.meshes.new_from_object(o.evaluated_get(graph), depsgraph=graph)
                n = bpy.data.objects.new(o.name, mesh)
            else:
                n = o.copy()
                for md in list(n.modifiers):
                    n.modifiers.remove(md)
            n.parent = frozen.get(o.parent.name) if o.parent is not None and o is not root else None
            n.matrix_local = o.matrix_local if n.parent else o.matrix_world
            frozen[o.name] = n
            out.append(n)
        bases = {o.data for o in tree if o.data is not None}
        for o in reversed(tree):
            bpy.data.objects.remove(o, do_unlink=True)
        # what a mesh was made from would stay for good
        bpy.data.batch_remove([d for d in bases if d.users == 0])
        return out

    def prototype(
        self, key: str, build: Callable[[random.Random], bpy.types.Object], variant: int = 0
    ) -> list[bpy.types.Object]:
        """The frozen objects of an asset, built once for each (key, variant)."""
        k = (key, variant)
        if k not in self._prototypes:
            self._prototypes[k] = self._freeze(build(random.Random(f"{key}/{variant}")))
        return self._prototypes[k]

    def place(
        self,
        what: Any,
        location: Sequence[float],
        rotation_z: float = 0.0,
        scale: float = 1.0,
        *,
        cls: str | None = None,
        asset: str | None = None,
        desk: str | None = None,
        place: str | None = None,
        variant: int = 0,
        tags: Sequence[str] = (),
        rotation: Sequence[float] | None = None,
    ) -> int:
        """Put an asset spec (``id``, ``cls``, ``build``), or an object of one's own, on the stage.

        Returns the instance id (= its pass index in the id map).  ``rotation`` is a full XYZ Euler
        in place of ``rotation_z``; ``variant`` builds another mesh of the same asset.
        """
        if isinstance(what, bpy.types.Object):
            key = asset or what.name
            if (key, variant) not in self._prototypes:
                self._prototypes[key, variant] = self._freeze(what)
            proto = self._prototypes[key, variant]
        else:
            key = what.id
            cls = cls if cls is not None else what.cls
            spec_split = getattr(what, "split", self.split)
            if spec_split not in (self.split, "any"):
                raise ValueError(f"asset {key} belongs to {spec_split}, not to {self.split}")
            proto = self.prototype(key, what.build, variant)
        return self._instance(
            proto,
            key,
            location,
            rotation or (0, 0, rotation_z),
            scale,
            cls,
            desk,
            place,
            tuple(tags),
        )

    def _instance(
        self,
        proto: list[bpy.types.Object],
        key: str,
        location: Sequence[float],
        rotation: Sequence[float],
        scale: float,
        cls: str | None,
        desk: str | None,
        place: str | None,
        tags: tuple[str, ...],
    ) -> int:
        ident = self._next
        self._next += 1
        copies: dict[str, bpy.types.Object] = {}
        objs: list[bpy.types.Object] = []
        parts: list[int] = []
        m = (
            Matrix.Translation(Vector(location))
            @ Matrix.Rotation(rotation[2], 4, "Z")
            @ Matrix.Rotation(rotation[1], 4, "Y")
            @ Matrix.Rotation(rotation[0], 4, "X")
            @ Matrix.Scale(scale, 4)
        )
        for o in proto:
            n = o.copy()
            n.pass_index = ident
            of_class = o.get(PART)
            if of_class is not None:
                n.pass_index = self._next
                self._next += 1
                parts.append(n.pass_index)
                self.instances[n.pass_index] = Instance(
                    n.pass_index, of_class, key, [n], desk, place, tags
                )
            if o.parent is not None and o.parent.name in copies:
                n.parent = copies[o.parent.name]
                n.matrix_local = o.matrix_local
            else:
                n.matrix_world = m @ o.matrix_world
            copies[o.name] = n
            self.scene.collection.objects.link(n)
            if of_class is None:
                objs.append(n)
        self.instances[ident] = Instance(ident, cls, key, objs, desk, place, tags, parts)
        return ident

    def whole(self, ident: int) -> list[bpy.types.Object]:
        """The objects of an instance and of its parts."""
        inst = self.instances[ident]
        parts = [self.instances[i] for i in inst.parts if i in self.instances]
        return inst.objects + [o for p in parts for o in p.objects]

    def attach(self, ident: int, *more: int) -> None:
        """``more`` become one with ``ident`` and are labelled with it; see ``shots.Instance.parts``
        for what belongs to it and keeps a label of its own."""
        for i in more:
            for o in self.instances[i].objects:
                o.pass_index = ident
            self.instances[ident].objects += self.instances[i].objects
            del self.instances[i]

    def remove(self, ident: int) -> None:
        """Take an instance away with its parts; one that is gone with its whole is no error."""
        if ident not in self.instances:
            return
        objects = self.whole(ident)
        for i in self.instances.pop(ident).parts:
            self.instances.pop(i, None)
        for o in reversed(objects):
            bpy.data.objects.remove(o, do_unlink=True)

    def forget_looks(self) -> None:
        """Drop the meshes of looks drawn by chance (``ID~NUMBER``); none may be on the stage."""
        meshes: set[Any] = set()
        for key in [k for k in self._prototypes if "~" in k[0]]:
            for o in reversed(self._prototypes.pop(key)):
                if o.type == "MESH":
                    meshes.add(o.data)
                bpy.data.objects.remove(o, do_unlink=True)
        # the prototypes that stay have no users, but what they are made of has: it stays, too
        bpy.data.batch_remove([m for m in meshes if m.users == 0])
        bpy.data.batch_remove([m for m in bpy.data.materials if m.users == 0])
        pictures = [i for i in bpy.data.images if i.users == 0 and i.type == "IMAGE"]
        bpy.data.batch_remove([*pictures, *(t for t in bpy.data.textures if t.users == 0)])
        # the renderer knows pictures by their address: a new one may lie where a dropped one lay
        self.scene.render.use_persistent_data = False
        self.scene.render.use_persistent_data = True

    def move(
        self, ident: int, location: Sequence[float], rotation_z: float = 0.0, scale: float = 1.0
    ) -> None:
        root = self.instances[ident].root
        root.matrix_world = (
            Matrix.Translation(Vector(location))
            @ Matrix.Rotation(rotation_z, 4, "Z")
            @ Matrix.Scale(scale, 4)
        )

    def show(self, ident: int, on: bool = True) -> None:
        for o in self.whole(ident):
            o.hide_render = not on

    def shown(self, ident: int) -> bool:
        return not self.instances[ident].root.hide_render
