# SPDX-License-Identifier: Apache-2.0
# Manifests of documents whose files are not here: source "$SOURCE/tests/support/manifest.bash"
# shellcheck shell=bash

manifest_of() { # COUNT [JQ-FILTER]   finished records; $n in the filter counts from 1
  "$SOURCE/tests/support/make-records" "$1" | jq -c --slurp "to_entries[] | (.key + 1) as \$n | .value
    | .pdf = {path: \"documents/\(\$n).pdf\", sha256: (\"0\" * 64), bytes: 9, pages: 1}
    | .code = {value: \"c.\(\$n)\", prefix: \"c.\", seq: \$n} | ${2:-.}"
}

field() { # NAME VALUE   a filter
  printf '.fields.%s = {value: %s, confidence: 1, origin: "register"}' "$1" "$(jq -Rn --arg v "$2" '$v')"
}
