// SPDX-License-Identifier: Apache-2.0
// Certificates in words, for messages that ask a person to choose.
#pragma once

#include "formats/openssl.hpp"

#include <string>

namespace sohoa {

// RFC 2253 in UTF-8 (NFC): "CN=Nguyễn Thị Mẫu,O=…".
std::string name_of(const X509_NAME* name);
// Lower case hexadecimal without leading zeros.
std::string serial_of(const X509* certificate);
// "subject=… issuer=… serial=… valid until 2036-11-23"
std::string described(const X509* certificate);

}  // namespace sohoa
