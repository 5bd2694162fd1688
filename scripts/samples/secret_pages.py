# SPDX-License-Identifier: Apache-2.0
"""Pages by seed with a secrecy mark, and pages with what looks like one; how each was made goes to pages.json."""
import dataclasses

import numpy

from . import faces, files, marks, secrecy, wear
from .flow import LEFT
from .paper import Paper
from .prose import Prose

HALF, WHOLE = (210, 148), (210, 297)  # mm
PRINTER = 300  # dpi
HEAD = """@parent ỦY BAN NHÂN DÂN TỈNH AN HẢI
@agency SỞ NÔNG NGHIỆP
@number Số: {}/SNN-VP
@place An Hải, ngày {:02} tháng {:02} năm 2024
@head"""
HEADINGS = ("QUY CHẾ BẢO MẬT THÔNG TIN", "DANH MỤC BÍ MẬT NHÀ NƯỚC", "MẬT ĐỘ DÂN SỐ NĂM 2023", "KẾ HOẠCH NUÔI ONG LẤY MẬT", "BÁO CÁO CÔNG TÁC BẢO MẬT",
            "QUYẾT ĐỊNH", "THÔNG BÁO", "TỜ TRÌNH")
PROSE = ("Cán bộ có trách nhiệm giữ bí mật thông tin của công dân và không cung cấp mật khẩu cho người khác.",
         "Sản lượng mật ong của xã đạt 12 tấn, mật độ đàn ong tăng so với cùng kỳ năm trước.",
         "Việc BẢO MẬT dữ liệu và bảo vệ bí mật nhà nước được thực hiện theo quy định của pháp luật; tài liệu MẬT được lưu riêng.",
         "Mật độ xây dựng tối đa là 60 %, chiều cao không quá ba tầng.")
NAMES = ("NGUYỄN VĂN MẬT", "TRẦN THỊ MẬT", "LÊ MẬT", "Phạm Văn Mật", "Nguyễn Thị Hoa")


def pick(rng, values):
    return values[int(rng.integers(len(values)))]


def paper(rng, prose, size, free):
    """A page with a head and text; `free`: the mark will have room below the number."""
    face = str(rng.choice(("Tinos", "Arimo", "Carlito"), p=(0.7, 0.15, 0.15)))
    sheet = Paper(size, PRINTER, rng, int(rng.integers(11, 15)), lead=round(float(rng.uniform(1.15, 1.5)), 2), face=faces.FACES[face])
    sheet.set(HEAD.format(int(rng.integers(1, 900)), int(rng.integers(1, 29)), int(rng.integers(1, 13))))
    if free:
        sheet.flow.y += 13
    sheet.set("= " + pick(rng, HEADINGS))
    end = size[1] - (60 if size == WHOLE else 32)
    sheet.flow.paragraph(pick(rng, PROSE))
    for line in prose.passage(rng):
        step = sheet.flow.points * 0.353 * sheet.flow.lead
        most = int((end - sheet.flow.y) / step)
        if most < 1 or len(sheet.flow.sheets) > 1:
            break
        words = sheet.flow.broken(line, "Regular", sheet.flow.points, sheet.flow.right - LEFT, 12.7)[:most]
        sheet.flow.paragraph(" ".join(word for row in words for word, *_ in row))
    if size == WHOLE:
        sheet.set(f"@role GIÁM ĐỐC\n@to - Lưu: VT.\n@name {pick(rng, NAMES)}\n@sign {'SỞ NÔNG NGHIỆP * TỈNH AN HẢI' if rng.random() < .6 else ''}")
    else:
        sheet.flow.centred(150, pick(rng, NAMES), "Bold", 13, 78)
    return sheet.flow.sheets[0]


def conditions(rng, number):
    """What varies, dealt evenly in turn, the rest by chance."""
    ink = ("red", "red", "blue", "black", "violet")[number % 5]
    frame = ("stamped", "printed", "none")[number // 5 % 3]
    colour = ("rgb", "grey", "bitonal")[int(rng.integers(3))]
    return {"word": secrecy.WORDS[number % 3], "frame": frame, "ink": ink, "colour": colour,
            "dpi": int(rng.choice((150, 200, 300) if colour != "bitonal" else (200, 300))),
            "tilt": round(float(rng.uniform(-20, 20) if rng.random() < 0.65 else rng.uniform(-2, 2)), 1),
            # What a bitonal scanner leaves of faint ink is not there for anybody to see.
            "faint": round(float(rng.uniform(0.3, 0.6)), 2) if colour != "bitonal" and rng.random() < 0.3 else 0.0,
            "over": bool(frame != "none" and rng.random() < 0.3 or frame == "none" and ink == "red" and colour == "rgb" and rng.random() < 0.3),
            "turn": 180 if rng.random() < 0.12 else 0, "face": str(rng.choice(secrecy.LETTERS, p=(0.6, 0.25, 0.15)))}


def place(rng, how, size):
    if how["over"]:
        return float(rng.uniform(45, 165)), float(rng.uniform(45, size[1] * 0.45 if size == WHOLE else 95))
    return float(rng.uniform(50, 70)), float(rng.uniform(56, 60))


def scan(sheet, how, rng):
    worn = dataclasses.replace(wear.choose(rng), dpi=how["dpi"], colour=how["colour"], dark=False, shine=0.0)
    worn.fade = min(worn.fade, 0.25 if how["colour"] != "bitonal" else 0.1)
    worn.threshold = max(worn.threshold, 0.66)
    return wear.scan(sheet, None, worn, rng).rotate(how["turn"]), worn


def suffix(how, number):
    return "tif" if how["colour"] == "bitonal" else "jpg" if number % 4 else "png"


def make(folder, texts, count, seed, whole=0, negatives=0):
    """`count` halves of pages with a mark, `whole` more that are whole, and `negatives` halves without (a third of them whole)."""
    faces.require()
    prose, entries = Prose(texts), []
    for number in range(count + whole + negatives):
        rng = numpy.random.default_rng((seed, number))
        secret, size = number < count + whole, WHOLE if count <= number < count + whole or number >= count + whole and number % 3 == 0 else HALF
        how = conditions(rng, number)
        sheet = paper(rng, prose, size, free=not how["over"])
        name = f"{'s' if secret else 'n'}{number:04}"
        if not secret:
            how["word"] = pick(rng, secrecy.OTHERS + ("",))
        if how["word"] == "ĐẾN":
            marks.received(sheet, *place(rng, how, size), "Sở Nông nghiệp", str(number), "12/3")
        elif how["word"]:
            secrecy.stamp(sheet, *place(rng, how, size), how["word"], how["frame"], how["tilt"], how["ink"], how["faint"], face=how["face"])
        image, worn = scan(sheet, how, rng)
        files.save_one(f"{folder}/inbox/{name}.{suffix(how, number)}", image, how["dpi"], worn.quality)
        entries.append({"document": f"{name}.{suffix(how, number)}", "secret": secret, "whole": size == WHOLE, **how})
    files.save_entries(f"{folder}/pages.json", entries)
