# SPDX-License-Identifier: Apache-2.0
"""Vietnamese handwriting from a font of plain letters: the accents are strokes of the same pen."""
import unicodedata

# Polylines in em, from the middle of the letter's top, y down.
ABOVE = {
    "\u0300": [(-0.12, -0.20), (0.08, -0.07)],
    "\u0301": [(-0.06, -0.07), (0.12, -0.22)],
    "\u0302": [(-0.14, -0.05), (0.0, -0.17), (0.14, -0.05)],
    "\u0303": [(-0.16, -0.08), (-0.06, -0.17), (0.05, -0.09), (0.16, -0.18)],
    "\u0306": [(-0.13, -0.18), (0.0, -0.07), (0.13, -0.18)],
    "\u0309": [(-0.06, -0.20), (0.07, -0.21), (0.06, -0.13), (0.0, -0.07)],
}
HORN, DOT, BAR = "\u031b", "\u0323", "\u0335"


def width(font, text):
    return sum(font.getlength(base) for base, _ in _letters(text))


def write(draw, font, place, text, colour, rng):
    """Letters dance about the line that begins at `place`; returns where the line ends."""
    em, pen = font.size, max(2, round(font.size / 20))
    x, line = place
    for base, marks in _letters(text):
        y = line + rng.normal(0, 0.02 * em)
        draw.text((x, y), base, font=font, fill=colour, anchor="ls")
        left, top, right, _ = font.getbbox(base, anchor="ls")
        middle, rise = x + (left + right) / 2, y + top
        for mark in marks:
            if mark == BAR:
                height = y + top * (0.5 if base == "D" else 0.8)
                from_x = x + (left if base == "D" else middle - x)
                stroke = [(from_x - 0.12 * em, height), (from_x + 0.24 * em, height - 0.02 * em)]
            elif mark == DOT:
                stroke = [(middle, y + 0.16 * em), (middle + 0.04 * em, y + 0.18 * em)]
            elif mark == HORN:
                stroke = [(x + right - 0.05 * em, rise + 0.06 * em), (x + right + 0.08 * em, rise - 0.08 * em)]
            else:
                stroke = [(middle + a * em, rise + b * em) for a, b in ABOVE[mark]]
                rise -= 0.15 * em
            draw.line(stroke, fill=colour, width=pen, joint="curve")
        x += font.getlength(base) * rng.uniform(0.97, 1.05)
    return x


def _letters(text):
    for letter in text:
        base, *marks = unicodedata.normalize("NFD", letter)
        if base in "đĐ":
            base, marks = "dD"["đĐ".index(base)], [BAR]
        yield base, marks
