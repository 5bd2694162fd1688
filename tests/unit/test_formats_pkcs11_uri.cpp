// SPDX-License-Identifier: Apache-2.0
#include "core/error.hpp"
#include "formats/pkcs11_uri.hpp"

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

std::string refusal(const std::string& text) {
  try {
    parse_pkcs11_uri(text);
  } catch (const Error& error) {
    CHECK(error.status() == ExitStatus::usage);
    CHECK(error.id() == "pkcs11-uri");
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a PKCS#11 URI says what it says, and nothing else is asked") {
  const Pkcs11Uri uri = parse_pkcs11_uri(
      "PKCS11:token=The%20Software%20PKCS%2311%20Softtoken;id=%69%95%00%3E;slot-id=17;type=private"
      "?module-path=/usr/lib/a%26b.so&pin-source=file:/etc/pin");
  CHECK(uri.allows("token", "The Software PKCS#11 Softtoken"));
  CHECK_FALSE(uri.allows("token", "another"));
  CHECK(uri.allows("id", std::string_view("\x69\x95\x00\x3E", 4)));
  CHECK_FALSE(uri.allows("id", "\x69"));
  CHECK(uri.allows("slot-id", "17"));
  CHECK(uri.allows("object", "any"));
  CHECK(uri.module_path == "/usr/lib/a&b.so");
  CHECK(uri.pin_source == "/etc/pin");
  CHECK(uri.text.find('?') == std::string::npos);
  CHECK(parse_pkcs11_uri("pkcs11:").path.empty());
  CHECK(parse_pkcs11_uri("pkcs11:?module-name=softhsm2").module_name == "softhsm2");
  CHECK(parse_pkcs11_uri("pkcs11:object=k?pin-source=file:///run/pin").pin_source == "/run/pin");
}

TEST_CASE("a PKCS#11 URI that cannot be meant is refused") {
  for (const char* text :
       {"", "token=a", "pkcs12:token=a", "pkcs11:token", "pkcs11:=a", "pkcs11:token=a;token=b", "pkcs11:tokn=a",
        "pkcs11:token=%4", "pkcs11:token=%zz", "pkcs11:token=%", "pkcs11:slot-id=x",
        "pkcs11:slot-id=", "pkcs11:type=public", "pkcs11:type=secret-key", "pkcs11:?module-name=../x",
        "pkcs11:?pin-source=|cat", "pkcs11:?pin-source=relative", "pkcs11:?color=red"}) {
    CAPTURE(text);
    CHECK_FALSE(refusal(text).empty());
  }
}

TEST_CASE("a PIN in a URI is refused and not repeated") {
  const std::string said = refusal("pkcs11:token=a?pin-value=123456");
  CHECK(said.find("--passphrase-file") != std::string::npos);
  CHECK(said.find("123456") == std::string::npos);
}
