# SPDX-License-Identifier: Apache-2.0
# For cases about packages of dossiers.
# shellcheck shell=bash

# in.jsonl: COUNT finished documents of two dossiers, H1 and H2, with their PDF files in out/ and a history.
package_records() { # COUNT
  local i
  mkdir -p out
  "$SOURCE/tests/support/make-records" "$1" 2 > raw.jsonl
  for ((i = 1; i <= $1; ++i)); do
    "$SOURCE/tests/support/make-pdf" "out/$i.pdf"
    sed -n "${i}p" raw.jsonl | jq -c --argjson n "$i" --arg s "$(sha256sum "out/$i.pdf" | cut -c 1-64)" '
      def given($v): {value: $v, confidence: 1, origin: "register"};
      .pdf = {path: "out/\($n).pdf", sha256: $s, bytes: 1, pages: 2, conformance: "PDF/A-2u"}
      | .dossier = {code: "000.00.01.H56-260101-000\(2 - $n % 2)", ordinal: ($n / 2 | ceil)}
      | .source.operator = "Lê Thị Hà"
      | .fields += {number: given("\($n)"), document_kind: given(["QĐ", "HĐ", "HD", "ĐA", "DA"][$n % 5]),
          issued_date: given("2026-01-0\($n % 9 + 1)"), agency: given("UBND xã Tân Hòa"), subject: given("Về <việc> số \($n) & phụ lục"),
          maintenance: given("70 năm"), dossier_title: given("Hồ sơ đất đai"), sheets: given("12")}
      | .history = [{step: "ingest", version: "0.1", started: "2026-01-05T16:05:09Z", ended: "2026-01-05T16:05:10Z", host: "may1", operator: "Hà"},
          {step: "pdf", version: "0.1", ended: "2026-01-05T17:05:10Z"}]
      | .signatures = [{signer: "Trần Văn Bình", level: "B-T", time: "2026-01-05T17:06:00Z", field: "sohoa1"}]'
  done > in.jsonl
}

package_of() { # DOSSIER   the folder, from the lines on stdout
  stdout | jq -r --arg d "$1" 'select(.dossier | endswith($d)) | .package'
}

expect_valid() { # PACKAGE   by its own schemas, as xmllint reads them
  local kind
  expect xmllint --nonet --noout --schema "$1/schemas/mets.xsd" "$1/METS.xml" "$1/representations/rep1/METS.xml"
  for kind in "$1/metadata" "$1/representations/rep1/metadata"; do
    expect xmllint --nonet --noout --schema "$1/schemas/premis.xsd" "$kind"/preservation/*.xml
  done
  expect xmllint --nonet --noout --schema "$1/schemas/ead.xsd" "$1/metadata/descriptive/EAD.xml"
  expect xmllint --nonet --noout --schema "$1/schemas/EAD_doc.xsd" "$1"/representations/rep1/metadata/descriptive/*.xml
}
