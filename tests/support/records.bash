# SPDX-License-Identifier: Apache-2.0
# What cases about records share. A case says: source "$SOURCE/tests/support/records.bash"
# shellcheck shell=bash

need_python() { # MODULE...
  local module
  for module in "$@"; do
    /usr/bin/python3 -c "import $module" 2> /dev/null || skip "Python's $module is not installed"
  done
}

scan() { # FILE [OPTION...]   see tests/support/make-scan
  need_python PIL
  "$SOURCE/tests/support/make-scan" "$@"
}

expect_records() { # FILE   every line fits the schema
  need_python jsonschema
  expect "$SOURCE/tests/support/check-records" "$SOURCE/core/document.schema.json" < "$1"
}

run_as_a_pipe() { # JOBS FOLDER INBOX [INGEST-OPTION...]   what `run` leaves in an archive, made by the commands
  local jobs=$1 folder=$2 register=""
  shift 2
  case "$*" in *--register\ *) register=$(sed 's/.*--register \([^ ]*\).*/\1/' <<< "$*") ;; esac
  mkdir -p "$folder/manifests"
  run bash -o pipefail -c "
    sohoa() { \"\$SOHOA\" --jobs $jobs --work $folder.work --catalog $folder.catalog \"\$@\"; }
    sohoa ingest \"\$@\" | sohoa deskew | sohoa ocr | sohoa extract | sohoa code | sohoa pdf -o $folder/documents > $folder.records
    for format in jsonl csv; do
      sohoa manifest --relative-to $folder --format \$format -o $folder/manifests/b.\$format < $folder.records
    done
    ${register:+sohoa extract --register '$register' --reconciliation '$folder/manifests/b.reconciliation.csv' < '$folder.records' > '$folder.again'}" pipe "$@"
  ignore_stderr
}

expect_same_delivery() { # FOLDER FOLDER   equal PDF files and manifests, byte for byte
  expect diff -r "$1/documents" "$2/documents"
  expect diff -r "$1/manifests" "$2/manifests"
}
