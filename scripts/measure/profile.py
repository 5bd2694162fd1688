# SPDX-License-Identifier: Apache-2.0
"""Where the processor time of a run goes, from samples of the call stacks (Linux perf)."""
import collections
import shutil
import subprocess
import sys

# The first that some frame of a stack names has the sample.
PARTS = (
    ("layout", ("TessBaseAPI::FindLines",)),
    ("recognition", ("TessBaseAPI::Recognize", "tesseract::LSTMRecognizer")),
    ("model", ("TessBaseAPI::Init", "load_language_model")),
    ("choice of words", ("seen_by", "WordChooser", "sohoa::tidy", "reads_better", "add_lines", "sohoa::is_noise")),
    ("secrecy", ("find_stamps",)),
    ("barcodes", ("BarcodeStep",)),
    ("quality", ("measure_picture", "ink_map_of")),
    ("marks", ("sohoa::marks_of",)),
    ("picture to read", ("prepare_for_reading", "sohoa::darkest")),
    ("angle and way up", ("measure_page", "sohoa::reduced")),
    ("decode", ("sohoa::load_page", "Scan::", "read_strips", "sohoa::Raster", "libjpeg", "libtiff", "libpng")),
    ("signature", ("SignStep", "sign_pdf", "SigningKey")),
    ("PDF", ("PdfStep", "PdfWriter", "PdfOutput", "libpodofo")),
    ("Tesseract, cut short", ("libtesseract",)),  # a stack too deep for the sample
)


def stacks(data):
    told = subprocess.Popen(["perf", "script", "-i", data, "-F", "comm,ip,sym,dso"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    frames = []
    for line in told.stdout:
        if line.strip():
            frames.append(line.strip())
        elif frames:
            yield "\n".join(frames[1:])
            frames = []


def part(stack):
    return next((name for name, signs in PARTS if any(sign in stack for sign in signs)), "rest")


def profile(program, scans, folder):
    """Prints the shares of one run of the program."""
    if not shutil.which("perf"):
        sys.exit("bench: perf is not here; install the package linux-perf.")
    data = folder / "perf.data"
    command = program.commands(scans, folder)[0]
    subprocess.run(["perf", "record", "-q", "-e", "cpu-clock", "-F", "199", "--call-graph", "dwarf,24576", "-o", data, *command], check=True)
    samples = collections.Counter(part(stack) for stack in stacks(data))
    total = samples.total()
    print(f"{total} samples, {total / 199:.1f} s of processor time, {len(scans.pages)} pages")
    for name in [name for name, _ in PARTS] + ["rest"]:
        print(f"{100 * samples[name] / total:6.1f} %  {name}")
