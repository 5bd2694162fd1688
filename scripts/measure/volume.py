# SPDX-License-Identifier: Apache-2.0
"""Whether memory stays flat when there is much to do."""
import pathlib
import shutil
import tempfile
import types

from .cost import measure


def volume(sohoa, scans, count):
    """One document of so many pages, then the same pages as many documents."""
    for title, single in (("one document", True), ("one page a document", False)):
        with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
            inbox = pathlib.Path(name) / "inbox"
            for number in range(count):
                scan = scans[number % len(scans)]
                target = inbox / ("volume" if single else "") / f"{number:05d}{scan.suffix}"
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(scan, target)
                with open(target, "ab") as page:  # every scan its own digest, so that none is known already
                    page.write(number.to_bytes(4, "big"))
            cost = measure(sohoa.commands(types.SimpleNamespace(inbox=inbox), pathlib.Path(name)))
            for _, status, said in cost.failures:
                raise SystemExit(f"bench: sohoa run ended with status {status}:\n{said}")
            print(f"{count} pages, {title:20s} {cost.cpu:8.1f} s cpu {cost.wall:8.1f} s wall   peak of all processes {cost.peak:6.0f} MiB")
