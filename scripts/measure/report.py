# SPDX-License-Identifier: Apache-2.0
"""The figures of a comparison, as a table for people and as an object for programs."""
import statistics

from .words import Score, score

BASES, OURS = ("tesseract", "tesseract-1"), "sohoa"


def figures(scans, program, costs, size, texts):
    """One program's figures: medians of its costs, the bytes of its PDFs, and the words it read."""
    cpu, wall, peak = (statistics.median(getattr(cost, key) for cost in costs) for key in ("cpu", "wall", "peak"))
    scores = {page: score(truth, scans.text(page, texts)) for page, truth in scans.truths.items()}
    total = sum(scores.values(), Score())
    return {"program": program.name, "cpu_s": round(cpu, 2), "wall_s": round(wall, 2), "peak_mib": round(peak), "pdf_bytes": size,
            "missing_pages": [scans.name(page) for page in scans.pages if page not in texts],
            "failures": [{"status": status, "said": said.strip()[-500:]} for _, status, said in costs[0].failures],
            "truth_pages": len(scores), **(_shares(total) if scores else {}),
            "pages": {scans.name(page): _shares(each) for page, each in scores.items()}}


def _shares(one):
    return {"words": one.wanted, **{key: round(getattr(one, key), 4) for key in ("f1", "recall", "precision")}}


def _base(rows):
    return next((row for name in BASES for row in rows if row["program"] == name), rows[0])


def _printed(row):
    """Word F1 of the pages that have a word."""
    return {name: page["f1"] for name, page in row["pages"].items() if page["words"]}


def difference(rows):
    """How word F1 differs a page, ours minus the base; None without truth or without either."""
    ours, base = next((row for row in rows if row["program"] == OURS), None), _base(rows)
    if ours in (None, base) or not _printed(ours):
        return None
    before = _printed(base)
    delta = {name: round(f1 - before[name], 4) for name, f1 in _printed(ours).items()}
    order = sorted(delta, key=delta.get)
    return {"base": base["program"], "mean": round(statistics.mean(delta.values()), 4),
            "lower_by_0.02": sum(each < -0.02 for each in delta.values()), "higher_by_0.02": sum(each > 0.02 for each in delta.values()),
            "worst": {name: delta[name] for name in order[:5]}, "best": {name: delta[name] for name in order[:-6:-1]}}


def table(rows, scans):
    base = _base(rows)
    pages, mib = len(scans.pages), 1 << 20
    yield (f"{'':13s}{'cpu s':>9s}{'a page':>8s}{'wall s':>9s}{'peak MiB':>10s}{'PDF MiB':>9s}{'missing':>9s}"
           f"{'cpu ratio':>11s}{'wall ratio':>12s}{'word F1':>9s}{'worst page':>12s}")
    for row in rows:
        line = (f"{row['program']:13s}{row['cpu_s']:9.2f}{row['cpu_s'] / pages:8.2f}{row['wall_s']:9.2f}{row['peak_mib']:10d}"
                f"{row['pdf_bytes'] / mib:9.2f}{len(row['missing_pages']):9d}"
                f"{row['cpu_s'] / base['cpu_s']:11.2f}{row['wall_s'] / base['wall_s']:12.2f}")
        if _printed(row):
            line += f"{row['f1']:9.4f}{min(_printed(row).values()):12.4f}"
        yield line
    apart = difference(rows)
    if apart:
        yield (f"word F1 a page, {OURS} minus {apart['base']}: mean {apart['mean']:+.4f}; {apart['lower_by_0.02']} pages lower and "
               f"{apart['higher_by_0.02']} higher by more than 0.02")
        before = _printed(base)
        for name, delta in apart["worst"].items():
            if delta < 0:
                yield f"  {delta:+.4f}  {before[name]:.4f} to {before[name] + delta:.4f}  {name}"
