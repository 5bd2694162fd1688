// SPDX-License-Identifier: Apache-2.0
// The signature time-stamp of a CMS (EN 319 122-1, 5.3): an unsigned attribute, so that it can be added to a signature
// that stands.
#pragma once

#include <string>
#include <string_view>

namespace sohoa {

// What the time-stamp is of: the value of the only signer's signature. "" when there is none.
std::string signature_value(std::string_view cms);

// The CMS, DER, with the token in it. Throws Error(ExitStatus::signing_unavailable, "cms-failed").
std::string with_stamp(const std::string& cms, const std::string& token);

// The token in it, or "".
std::string stamp_in(std::string_view cms);

}  // namespace sohoa
