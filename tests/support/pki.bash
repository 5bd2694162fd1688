# SPDX-License-Identifier: Apache-2.0
# For cases that need an authority whose servers answer.
# shellcheck shell=bash disable=SC1091,SC2154
source "$SOURCE/tests/support/signing.bash"

# Starts tests/support/pki-server for this case and makes its authority: $pki with the keys of TEST_PKI, $url the server's
# root, $pki_log what it was asked; `officer` and `agency` are of that authority from then on.
start_pki() {
  pki=$HOME/pki pki_log=$HOME/pki.log
  mkdir "$pki"
  "$support/pki-server" "$pki" "$HOME/pki.port" "$pki_log" > "$HOME/pki.out" 2>&1 < /dev/null &
  pki_server=$!
  trap stop_pki EXIT
  until [ -e "$HOME/pki.port" ]; do
    kill -0 "$pki_server" || fail "the server of the authority did not start: $(cat "$HOME/pki.out")"
    sleep 0.05
  done
  pki_port=$(cat "$HOME/pki.port")
  url=http://127.0.0.1:$pki_port
  "$SOURCE/scripts/make-test-pki" --port "$pki_port" --keys "$TEST_PKI" "$pki"
  officer=(--key "$pki/officer.p12" --passphrase-file "$pki/passphrase")
  agency=(--role agency --key "$pki/agency.p12" --passphrase-file "$pki/passphrase")
  # shellcheck disable=SC2034
  anchor=$pki/root.pem
}

stop_pki() {
  kill "$pki_server" 2> /dev/null || true
  wait "$pki_server" 2> /dev/null || true
}

ocsp_mode() { echo "$1" > "$pki/ocsp-mode"; } # MODE; "" answers well
crl_mode() { echo "$1" > "$pki/crl-mode"; }   # MODE
asked() { grep -c " $1 " "$pki_log" || true; }  # PATTERN of a path: how often

# The stamps and the store of FILE, in the folder stamps, hold by the openssl program's word.
expect_stamps() { # FILE DOCUMENT-STAMPS
  local i token
  rm -rf stamps
  "$support/extract-stamps" "$1" stamps
  for ((i = 0; i <= $2; ++i)); do
    token=stamps/document-$i
    [ "$i" -gt 0 ] || token=stamps/signature
    [ -e "$token.tst" ] || { [ "$i" -eq 0 ] && continue; }
    expect openssl ts -verify -token_in -in "$token.tst" -data "$([ "$i" -gt 0 ] && echo "$token.bytes" || echo "$token.value")" \
      -CAfile "$anchor" -untrusted "$pki/intermediate.pem"
  done
  expect_no_file "stamps/document-$(($2 + 1)).tst"
}

# The store proves each of the NAMEs, certificates of the authority that must not be revoked.
expect_store() { # NAME...
  local name serial file
  for name in "$@"; do
    serial=$(openssl x509 -in "$pki/$name.pem" -noout -serial | cut -d= -f2)
    expect grep -rqx "$serial" <(for file in stamps/OCSPs-*; do
      [ ! -e "$file" ] || openssl ocsp -respin "$file" -noverify -resp_text | sed -n 's/.*Serial Number: //p'
    done)
  done
  for file in stamps/OCSPs-*; do
    [ ! -e "$file" ] || expect openssl ocsp -respin "$file" -CAfile "$anchor" -verify_other "$pki/intermediate.pem"
  done
  for file in stamps/Certs-*; do
    expect openssl x509 -inform DER -in "$file" -noout
  done
}
