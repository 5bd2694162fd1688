# SPDX-License-Identifier: Apache-2.0
"""What people put on paper after it was printed: seals, signatures, received-stamps, punch holes."""
import math

import numpy
from PIL import Image, ImageDraw, ImageFilter

from . import faces
from .sheet import BLUE, cloud

RED = (218, 44, 58)
VIOLET = (96, 70, 160)


def pressed(sheet, cover, centre, colour, patchy):
    """Lays `cover` (L, ink is 255) on the sheet, uneven as a hand pressed it."""
    width, height = cover.size
    ink = numpy.asarray(cover, "float32") / 255
    ink = ink * (1 - patchy * (0.5 + 0.5 * cloud(sheet.rng, width, height, max(4, width // 9))))
    ink = ink * (1 - 0.5 * patchy * (cloud(sheet.rng, width, height, 3) > 0.45))
    tint = 255 - ink[:, :, None] * (255 - numpy.array(colour, "float32"))
    corner = (sheet.px(centre[0]) - width // 2, sheet.px(centre[1]) - height // 2)
    sheet.stamp(Image.fromarray(tint.clip(0, 255).astype("uint8")), corner)


def seal(sheet, x, y, words, diameter=36):
    """The office's round seal about the middle (x, y) mm: words around, a star within."""
    side, zoom = sheet.px(diameter + 4), 2
    middle, radius = side * zoom / 2, sheet.px(diameter) * zoom / 2
    cover = Image.new("L", (side * zoom, side * zoom))
    draw = ImageDraw.Draw(cover)
    for share, width in ((1, 0.045), (0.93, 0.018), (0.60, 0.022)):
        r = radius * share
        draw.ellipse([middle - r, middle - r, middle + r, middle + r], outline=255, width=max(2, round(radius * width)))
    font = faces.font(faces.TINOS["Bold"], round(radius * 0.225))
    text = words.upper()
    step = min(math.radians(300) / len(text), 0.21)
    for place, letter in enumerate(text):
        angle = (place - (len(text) - 1) / 2) * step
        glyph = Image.new("L", (font.size * 2, font.size * 2))
        ImageDraw.Draw(glyph).text((font.size, font.size), letter, font=font, fill=255, anchor="mm")
        glyph = glyph.rotate(-math.degrees(angle), Image.BICUBIC)
        at = (round(middle + radius * 0.755 * math.sin(angle) - font.size), round(middle - radius * 0.755 * math.cos(angle) - font.size))
        cover.paste(255, at, glyph)
    star(draw, middle, middle + radius * 0.76, radius * 0.1)
    star(draw, middle, middle - radius * 0.12, radius * 0.26)
    for tooth in range(40):  # a wheel of ears of rice, much simplified
        angle = math.radians(40 + 280 * tooth / 39 + 90)
        a, b = (0.42, 0.53) if tooth % 2 else (0.45, 0.50)
        draw.line([middle + radius * a * math.cos(angle), middle + radius * a * math.sin(angle), middle + radius * b * math.cos(angle + .09),
                   middle + radius * b * math.sin(angle + .09)], fill=255, width=max(2, round(radius * 0.025)))
    cover = cover.resize((side, side), Image.LANCZOS).rotate(sheet.rng.uniform(-14, 14), Image.BICUBIC)
    pressed(sheet, cover.filter(ImageFilter.GaussianBlur(0.5)), (x, y), RED, 0.42)
    sheet.mark("seal", x - diameter / 2, y - diameter / 2, x + diameter / 2, y + diameter / 2)


def star(draw, x, y, radius):
    points = []
    for corner in range(10):
        r = radius if corner % 2 == 0 else radius * 0.4
        angle = math.pi * corner / 5
        points.append((x + r * math.sin(angle), y - r * math.cos(angle)))
    draw.polygon(points, fill=255)


def signature(sheet, x, y, width=34, colour=BLUE):
    """Loops of a fast pen about (x, y), mm; each signer's own by the sheet's random numbers. Returns the pen's way, (x, y) mm."""
    rng, unit = sheet.rng, sheet.dpi / 25.4
    loops = int(rng.integers(3, 7))
    phase, slant, lean, way = rng.uniform(0, 6), rng.uniform(0.05, 0.35), rng.uniform(0.1, 0.7), rng.choice((-1, 1))
    sizes = rng.uniform(0.8, 5.0, loops + 1)
    sizes[rng.integers(0, 2)] = rng.uniform(7, 10)  # the capital letter
    pace = rng.uniform(0.55, 1.0)
    corner = (sheet.px(x - 45), sheet.px(y - 55))
    layer = Image.new("RGB", (sheet.px(100), sheet.px(80)), (255, 255, 255))
    pen, last, path = ImageDraw.Draw(layer), None, []
    for t in numpy.linspace(0, 1, 420):
        size = numpy.interp(t * loops, range(loops + 1), sizes)
        turn = phase + way * (t ** pace) * loops * 2 * math.pi
        up = size * math.sin(turn)
        px = x - width / 2 + width * t ** 0.8 + size * 0.5 * math.cos(turn) + lean * up
        py = y + 3 - slant * width * t - up
        if t > 0.93:  # the flourish
            px, py = px + (t - 0.93) * 160, py - (t - 0.93) * 50
        here = (px * unit - corner[0], py * unit - corner[1])
        if last:
            thick = (0.28 + 0.3 * abs(math.sin(turn / 2))) * unit
            pen.line([last, here], fill=colour, width=max(2, round(thick)))
            pen.ellipse([here[0] - thick / 2, here[1] - thick / 2, here[0] + thick / 2, here[1] + thick / 2], fill=colour)
        last = here
        path.append((px, py))
    sheet.stamp(layer.filter(ImageFilter.GaussianBlur(sheet.dpi / 500)), corner)
    sheet.mark("signature", *map(min, zip(*path)), *map(max, zip(*path)))
    return path


def received(sheet, x, y, office, number, date):
    """The stamp of incoming post about (x, y) mm, filled in by hand."""
    width, height = sheet.px(46), sheet.px(25)
    cover = Image.new("L", (width, height))
    draw = ImageDraw.Draw(cover)
    draw.rectangle([3, 3, width - 4, height - 4], outline=255, width=max(2, sheet.px(0.5)))
    for row, (text, points) in enumerate(((office.upper(), 8.5), ("ĐẾN", 12), ("Số: ................................", 10), ("Ngày: ............................", 10))):
        draw.text((width / 2, height * (0.15 + 0.235 * row)), text, font=sheet.font("Bold" if row < 2 else "Regular", points), fill=255, anchor="mm")
    cover = cover.rotate(sheet.rng.uniform(-4, 4), Image.BICUBIC, expand=True)
    pressed(sheet, cover, (x, y), VIOLET, 0.35)
    sheet.mark("stamp", x - 23, y - 12.5, x + 23, y + 12.5)
    sheet.write(x - 8, y + 4.5, number, 15)
    sheet.write(x - 6, y + 10, date, 14)
    sheet.said(f"⟦{office.upper()}⟧", "⟦ĐẾN⟧", f"⟦Số: {number}⟧", f"⟦Ngày: {date}⟧")


def punch_holes(sheet, x=11):
    for y in (sheet.size[1] / 2 - 40, sheet.size[1] / 2 + 40):
        r = sheet.px(2.9)
        box = [sheet.px(x) - r, sheet.px(y) - r, sheet.px(x) + r, sheet.px(y) + r]
        sheet.draw.ellipse(box, fill=(46, 44, 43), outline=(120, 116, 112), width=2)
