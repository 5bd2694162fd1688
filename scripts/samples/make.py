# SPDX-License-Identifier: Apache-2.0
"""Sets, scans and files the documents of documents.toml; writes the truth and the register."""
import csv
import os
import tomllib
import zlib

import numpy

from . import files, marks, scanner
from .paper import Paper
from .sheet import A3_WIDE, A4, Sheet

HERE = os.path.dirname(__file__)
COLUMNS = ("source dossier ordinal kind owner type symbol number procedure component issued_date agency subject signer pages").split()


def documents():
    with open(f"{HERE}/documents.toml", "rb") as file:
        return tomllib.load(file)["document"]


def sheets_of(document):
    """The sheets with text, and a blank one for each page that is a back."""
    rng = numpy.random.default_rng(zlib.crc32(document["source"].encode()))
    size = A3_WIDE if document.get("size") == "A3" else A4
    with open(f"{HERE}/texts/{document.get('text', document['source'])}.txt", encoding="utf-8") as file:
        printed = Paper(size, document["dpi"], rng).set(file.read())
    wanted = sum(not page.get("back") for page in document["pages"])
    if len(printed) != wanted:
        raise SystemExit(f"{document['source']}: the text fills {len(printed)} sheets, documents.toml has {wanted}")
    sheets = [Sheet(size, document["dpi"], rng) if page.get("back") else printed.pop(0) for page in document["pages"]]
    return sheets


def scans_of(document, sheets):
    for at, (sheet, page) in enumerate(zip(sheets, document["pages"])):
        how = {key: page[key] for key in ("paper", "skew", "turn", "noise", "edges", "specks") if key in page}
        if page.get("punched"):
            marks.punch_holes(sheet)
        yield scanner.scan(sheet, back=sheets[at - 1] if page.get("shine") else None, colour=document.get("colour", "rgb"), **how)


def save(document, images, folder):
    """The file of each page, and its place in it."""
    pattern, dpi, quality = document["files"], document["dpi"], document.get("quality", 75)
    if pattern.endswith(".pdf"):
        files.save_pdf(f"{folder}/{pattern}", images, dpi, quality)
    elif "{" not in pattern and pattern.endswith(".tif"):
        files.save_tiff(f"{folder}/{pattern}", images, dpi)
    else:
        for number, image in enumerate(images, 1):
            files.save_one(f"{folder}/{pattern.format(number)}", image, dpi, quality)
        return [(pattern.format(number), 0) for number in range(1, len(images) + 1)]
    return [(pattern, at) for at in range(len(images))]


def make(document, folder):
    """One document with its truth; returns its entries of pages.json."""
    sheets = sheets_of(document)
    places = save(document, list(scans_of(document, sheets)), f"{folder}/inbox")
    name = document["source"]
    os.makedirs(f"{folder}/truth/{name}", exist_ok=True)
    entries = []
    for number, (sheet, page, (file, index)) in enumerate(zip(sheets, document["pages"], places), 1):
        with open(f"{folder}/truth/{name}/{number}.txt", "w", encoding="utf-8") as truth:
            truth.writelines(line + "\n" for line in sheet.lines)
        entries.append({"document": name, "page": number, "file": file, "index": index, "skew": page.get("skew", 0.0),
                        "orientation": page.get("turn", 0), "dpi": document["dpi"], "blank": not sheet.lines, "size_mm": list(sheet.size),
                        "marks": sheet.marks})
    return entries


def write_register(chosen, folder):
    with open(f"{folder}/register.csv", "w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS)
        rows.writeheader()
        for document in chosen:
            if "register" in document:
                rows.writerow({"source": document["source"], "pages": len(document["pages"]), **document["register"]})


def main(folder, only=()):
    every = documents()
    unknown = set(only) - {document["source"] for document in every}
    if unknown:
        raise SystemExit(f"make-samples: no document is named {', '.join(sorted(unknown))}; documents.toml lists them.")
    chosen = [document for document in every if not only or document["source"] in only]
    entries = []
    for document in chosen:
        entries += make(document, folder)
    files.save_entries(f"{folder}/truth/pages.json", entries)
    write_register(chosen, folder)
