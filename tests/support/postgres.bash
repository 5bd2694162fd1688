# SPDX-License-Identifier: Apache-2.0
# A PostgreSQL server for a case: source "$SOURCE/tests/support/postgres.bash"; start_postgres sets $catalog.
# shellcheck shell=bash

_server=$SOURCE/tests/support/postgres-server

start_postgres() {
  local status=0
  postgres_folder=$("$_server" new) || status=$?
  [ "$status" -ne 77 ] || skip "PostgreSQL is not installed"
  [ "$status" -eq 0 ] || fail "PostgreSQL does not start"
  trap '"$_server" remove "$postgres_folder"' EXIT
  catalog="postgresql://postgres@/postgres?host=$postgres_folder&connect_timeout=2"
}

postgres() { "$_server" "$1" "$postgres_folder" "${@:2}"; } # start | stop [MODE]

query() { # SQL
  psql --no-psqlrc --tuples-only --no-align "$catalog" --command "$1"
}
