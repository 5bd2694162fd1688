# SPDX-License-Identifier: Apache-2.0
"""The figures of a comparison, as a table for people and as an object for programs."""
import statistics

from .words import Score, score

BASE, OURS = "tesseract", "sohoa"


def figures(scans, program, costs, size, texts):
    """One program's figures: medians of its costs, the bytes of its PDFs, and the words it read."""
    cpu, wall, peak = (statistics.median(getattr(cost, key) for cost in costs) for key in ("cpu", "wall", "peak"))
    scores = {page: score(truth, scans.text(page, texts)) for page, truth in scans.truths.items()}
    total = sum(scores.values(), Score())
    return {"program": program.name, "cpu_s": round(cpu, 2), "wall_s": round(wall, 2), "peak_mib": round(peak), "pdf_bytes": size,
            "missing_pages": [scans.name(page) for page in scans.pages if page not in texts],
            "failures": [{"status": status, "said": said.strip()[-500:]} for _, status, said in costs[0].failures],
            "truth_pages": len(scores), **_shares(total, scores),
            "pages": {scans.name(page): _shares(total, {page: total}) for page, total in scores.items()}}


def _shares(total, scores):
    return {key: round(getattr(total, key), 4) for key in ("f1", "recall", "precision")} if scores else {}


def difference(rows):
    """How word F1 differs a page, ours minus the base; None without truth or without either."""
    pages = {row["program"]: row["pages"] for row in rows}
    if not pages.get(OURS) or not pages.get(BASE):
        return None
    delta = {name: round(ours["f1"] - pages[BASE][name]["f1"], 4) for name, ours in pages[OURS].items()}
    order = sorted(delta, key=delta.get)
    return {"mean": round(statistics.mean(delta.values()), 4), "lower_by_0.02": sum(value < -0.02 for value in delta.values()),
            "higher_by_0.02": sum(value > 0.02 for value in delta.values()), "worst": {name: delta[name] for name in order[:5]},
            "best": {name: delta[name] for name in order[:-4:-1]}}


def table(rows, scans):
    base = next((row for row in rows if row["program"] == BASE), rows[0])
    pages, mib = len(scans.pages), 1 << 20
    yield (f"{'':13s}{'cpu s':>9s}{'a page':>8s}{'wall s':>9s}{'peak MiB':>10s}{'PDF MiB':>9s}{'missing':>9s}"
           f"{'cpu ratio':>11s}{'wall ratio':>12s}{'word F1':>9s}{'worst page':>12s}")
    for row in rows:
        line = (f"{row['program']:13s}{row['cpu_s']:9.2f}{row['cpu_s'] / pages:8.2f}{row['wall_s']:9.2f}{row['peak_mib']:10d}"
                f"{row['pdf_bytes'] / mib:9.2f}{len(row['missing_pages']):9d}"
                f"{row['cpu_s'] / base['cpu_s']:11.2f}{row['wall_s'] / base['wall_s']:12.2f}")
        if row["truth_pages"]:
            line += f"{row['f1']:9.4f}{min(page['f1'] for page in row['pages'].values()):12.4f}"
        yield line
    apart = difference(rows)
    if apart:
        yield (f"word F1 a page, {OURS} minus {BASE}: mean {apart['mean']:+.4f}; {apart['lower_by_0.02']} pages lower and "
               f"{apart['higher_by_0.02']} higher by more than 0.02")
        by_name = {row["program"]: row["pages"] for row in rows}
        for name, delta in apart["worst"].items():
            if delta < 0:
                yield f"  {delta:+.4f}  {by_name[BASE][name]['f1']:.4f} to {by_name[OURS][name]['f1']:.4f}  {name}"
