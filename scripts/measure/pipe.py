# SPDX-License-Identifier: Apache-2.0
"""The commands of the pipe, one after the other, by the rules of this tree."""
import json
import os
import pathlib
import subprocess

os.environ.setdefault("SOHOA_PROFILE_PATH", str(pathlib.Path(__file__).resolve().parents[2] / "core/profiles"))


def command(sohoa, words, work, stream=b"", jobs=0):
    """One command: its status and what it says on stdout; on stderr it tells its errors."""
    done = subprocess.run([sohoa, "--work", work, "--quiet", "--jobs", str(jobs), *words], input=stream, stdout=subprocess.PIPE, check=False)
    return done.returncode, done.stdout


def records(sohoa, inbox, steps, work):
    stream = b""
    for words in (["ingest", inbox], *([step] for step in steps)):
        stream = command(sohoa, words, work, stream)[1]
    return [json.loads(line) for line in stream.splitlines()]
