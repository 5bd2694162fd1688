# SPDX-License-Identifier: Apache-2.0
"""Words to lines, lines to sheets; the margins and page numbers of NĐ 30/2020, Appendix I."""
import re

from . import faces, handwriting
from .sheet import Sheet

TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 16  # mm
POINT = 25.4 / 72
HAND = 1.35  # handwriting is larger than print
TOKEN = re.compile(r"⟦[^⟧]*⟧|\*\*|[^\s⟦*]+|\s+")


def words_of(text, style):
    """[(word, style, glued to the word before)]; **bold**, ⟦by hand⟧."""
    words, bold, glued = [], False, False
    for token in TOKEN.findall(text):
        if token == "**":
            bold = not bold
        elif token.isspace():
            glued = False
        else:
            hand = token.startswith("⟦")
            face = "Hand" if hand else "Bold" if bold else style
            words.append((token[1:-1] if hand else token, face, glued))
            glued = True
    return words


class Flow:
    def __init__(self, size, dpi, rng, points, lead=1.3, face=faces.TINOS, first=1):
        """`lead`: from line to line, in sizes of the type; `first`: the number of the first sheet."""
        self.size, self.dpi, self.rng, self.points, self.lead, self.face = size, dpi, rng, points, lead, face
        self.sheets, self.y, self.number = [], 0, first - 1
        self.next_sheet()

    @property
    def sheet(self):
        return self.sheets[-1]

    @property
    def right(self):
        return self.size[0] - RIGHT

    def next_sheet(self):
        self.sheets.append(Sheet(self.size, self.dpi, self.rng, self.face))
        self.y, self.number = TOP, self.number + 1
        if self.number > 1:
            self.centred(self.size[0] / 2, str(self.number), "Regular", 13)
            self.y += 3

    def room(self, mm):
        if self.y + mm > self.size[1] - BOTTOM:
            self.next_sheet()

    def width(self, word, style, points):
        if style == "Hand":
            return handwriting.width(self.sheet.font(style, points * HAND), word) * 25.4 / self.dpi
        return self.sheet.width(word, style, points)

    def put(self, x, word, style, points, baseline):
        if style == "Hand":
            self.sheet.write(x, baseline, word, points * HAND)
        else:
            self.sheet.type(x, baseline, word, style, points)

    def broken(self, text, style, points, measure, indent=0.0):
        """The words as lines no wider than `measure` mm."""
        lines, line, used = [], [], indent
        space = self.sheet.width(" ", style, points)
        for word, face, glued in words_of(text, style):
            wide = self.width(word, face, points)
            gap = 0 if glued or not line else space
            if line and not glued and used + gap + wide > measure:
                lines.append(line)
                line, used, gap = [], 0.0, 0
            line.append((word, face, glued, wide))
            used += gap + wide
        return lines + [line] if line else lines

    def line(self, x, line, style, points, baseline, stretch=0.0):
        space = self.sheet.width(" ", style, points) + stretch
        said = ""
        for at, (word, face, glued, wide) in enumerate(line):
            if at and not glued:
                x, said = x + space, said + " "
            self.put(x, word, face, points, baseline)
            x, said = x + wide, said + (f"⟦{word}⟧" if face == "Hand" else word)
        self.sheet.said(said)
        return x

    def length(self, line, style, points):
        gaps = sum(not glued for _, _, glued, _ in line[1:])
        return sum(word[3] for word in line) + gaps * self.sheet.width(" ", style, points), gaps

    def centred(self, middle, text, style, points, measure=170, lead=1.2):
        for line in self.broken(text, style, points, measure):
            self.y += points * POINT * lead
            self.line(middle - self.length(line, style, points)[0] / 2, line, style, points, self.y)

    def paragraph(self, text, style="Regular", indent=12.7, justify=True, left=LEFT, right=None, points=None, after=2.0, lead=None):
        points, right, lead = points or self.points, right or self.right, lead or self.lead
        lines = self.broken(text, style, points, right - left, indent)
        for at, line in enumerate(lines):
            self.room(points * POINT * lead)
            self.y += points * POINT * lead
            start = left + (indent if at == 0 else 0)
            length, gaps = self.length(line, style, points)
            loose = (right - start - length) / gaps if justify and gaps and at < len(lines) - 1 else 0
            end = self.line(start, line, style, points, self.y, loose)
            if any(face == "Hand" for _, face, _, _ in line) and not justify:
                self.dots(line, start, end, right, style, points)
        self.y += after

    def dots(self, line, start, end, right, style, points):
        """The dotted line of a form, below what was filled in and on to the margin."""
        first = next(at for at, word in enumerate(line) if word[1] == "Hand")
        x = start + self.length(line[:first], style, points)[0] + 1
        stop = right if line[-1][1] == "Hand" else end
        while x < stop:
            self.sheet.rule(x, self.y + 0.8, x + 0.25, self.y + 0.8, 0.2)
            x += 1.1

    def table(self, widths, rows, points):
        """Rows of cells; a row whose first cell begins with ** is a heading."""
        room = self.right - LEFT
        widths = [room * width / sum(widths) for width in widths]
        step = points * POINT * 1.2
        numeric = [not any(re.search("[^\\W\\d_]", re.sub("⟦.*⟧", "", cell)) for cell in column)
                   for column in zip(*(row for row in rows if not row[0].startswith("**")))]
        for row in rows:
            bold = row[0].startswith("**")
            cells = [self.broken(cell.strip("*") if bold else cell, "Bold" if bold else "Regular", points, width - 3)
                     for cell, width in zip(row, widths)]
            height = step * max(1, max(map(len, cells))) + 2.2
            self.room(height)
            x, top = LEFT, self.y
            for cell, width, middle in zip(cells, widths, numeric):
                for at, line in enumerate(cell):
                    style = "Bold" if bold else "Regular"
                    wide = self.length(line, style, points)[0]
                    self.line(x + (width - wide) / 2 if bold or middle else x + 1.5, line, style, points, top + 0.6 + step * (at + 1) - 0.8)
                x += width
            x = LEFT
            for width in widths:
                for a, b in (((x, top), (x + width, top)), ((x, top + height), (x + width, top + height)),
                             ((x, top), (x, top + height)), ((x + width, top), (x + width, top + height))):
                    self.sheet.rule(*a, *b)
                x += width
            self.y = top + height
        self.y += 3
