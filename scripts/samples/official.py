# SPDX-License-Identifier: Apache-2.0
"""A paper after NĐ 30/2020 by chance, of one page or more, with the true value of each field on it.

A field's truth is a list of the values that are right; [] where the paper has none. `unsure` names what is written by hand,
which a reader may leave out; `crossed` names what is printed and has the pen's stroke across it.
"""
import os
import tomllib

from . import faces, marks
from .flow import LEFT, POINT, Flow
from .paper import MOTTO, STATE
from .prose import LONG
from .sheet import A4, BLACK

with open(os.path.join(os.path.dirname(__file__), "official.toml"), "rb") as file:
    DATA = tomllib.load(file)
PRINTER = 300  # dpi
FACES, SHARES = ("Tinos", "Arimo", "Carlito"), (0.86, 0.08, 0.06)
FIELDS = ("number", "symbol", "issued_date", "place", "agency", "agency_parent", "document_kind", "subject", "signer", "signer_title",
          "signer_authority", "addressee", "recipients", "urgency", "owner", "owner_old_id", "dossier", "procedure", "agency_id")
CAPITAL = 3.3  # mm of a name's letters above their line
AUTHORITY = ("TM.", "KT.", "TL.", "TUQ.")
SYMBOL_OF = {"PHÒNG TƯ PHÁP": "PTP", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO": "PGDĐT", "BỘ NỘI VỤ": "BNV", "TRUNG TÂM KIỂM SOÁT BỆNH TẬT": "KSBT"}


class Official:
    def __init__(self, prose, rng):
        self.prose, self.rng, self.passage = prose, rng, prose.passage(rng)
        self.office = self.pick(DATA["office"])
        kinds = list(DATA["kinds"].items())
        weights = [how[1] for _, how in kinds]
        self.heading, (self.short, _, self.opening) = kinds[int(rng.choice(len(kinds), p=[each / sum(weights) for each in weights]))]
        self.face = str(rng.choice(FACES, p=SHARES))
        self.points = int(rng.integers(13, 15))
        self.lead = round(float(rng.uniform(1.15, 1.5)), 2)
        self.truth, self.unsure, self.crossed = {field: [] for field in FIELDS}, set(), set()
        self.flow = Flow(A4, PRINTER, rng, self.points, lead=self.lead, face=faces.FACES[self.face])

    def pick(self, values):
        return values[int(self.rng.integers(len(values)))]

    def chance(self, share):
        return bool(self.rng.random() < share)

    def number(self, low, high):
        return int(self.rng.integers(low, high))

    def sheets(self):
        self.head()
        self.title()
        pages = 2 if self.chance(0.25) else 1
        for _ in range(self.number(1, 4)):
            self.paragraph()
        self.identities()
        while len(self.flow.sheets) < pages or self.flow.y < 120 and self.chance(0.8):
            self.paragraph()
        self.foot()
        return self.flow.sheets

    # The head: agency, number, letter's subject and urgency to the left, state, motto, place and date to the right.

    def head(self):
        flow, rng = self.flow, self.rng
        parent, agency = self.names()
        number, notation = self.symbol(agency[0])
        left, right, top = LEFT + 29 + float(rng.uniform(-3, 3)), A4[0] - 70 + float(rng.uniform(0, 3)), flow.y + float(rng.uniform(-4, 10))
        points = 12 if self.chance(0.6) or max(map(len, parent + agency)) > 26 else 13
        flow.y = top
        for line in parent:
            flow.centred(left, line, "Regular", points, 74)
        for line in agency:
            flow.centred(left, line, "Bold", points, 74)
        if self.chance(0.85):
            flow.sheet.rule(left - 10, flow.y + 1.8, left + 10, flow.y + 1.8)
        flow.y += 3.4 if self.chance(0.7) else 6
        by_hand = self.chance(0.1)
        if by_hand:
            self.unsure |= {"number", "symbol"}
        written = f"⟦{number}⟧ /{notation}" if by_hand else number + self.pick(("/", "/", "/", " /")) + notation
        flow.centred(left, f"Số: {written}", "Regular", 13, 74)
        if not self.heading:
            flow.y += 1
            subject = self.subject()
            flow.centred(left, subject, "Regular", 12, float(rng.uniform(60, 74)))
        if self.chance(0.15):
            self.urgent(left)
        low, flow.y = flow.y, top
        flow.centred(right, STATE, "Bold", 12, 110)
        flow.centred(right, MOTTO, "Bold", 13, 110)
        half = flow.width(MOTTO, "Bold", 13) / 2
        flow.sheet.rule(right - half, flow.y + 1.8, right + half, flow.y + 1.8)
        flow.y += 4 if self.chance(0.6) else max(4.0, low - flow.y - 8) if self.heading else 5
        flow.centred(right, self.date(), "Italic", 13, 100)
        flow.y = max(low, flow.y) + float(rng.uniform(4, 9))
        if self.chance(0.12):
            marks.received(flow.sheet, LEFT + 26, flow.y + 13, self.words(agency), str(self.number(10, 999)), f"{self.number(1, 29)}/{self.number(1, 13)}")
            if self.heading and self.chance(0.6):
                flow.y += 26

    def names(self):
        office = self.office
        self.where = self.pick(DATA[office["level"]])
        self.district = self.pick(DATA["districts"])

        def lines(choices):
            return [line.replace("{X}", self.where.upper()).replace("{D}", self.district.upper()) for line in self.pick(choices)]

        parent, agency = lines(office.get("parent", [[]])), lines(office["agency"])
        if parent == agency:
            parent = ["BỘ CÔNG AN"]
        self.truth["agency"] = [" ".join(agency)]
        self.truth["agency_parent"] = [" ".join(parent)] if parent else []
        return parent, agency

    def symbol(self, agency):
        rng, short = self.rng, SYMBOL_OF.get(agency, self.office["symbol"])
        number = str(self.number(1, 5000) if self.chance(0.7) else self.number(1, 100))
        number = number.zfill(2) if self.chance(0.9) else number
        if self.chance(0.06):
            number += self.pick("ab")
        notation = f"{self.short}-{short}" if self.short else f"{short}-{self.pick(self.office['units'])}"
        if self.short and self.chance(0.15):
            notation += "-" + self.pick(self.office["units"])
        self.year = self.number(2016, 2027)
        if self.short in ("QĐ", "NQ", "HĐ") and self.chance(0.3):
            notation = f"{self.year}/{notation}"
        self.truth["number"], self.truth["symbol"] = [number], [f"{number}/{notation}"]
        self.truth["document_kind"] = [self.short or "CV"]
        return number, notation

    def date(self):
        day, month = self.number(1, 29), self.number(1, 13)
        self.truth["issued_date"] = [f"{self.year}-{month:02}-{day:02}"]
        place = self.where.split(" ", 2 if self.where.startswith(("thành phố", "thị")) else 1)[-1]
        if self.chance(0.1) or place.isdigit():
            place = self.where[0].upper() + self.where[1:]
        place = "Hà Nội" if self.office["agency"][0][0].startswith("BỘ") else place
        self.truth["place"] = [place]
        padded = self.chance(0.75)
        day_text = f"{day:02}" if padded else str(day)
        if self.chance(0.1):
            day_text, self.unsure = f"⟦{day_text}⟧", self.unsure | {"issued_date"}
        return f"{place}, ngày {day_text} tháng {f'{month:02}' if padded else month} năm {self.year}"

    def subject(self):
        parts = [self.pick(DATA["about"])]
        for _ in range(self.number(0, 3)):
            parts.append(self.pick(DATA["about_more"]).format(y=self.year, y2=self.year + 1 + self.number(0, 3), a=self.where))
        text = " ".join(parts)
        text = self.opening + text if self.opening else text[0].upper() + text[1:]
        self.truth["subject"] = [text]
        return text

    def urgent(self, left):
        """A stamp below number and symbol, in a frame (NĐ 30/2020, App. I, II.10b)."""
        flow, word = self.flow, self.pick(DATA["urgent"])
        colour, points = self.pick((marks.RED, marks.RED, BLACK)), 13
        half = flow.width(word, "Bold", points) / 2 + 2.5
        flow.y += 4
        x, top, bottom = left + float(self.rng.uniform(-6, 6)), flow.y, flow.y + 7.5
        sheet = flow.sheet
        sheet.draw.rectangle([sheet.px(x - half), sheet.px(top), sheet.px(x + half), sheet.px(bottom)], outline=colour, width=sheet.px(0.4))
        sheet.draw.text((sheet.px(x), sheet.px((top + bottom) / 2)), word, font=sheet.font("Bold", points), fill=colour, anchor="mm")
        flow.y = bottom + 1
        self.truth["urgency"] = [word]

    def title(self):
        flow, middle = self.flow, A4[0] / 2 + 7
        if self.heading:
            flow.centred(middle, self.heading, "Bold", 14)
            flow.y += 0.5
            flow.centred(middle, self.subject(), "Bold", 14 if self.chance(0.6) else 13, float(self.rng.uniform(105, 150)))
            if self.chance(0.7):
                flow.sheet.rule(middle - 16, flow.y + 2, middle + 16, flow.y + 2)
            flow.y += 6
        if self.short in ("", "TTr", "GM", "CĐ") or self.short == "BC" and self.chance(0.5):
            self.addressed(middle)

    def addressed(self, middle):
        flow = self.flow
        to = list(dict.fromkeys(self.pick(DATA["addressees"]) for _ in range(self.pick((1, 1, 1, 2, 3)))))
        self.truth["addressee"] = ["; ".join(to)]
        style = self.pick(("Regular", "Regular", "Bold"))
        if len(to) == 1:
            flow.centred(middle, f"Kính gửi: {to[0]}{self.pick(('', '', '.'))}", style, 14)
        elif self.chance(0.5):
            flow.y += 14 * POINT * 1.3
            x = LEFT + 32
            flow.put(x, "Kính gửi:", style, 14, flow.y)
            flow.sheet.said("Kính gửi:")
            for at, one in enumerate(to):
                flow.y += 14 * POINT * 1.3 if at else 0
                flow.put(x + 25, f"- {one}{';' if at < len(to) - 1 else '.'}", style, 14, flow.y)
        else:
            flow.centred(middle - 30, "Kính gửi:", style, 14)
            for at, one in enumerate(to):
                flow.y += 14 * POINT * 1.3
                flow.put(middle - 30, f"- {one}{';' if at < len(to) - 1 else '.'}", style, 14, flow.y)
        flow.y += 6

    # The body.

    def paragraph(self, text=None):
        text = text or next(line for line in self.passage if len(line) >= LONG)
        self.flow.paragraph(text, after=float(self.rng.uniform(1, 3)))

    def person(self):
        return " ".join(self.pick(DATA[part]) for part in ("family", "middle", "given"))

    def identities(self):
        if self.chance(0.45):
            year, woman = self.number(1945, 2008), self.chance(0.5)
            digit = 2 * ((year - 1900) // 100) + woman
            number = f"{self.pick(DATA['provinces_of_birth'])}{digit}{year % 100:02}{self.number(0, 10**6):06}"
            self.truth["owner"] = [number]
            label = self.pick(("Số định danh cá nhân", "CCCD số", "Căn cước công dân số", "Số CCCD", "Số căn cước"))
            birth = f"{self.number(1, 29):02}/{self.number(1, 13):02}/{year}"
            self.paragraph(f"{'Bà' if woman else 'Ông'}: {self.person()}; sinh ngày {birth}; giới tính: {'Nữ' if woman else 'Nam'}; {label}: {number}; "
                           f"địa chỉ thường trú: {self.where}.")
        elif self.chance(0.2):
            number = f"{self.number(10**8, 10**9 - 1)}"
            self.truth["owner_old_id"] = [number]
            self.paragraph(f"Ông: {self.person()}; sinh năm {self.number(1945, 1999)}; {self.pick(('CMND số', 'Số CMND', 'Chứng minh nhân dân số'))}: {number}; "
                           f"địa chỉ: {self.where}.")
        if self.chance(0.3):
            agency = self.pick(("000.17.22.H56", "000.00.06.H99", "H56.12", "H62.08.15"))
            code = f"{agency}-{self.number(19, 27)}{self.number(1, 13):02}{self.number(1, 29):02}-{self.number(1, 10**4):04}"
            self.truth["dossier"] = [code]
            self.paragraph(f"Mã hồ sơ: {code}.")
        if self.chance(0.3):
            code = f"{self.number(1, 4)}.{self.number(1, 15000):06}" + self.pick(("", ".000.00.00.H56", ".01"))
            self.truth["procedure"] = [code]
            self.paragraph(f"Mã thủ tục{self.pick((' hành chính', ''))}: {code}.")
        if self.chance(0.2):
            code = self.pick(DATA["office_ids"])
            self.truth["agency_id"] = [code]
            self.paragraph(f"Mã định danh {self.pick(('cơ quan', 'điện tử của cơ quan', 'đơn vị'))}: {code}.")

    # The foot.

    def words(self, agency):
        return " ".join(agency).capitalize()

    def foot(self):
        flow, rng = self.flow, self.rng
        flow.room(66)
        top, left, right = flow.y + 3, LEFT + 30, A4[0] - 62 + float(rng.uniform(-4, 6))
        two, low = self.short in ("BB", "HĐ") and self.chance(0.7), top
        flow.y = top
        if not two:
            to = list(dict.fromkeys(self.pick(DATA["receivers"]) for _ in range(self.number(1, 7)))) + [self.pick(DATA["filing"])]
            self.truth["recipients"] = ["; ".join(to)]
            flow.paragraph("Nơi nhận:", "BoldItalic", 0, False, points=12, after=0.3)
            for at, line in enumerate(to):
                flow.paragraph(f"- {line}{';' if at < len(to) - 1 else '.'}", indent=0, justify=False, points=11, after=0, right=LEFT + 68, lead=1.15)
            low = flow.y
        roles = self.pick(self.office["roles"])
        if two:
            pair = (["ĐẠI DIỆN BÊN B"], ["ĐẠI DIỆN BÊN A"]) if self.short == "HĐ" else (["THƯ KÝ"], ["CHỦ TỌA"])
            first = self.signer(left, top, pair[0], None)
            roles = pair[1]
            low = max(low, flow.y)
        name = self.signer(right, top, roles, self.words(self.truth["agency"]) if self.chance(0.8) else "")
        flow.y = max(low, flow.y) + 4
        self.truth["signer"] = [name, first] if two and self.short == "HĐ" else [name]
        self.truth["signer_title"] = [roles[-1]]
        if two and self.short == "HĐ":
            self.truth["signer_title"] += ["ĐẠI DIỆN BÊN B"]
        authority = [line for line in roles if line.startswith(AUTHORITY)] + (["Q."] if roles[-1].startswith("Q.") else [])
        self.truth["signer_authority"] = [" ".join(authority)] if authority else []

    def signer(self, place, top, roles, seal):
        """`seal`: its words, "" for none, None beside another signer. The pen goes over the name now and then."""
        flow, rng = self.flow, self.rng
        flow.y = top
        for line in roles:
            flow.centred(place, line, "Bold", 13, 82)
        title_end = flow.y
        flow.y += float(rng.uniform(24, 32))
        name = self.person()
        printed = f"{self.pick(DATA['ranks'])} {name}" if self.office.get("ranked") else name
        if self.office.get("degree") and self.chance(0.3):
            printed = f"{self.pick(DATA['degrees'])} {name}"
        flow.centred(place, printed, "Bold", 13.5, 82)
        low = flow.y
        pen = low - 6 if self.chance(0.15) else title_end + (low - title_end) * 0.45
        if seal:  # on a third of the signature, its lower rim at the name, now and then across it
            above = float(rng.uniform(17, 23)) if self.chance(0.9) else float(rng.uniform(8, 16))
            marks.seal(flow.sheet, place - 23 + float(rng.uniform(-5, 5)), low - above, seal)
        if self.chance(0.92):
            way = marks.signature(flow.sheet, place + 2, pen, colour=self.pick((marks.BLUE, marks.BLUE, BLACK)))
            half = flow.width(printed, "Bold", 13.5) / 2
            if any(abs(x - place) < half and low - CAPITAL < y < low for x, y in way):
                self.crossed.add("signer")
        flow.y = low
        return name
