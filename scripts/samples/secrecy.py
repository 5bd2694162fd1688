# SPDX-License-Identifier: Apache-2.0
"""Secrecy marks as offices print, type and stamp them (NĐ 30/2020, box 10a), and the stamps that are none."""
import math

import numpy
from PIL import Image, ImageDraw, ImageFilter

from . import faces
from .marks import VIOLET, pressed
from .sheet import BLACK

WORDS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
OTHERS = ("ĐẾN", "SAO Y", "SAO Y BẢN CHÍNH", "HỎA TỐC", "THƯỢNG KHẨN", "KHẨN", "CÔNG CHỨNG", "ĐÃ THU TIỀN", "MST: 0301442379", "CHỨNG THỰC",
          "ĐÃ ĐỐI CHIẾU", "BẢN SAO", "ĐÃ KIỂM TRA", "BẢN GỐC", "HỎA TỐC HẸN GIỜ", "CÔNG KHAI", "VĂN THƯ", "ĐÃ TRÌNH")
INKS = {"red": (206, 38, 52), "blue": (40, 58, 160), "violet": VIOLET, "black": BLACK}
LETTERS = ("Tinos", "Arimo", "DejaVu Serif")


def stamp(sheet, x, y, word, frame="stamped", tilt=0.0, ink="red", faint=0.0, points=None, face="Tinos"):
    """About the middle (x, y) mm. `frame`: stamped (uneven), printed (even) or none; `faint`: share of the ink that is missing."""
    rng, unit = sheet.rng, sheet.dpi / 25.4
    points = points or float(rng.uniform(13, 19))
    font = faces.font(faces.FACES[face]["Bold"], round(points * sheet.dpi / 72))
    length, letter = font.getlength(word), font.size * 0.66
    width = max(length + rng.uniform(3.0, 7) * unit, (20 if len(word) < 6 else 30) * unit * rng.uniform(0.8, 1.1))
    height = letter + rng.uniform(3.6, 6.0) * unit
    side = round(math.hypot(width, height) + 2 * unit)
    cover = Image.new("L", (side, side))
    draw, middle = ImageDraw.Draw(cover), side / 2
    draw.text((middle, middle + letter * 0.42), word, font=font, fill=255, anchor="ms")
    if frame != "none":
        draw.rectangle([middle - width / 2, middle - height / 2, middle + width / 2, middle + height / 2], outline=255,
                       width=max(2, round(rng.uniform(0.25, 0.6) * unit)))
    cover = cover.rotate(-tilt, Image.BICUBIC)
    even = frame == "printed"
    if not even:
        cover = cover.filter(ImageFilter.GaussianBlur(unit * 0.05))
    paper = numpy.array((255, 255, 255), "float32")
    colour = tuple(paper - (1 - faint) * (paper - numpy.array(INKS[ink], "float32")))
    pressed(sheet, cover, (x, y), colour, 0.0 if even else float(rng.uniform(0.15, 0.45)))
    sheet.mark("stamp", x - width / 2 / unit, y - height / 2 / unit, x + width / 2 / unit, y + height / 2 / unit)
    return width / unit, height / unit
