#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Judges an archive of the samples by their truth.

usage: check_samples.py SAMPLES ARCHIVE MANIFEST.jsonl [--without SOURCE]... --least-f1 F1

Words are compared as bags, whatever their order; what stands in ⟦…⟧ (handwriting, stamps) is nobody's fault. Prints the
figures, then each fault; exit status 1 when there is one.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import unicodedata

SKEW_TOLERANCE = 0.1  # degrees


def words(text):
    text = re.sub("⟦[^⟧]*⟧", " ", unicodedata.normalize("NFC", text))
    return collections.Counter(text.split())


def text_of(pdf):
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout


def f1(wanted, found):
    hits = sum((wanted & found).values())
    return 2 * hits / max(1, sum(wanted.values()) + sum(found.values())), hits


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
    faults, worst, orientations, total, shares = [], 0.0, 0, [0, 0, 0], {}
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
            error = abs(found["skew_degrees"] - wanted["skew"])
            worst = max(worst, error)
            if error > SKEW_TOLERANCE:
                faults.append(f"{where}: skew {found['skew_degrees']}, the truth is {wanted['skew']}")
        bag = collections.Counter()
        for page in pages:
            with open(f"{given.samples}/truth/{name}/{page['page']}.txt", encoding="utf-8") as file:
                bag += words(file.read())
        read = words(text_of(f"{given.archive}/{record['pdf']['path']}"))
        shares[name], hits = f1(bag, read)
        for at, count in enumerate((hits, sum(bag.values()), sum(read.values()))):
            total[at] += count
    for name, share in sorted(shares.items(), key=lambda item: item[1]):
        print(f"{share:.4f}  {name}")
    overall = 2 * total[0] / max(1, total[1] + total[2])
    print(f"{len(shares)} documents, {sum(len(truth[name]) for name in shares)} pages: word F1 {overall:.4f}, "
          f"worst skew error {worst:.3f} degrees, {orientations} wrong orientations")
    if overall < given.least_f1:
        faults.append(f"word F1 {overall:.4f} is below {given.least_f1}")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


sys.exit(main())
