// SPDX-License-Identifier: Apache-2.0
#include "formats/certificate_span.hpp"

#include <ctime>

namespace sohoa {

Time time_of(const ASN1_STRING* time) {
  std::tm parts{};
  return time != nullptr && ASN1_TIME_to_tm(time, &parts) == 1 ? Time(std::chrono::seconds(::timegm(&parts))) : Time{};
}

Time end_of(const X509* certificate) { return time_of(X509_get0_notAfter(certificate)); }

bool spans(const X509* certificate, Time when) {
  return time_of(X509_get0_notBefore(certificate)) <= when && when <= end_of(certificate);
}

}  // namespace sohoa
