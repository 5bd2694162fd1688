# SPDX-License-Identifier: Apache-2.0
"""The scans of a comparison, their pages, and the truth of those that have one. A page is (scan, index in the file)."""
import argparse
import json
import pathlib
import shutil

from PIL import Image

SUFFIXES = {".tif", ".tiff", ".jpg", ".jpeg", ".png"}


class Scans:
    """The scans below the folders, copied to `inbox`, for the commands and their documents."""

    def __init__(self, folders, inbox, truth=None):
        self.inbox, self.files, self.truths = inbox, [], {}
        for number, folder in enumerate(folders):
            for file in sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES):
                name = file.relative_to(folder)
                target = inbox / (f"{number}-{name}" if len(folders) > 1 else name)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
                self.files.append(target)
                self._find_truth(target, file, name, truth or folder.parent / "truth")
        self.pages = [(file, index) for file in self.files for index in range(_page_count(file))]
        self.bytes = sum(file.stat().st_size for file in self.files)

    def _find_truth(self, scan, original, name, folder):
        """NAME.txt or NAME.gt.txt, in the folder or beside the scan, or DOCUMENT/PAGE.txt by the folder's pages.json."""
        for place in (folder / name.parent, folder, original.parent):
            for ending in (".txt", ".gt.txt"):
                text = place / (original.stem + ending)
                if text.is_file():
                    self.truths[scan, None] = text.read_text(encoding="utf-8")
                    return
        for entry in _listed(folder / "pages.json"):
            text = folder / str(entry["document"]) / f"{entry.get('page')}.txt"
            if entry["file"] == str(name) and text.is_file():
                self.truths[scan, entry["index"]] = text.read_text(encoding="utf-8")

    def name(self, page):
        scan, index = page
        return str(scan.relative_to(self.inbox)) + (f" page {index + 1}" if index else "")

    def text(self, page, texts):
        """What was read of a page, or of all pages of a scan, whose truth is one."""
        scan, index = page
        return texts.get(page, "") if index is not None else "\n".join(texts.get(each, "") for each in self.pages if each[0] == scan)


def _page_count(file):
    try:
        with Image.open(file) as image:
            return getattr(image, "n_frames", 1)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):  # a scan that no program can open counts as a page, which all of them miss
        return 1


def _listed(index):
    return json.loads(index.read_text(encoding="utf-8")) if index.is_file() else []


def folder_of(path):
    """For argparse."""
    folder = pathlib.Path(path)
    if not folder.is_dir():
        raise argparse.ArgumentTypeError(f"{path} is not a folder")
    return folder
