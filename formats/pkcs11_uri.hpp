// SPDX-License-Identifier: Apache-2.0
// Names of tokens and of what lies on them: PKCS #11 URIs (RFC 7512).
#pragma once

#include "core/fs.hpp"

#include <map>
#include <string>
#include <string_view>

namespace sohoa {

struct Pkcs11Uri {
  std::string text;                         // as it was given, without the query
  std::map<std::string, std::string> path;  // attribute → value, percent-decoded; "id" is raw bytes
  fs::path module_path;                     // empty: not said
  std::string module_name;                  // without folder, prefix and suffix
  fs::path pin_source;                      // a file

  // Whether the attribute is not said, or says this value.
  [[nodiscard]] bool allows(const std::string& attribute, std::string_view value) const;
};

// Throws Error(ExitStatus::usage, "pkcs11-uri") for what RFC 7512 does not allow, for attributes that name no private
// key, and for pin-value: a PIN does not stand on a command line. The message never repeats the query's values.
Pkcs11Uri parse_pkcs11_uri(std::string_view text);

}  // namespace sohoa
