# SPDX-License-Identifier: Apache-2.0
"""Old paper and the glass of a scanner: from a clean sheet to what an office's scanner gives."""
import numpy
from PIL import Image, ImageFilter, ImageOps

from .sheet import cloud

PAPERS = {"white": (250, 250, 248), "office": (244, 243, 238), "yellow": (238, 224, 190), "old": (226, 207, 166)}
DARK = (52, 50, 50)


def scan(sheet, paper="white", skew=0.0, turn=0, noise=2.0, edges=False, back=None, specks=12, colour="rgb"):
    """The scan of a sheet: an RGB, grey or bitonal image. `back`: the sheet's other side, which shines through."""
    image = _paper(sheet, paper, back)
    # The scan lies so that `skew` degrees clockwise make it level, and before that `turn` degrees make it upright.
    image = image.rotate(skew, Image.BICUBIC, fillcolor=DARK if edges else (253, 253, 253))
    image = image.filter(ImageFilter.GaussianBlur(sheet.dpi / 550))
    image = _glass(sheet, image, noise, edges, specks)
    image = image.rotate(turn, expand=True)
    if colour == "rgb":
        return image
    grey = image.convert("L")
    return grey if colour == "grey" else grey.point(lambda level: 255 if level > 148 else 0).convert("1", dither=Image.Dither.NONE)


def _paper(sheet, paper, back):
    width, height = sheet.image.size
    tint = numpy.array(PAPERS[paper], "float32") / 255
    page = numpy.asarray(sheet.image, "float32")
    if back is not None:
        shine = ImageOps.mirror(back.image.convert("L")).filter(ImageFilter.GaussianBlur(sheet.dpi / 110))
        page = page * (0.87 + 0.13 * numpy.asarray(shine, "float32")[:, :, None] / 255)
    age = {"white": 0, "office": 0.006, "yellow": 0.018, "old": 0.028}[paper]
    if age:
        blotch = cloud(sheet.rng, width, height, sheet.px(28)) + 0.5 * cloud(sheet.rng, width, height, sheet.px(7))
        y, x = numpy.ogrid[0:height, 0:width]
        rim = numpy.minimum(numpy.minimum(x, width - x), numpy.minimum(y, height - y)) / sheet.px(14)
        shade = 1 + age * blotch - 2.2 * age * numpy.exp(-rim)
        page = page * shade[:, :, None]
    return Image.fromarray((page * tint).clip(0, 255).astype("uint8"))


def _glass(sheet, image, noise, edges, specks):
    rng = sheet.rng
    width, height = image.size
    page = numpy.asarray(image, "float32")
    if edges:  # the lid does not close: a dark band along the feed, fading inwards
        band = numpy.exp(-numpy.arange(width) / sheet.px(1.6))[None, :]
        page = page * (1 - 0.8 * band[:, :, None])
    if noise:
        page = page + rng.normal(0, noise, (height, width, 1)).astype("float32")
    image = Image.fromarray(page.clip(0, 255).astype("uint8"))
    dust = image.load()
    for _ in range(specks):
        x, y, shade = int(rng.integers(9, width - 9)), int(rng.integers(9, height - 9)), int(rng.integers(40, 150))
        for dx in range(int(rng.integers(1, 4))):
            for dy in range(int(rng.integers(1, 4))):
                dust[x + dx, y + dy] = (shade, shade, shade)
    return image
