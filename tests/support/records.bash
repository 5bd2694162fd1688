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
