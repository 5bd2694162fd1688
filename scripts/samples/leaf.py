# SPDX-License-Identifier: Apache-2.0
"""One page of a dossier by chance: a head, running text, a table, a foot; the page's truth is its sheet's lines."""
import os
import tomllib

from . import faces, marks
from .flow import BOTTOM, LEFT, POINT
from .paper import Paper
from .prose import HEADING, LONG
from .sheet import A4

with open(os.path.join(os.path.dirname(__file__), "offices.toml"), "rb") as file:
    INVENTED = tomllib.load(file)
PRINTER = 300  # dpi
FOOT = 68  # mm
FACES, SHARES = ("Tinos", "Arimo", "Carlito", "DejaVu Serif", "Cousine"), (0.58, 0.14, 0.14, 0.08, 0.06)
WIDE = ("DejaVu Serif", "Cousine")  # the two halves of a head would touch


def pick(rng, values):
    return values[int(rng.integers(len(values)))]


class Leaf:
    def __init__(self, prose, rng):
        self.prose, self.rng, self.passage = prose, rng, prose.passage(rng)
        self.face = str(rng.choice(FACES, p=SHARES))
        self.points = int(rng.integers(11, 14 if self.face in WIDE else 15))
        self.lead = round(float(rng.uniform(1.15, 1.5)), 2)
        self.headed, self.signed = rng.random() < 0.55 and self.face not in WIDE, rng.random() < 0.4
        self.tabled = rng.random() < 0.2
        self.office = pick(rng, INVENTED["office"])

    def sheets(self, back):
        """The page and, where wanted, the sheet whose text shines through."""
        first = 1 if self.headed else int(self.rng.integers(2, 30))
        self.paper = Paper(A4, PRINTER, self.rng, self.points, lead=self.lead, face=faces.FACES[self.face], first=first)
        self.flow = self.paper.flow
        if self.headed:
            self.head()
        bottom = A4[1] - BOTTOM
        end = float(self.rng.uniform(self.flow.y + 80, bottom - FOOT)) if self.signed else bottom
        if self.tabled:
            self.text(float(self.rng.uniform(self.flow.y + 20, max(self.flow.y + 21, end - 90))), cut=True)
            self.table()
        self.text(end, cut=self.signed)
        if self.signed:
            self.foot()
        elif not self.headed and self.rng.random() < 0.25:  # the seal across the edges of all sheets
            marks.seal(self.flow.sheets[0], A4[0] - 4, float(self.rng.uniform(90, 220)), self.office["seal"])
        if back:
            if len(self.flow.sheets) == 1:
                self.flow.next_sheet()
            while len(self.flow.sheets) == 2:
                self.paragraph(next(self.passage))
        return self.flow.sheets[:2] if back else self.flow.sheets[:1]

    def number(self, low, high, pad="{}"):
        digits = pad.format(int(self.rng.integers(low, high)))
        return f"⟦{digits}⟧" if self.by_hand else digits

    def head(self):
        office, rng = self.office, self.rng
        kind, short = pick(rng, INVENTED["kinds"])
        self.by_hand = rng.random() < 0.3
        symbol = f"{short}-{office['symbol']}" if short else office["symbol"]
        day = f"ngày {self.number(1, 29, '{:02}')} tháng {int(rng.integers(1, 13)):02} năm {int(rng.integers(2016, 2027))}"
        script = [f"@parent {office['parent']}", f"@agency {office['agency']}", f"@number Số: {self.number(1, 4000)}{' ' if self.by_hand else ''}/{symbol}",
                  f"@place {office['place']}, {day}"]
        subject = self.prose.phrase(rng, 8, 16)
        subject = subject[0].lower() + subject[1:]
        if kind:
            script += ["@head", f"= {kind}", f"== Về việc {subject}"]
        else:
            script += [f"@about V/v {subject}", "@head", f"= Kính gửi: {self.prose.phrase(rng, 4, 8)}"]
        if rng.random() < 0.12:  # the seal of an annex, across the agency's name
            marks.seal(self.flow.sheet, LEFT + 14, 30, office["seal"])
        self.paper.set("\n".join(script))

    def text(self, end, cut):
        """Paragraphs down to `end` mm, the last one cut or running over to the next sheet."""
        if not self.flow.number == 1 and self.flow.y < 40:  # what the page before began
            line = next(line for line in self.passage if len(line) >= LONG).split()
            self.paragraph(" ".join(line[int(self.rng.integers(len(line) - 3)):]), indent=0)
        step = self.points * POINT * self.lead
        while len(self.flow.sheets) == 1 and self.flow.y + step <= end:
            self.paragraph(next(self.passage), int((end - self.flow.y) / step) if cut else None)

    def paragraph(self, line, most=None, indent=12.7):
        flow, heading = self.flow, HEADING.match(line)
        style = "Bold" if heading else "Regular"
        if most:
            lines = flow.broken(line, style, flow.points, flow.right - LEFT, indent)
            line = " ".join(word for words in lines[:most] for word, *_ in words)
        if heading and not line.startswith("Điều"):
            self.paper.set(f"= {line}")
        else:
            flow.paragraph(line, style, indent, after=float(self.rng.uniform(1, 3)))

    def table(self):
        rng = self.rng
        rows = ["@table 10 58 42 36", f"| **TT | **Nội dung | **{pick(rng, INVENTED['amounts'])} | **Ghi chú"]
        for number in range(1, int(rng.integers(4, 8))):
            amount = f"{int(rng.integers(1, 900)) * 1000 * 10 ** int(rng.integers(0, 4)):,}".replace(",", ".")
            rows.append(f"| {number} | {self.prose.phrase(rng, 3, 9)} | {amount} | {pick(rng, INVENTED['remarks'])}")
        self.paper.set("\n".join(rows + ["@gap 1"]))

    def foot(self):
        rng = self.rng
        to = [pick(rng, INVENTED["receivers"]) for _ in range(int(rng.integers(2, 5)))] + [pick(rng, INVENTED["filing"])]
        name = " ".join(pick(rng, INVENTED[part]) for part in ("family", "middle", "given"))
        script = [f"@to - {line}" for line in dict.fromkeys(to)] + [f"@role {role}" for role in pick(rng, self.office["roles"])]
        self.paper.set("\n".join(script + [f"@name {name}", f"@sign {self.office['seal'] if rng.random() < 0.8 else ''}"]))
