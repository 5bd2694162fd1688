# SPDX-License-Identifier: Apache-2.0
"""Makes official papers by seed: one folder of page files each, and truth/fields.json."""
import dataclasses
import os

import numpy

from . import files, wear
from .official import Official


def make(name, prose, rng, folder):
    """One paper; returns its entry of fields.json."""
    worn, paper = wear.choose(rng), Official(prose, rng)
    sheets = paper.sheets()
    names = []
    for number, sheet in enumerate(sheets, 1):
        page = dataclasses.replace(worn, skew=round(float(numpy.clip(rng.normal(0, 0.8), -2, 2)), 2), shine=0.0)
        names.append(f"{name}/{number:02}.{worn.file}")
        files.save_one(f"{folder}/inbox/{names[-1]}", wear.scan(sheet, None, page, rng), worn.dpi, worn.quality)
    return {"document": name, "files": names, "dpi": worn.dpi, "colour": worn.colour, "kind": paper.heading or "(letter)",
            "face": paper.face, "fields": paper.truth, "unsure": sorted(paper.unsure), "crossed": sorted(paper.crossed)}


def main(folder, prose, count, seed):
    os.makedirs(f"{folder}/truth", exist_ok=True)
    entries = [make(f"d{number:04}", prose, numpy.random.default_rng((seed, 7, number)), folder) for number in range(1, count + 1)]
    files.save_entries(f"{folder}/truth/fields.json", entries)
