# SPDX-License-Identifier: Apache-2.0
# What cases about broken decoders share. A case says: source "$SOURCE/tests/support/faults.bash"
# shellcheck shell=bash

source "$SOURCE/tests/support/records.bash"
need_faults
# AddressSanitizer would turn a crash into an exit.
export ASAN_OPTIONS=handle_segv=0:handle_abort=0

limits() { # LINE...   writes limits.toml, a profile with these lines in [limits]
  { printf 'extends = "vn-tthc"\n[limits]\n' && printf '%s\n' "$@"; } > limits.toml
}

# An inbox of three documents, the second of which breaks its decoder.
break_one_of_three() { # FAULT
  mkdir inbox
  scan inbox/first.png --mode L --text 'Tờ trình'
  scan "inbox/fault-$1.png" --mode L --text 'Hỏng'
  scan inbox/third.png --mode L --text 'Quyết định'
}

expect_delivered() { # COUNT
  local pdfs
  pdfs=$(find archive/documents -name '*.pdf' | wc -l)
  [ "$pdfs" -eq "$1" ] || fail "$pdfs documents were delivered, expected $1"
}

# The deaths of workers that the archive's journal has noted.
deaths() {
  /usr/bin/python3 -c 'import sqlite3; print(sqlite3.connect("archive/catalog.sqlite").execute(
    "SELECT coalesce(sum(deaths), 0) FROM attempts").fetchone()[0])'
}

in_hand() { # FAULT [TRY]   whether the page that breaks is, by the journal
  /usr/bin/python3 -c 'import sqlite3, sys; sys.exit(sqlite3.connect("archive/catalog.sqlite").execute(
    "SELECT count(*) FROM attempts WHERE scan = ? AND tries = ?", sys.argv[1:]).fetchone()[0] == 0)' \
    "$(sha256sum < "inbox/fault-$1.png" | cut -d ' ' -f 1)" "${2:-1}" 2> /dev/null
}

# The neighbours are delivered, the sentence names document, reason and remedy, and a second run does not try again.
expect_one_lost() { # PATTERN   of the sentence after the document's name
  expect_status 5
  expect_stderr_match "^sohoa: inbox/fault-[a-z]*\.png, page 1: decode of page 1 of inbox/fault-[a-z]*\.png $1\.\$" \
    '^sohoa: 3 documents, .*: 2 delivered .*, 1 quarantined, 0 already there\.$'
  expect_delivered 2
  expect test "$(deaths)" -eq 2
  run sohoa --profile ./limits.toml run inbox --archive archive
  expect_status 5
  expect_stderr_match '^sohoa: inbox/fault-[a-z]*\.png: in quarantine since [0-9TZ:-]*: decode of .*, and run with --retry to try the same scans again\.$' \
    '0 delivered .*, 1 quarantined, 2 already there\.$'
  expect test "$(deaths)" -eq 2
}
