#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Judges an archive of the samples by their truth.

usage: check_samples.py SAMPLES ARCHIVE MANIFEST.jsonl [--without SOURCE]... --least-f1 F1

Prints word F1 (scripts/measure/words.py) and the other figures, then each fault; exit status 1 when there is one.
"""
import argparse
import collections
import json
import os
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../scripts"))
from measure.words import Score, score  # noqa: E402

SKEW_TOLERANCE = 0.1  # degrees


def text_of(pdf):
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("samples")
    parser.add_argument("archive")
    parser.add_argument("manifest")
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--least-f1", type=float, required=True)
    given = parser.parse_args()

    with open(f"{given.samples}/truth/pages.json", encoding="utf-8") as file:
        truth = collections.defaultdict(list)
        for page in json.load(file):
            truth[page["document"]].append(page)
    with open(given.manifest, encoding="utf-8") as file:
        records = {os.path.splitext(os.path.basename(record["source"]["path"]))[0]: record for record in map(json.loads, file)}
    faults, worst, orientations, scores = [], 0.0, 0, {}
    for name, pages in truth.items():
        if name in given.without:
            continue
        record = records.get(name)
        if record is None or "pdf" not in record:
            faults.append(f"{name}: was not delivered")
            continue
        if len(record["pages"]) != len(pages):
            faults.append(f"{name}: has {len(record['pages'])} pages, the truth {len(pages)}")
            continue
        for wanted, found in zip(pages, record["pages"]):
            where = f"{name}, page {wanted['page']}"
            if found.get("blank", False) != wanted["blank"]:
                faults.append(f"{where}: blank is {found.get('blank', False)}")
            if wanted["blank"]:
                continue
            if found["orientation_degrees"] != wanted["orientation"]:
                orientations += 1
                faults.append(f"{where}: stands {found['orientation_degrees']}, the truth is {wanted['orientation']}")
            seals = sum(mark["kind"] == "seal" for mark in wanted["marks"])
            if found.get("marks", {}).get("seal", 0) != seals:
                faults.append(f"{where}: {found.get('marks', {}).get('seal', 0)} seals seen, the truth is {seals}")
            if any(mark["kind"] == "signature" for mark in wanted["marks"]) and "signature" not in found.get("marks", {}):
                faults.append(f"{where}: its signature was not seen")
            error = abs(found["skew_degrees"] - wanted["skew"])
            worst = max(worst, error)
            if error > SKEW_TOLERANCE:
                faults.append(f"{where}: skew {found['skew_degrees']}, the truth is {wanted['skew']}")
        printed = ""
        for page in pages:
            with open(f"{given.samples}/truth/{name}/{page['page']}.txt", encoding="utf-8") as file:
                printed += file.read()
        scores[name] = score(printed, text_of(f"{given.archive}/{record['pdf']['path']}"))
    for name, one in sorted(scores.items(), key=lambda item: item[1].f1):
        print(f"{one.f1:.4f}  {name}")
    overall = sum(scores.values(), Score()).f1 if scores else 0.0
    print(f"{len(scores)} documents, {sum(len(truth[name]) for name in scores)} pages: word F1 {overall:.4f}, "
          f"worst skew error {worst:.3f} degrees, {orientations} wrong orientations")
    if overall < given.least_f1:
        faults.append(f"word F1 {overall:.4f} is below {given.least_f1}")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


sys.exit(main())
