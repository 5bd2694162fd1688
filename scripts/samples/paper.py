# SPDX-License-Identifier: Apache-2.0
"""Reads texts/*.txt and sets them as offices do. The marks at a line's beginning:

@parent @agency @number @about @place   the head      = == =/   centred: bold, bold and smaller, italic
@to @role @name @role2 @name2 @sign     the foot      *  /  ~   paragraphs: bold, italic, a form's line
@table W… and | cells                                 **bold**, ⟦by hand⟧
@received OFFICE | NUMBER | DATE, @frame, @seal WORDS, @gap MM, @page, @points N
"""
from . import marks
from .flow import LEFT, Flow

STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


class Paper:
    def __init__(self, size, dpi, rng, points=14, **how):
        self.flow = Flow(size, dpi, rng, points, **how)
        self.parts, self.rows, self.widths = {}, [], []

    def set(self, text):
        for line in text.splitlines():
            if not line or line.startswith("#"):
                continue
            word, _, rest = line.partition(" ")
            if word != "|" and self.rows:
                self.flow.table(self.widths, self.rows, min(self.flow.points, 12))
                self.rows = []
            if word in ("@parent", "@agency", "@number", "@about", "@place", "@to", "@role", "@name", "@role2", "@name2"):
                self.parts.setdefault(word[1:], []).append(rest)
            elif word.startswith("@"):
                getattr(self, word[1:])(rest)
            else:
                self.words(word, rest, line)
        return self.flow.sheets

    def words(self, mark, rest, line):
        flow, middle = self.flow, self.flow.size[0] / 2 + 7
        centred = {"=": ("Bold", 14), "==": ("Bold", 13.5), "=/": ("Italic", 13.5)}
        if mark in centred:
            flow.room(12)
            flow.centred(middle, rest, *centred[mark], measure=150)
            flow.y += 1.5
        elif mark == "|":
            self.rows.append([cell.strip() for cell in rest.split("|")])
        elif mark == "*":
            flow.room(16)
            flow.paragraph(rest, "Bold")
        elif mark == "/":
            flow.paragraph(rest, "Italic")
        elif mark == "~":
            flow.paragraph(rest, indent=0, justify=False, after=1.4)
        else:
            flow.paragraph(line)

    def head(self, _):
        flow, parts = self.flow, self.parts
        left, right, top = LEFT + 29, flow.size[0] - 70, flow.y
        if parts.get("agency"):
            for line in parts.get("parent", []):
                flow.centred(left, line, "Regular", 12, 68)
            for line in parts["agency"]:
                flow.centred(left, line, "Bold", 12, 68)
            flow.sheet.rule(left - 11, flow.y + 1.8, left + 11, flow.y + 1.8)
            flow.y += 3.4
            for line in parts.get("number", []):
                flow.centred(left, line, "Regular", 13, 68)
            for line in parts.get("about", []):
                flow.centred(left, line, "Regular", 12, 68)
        else:
            right = flow.size[0] / 2 + 7
        low, flow.y = flow.y, top
        flow.centred(right, STATE, "Bold", 12, 110)
        flow.centred(right, MOTTO, "Bold", 13, 110)
        half = flow.width(MOTTO, "Bold", 13) / 2
        flow.sheet.rule(right - half, flow.y + 1.8, right + half, flow.y + 1.8)
        flow.y += 4
        for line in parts.get("place", []):
            flow.centred(right, line, "Italic", 13, 100)
        flow.y = max(low, flow.y) + 7
        self.parts = {}

    def sign(self, seal):
        flow, parts = self.flow, self.parts
        flow.room(62)
        top, left, right = flow.y + 2, LEFT + 30, flow.size[0] - 62
        flow.y = top
        if parts.get("to"):
            flow.paragraph("Nơi nhận:", "BoldItalic", 0, False, points=12, after=0.3)
            for line in parts["to"]:
                flow.paragraph(line, indent=0, justify=False, points=11, after=0, right=LEFT + 66, lead=1.15)
        low = flow.y
        for place, role, name in ((left, "role2", "name2"), (right, "role", "name")):
            if role in parts:
                flow.y = top
                for line in parts[role]:
                    flow.centred(place, line, "Bold", 13, 78)
                pen = flow.y + 13
                flow.y += 27
                if seal and role == "role":
                    marks.seal(flow.sheet, place - 17, pen + 2, seal)
                marks.signature(flow.sheet, place + 2, pen, colour=marks.BLUE)
                for line in parts.get(name, []):
                    flow.centred(place, line, "Bold", 13.5, 78)
                low = max(low, flow.y)
        flow.y, self.parts = low + 4, {}

    def table(self, widths):
        self.widths = [float(width) for width in widths.split()]

    def received(self, words):
        marks.received(self.flow.sheet, LEFT + 29, self.flow.y + 8, *(word.strip() for word in words.split("|")))

    def frame(self, _):
        sheet = self.flow.sheet
        width, height = sheet.size
        for inset, colour, thick in ((10, (176, 40, 48), 1.2), (12.2, (196, 150, 60), 0.5), (13.6, (176, 40, 48), 0.3)):
            sheet.draw.rectangle([sheet.px(inset), sheet.px(inset), sheet.px(width - inset), sheet.px(height - inset)],
                                 outline=colour, width=max(1, sheet.px(thick)))

    def gap(self, mm):
        self.flow.y += float(mm)

    def page(self, _):
        self.flow.next_sheet()

    def points(self, points):
        self.flow.points = float(points)
