# SPDX-License-Identifier: Apache-2.0
# A page as a browser shows it: source "$SOURCE/tests/support/browser.bash"
# shellcheck shell=bash
need chromium

# The page's document after its script ran goes to <dom>, what the browser's console said to <dom>.log.
browse() { # FILE[#FRAGMENT] DOM
  timeout 120 chromium --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --user-data-dir="$PWD/browser" \
    --enable-logging=stderr --v=0 --virtual-time-budget=3000 --dump-dom "file://$PWD/$1" > "$2" 2> "$2.log" \
    || fail "the browser does not open $1: $(tail -n 5 "$2.log")"
  expect grep -q '</html>' "$2"
  ! grep -E 'CONSOLE|Uncaught|Refused' "$2.log" > "$2.faults" || fail "the browser's console says of $1: $(head -n 3 "$2.faults")"
}
