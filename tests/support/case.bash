# SPDX-License-Identifier: Apache-2.0
# What a case can say. `run` runs a command; the expectations after it are about that run. What is not
# expected otherwise is strict: status 0 and nothing on stderr. That is checked at the next `run` or the end.
# shellcheck shell=bash

_status=0
_wanted_status=0
_pending=0        # a run whose status and stderr were not looked at yet
_stderr_seen=0
_runs=0

fail() { # SENTENCE
  printf '%s:%s: %s\n' "$0" "$(_case_line)" "$1" | tee "$CASE_STATE/failure" >&2
  if [ "$_runs" -gt 0 ]; then
    printf -- '--- %s\n--- status %s, stderr:\n' "$(cat "$CASE_STATE/command")" "$_status" >&2
    head -c 4000 "$CASE_STATE/stderr" >&2
  fi
  exit 1
}

skip() { # REASON
  echo "skipped: $1"
  exit 77
}

need_corpus() { [ -e "$CORPUS/MANIFEST.tsv" ] || skip "the corpus is not here; set SOHOA_CORPUS"; }

# A decoder that breaks at scans named fault-*.
need_faults() { [ "$FAULTS" = ON ] || skip "this build does not break its decoder on purpose; configure with SOHOA_FAULTS"; }

need() { # PROGRAM...
  local program
  for program in "$@"; do
    command -v "$program" > /dev/null || skip "$program is not installed"
  done
}

# run [NAME=VALUE...] COMMAND [ARGUMENT...]   the word sohoa means the binary under test. stdin is the case's.
run() {
  _settle
  local -a words=("$@")
  local i
  for i in "${!words[@]}"; do
    [[ ${words[i]} == *=* ]] && continue
    [ "${words[i]}" != sohoa ] || words[i]=$SOHOA
    break
  done
  printf '%q ' "$@" > "$CASE_STATE/command"
  _status=0 _wanted_status=0 _pending=1 _stderr_seen=0 _runs=$((_runs + 1))
  env "${words[@]}" > "$CASE_STATE/stdout" 2> "$CASE_STATE/stderr" || _status=$?
}

expect_status() { # NUMBER
  _wanted_status=$1
  [ "$_status" -eq "$1" ] || fail "exit status is $_status, expected $1"
}

# Exactly the text of stdin.
expect_stdout() { _expect_same stdout; }
expect_stderr() {
  _stderr_seen=1
  _expect_same stderr
}

# Each PATTERN (extended regular expression) must match a line.
expect_stdout_match() { _expect_match stdout "$@"; }
expect_stderr_match() {
  _stderr_seen=1
  _expect_match stderr "$@"
}
ignore_stderr() { _stderr_seen=1; }

# Every JSON value on stdout makes the jq FILTER true, and there is one at least.
expect_stdout_json() { expect_json "$CASE_STATE/stdout" "$1"; }

expect_json() { # FILE FILTER
  local verdict
  verdict=$(jq -n "[inputs | ($2)] | length > 0 and all" "$1" 2> "$CASE_STATE/jq") \
    || fail "$1 is not the JSON that $2 asks about: $(cat "$CASE_STATE/jq")"
  [ "$verdict" = true ] || fail "$2 does not hold for $(head -c 2000 "$1")"
}

# Exactly the files that stdin lists lie below FOLDER (default: here), in the order of the C locale.
expect_files() { # [FOLDER]
  (cd "${1:-.}" && find . -type f -printf '%P\n' | LC_ALL=C sort) > "$CASE_STATE/files"
  LC_ALL=C sort > "$CASE_STATE/wanted"
  _diff files
}

expect_no_file() { # PATH...
  local path
  for path in "$@"; do
    [ ! -e "$path" ] && [ ! -L "$path" ] || fail "$path exists"
  done
}

# Any condition: expect test -s out.pdf
expect() { "$@" > "$CASE_STATE/said" 2>&1 || fail "does not hold: $* $(head -c 2000 "$CASE_STATE/said")"; }
stdout() { cat "$CASE_STATE/stdout"; }
stderr() { cat "$CASE_STATE/stderr"; }

finish_case() {
  _settle
  [ "$_runs" -gt 0 ] || fail "the case runs nothing"
}

_settle() {
  [ "$_pending" = 1 ] || return 0
  _pending=0
  [ "$_status" -eq "$_wanted_status" ] || fail "exit status is $_status, expected $_wanted_status"
  [ "$_stderr_seen" = 1 ] || [ ! -s "$CASE_STATE/stderr" ] || fail "stderr is not empty"
}

_expect_same() { # stdout|stderr
  cat > "$CASE_STATE/wanted"
  _diff "$1"
}

_diff() { # NAME
  diff -u --label expected --label "$1" "$CASE_STATE/wanted" "$CASE_STATE/$1" >&2 || fail "$1 differs"
}

_expect_match() { # stdout|stderr PATTERN...
  local stream=$1 pattern
  shift
  for pattern in "$@"; do
    grep -Eq -e "$pattern" "$CASE_STATE/$stream" || fail "no line of $stream matches $pattern: $(head -c 2000 "$CASE_STATE/$stream")"
  done
}

_case_line() {
  local i
  for i in "${!BASH_SOURCE[@]}"; do
    if [ "${BASH_SOURCE[i]##*/}" = "$0" ]; then
      echo "${BASH_LINENO[i - 1]}"
      return
    fi
  done
  echo end
}
