// SPDX-License-Identifier: Apache-2.0
#include "formats/certificate_text.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <new>

namespace sohoa {

std::string name_of(const X509_NAME* name) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  if (!bio) {
    throw std::bad_alloc();
  }
  X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return to_nfc({text, static_cast<std::size_t>(std::max(0L, size))});
}

std::string serial_of(const X509* certificate) {
  const std::unique_ptr<BIGNUM, OpenSslFree<BN_free>> number(
      ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  char* digits = number ? BN_bn2hex(number.get()) : nullptr;
  if (digits == nullptr) {
    throw std::bad_alloc();
  }
  const std::string text = to_lower(digits);
  OPENSSL_free(digits);
  const std::size_t zeros = text.find_first_not_of('0');
  return zeros == std::string::npos ? "0" : text.substr(zeros);
}

std::string described(const X509* certificate) {
  std::tm end{};
  std::array<char, 16> day{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) == 1) {
    std::strftime(day.data(), day.size(), "%Y-%m-%d", &end);
  }
  return "subject=" + name_of(X509_get_subject_name(certificate)) +
         " issuer=" + name_of(X509_get_issuer_name(certificate)) + " serial=" + serial_of(certificate) +
         " valid until " + day.data();
}

}  // namespace sohoa
