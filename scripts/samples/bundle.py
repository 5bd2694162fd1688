# SPDX-License-Identifier: Apache-2.0
"""Documents of several pages, as folders: sound ones, and such whose sheets went wrong through the feeder."""
import dataclasses
import os

import numpy

from . import files, wear
from .leaf import INVENTED, PRINTER, pick
from .paper import Paper
from .sheet import A4

# Each with the ids of problems that tell it, at the page where it is seen.
KINDS = {"swapped": ("page-out-of-order",), "missing": ("page-missing",), "twice": ("page-duplicate", "page-repeated")}


def _running(prose, rng, pages):
    paper, passage = Paper(A4, PRINTER, rng, 14, lead=1.3), prose.passage(rng)
    while len(paper.flow.sheets) <= pages:
        paper.flow.paragraph(next(passage))
    return paper.flow.sheets[:pages]


def _forms(prose, rng):
    """Two of one form, filled in for two persons: alike, and not the same."""
    passage = prose.passage(rng)
    printed = [next(passage) for _ in range(6)]
    sheets = []
    for _ in range(2):
        name = " ".join(pick(rng, INVENTED[part]) for part in ("family", "middle", "given"))
        paper = Paper(A4, PRINTER, rng, 13, lead=1.3)
        paper.flow.paragraph(f"Họ và tên: {name}. Ngày sinh: {int(rng.integers(10, 29))}/{int(rng.integers(10, 13))}/{int(rng.integers(1950, 2005))}. "
                             f"Số định danh: {int(rng.integers(10**11, 10**12))}. Nơi cư trú: {prose.phrase(rng, 5, 9)}.")
        for line in printed:
            paper.flow.paragraph(line)
        sheets.append(paper.flow.sheets[0])
    return sheets


def _scanned(sheet, worn, rng):
    again = dataclasses.replace(worn, skew=round(float(numpy.clip(rng.normal(0, 0.6), -2, 2)), 2), noise=worn.noise * float(rng.uniform(0.8, 1.3)))
    return wear.scan(sheet, None, again, rng)


def make(name, prose, rng, folder, kind):
    """One document; returns its entries of pages.json."""
    worn = wear.choose(rng)
    worn.dpi, worn.colour, worn.file, worn.shine = 200, "grey", "jpg", 0.0
    sheets = _forms(prose, rng) if kind == "alike" else _running(prose, rng, int(rng.integers(4, 6)))
    faulty = None
    if kind == "swapped":
        at = int(rng.integers(1, len(sheets) - 1))
        sheets[at], sheets[at + 1], faulty = sheets[at + 1], sheets[at], at + 1
    elif kind == "missing":
        faulty = int(rng.integers(1, len(sheets) - 1))
        del sheets[faulty]
    elif kind == "twice":
        at = int(rng.integers(len(sheets)))
        faulty = at + 1
        sheets.insert(faulty, sheets[at])
    entries = []
    for number, sheet in enumerate(sheets, 1):
        file = f"{name}/{number:02}.jpg"
        files.save_one(f"{folder}/inbox/{file}", _scanned(sheet, worn, rng), worn.dpi, worn.quality)
        os.makedirs(f"{folder}/truth/{name}", exist_ok=True)
        with open(f"{folder}/truth/{name}/{number:02}.txt", "w", encoding="utf-8") as truth:
            truth.writelines(line + "\n" for line in sheet.lines)
        entries.append({"document": name, "page": number, "file": file, "kind": kind, **({"fault": kind} if number - 1 == faulty else {})})
    return entries
