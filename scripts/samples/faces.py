# SPDX-License-Identifier: Apache-2.0
"""Debian's fonts that have every Vietnamese letter."""
import functools
import os
import sys

from PIL import ImageFont

ROOT = "/usr/share/fonts/truetype"
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")


def _family(pattern, *names):
    return {style: f"{ROOT}/{pattern.format(name)}" for style, name in zip(STYLES, names or STYLES)}


FACES = {
    "Tinos": _family("croscore/Tinos-{}.ttf"),  # Times New Roman, which NĐ 30/2020 asks for
    "Arimo": _family("croscore/Arimo-{}.ttf"),
    "Cousine": _family("croscore/Cousine-{}.ttf"),
    "Carlito": _family("crosextra/Carlito-{}.ttf"),
    "DejaVu Serif": _family("dejavu/DejaVuSerif{}.ttf", "", "-Bold", "-Italic", "-BoldItalic"),
}
TINOS = FACES["Tinos"]
HAND = f"{ROOT}/breip/Breip.ttf"


@functools.lru_cache(maxsize=64)
def font(path, size):
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def missing():
    paths = [HAND] + [path for face in FACES.values() for path in face.values()]
    return [path for path in paths if not os.path.exists(path)]


def require():
    if gone := missing():
        raise SystemExit(f"{os.path.basename(sys.argv[0])}: {gone[0]} is not there; install the fonts with scripts/install-dependencies samples.")
