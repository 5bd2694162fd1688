# SPDX-License-Identifier: Apache-2.0
"""What years, copiers and office scanners do to a page, by chance: from a clean sheet to a scan, fast."""
import dataclasses

import numpy
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from .fault import Fault
from .sheet import cloud

LID, DARK = (251, 251, 251), (54, 52, 52)


@dataclasses.dataclass
class Wear:
    dpi: int
    colour: str  # rgb, grey or bitonal
    file: str  # the file's suffix
    quality: int  # of a JPEG
    skew: float  # degrees clockwise that make the scan level
    paper: tuple  # RGB
    shade: float  # blotches and a dark rim, share of the light
    fade: float  # share of the ink that is gone
    shine: float  # share of the back's ink that is seen
    blur: float  # sigma, mm
    noise: float  # sigma, levels
    threshold: float  # of a bitonal scan, share of the paper's light
    specks: int
    dark: bool  # what lies round the page


def choose(rng):
    """Most pages are fair, a third is worn, a few are poor; what makes a page unreadable does not come all at once."""
    age = float(rng.beta(1.3, 2.6))
    colour = str(rng.choice(("rgb", "grey", "bitonal"), p=(0.45, 0.25, 0.3)))
    dpi = int(rng.choice((200, 300), p=(0.35, 0.65)) if colour == "bitonal" else rng.choice((150, 200, 300), p=(0.2, 0.4, 0.4)))
    small = dpi < 300 and colour != "rgb"  # other files grow too large for an office
    file = "tif" if colour == "bitonal" else str(rng.choice(("jpg", "png", "tif"), p=(0.6, 0.25, 0.15))) if small else "jpg"
    troubles = rng.dirichlet((1, 1, 1, 1)) * 4 * age
    warm = float(rng.uniform(0, age))
    light = 252 - 26 * age * float(rng.random())
    return Wear(
        dpi, colour, file, quality=int(rng.integers(60, 91)), skew=round(float(numpy.clip(rng.normal(0, 0.8), -2, 2)), 2),
        paper=(light, light - 14 * warm, light - 62 * warm), shade=0.01 + 0.05 * age,
        fade=min(0.6, 0.3 * float(troubles[0])), shine=0.16 * min(1, float(troubles[1])) if rng.random() < 0.35 else 0.0,
        blur=0.025 + 0.035 * min(1.4, float(troubles[2])), noise=1.5 + 7 * min(1.5, float(troubles[3])),
        threshold=float(rng.uniform(0.56, 0.76)), specks=int(rng.integers(0, 20 + 100 * age)), dark=rng.random() < 0.15)


def scan(sheet, back, wear, rng, fault=Fault(None, None)):
    """`back`: the sheet whose text shines through, or None; `fault`: what goes wrong at the scanner."""
    page = _seen(sheet, wear)
    width, height = page.size
    unit = wear.dpi / 25.4  # pixels a mm
    page = ImageChops.screen(page, _like(page, _lost_ink(rng, width, height, unit, wear.fade)))
    if back is not None and wear.shine:
        behind = ImageOps.mirror(_seen(back, wear)).filter(ImageFilter.GaussianBlur(0.2 * unit))
        page = ImageChops.multiply(page, behind.point(lambda level: round(255 - wear.shine * (255 - level))))
    page = ImageChops.multiply(page, _paper(rng, page, unit, wear))
    page = fault.paper(page, unit)
    around = DARK if wear.dark else LID
    page = page.rotate(wear.skew, Image.BICUBIC, fillcolor=around if page.mode == "RGB" else around[0])
    page = fault.light(page.filter(ImageFilter.GaussianBlur(wear.blur * unit)), unit)
    grain = 128 + wear.noise * rng.standard_normal((height, width), "float32")
    page = ImageChops.add(page, _like(page, Image.fromarray(grain.clip(0, 255).astype("uint8"))), 1, -128)
    _dust(page, rng, wear)
    if wear.colour == "bitonal":
        limit = wear.threshold * wear.paper[1]
        page = page.point(lambda level: 255 if level > limit else 0).convert("1", dither=Image.Dither.NONE)
    return fault.file(page, unit)


def _seen(sheet, wear):
    image = sheet.image if wear.colour == "rgb" else sheet.image.convert("L")
    size = tuple(round(side * wear.dpi / 25.4) for side in sheet.size)
    return image if size == image.size else image.resize(size, Image.BOX if wear.dpi * 2 == sheet.dpi else Image.HAMMING)


def _like(page, grey):
    return Image.merge("RGB", [grey] * 3) if page.mode == "RGB" else grey


def _lost_ink(rng, width, height, unit, share):
    """Toner lies thin here and there, and flakes off where it is thinnest."""
    thin = 0.75 + 0.25 * cloud(rng, width // 8, height // 8, max(2, round(3 * unit)))
    lost = Image.fromarray((255 * share * thin).clip(0, 255).astype("uint8")).resize((width, height), Image.BICUBIC)
    flakes = Image.fromarray(rng.integers(0, 256, (height // 2, width // 2), "uint8")).resize((width, height), Image.BILINEAR)
    limit = 255 - 90 * share
    return ImageChops.lighter(lost, flakes.point(lambda level: 170 if level > limit else 0)) if share > 0.1 else lost


def _paper(rng, page, unit, wear):
    """The light that comes back of the empty paper."""
    width, height = page.size
    w, h, step = width // 8, height // 8, unit / 8
    light = cloud(rng, w, h, max(2, round(28 * step))) + 0.5 * cloud(rng, w, h, max(2, round(7 * step)))
    y, x = numpy.ogrid[0:h, 0:w]
    rim = numpy.minimum(numpy.minimum(x, w - x), numpy.minimum(y, h - y)) / (12 * step)
    slope = rng.uniform(-1, 1) * (x / w - 0.5) + rng.uniform(-1, 1) * (y / h - 0.5)
    light = 1 - wear.shade * (1 - 0.5 * light + 1.5 * numpy.exp(-rim) + slope).clip(0, 4)
    field = Image.fromarray((255 * light).clip(0, 255).astype("uint8")).resize((width, height), Image.BICUBIC)
    tints = wear.paper if page.mode == "RGB" else (sum(wear.paper) / 3,)
    return Image.merge(page.mode, [field.point(lambda level, tint=tint: round(level * tint / 255)) for tint in tints])


def _dust(page, rng, wear):
    draw = ImageDraw.Draw(page)
    for _ in range(wear.specks):
        x, y, level = int(rng.integers(page.width)), int(rng.integers(page.height)), int(rng.integers(40, 170))
        size = rng.integers(0, 1 + max(1, wear.dpi // 90), 2)
        draw.ellipse([x, y, x + int(size[0]), y + int(size[1])], fill=(level,) * 3 if page.mode == "RGB" else level)
