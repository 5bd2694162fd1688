# SPDX-License-Identifier: Apache-2.0
"""What goes wrong at the scanner, clearly to be seen: on the paper before it lies on the glass, by the glass, and in the file."""
import numpy
from PIL import Image, ImageDraw, ImageFilter

# Each with the ids of problems that tell it.
KINDS = {
    "blur": ("page-blurred",), "motion": ("page-blurred",), "cut": ("page-cut-off",), "corner": ("page-corner-folded",),
    "dog-ear": ("page-corner-folded",), "dark": ("page-dark",), "bleached": ("page-bleached",), "scale": ("page-scaled", "page-reduced"),
    "askew": ("page-askew",), "coarse": ("resolution-low",)}
BACKINGS = ((18, 18, 20), (54, 52, 52), (40, 70, 120), (120, 40, 44), (60, 96, 62))
LID = (251, 251, 251)


class Fault:
    """One fault of a page; `kind` is None for a sound one. `how` tells its strength."""

    def __init__(self, kind, rng):
        self.kind, self.rng, self.how = kind, rng, {}

    def __bool__(self):
        return self.kind is not None

    def wear(self, worn):
        """Makes the wear go with the fault: blur and light are not to be seen in a bitonal scan."""
        if self.kind in ("blur", "motion", "dark", "bleached") and worn.colour == "bitonal":
            worn.colour, worn.file = "grey", "jpg"
        if self.kind == "bleached":
            worn.fade, worn.noise = 0.0, min(worn.noise, 4.0)
        if self.kind == "askew":
            worn.skew = round(float(self.rng.uniform(10, 35) * self.rng.choice((-1, 1))), 2)
            self.how["degrees"] = worn.skew
        if self.kind == "coarse":
            worn.dpi, worn.colour, worn.file = int(self.rng.choice((100, 150))), "rgb", "jpg"

    def paper(self, page, unit):
        """Before the paper lies down; `unit`: pixels a mm."""
        if self.kind in ("corner", "dog-ear"):
            return self._corner(page, unit)
        return page

    def light(self, page, unit):
        """As the lens and the lamp see it, before the sensor's noise."""
        rng = self.rng
        if self.kind == "blur":
            sigma = self.how["sigma_mm"] = round(float(rng.uniform(0.2, 0.45)), 3)
            return page.filter(ImageFilter.GaussianBlur(sigma * unit))
        if self.kind == "motion":
            length, down = self.how["length_mm"], self.how["down"] = round(float(rng.uniform(0.9, 2)), 2), bool(rng.random() < 0.5)
            return _dragged(page, max(3, round(length * unit)), down)
        if self.kind == "dark":
            share = self.how["light"] = round(float(rng.uniform(0.3, 0.5)), 2)
            return page.point(lambda level: round(level * share))
        if self.kind == "bleached":
            left = self.how["ink"] = round(float(rng.uniform(0.08, 0.2)), 2)
            white = round(float(rng.uniform(240, 255)))
            return page.point(lambda level: round(white - (white - min(level, white)) * left))
        return page

    def file(self, page, unit):
        """The finished picture."""
        rng = self.rng
        if self.kind == "cut":
            # The printed margins are 30 mm left, 16 right, 20 above and below.
            side, depth = str(rng.choice(("left", "right", "top"), p=(0.4, 0.4, 0.2))), float(rng.uniform(4, 14))
            self.how.update(side=side, text_mm=round(depth, 1))
            cut = round(unit * (depth + {"left": 30, "right": 16, "top": 22}[side]))
            box = {"left": (cut, 0, page.width, page.height), "right": (0, 0, page.width - cut, page.height),
                   "top": (0, cut, page.width, page.height), "bottom": (0, 0, page.width, page.height - cut)}[side]
            return page.crop(box)
        if self.kind == "scale":
            scale = self.how["scale"] = round(float(rng.choice((0.5, 0.64, 0.71, 0.8, 0.9, 1.2))), 2)
            return page.resize((round(page.width * scale), round(page.height * scale)), Image.BICUBIC if page.mode != "1" else Image.NEAREST)
        return page

    def _corner(self, page, unit):
        rng, (width, height) = self.rng, page.size
        a, b = (float(rng.uniform(12, 45)) for _ in "ab")
        a, b = max(a, b / 2.2), max(b, a / 2.2)
        x, y, at = round(a * unit), round(b * unit), int(rng.integers(4))
        right, low = at % 2, at // 2
        turn = lambda points: [(width - 1 - u if right else u, height - 1 - v if low else v) for u, v in points]  # noqa: E731
        colour = BACKINGS[int(rng.integers(len(BACKINGS)))]
        if self.kind == "dog-ear" and rng.random() < 0.4:
            colour = LID
        self.how.update(legs_mm=[round(a), round(b)], corner=at, backing=list(colour))
        shade = lambda tint: tuple(tint) if page.mode == "RGB" else round(sum(tint) / 3)  # noqa: E731
        draw = ImageDraw.Draw(page)
        draw.polygon(turn([(0, 0), (x, 0), (0, y)]), fill=shade(colour))
        if self.kind == "dog-ear":  # the flap lies on the page, its fold and its edges throw a shadow
            across = 2 * x * y / (x * x + y * y)
            tip = (y * across, x * across)
            draw.polygon(turn([(x, 0), (0, y), tip]), fill=shade((246, 245, 241)))
            for a_point, b_point, grey in (((x, 0), (0, y), 110), ((x, 0), tip, 150), ((0, y), tip, 150)):
                draw.line(turn([a_point, b_point]), fill=shade((grey,) * 3), width=max(1, round(0.35 * unit)))
        return page


def _dragged(page, length, down):
    """The mean over `length` pixels along the feed or across it."""
    pixels = numpy.asarray(page, "float32")
    axis = 0 if down else 1
    pad = [(0, 0)] * pixels.ndim
    pad[axis] = (length // 2 + 1, length - length // 2 - 1)
    sums = numpy.cumsum(numpy.pad(pixels, pad, "edge"), axis=axis, dtype="float64")
    ahead, behind = (numpy.take(sums, numpy.arange(length, sums.shape[axis]), axis), numpy.take(sums, numpy.arange(sums.shape[axis] - length), axis))
    mean = (ahead - behind) / length
    mean = numpy.take(mean, numpy.arange(pixels.shape[axis] - 1).clip(0, mean.shape[axis] - 1), axis)
    mean = numpy.concatenate([mean, numpy.take(mean, [-1], axis)], axis)
    return Image.fromarray(mean.clip(0, 255).astype("uint8"))
