# SPDX-License-Identifier: Apache-2.0
# For cases about bags.
# shellcheck shell=bash

# in.jsonl: records of COUNT documents whose PDF files lie in out/<dossier>/.
bag_records() { # COUNT
  local i
  "$SOURCE/tests/support/make-records" "$1" > raw.jsonl
  for ((i = 1; i <= $1; ++i)); do
    mkdir -p "out/d$i"
    "$SOURCE/tests/support/make-pdf" "out/d$i/p.pdf"
    sed -n "${i}p" raw.jsonl | jq -c --arg p "out/d$i/p.pdf" --arg s "$(sha256sum "out/d$i/p.pdf" | cut -c 1-64)" \
      '.pdf = {path: $p, sha256: $s, pages: 1, carried: true, conformance: ""} | .fields.agency = {value: "UBND xã Tân Hòa", confidence: 1, origin: "register"}'
  done > in.jsonl
}

expect_sums() { # BAG   other people's programs find every digest right
  expect bash -c 'cd "$1" && for n in 256 512; do "sha${n}sum" --quiet --strict -c "manifest-sha$n.txt" "tagmanifest-sha$n.txt" || exit; done' - "$1"
}
