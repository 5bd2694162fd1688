// SPDX-License-Identifier: Apache-2.0
// From when until when a certificate holds (RFC 5280, 4.1.2.5).
#pragma once

#include "core/clock.hpp"
#include "formats/openssl.hpp"

namespace sohoa {

// 1970 when it is null or cannot be read. Also of a GeneralizedTime.
Time time_of(const ASN1_STRING* time);
Time end_of(const X509* certificate);
bool spans(const X509* certificate, Time when);

}  // namespace sohoa
