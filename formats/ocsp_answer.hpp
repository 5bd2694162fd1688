// SPDX-License-Identifier: Apache-2.0
// Of which certificate a statement in an OCSP answer speaks (RFC 6960, 4.1.1).
#pragma once

#include "formats/openssl.hpp"

#include <openssl/ocsp.h>

namespace sohoa {

using CertIdPtr = std::unique_ptr<OCSP_CERTID, OpenSslFree<OCSP_CERTID_free>>;

// Whether it is of this certificate of that issuer, whichever digest names them.
bool is_about(const OCSP_SINGLERESP* statement, X509* certificate, X509* issuer);

}  // namespace sohoa
