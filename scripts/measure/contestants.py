# SPDX-License-Identifier: Apache-2.0
"""The programs that are compared: their commands, and the text in the PDFs they make."""
import json
import os
import pathlib
import shutil
import subprocess


def _texts(pdf):
    """The text of each page as it was made, without the words of a signature that came later."""
    made = pdf.read_bytes()
    made = made[: made.index(b"%%EOF") + len(b"%%EOF\n")]
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, check=True, capture_output=True)
    return told.stdout.decode().split("\f")[:-1]


class Program:
    """A program that makes a PDF of each scan, `at_once` of them at a time."""

    def __init__(self, name, command, at_once, **environment):
        self.name, self.command, self.at_once, self.environment = name, command, at_once, environment

    def commands(self, scans, folder):
        return [self.command(file, str(folder / str(number))) for number, file in enumerate(scans.files)]

    def pdfs(self, scans, folder):
        """(the PDF, the pages in it)"""
        for number, file in enumerate(scans.files):
            pdf = folder / f"{number}.pdf"
            if pdf.exists():
                yield pdf, [page for page in scans.pages if page[0] == file]

    def results(self, scans, folder):
        """The bytes of the PDFs and the text of each page in them."""
        size, texts = 0, {}
        for pdf, pages in self.pdfs(scans, folder):
            size += pdf.stat().st_size
            texts.update(zip(pages, _texts(pdf)))
        return size, texts


class Sohoa(Program):
    """The whole job in one command: PDF/A, codes, signatures and manifests."""

    def __init__(self, binary, lang, jobs, pki):
        super().__init__("sohoa", None, 1)
        self.options = ["--lang", lang, "--jobs", str(jobs), "--settle", "0", "--quiet", "--key", pki / "officer.p12",
                        "--passphrase-file", pki / "passphrase"]
        self.binary = binary

    def commands(self, scans, folder):
        return [[self.binary, "run", scans.inbox, "--archive", folder / "archive", *self.options]]

    def pdfs(self, scans, folder):
        archive = folder / "archive"
        for manifest in sorted(archive.glob("manifests/*.jsonl")):
            for record in map(json.loads, manifest.read_text(encoding="utf-8").splitlines()):
                if "pdf" in record:
                    pages = record["source"]["pages"]
                    yield archive / record["pdf"]["path"], [(pathlib.Path(os.path.abspath(page["file"])), page["index"]) for page in pages]


def contestants(binary, lang, jobs, pki):
    def tesseract(file, out):
        return ["tesseract", file, out, "-l", lang, "pdf"]

    def ocrmypdf(file, out, *options):
        return ["ocrmypdf", "-q", "-l", lang, "--deskew", "--output-type", "pdfa-2", "--image-dpi", "300", "--tesseract-timeout", "600",
                *options, file, f"{out}.pdf"]

    def ocrmypdf_1(file, out):
        return ocrmypdf(file, out, "--jobs", "1")

    every = [Program("tesseract", tesseract, 1), Program("tesseract-1", tesseract, jobs, OMP_THREAD_LIMIT="1"),
             Sohoa(binary, lang, jobs, pki), Program("ocrmypdf", ocrmypdf, 1), Program("ocrmypdf-1", ocrmypdf_1, jobs, OMP_THREAD_LIMIT="1")]
    return [each for each in every if isinstance(each, Sohoa) or shutil.which(each.name.split("-")[0])]
