// SPDX-License-Identifier: Apache-2.0
#include "formats/pkcs11_uri.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace sohoa {
namespace {

constexpr std::string_view scheme = "pkcs11:";
// All of RFC 7512 but library-version, which libp11 does not tell.
constexpr std::array<std::string_view, 12> path_attributes{"token",
                                                           "manufacturer",
                                                           "serial",
                                                           "model",
                                                           "object",
                                                           "id",
                                                           "type",
                                                           "slot-id",
                                                           "slot-manufacturer",
                                                           "slot-description",
                                                           "library-manufacturer",
                                                           "library-description"};

Error uri_error(const std::string& what, const std::string& remedy) {
  return usage_error("pkcs11-uri", "the PKCS#11 URI " + what, remedy);
}

const std::string example = "write it like pkcs11:token=NAME;object=NAME";

std::string decoded(std::string_view text, const std::string& attribute) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      bytes += text[i];
      continue;
    }
    unsigned octet = 0;
    const char* digits = text.data() + i + 1;
    if (i + 2 >= text.size() || std::from_chars(digits, digits + 2, octet, 16).ptr != digits + 2) {
      throw uri_error("has a % in " + attribute + " that two hexadecimal digits do not follow",
                      "write %25 for a percent sign");
    }
    bytes += static_cast<char>(octet);
    i += 2;
  }
  return bytes;
}

template <class Take>
void each_attribute(std::string_view part, char separator, const Take& take) {
  while (!part.empty()) {
    const std::string_view one = part.substr(0, part.find(separator));
    part.remove_prefix(std::min(one.size() + 1, part.size()));
    const std::size_t equals = one.find('=');
    if (equals == 0 || equals == std::string_view::npos) {
      throw uri_error("has an attribute without a name or a value", example);
    }
    const std::string name(one.substr(0, equals));
    take(name, decoded(one.substr(equals + 1), name));
  }
}

void take_path(Pkcs11Uri& uri, const std::string& name, std::string value) {
  if (std::find(path_attributes.begin(), path_attributes.end(), name) == path_attributes.end()) {
    throw uri_error("has the attribute " + name + ", which is not known here",
                    "use token, serial, manufacturer, model, object, id, slot-id or type");
  }
  if (name == "type" && value != "private" && value != "cert") {
    throw uri_error("asks for type=" + value + ", which cannot sign", "leave type out, or say private or cert");
  }
  if (name == "slot-id" && (value.empty() || value.find_first_not_of("0123456789") != std::string::npos)) {
    throw uri_error("has a slot-id that is no number", "see p11tool --list-tokens or pkcs11-tool --list-slots");
  }
  if (!uri.path.emplace(name, std::move(value)).second) {
    throw uri_error("says " + name + " twice", example);
  }
}

void take_query(Pkcs11Uri& uri, const std::string& name, const std::string& value) {
  if (name == "pin-value") {
    throw uri_error("holds a PIN, which everybody on this machine could read",
                    "leave pin-value out and type the PIN, or give --passphrase-file FILE");
  }
  if (name == "module-path") {
    uri.module_path = value;
  } else if (name == "module-name") {
    if (value.empty() || value.find('/') != std::string::npos) {
      throw uri_error("has a module-name that is no plain name", "use module-path for a file");
    }
    uri.module_name = value;
  } else if (name == "pin-source") {
    const std::string file = value.starts_with("file://") ? value.substr(7)
                             : value.starts_with("file:") ? value.substr(5)
                                                          : value;
    if (!file.starts_with('/')) {
      throw uri_error("has a pin-source that is not the path of a file", "write pin-source=file:/FOLDER/FILE");
    }
    uri.pin_source = file;
  } else {
    throw uri_error("has the query attribute " + name + ", which is not known here",
                    "use module-path, module-name or pin-source");
  }
}

}  // namespace

bool Pkcs11Uri::allows(const std::string& attribute, std::string_view value) const {
  const auto said = path.find(attribute);
  return said == path.end() || said->second == value;
}

Pkcs11Uri parse_pkcs11_uri(std::string_view text) {
  const bool named = text.size() >= scheme.size() &&
                     std::equal(scheme.begin(), scheme.end(), text.begin(),
                                [](char wanted, char c) { return wanted == (c >= 'A' && c <= 'Z' ? c + 32 : c); });
  if (!named) {
    throw uri_error("does not begin with pkcs11:", example);
  }
  const std::string_view rest = text.substr(scheme.size());
  const std::size_t question = std::min(rest.find('?'), rest.size());
  Pkcs11Uri uri;
  uri.text = std::string(text.substr(0, scheme.size() + question));
  each_attribute(rest.substr(0, question), ';',
                 [&](const std::string& name, std::string value) { take_path(uri, name, std::move(value)); });
  if (question < rest.size()) {
    each_attribute(rest.substr(question + 1), '&',
                   [&](const std::string& name, const std::string& value) { take_query(uri, name, value); });
  }
  return uri;
}

}  // namespace sohoa
