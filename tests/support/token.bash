# SPDX-License-Identifier: Apache-2.0
# For cases that sign with a token: SoftHSM's, in the case's own folder, behind tests/support/token_module.cpp.
# shellcheck shell=bash
source "$SOURCE/tests/support/signing.bash"
need softhsm2-util pkcs11-tool
[ -e "$TOKEN_MODULE" ] || skip "the build has no sohoa_token_module"
[ -e /usr/lib/softhsm/libsofthsm2.so ] || skip "SoftHSM's module is not in /usr/lib/softhsm"

export SOFTHSM2_CONF=$PWD/../softhsm2.conf TOKEN_CALLS=$PWD/../calls
pin=2468
printf '%s\n' "$pin" > ../pin
chmod 0600 ../pin
on_token=(--pkcs11-module "$TOKEN_MODULE" --passphrase-file "$PWD/../pin")

mkdir ../tokens
printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$PWD/../tokens" > "$SOFTHSM2_CONF"

make_token() { # LABEL
  softhsm2-util --init-token --free --label "$1" --pin "$pin" --so-pin 13579 > ../softhsm.log
}

# The key and certificate of scripts/make-test-pki, or the certificate alone.
put_key() { # TOKEN NAME ID LABEL [PKCS11-TOOL-OPTION...]
  openssl pkey -in "$TEST_PKI/$2.key" -outform DER -out ../key.der
  _write "$1" key.der privkey "$3" "$4" "${@:5}"
  put_certificate "$@"
}
put_certificate() { # TOKEN NAME ID LABEL
  openssl x509 -in "$TEST_PKI/$2.pem" -outform DER -out ../certificate.der
  _write "$1" certificate.der cert "$3" "$4"
}
_write() { # TOKEN FILE TYPE ID LABEL [OPTION...]
  pkcs11-tool --module /usr/lib/softhsm/libsofthsm2.so --token-label "$1" --login --pin "$pin" --write-object "../$2" \
    --type "$3" --id "$4" --label "$5" "${@:6}" >> ../softhsm.log 2>&1
}

calls() { # NAME   how often the module was asked for that since the last forget_calls
  grep -cx "$1" "$TOKEN_CALLS" || true
}
forget_calls() { : > "$TOKEN_CALLS"; }
forget_calls
