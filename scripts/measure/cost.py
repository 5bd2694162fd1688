# SPDX-License-Identifier: Apache-2.0
"""What commands cost: the processor time of all their processes, the clock's time, and memory."""
import concurrent.futures
import dataclasses
import os
import resource
import subprocess
import threading
import time


@dataclasses.dataclass
class Cost:
    cpu: float  # user and system seconds
    wall: float  # seconds
    peak: float  # MiB: the largest sum of the proportional set sizes (PSS) of all processes at one time
    failures: list  # (command, status, what it said)


def measure(commands, at_once=1, environment=None):
    """The commands, so many of them at a time."""
    peak, done = [0], threading.Event()

    def watch():
        root = os.getpid()
        while not done.wait(0.2):
            peak[0] = max(peak[0], sum(_pss(pid) for pid in _descendants(root) if pid != root))

    def run(command):
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, env={**os.environ, **(environment or {})})

    watcher = threading.Thread(target=watch)
    watcher.start()
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    try:
        with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
            ended = list(pool.map(run, commands))
    finally:
        wall = time.monotonic() - started
        done.set()
        watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    failures = [(command, end.returncode, end.stderr.decode(errors="replace")) for command, end in zip(commands, ended) if end.returncode]
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, peak[0] / 1024, failures)


def _descendants(root):
    parents = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                with open(f"/proc/{entry.name}/stat", encoding="ascii", errors="replace") as stat:
                    parents.setdefault(int(stat.read().rsplit(")", 1)[1].split()[1]), []).append(int(entry.name))
            except OSError:
                pass
    found, waiting = [], [root]
    while waiting:
        found.append(waiting.pop())
        waiting += parents.get(found[-1], [])
    return found


def _pss(pid):
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
            return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0
