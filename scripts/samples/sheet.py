# SPDX-License-Identifier: Apache-2.0
"""A sheet of paper as the printer left it, and the text on it."""
import unicodedata

import numpy
from PIL import Image, ImageChops, ImageDraw

from . import faces, handwriting

BLACK, BLUE = (22, 22, 26), (38, 52, 150)
A4, A3_WIDE = (210, 297), (420, 297)  # mm


class Sheet:
    def __init__(self, size, dpi, rng, face=faces.TINOS):
        self.size, self.dpi, self.rng, self.face = size, dpi, rng, face
        self.image = Image.new("RGB", tuple(self.px(side) for side in size), (255, 255, 255))
        self.draw = ImageDraw.Draw(self.image)
        self.lines = []
        self.signed = []  # (x, y) of each place to sign, mm
        self.marks = []  # what was put on it by hand: {"kind", "box_mm": [left, top, right, bottom]}

    def px(self, mm):
        return round(mm * self.dpi / 25.4)

    def font(self, style, points):
        return faces.font(faces.HAND if style == "Hand" else self.face[style], round(points * self.dpi / 72))

    def width(self, text, style, points):
        """In mm."""
        return self.font(style, points).getlength(text) * 25.4 / self.dpi

    def rule(self, x1, y1, x2, y2, mm=0.25):
        self.draw.line([self.px(x1), self.px(y1), self.px(x2), self.px(y2)], fill=BLACK, width=max(1, self.px(mm)))

    def type(self, x, baseline, text, style, points):
        self.draw.text((x * self.dpi / 25.4, self.px(baseline)), text, font=self.font(style, points), fill=BLACK, anchor="ls")

    def write(self, x, baseline, text, points):
        """By hand, in blue; returns the width in mm."""
        font, start = self.font("Hand", points), x * self.dpi / 25.4
        corner = (int(start) - font.size, self.px(baseline) - 2 * font.size)
        layer = Image.new("RGB", (round(1.1 * handwriting.width(font, text)) + 3 * font.size, 4 * font.size), (255, 255, 255))
        place = (start - corner[0], self.px(baseline) - corner[1])
        end = corner[0] + handwriting.write(ImageDraw.Draw(layer), font, place, text, BLUE, self.rng)
        self.stamp(layer, corner)
        self.mark("handwriting", x, baseline - 0.25 * points, x + (end - start) * 25.4 / self.dpi, baseline + 0.1 * points)
        return (end - start) * 25.4 / self.dpi

    def stamp(self, layer, corner):
        """Ink upon ink; the layer's corner in pixels."""
        box = (*corner, corner[0] + layer.width, corner[1] + layer.height)
        self.image.paste(ImageChops.multiply(self.image.crop(box), layer), box)

    def mark(self, kind, *box):
        self.marks.append({"kind": kind, "box_mm": [round(float(edge), 1) for edge in box]})

    def said(self, *lines):
        self.lines += [unicodedata.normalize("NFC", line) for line in lines]


def cloud(rng, width, height, grain):
    """Soft random blotches, -1 … 1, `grain` pixels wide."""
    small = rng.uniform(-1, 1, (max(2, height // grain), max(2, width // grain))).astype("float32")
    return numpy.asarray(Image.fromarray(small).resize((width, height), Image.BICUBIC))
