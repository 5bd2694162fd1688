# SPDX-License-Identifier: Apache-2.0
# For cases that sign and verify.
# shellcheck shell=bash
support=$SOURCE/tests/support
officer=(--key "$TEST_PKI/officer.p12" --passphrase-file "$TEST_PKI/passphrase")
agency=(--role agency --key "$TEST_PKI/agency.p12" --passphrase-file "$TEST_PKI/passphrase")

# $HOME/nss, a certificate store that trusts nobody: pdfsig 25 complains when it finds none.
make_nss() {
  mkdir "$HOME/nss"
  certutil -N -d "$HOME/nss" --empty-password
}

# An archive as `sohoa run` leaves it, but without recognition: archive/documents, archive/manifests/batch.jsonl.
make_archive() { # SCANS [SIGN-OPTION...]
  local scans=$1 i
  shift
  mkdir -p inbox archive/manifests
  for ((i = 1; i <= scans; ++i)); do
    "$support/make-scan" "inbox/scan$i.png" --text "Trang $i"
  done
  (cd archive && "$SOHOA" ingest --group file ../inbox | "$SOHOA" pdf -o documents | "$SOHOA" sign "$@" > manifests/batch.jsonl) 2> archive.log
  archived=$(find archive/documents -name '*.pdf' | LC_ALL=C sort | head -n 1)
}

# One that `sohoa run` left unsigned: two batches, "a" of SCANS documents and "b" of one; nothing of the inbox is gone.
run_archive() { # SCANS
  local scans=$1 i
  mkdir -p inbox
  for ((i = 1; i <= scans; ++i)); do
    "$support/make-scan" "inbox/scan$i.png" --text "Trang $i"
  done
  "$SOHOA" run inbox --archive archive --batch a --quiet
  "$support/make-scan" inbox/late.png --text "Muộn"
  "$SOHOA" run inbox --archive archive --batch b --quiet
}

flip_byte() { # FILE OFFSET
  python3 -c 'import sys
with open(sys.argv[1], "r+b") as file:
    file.seek(int(sys.argv[2])); byte = file.read(1)[0]; file.seek(int(sys.argv[2])); file.write(bytes([byte ^ 1]))' "$1" "$2"
}
