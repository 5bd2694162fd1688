# SPDX-License-Identifier: Apache-2.0
# For cases that need tests/support/preload.cpp.  A case says: source "$SOURCE/tests/support/preload.bash"
# shellcheck shell=bash

[ -e "$PRELOAD" ] || skip "the build has no sohoa_preload"
# AddressSanitizer wants to be the first that is loaded.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0

clock=$PWD/clock
echo 0 > "$clock"
set_clock() { # SECONDS   against the true time, for what runs with shifted_clock
  echo "$1" > "$clock.new"
  mv "$clock.new" "$clock"
}
shifted_clock=(LD_PRELOAD="$PRELOAD" SHIFT_CLOCK="$clock")
