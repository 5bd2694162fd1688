// SPDX-License-Identifier: Apache-2.0
#include "core/clock.hpp"
#include "core/digest.hpp"
#include "core/text.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace sohoa;

TEST_SUITE("core::text") {
  TEST_CASE("files sort as people count") {
    std::vector<std::string> names{"scan10", "scan2", "scan1", "scan02", "a"};
    std::sort(names.begin(), names.end(), natural_less);
    CHECK(names == std::vector<std::string>{"a", "scan1", "scan02", "scan2", "scan10"});
  }

  TEST_CASE("a symbol becomes a file name") {
    CHECK(file_safe("12/QĐ-UBND") == "12-QĐ-UBND");
    CHECK(file_safe("../../etc/passwd") == "-..-etc-passwd");
    CHECK(file_safe("..") == "_");
    CHECK(file_safe(std::string(300, 'a')).size() == 120);
  }

  TEST_CASE("decomposed Vietnamese becomes NFC") { CHECK(to_nfc("Quye\xCC\x82\xCC\x81t") == "Quyết"); }

  TEST_CASE("bytes that are not UTF-8 are noticed") {
    CHECK(is_utf8("Số hóa"));
    CHECK_FALSE(is_utf8("\xff\xfe"));
    CHECK_FALSE(is_utf8("\xC3"));
  }

  TEST_CASE("the nearest word is offered, a far one is not") {
    CHECK(nearest("deskeww", {"ingest", "deskew", "ocr"}) == "deskew");
    CHECK(nearest("frobnicate", {"ingest", "deskew", "ocr"}).empty());
  }
}

TEST_SUITE("core::clock") {
  TEST_CASE("one instant in its four notations") {
    const Time time{std::chrono::seconds(1795449909)};
    CHECK(iso_utc(time) == "2026-11-23T16:05:09Z");
    CHECK(iso_local(time, 420) == "2026-11-23T23:05:09+07:00");
    CHECK(compact_utc(time) == "20261123T160509Z");
    CHECK(pdf_date(time) == "D:20261123160509Z");
  }
}

TEST_SUITE("core::digest") {
  TEST_CASE("SHA-256 of FIPS 180-4's example") {
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}
