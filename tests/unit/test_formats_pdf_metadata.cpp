// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_metadata.hpp"

#include "core/text.hpp"
#include "tests/support/corpus.hpp"
#include "tests/support/pdf_pages.hpp"
#include "tests/support/run.hpp"

#include <map>

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

std::string written(const test::TempDir& folder, const PdfMetadata& metadata, PdfConformance conformance) {
  const std::string file = (folder / "a.pdf").string();
  write_pdf(file, conformance, metadata, 1, [](std::size_t) { return test::white_page(); });
  return file;
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_SUITE("formats::pdf_metadata") {
  TEST_CASE("Info and XMP say the same" * doctest::skip(!test::has_programs({"pdfinfo"}))) {
    const test::TempDir folder;
    const PdfMetadata metadata = test::sample_metadata();
    const std::string file = written(folder, metadata, PdfConformance::a2u);
    const std::string info = test::run({"pdfinfo", "-isodates", "-enc", "UTF-8", file}).out;
    const std::string xmp = test::run({"pdfinfo", "-meta", file}).out;
    const std::map<std::string, std::string> places{{"Title", metadata.title},     {"Author", metadata.author},
                                                    {"Subject", metadata.subject}, {"Keywords", metadata.result_code},
                                                    {"Creator", metadata.creator}, {"Producer", metadata.creator}};
    for (const auto& [key, value] : places) {
      CAPTURE(key);
      CHECK(says(info, key + ":" + std::string(16 - key.size(), ' ') + value + "\n"));
      CHECK(says(xmp, ">" + xml_escape(value) + "<"));
    }
    CHECK(says(info, "CreationDate:    2026-11-23T16:05:09Z\n"));
    CHECK(says(info, "ModDate:         2026-11-23T16:05:09Z\n"));
    CHECK(says(xmp, "<xmp:CreateDate>2026-11-23T16:05:09Z</xmp:CreateDate>"));
    CHECK(says(xmp, "<xmp:ModifyDate>2026-11-23T16:05:09Z</xmp:ModifyDate>"));
    CHECK(says(xmp, "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>U</pdfaid:conformance>"));
    CHECK(says(xmp, "<sohoa:resultCode>" + metadata.result_code + "</sohoa:resultCode>"));
    CHECK(says(xmp, "<pdfaProperty:name>resultCode</pdfaProperty:name>"));
  }

  TEST_CASE("what XML forbids is in neither" * doctest::skip(!test::has_programs({"pdfinfo"}))) {
    PdfMetadata metadata;
    metadata.title =
        "  a\x01\n\xEF\xBF\xBE"
        "b\xFF"
        "c\xEF\xBF\xBF ";
    CHECK(cleaned(metadata).title ==
          "a  b\xEF\xBF\xBD"
          "c");
    const test::TempDir folder;
    const std::string file = written(folder, metadata, PdfConformance::a2b);
    CHECK(says(test::run({"pdfinfo", "-enc", "UTF-8", file}).out,
               "Title:           a  b\xEF\xBF\xBD"
               "c\n"));
    CHECK(says(test::run({"pdfinfo", "-meta", file}).out,
               ">a  b\xEF\xBF\xBD"
               "c<"));
  }

  TEST_CASE("what is empty is left out, and with it the schema") {
    PdfMetadata metadata;
    const std::string bare = xmp_packet(metadata, PdfConformance::a1b);
    CHECK_FALSE(says(bare, "dc:title"));
    CHECK_FALSE(says(bare, "pdfaExtension"));
    CHECK(says(bare, "<pdfaid:part>1</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>"));
    CHECK(info_entries(metadata).size() == 2);
    metadata.dossier = "H56";
    CHECK(says(xmp_packet(metadata, PdfConformance::a1b), "pdfaExtension:schemas"));
  }
}
