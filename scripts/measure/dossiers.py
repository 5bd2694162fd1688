# SPDX-License-Identifier: Apache-2.0
"""A period's dossiers with known shares: the office's register, the manifest of their papers, and what a report must count.

The shares are exact as wholes and differ from group to group: which dossier has a result is decided by lot, the lot being better in
some agencies, procedures, months than in others, and as many as are wanted win.
"""
import collections
import csv
import hashlib
import json
import random

LEVELS = {"tỉnh": 6, "huyện": 8, "xã": 18}
AGENCIES = {"tỉnh": "Sở Tư pháp|Sở Xây dựng|Sở Nội vụ|Sở Tài chính|Sở Y tế|Sở Nông nghiệp và Môi trường",
            "huyện": "Quảng Xương|Thọ Xuân|Yên Định|Hậu Lộc|Triệu Sơn|Nông Cống|Bá Thước|Mường Lát",
            "xã": "Đông Hải|Quảng Phú|Tân Thành|Hòa Bình|Vĩnh Lộc|Nga Sơn|Ngọc Lặc|Như Thanh|Cẩm Thủy|Thạch Thành|Hà Trung|Bỉm Sơn|"
                  "Long Biên|Hoằng Hóa|Sầm Sơn|Lam Sơn|Tĩnh Gia|Hàm Rồng"}
TITLES = {"tỉnh": "", "huyện": "Ủy ban nhân dân huyện ", "xã": "Ủy ban nhân dân xã "}
OFFICERS = "Nguyễn Thị Hà|Trần Văn Bình|Lê Thu Trang|Phạm Minh Đức|Hoàng Thị Lan".split("|")
GROUPINGS = ("agency", "level", "procedure", "officer", "month")
HEADING = ["mã hồ sơ", "đơn vị giải quyết", "cấp", "mã thủ tục", "cán bộ xử lý", "ngày tiếp nhận", "trả kết quả giấy", "kết quả điện tử",
           "thành phần điện tử", "tái sử dụng"]


class Dossier:
    def __init__(self, number, dice, year):
        self.level = dice.choices(list(LEVELS), weights=[2, 3, 5])[0]
        names = AGENCIES[self.level].split("|")
        at = min(int(dice.expovariate(1 / 4)), len(names) - 1)
        self.agency = TITLES[self.level] + names[at]
        self.procedure = f"{dice.randint(1, 3)}.{dice.choice(range(100, 140)):06}"
        self.officer = f"{OFFICERS[dice.randint(0, 2) + at % 3]} ({names[at]})"
        self.month, day = dice.randint(1, 6), dice.randint(1, 28)
        self.received = f"{year}-{self.month:02}-{day:02}"
        self.code = f"H56.{list(LEVELS).index(self.level) + 11}.{at + 10}-{year % 100:02}{self.month:02}{day:02}-{number:06}"
        # The same lot for all that is decided: an office that is good at one thing is mostly good at the other.
        self.luck = (0.6 + 0.08 * at + 0.05 * self.month + 0.1 * (int(self.procedure[-2:]) % 5)) * dice.random()
        self.dice = dice.random()
        self.due = self.result = self.parts = self.reused = False

    @property
    def digitized(self):
        return (self.parts or self.reused) and (self.result or not self.due)

    # Some results were issued as electronic ones, some papers handed in as files: the register says so, no scan is here.
    @property
    def issued(self):
        return self.result and self.dice < 0.3

    @property
    def filed(self):
        return self.parts and 0.2 < self.dice < 0.4

    def row(self):
        date = "/".join(reversed(self.received.split("-")))
        said = lambda value: "có" if value else "không"
        return [self.code, self.agency, self.level, self.procedure, self.officer, date, said(self.due), said(self.issued), said(self.filed),
                said(self.reused)]

    def papers(self):
        kinds = ["result"] if self.result and not self.issued else []
        return kinds + (["component"] if self.parts and not self.filed else [])


def make(count, due, results, digitized, reused, seed=1, year=2026):
    """`results` of the `due` dossiers have an electronic result, `digitized` of all are so by the law's formula."""
    lots = random.Random(seed)
    all_of_them = [Dossier(number, random.Random(seed * 1000003 + number), year) for number in range(1, count + 1)]
    for dossier in lots.sample(all_of_them, due):
        dossier.due = True
    best = lambda dossiers, wanted: sorted(dossiers, key=lambda d: (d.luck, d.code))[:wanted]
    for dossier in best([d for d in all_of_them if d.due], results):
        dossier.result = True
    able = [d for d in all_of_them if d.result or not d.due]
    if len(able) < digitized:
        raise ValueError("so many cannot be digitized without a result")
    chosen = set(d.code for d in best(able, digitized))
    for dossier in all_of_them:
        dossier.parts = dossier.code in chosen or (dossier.due and not dossier.result and dossier.dice < 0.7)
    for dossier in best([d for d in all_of_them if d.parts], reused):
        dossier.reused = True
    return all_of_them


def record(dossier, kind, ordinal):
    digest = hashlib.sha256(f"{dossier.code}/{ordinal}".encode()).hexdigest()
    field = lambda value: {"value": value, "confidence": 1, "origin": "register"}
    name = f"documents/{dossier.code}/{dossier.code}.{ordinal:03}.pdf"
    page = {"file": f"inbox/{dossier.code}/{ordinal}.tif", "index": 0, "sha256": digest, "format": "tiff", "width": 2480, "height": 3508,
            "dpi": [300.0, 300.0], "colour": "colour"}
    made = {"schema": "sohoa/document/1", "id": hashlib.sha256((digest + "\n").encode()).hexdigest(),
            "source": {"path": f"inbox/{dossier.code}/{ordinal}.tif", "kind": "file", "pages": [page]}, "status": "ok",
            "dossier": {"code": dossier.code, "ordinal": ordinal, "kind": kind}, "pages": [{"dpi": [300.0, 300.0], "confidence": 0.97}],
            "fields": {"symbol": field(f"{ordinal}/QĐ-UBND"), "agency": field("Bộ Tư pháp" if kind == "component" else dossier.agency)},
            "pdf": {"path": name, "sha256": digest, "bytes": 200000, "pages": 1, "conformance": "PDF/A-2u"}}
    if dossier.dice < 0.9:
        made["signatures"] = [{"signer": dossier.officer, "level": "B-B", "time": f"{dossier.received}T10:00:00Z", "field": "officer",
                               "status": "valid"}]
    if dossier.dice > 0.97:
        made["rescan"] = [{"page": 1, "reasons": ["page-blurred"]}]
    return made


def write_register(path, dossiers):
    with open(path, "w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(HEADING)
        rows.writerows(dossier.row() for dossier in dossiers)


def write_manifest(path, dossiers):
    count = 0
    with open(path, "w", encoding="utf-8") as out:
        for dossier in dossiers:
            for ordinal, kind in enumerate(dossier.papers(), 1):
                out.write(json.dumps(record(dossier, kind, ordinal), ensure_ascii=False, separators=(",", ":")) + "\n")
                count += 1
    return count


def percent(counted, of):
    """Hundredths of a percent, half up, by whole numbers alone."""
    return None if of == 0 else (counted * 20000 + of) // (2 * of)


def truth(dossiers, by=None):
    """{group: {name: number}} as `sohoa report --format json` has it."""
    groups = collections.defaultdict(collections.Counter)
    for d in dossiers:
        papers = d.papers()
        group = groups[d.received[:7] if by == "month" else getattr(d, by) if by else ""]
        signed, rescan = len(papers) * (d.dice < 0.9), len(papers) * (d.dice > 0.97)
        group.update({"received": 1, "listed": 1, "with_documents": bool(papers), "with_result": d.result, "reused": d.reused,
                      "documents": len(papers), "pages": len(papers), "signed": signed, "unsigned": len(papers) - signed,
                      "rescan_documents": rescan, "rescan_pages": rescan, "electronic_result": d.due and d.result, "due": d.due,
                      "digitized": d.digitized})
    return groups


def differences(group, wanted):
    """What a group of the report says otherwise."""
    wrong = []
    for key in ("received", "listed", "with_documents", "with_result", "reused", "documents", "pages", "signed", "unsigned", "rescan_documents",
                "rescan_pages"):
        if group[key] != wanted[key]:
            wrong.append(f"{key} is {group[key]}, not {wanted[key]}")
    for name, counted, of in (("electronic_result", wanted["electronic_result"], wanted["due"]),
                              ("digitized", wanted["digitized"], wanted["received"]), ("reuse", wanted["reused"], wanted["received"])):
        share, told = percent(counted, of), group["shares"][name]
        if told["counted"] != counted or told["of"] != of or told["percent"] != (None if share is None else share / 100):
            wrong.append(f"{name} is {told}, not {counted} of {of}, {share}")
    return wrong
