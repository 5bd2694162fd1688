# SPDX-License-Identifier: Apache-2.0
"""Fields that were read against those that are on the paper."""
import json
import re
import sys
import unicodedata

from measure.pipe import command
from measure.words import Score
from samples import faces, papers
from samples.official import FIELDS
from samples.prose import Prose

PROSE = ("subject", "addressee", "recipients")  # a letter may be wrong
CLEAR = "  of them clear"  # of a pen's stroke across the name
ALIKE = 0.95  # likeness of prose that is right
SURE = 0.9  # what is stated so is used unseen
STEPS = (0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.001)


def plain(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def likeness(a, b):
    a, b = (re.sub(r"\W+", " ", plain(text)).casefold() for text in (a, b))
    return 1 - distance(a, b) / max(len(a), len(b), 1)


class Count:
    def __init__(self):
        self.score = Score()
        self.exact = 0
        self.alike = []


class Report:
    def __init__(self):
        self.counts = {}
        for field in FIELDS:
            self.counts[field] = Count()
            if field == "signer":
                self.counts[CLEAR] = Count()
        self.stated = []  # (confidence, right)
        self.faults = []  # (confidence, document, field, value, truth)

    def judge(self, paper, fields):
        for name in FIELDS:
            truth, field, count = paper["fields"][name], fields.get(name), self.counts[name]
            by_hand = name in paper["unsure"]
            value = plain(field["value"]) if field else ""
            best = max((likeness(value, one) for one in truth), default=0.0)
            right = value in map(plain, truth)
            count.exact += bool(value) and right
            right = right or name in PROSE and best >= ALIKE
            if truth and name in PROSE:
                count.alike.append(best)
            if value:
                self.stated.append((field["confidence"], right))
            if not right and (value or truth and not by_hand):
                self.faults.append((field["confidence"] if field else 0, paper["document"], name, value, " | ".join(truth)))
            if by_hand and not right:
                continue  # missing is no fault; wrong ones are in the other tables
            score = Score(int(bool(value) and right), int(bool(truth)), int(bool(value)))
            count.score += score
            if name == "signer" and name not in paper.get("crossed", []):
                self.counts[CLEAR].score += score
                self.counts[CLEAR].exact += bool(value) and right

    def print(self, wrong):
        print("field              there  given  right  precision  recall     F1   exact  likeness")
        for name, count in self.counts.items():
            alike = f"{sum(count.alike) / len(count.alike):9.3f}" if count.alike else ""
            score = count.score
            print(f"{name:18} {score.wanted:5} {score.found:6} {score.hits:6} {score.precision:10.3f} {score.recall:7.3f} {score.f1:6.3f} "
                  f"{count.exact / max(1, score.wanted):7.3f} {alike}")
        print("\nstated confidence   values  mean stated   right")
        for start, end in zip(STEPS, STEPS[1:]):
            those = [one for one in self.stated if start <= one[0] < end]
            if those:
                print(f"{start:5.2f} to {min(end, 1):5.2f}     {len(those):6} {sum(one[0] for one in those) / len(those):12.3f} "
                      f"{sum(one[1] for one in those) / len(those):7.3f}")
        for title, choose in ((f"\nwrong, but stated with {SURE} and more", lambda fault: fault[0] >= SURE),
                              ("\nthe other faults", lambda fault: wrong and fault[0] < SURE)):
            those = sorted(filter(choose, self.faults), key=lambda fault: (-fault[0], fault[1:]))
            if those or choose((1,)):
                print(f"{title}: {len(those)}")
            for confidence, document, name, value, truth in those:
                print(f"  {confidence:5.3f} {document} {name}: {value or '(nothing)'}\n{'':22}≠ {truth or '(nothing)'}")

    def figures(self):
        scores = {name.strip(): count.score for name, count in self.counts.items()}
        return {"fields": {name: {"precision": score.precision, "recall": score.recall, "f1": score.f1, "there": score.wanted,
                                  "right": score.hits}
                           for name, score in scores.items()},
                "sure_and_wrong": sum(fault[0] >= SURE for fault in self.faults),
                "sure": sum(one[0] >= SURE for one in self.stated)}


def sohoa(arguments, folder, words, stream=b""):
    status, found = command(arguments.sohoa, words, folder / "work", stream, arguments.jobs)
    if status not in (0, 5):  # 5: a paper taken for a secret one, whose fields then count as missing
        raise SystemExit(f"measure-fields: sohoa {words[0]} ended with status {status}.")
    return found


def main(folder, arguments):
    truth, read = folder / "truth/fields.json", folder / "read.jsonl"
    if not truth.exists():
        faces.require()
        papers.main(folder, Prose(arguments.texts), arguments.count, arguments.seed)
    if not read.exists():
        stream = sohoa(arguments, folder, ["ingest", folder / "inbox"])
        for step in ("deskew", "ocr"):
            stream = sohoa(arguments, folder, [step], stream)
        read.write_bytes(stream)
    found, stopped = {}, 0
    for line in sohoa(arguments, folder, ["extract"], read.read_bytes()).splitlines():
        record = json.loads(line)
        found[record["source"]["path"].rsplit("/", 1)[-1]] = record.get("fields", {})
        stopped += any(problem["id"] == "secret-mark" for problem in record.get("problems", []))
    report = Report()
    if stopped:
        print(f"{stopped} papers without a secrecy mark were stopped as secret ones")
    for paper in json.loads(truth.read_text(encoding="utf-8")):
        report.judge(paper, found.get(paper["document"], {}))
    report.print(arguments.wrong)
    if arguments.json:
        arguments.json.write_text(json.dumps(report.figures(), indent=1) + "\n", encoding="utf-8")
    sys.stdout.flush()
