#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The main job on three samples, checked by other people's programs. usage: run_archive.py SOHOA SOURCE"""
import csv
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

SOHOA, SOURCE = sys.argv[1], sys.argv[2]
# Extension, skew, turn, and the least share of printed words read back; a form filled in by hand reads worse.
SCANS = {"GiayMoi-88": ("jpg", 3.0, 0, 0.9), "ThongBao-45": ("tif", -2.1, 180, 0.9), "ToKhai-CapBanSao": ("png", 0.0, 90, 0.75)}
ENV = {**os.environ, "SOHOA_PROFILE_PATH": f"{SOURCE}/core/profiles"}


def run(*words, status=0, env=ENV):
    done = subprocess.run(words, capture_output=True, text=True, env=env)
    assert done.returncode == status, f"{words}: status {done.returncode}, expected {status}\n{done.stdout}{done.stderr}"
    return done


def digest(path):
    return hashlib.sha256(open(path, "rb").read()).hexdigest()


def records(archive):
    return [json.loads(line) for name in sorted(glob.glob(f"{archive}/manifests/*.jsonl")) for line in open(name, encoding="utf-8")]


def words(text):
    return re.findall(r"\w+", re.sub("⟦[^⟧]*⟧", " ", text))


def lay_out_inbox():
    """Three of the samples, and their rows of the register."""
    with open(f"{SOURCE}/samples/register.csv", encoding="utf-8", newline="") as register:
        rows = [row for row in csv.reader(register) if row[0] in ("source", *SCANS)]
    os.mkdir("inbox")
    for name, (extension, *_) in SCANS.items():
        shutil.copy(f"{SOURCE}/samples/inbox/{name}.{extension}", "inbox")
    with open("register.csv", "w", encoding="utf-8", newline="") as register:
        csv.writer(register).writerows(rows)


def check_pdf(archive, record):
    path = f"{archive}/{record['pdf']['path']}"
    assert digest(path) == record["pdf"]["sha256"]
    assert "WARNING" not in run("qpdf", "--check", path).stdout
    assert "Pages:           1" in run("pdfinfo", path).stdout
    # Debian builds MuPDF without colour management, and MuPDF says so of every file.
    said = run("mutool", "draw", "-q", "-F", "png", "-o", "/dev/null", path).stderr.replace("warning: ICC support is not available\n", "")
    assert said == "", said
    signature = run("pdfsig", path).stdout
    assert "Signature is Valid" in signature and "Total document signed" in signature, signature
    name = os.path.splitext(os.path.basename(record["source"]["path"]))[0]
    truth = words(open(f"{SOURCE}/samples/truth/{name}/1.txt", encoding="utf-8").read())
    read = words(run("pdftotext", path, "-").stdout)
    found = sum(word in read for word in truth)
    assert found >= SCANS[name][3] * len(truth), f"{name}: {found} of {len(truth)} words read back"
    return name


def main():
    lay_out_inbox()
    run(f"{SOURCE}/scripts/make-test-pki", "pki")
    open("inbox/broken.tif", "wb").write(b"II*\0 no picture")
    inbox = {name: digest(name) for name in glob.glob("inbox/*")}
    key = ["--register", "register.csv", "--key", "pki/officer.p12", "--passphrase-file", "pki/passphrase"]

    done = run(SOHOA, "run", "inbox", "--archive", "a", *key, status=5)
    assert done.stdout == "" and "broken.tif" in done.stderr and "3 delivered (3 coded, 3 signed" in done.stderr, done.stderr
    kept = [r for r in records("a") if r["status"] != "quarantined"]
    assert sorted(check_pdf("a", r) for r in kept) == sorted(SCANS)
    codes = {r["code"]["value"] for r in kept}
    assert codes == {"099060007001.KQ.H99.000088.88/GM-TYT.01", ".KQ.H99.000045.45/TB-UBND.01", "099190001234.9.000894.TP01.01"}, codes
    lie = {r["source"]["path"]: r["pages"][0] for r in kept}
    for name, (extension, skew, turn, _) in SCANS.items():
        page = lie[f"inbox/{name}.{extension}"]
        assert abs(page["skew_degrees"] - skew) <= 0.1 and page["orientation_degrees"] == turn, (name, page)
    assert {name: digest(name) for name in glob.glob("inbox/*")} == inbox, "the inbox was changed"
    quarantined = [r for r in records("a") if r["status"] == "quarantined"]
    assert len(quarantined) == 1 and os.path.exists(f"a/{quarantined[0]['quarantine']}/broken.tif")
    rows = list(csv.DictReader(open(next(f for f in glob.glob("a/manifests/*.csv") if not f.endswith(".reconciliation.csv")), encoding="utf-8", newline="")))
    assert {row["code"] for row in rows if row["code"]} == codes

    run("pdfimages", "-j", f"a/{next(r for r in kept if 'jpg' in r['source']['path'])['pdf']['path']}", "image")
    assert digest("image-000.jpg") == digest("inbox/GiayMoi-88.jpg"), "the scanner's JPEG is not in the PDF as it was"

    run(SOHOA, "verify", "a", "--trust", "pki/root.pem", "--require-signature")
    again = run(SOHOA, "run", "inbox", "--archive", "a", *key, status=5)
    assert "3 already there" in again.stderr, again.stderr
    with open(f"a/{kept[0]['pdf']['path']}", "r+b") as pdf:
        pdf.seek(2000)
        byte = pdf.read(1)
        pdf.seek(2000)
        pdf.write(bytes([byte[0] ^ 1]))
    run(SOHOA, "verify", "a", "--trust", "pki/root.pem", status=7)

    # Without a key, bytes depend on the scans alone, whatever the number of workers.
    fixed = {**ENV, "SOURCE_DATE_EPOCH": "1795449909"}
    os.remove("inbox/broken.tif")
    for jobs in ("1", "3"):
        run(SOHOA, "--jobs", jobs, "run", "inbox", "--archive", f"b{jobs}", "--register", "register.csv", env=fixed)
    one = {r["id"]: r["pdf"]["sha256"] for r in records("b1")}
    assert len(one) == 3 and one == {r["id"]: r["pdf"]["sha256"] for r in records("b3")}

    assert "did you mean deskew?" in run(SOHOA, "deskeww", status=2).stderr
    run(SOHOA, "run", "nowhere", "--archive", "c", status=3)
    run(SOHOA, "run", "inbox", "--archive", "c", "--lang", "xyz", status=4)
    run(SOHOA, "run", "inbox", "--archive", "c", "--key", "pki/root.pem", status=8)
    os.makedirs("empty", exist_ok=True)
    assert "nothing to do" in run(SOHOA, "run", "empty", "--archive", "c").stderr


with tempfile.TemporaryDirectory(prefix="sohoa-run-") as folder:
    os.chdir(folder)
    main()
print("1 passed, 0 failed")
