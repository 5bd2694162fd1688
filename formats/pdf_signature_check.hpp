// SPDX-License-Identifier: Apache-2.0
// One signature of a PDF judged against the bytes of its file.
#pragma once

#include "formats/openssl.hpp"
#include "formats/pdf_fields.hpp"
#include "formats/pdf_verify.hpp"

#include <cstdint>

namespace sohoa {

// `anchors` may be empty: the path is then not checked. A certificate is judged at the time that /M
// states when it was valid then, else now: a signer cannot be later than now, and without a time-stamp /M is
// only the signer's word.
SignatureReport check_signature(const PdfReader& reader, const PdfField& field, std::uint64_t file_size,
                                STACK_OF(X509) * anchors);

}  // namespace sohoa
