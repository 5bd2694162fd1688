# SPDX-License-Identifier: Apache-2.0
"""Makes pages by seed: the scans, their truth, and how each one was made."""
import dataclasses
import os

import numpy

from . import bundle, faces, files, wear
from .fault import Fault
from .leaf import Leaf
from .prose import Prose


def make(name, prose, rng, folder, kind=None):
    """One page, with a fault of that kind; returns its entry of pages.json."""
    worn, leaf, fault = wear.choose(rng), Leaf(prose, rng), Fault(kind, rng)
    fault.wear(worn)
    sheet, *back = leaf.sheets(back=worn.shine > 0)
    image = wear.scan(sheet, back[0] if back else None, worn, rng, fault)
    files.save_one(f"{folder}/inbox/{name}.{worn.file}", image, worn.dpi, worn.quality)
    with open(f"{folder}/truth/{name}.txt", "w", encoding="utf-8") as truth:
        truth.writelines(line + "\n" for line in sheet.lines)
    how = {key: round(value, 3) if isinstance(value, float) else value for key, value in dataclasses.asdict(worn).items()}
    how["paper"] = [round(level) for level in worn.paper]
    return {"document": name, **how, "file": f"{name}.{worn.file}", "face": leaf.face, "points": leaf.points, "lead": leaf.lead,
            "headed": leaf.headed, "tabled": leaf.tabled, "signed": leaf.signed, "marks": sheet.marks,
            **({"fault": fault.kind, **fault.how} if fault else {})}


def main(folder, texts, count, seed, faults=(), bundles=False):
    faces.require()
    if os.path.isdir(f"{folder}/inbox") and os.listdir(f"{folder}/inbox"):
        raise SystemExit(f"make-pages: {folder}/inbox holds scans already; name another folder.")
    prose = Prose(texts)
    os.makedirs(f"{folder}/truth", exist_ok=True)
    if bundles:
        kinds = ("sound", *bundle.KINDS, "alike")
        entries = [entry for number in range(1, count + 1)
                   for entry in bundle.make(f"d{number:04}", prose, numpy.random.default_rng((seed, number)), folder, kinds[number % len(kinds)])]
        return files.save_entries(f"{folder}/truth/pages.json", entries)
    kinds = [faults[(number - 1) % len(faults)] if faults else None for number in range(1, count + 1)]
    entries = [make(f"p{number:04}", prose, numpy.random.default_rng((seed, number)), folder, kind) for number, kind in enumerate(kinds, 1)]
    return files.save_entries(f"{folder}/truth/pages.json", entries)
