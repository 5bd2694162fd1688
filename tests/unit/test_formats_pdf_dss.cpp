// SPDX-License-Identifier: Apache-2.0
#include "formats/growing_file.hpp"
#include "formats/pdf_dss.hpp"
#include "support/signing.hpp"

#include <doctest/doctest.h>

using namespace sohoa;
using namespace sohoa::test;

namespace {

using Wanted = std::map<std::string, Evidence>;

PdfDss dss_of(const fs::path& file) {
  PdfDss dss;
  with_podofo(file, [&] { dss = read_dss(PdfReader(file)); });
  return dss;
}

void store(const fs::path& file, const Wanted& wanted) {
  GrowingFile growing(file);
  with_podofo(file, [&] {
    const PdfReader reader(file);
    PdfUpdate update(reader);
    put_dss(reader, update, read_dss(reader), wanted);
    growing.append(update.finish());
  });
  growing.commit();
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

}  // namespace

TEST_CASE("a store is made, grows, and keeps what it had, wherever it lies") {
  const std::string old_entry = "/VRI <</00AA <</OCSP [5 0 R]>>>>";
  for (const bool as_stream : {false, true}) {
    for (const std::string& catalog :
         {std::string(), "/DSS <</OCSPs [5 0 R] " + old_entry + ">>", std::string("/DSS 6 0 R"),
          std::string("/Extensions <</ADBE <</BaseVersion /1.7 /ExtensionLevel 8>>>>")}) {
      CAPTURE(as_stream);
      CAPTURE(catalog);
      const TempDir dir;
      const fs::path file = dir / "a.pdf";
      SmallPdf pdf;
      pdf.xref_stream = as_stream;
      pdf.catalog = catalog;
      pdf.more = {"<</Length 5>>\nstream\nolder\nendstream", "<</OCSPs [5 0 R] " + old_entry + ">>"};
      write_file(file, pdf.bytes());
      const bool had = catalog.find("DSS") != std::string::npos;

      const Wanted first{{"11", {{"issuer"}, {"status"}, {}}}};
      CHECK(dss_of(file).lacks(first));
      store(file, first);
      CHECK_FALSE(dss_of(file).lacks(first));
      const Wanted second{{"11", first.at("11")}, {"22", {{"issuer", "other"}, {}, {"list"}}}};
      CHECK(dss_of(file).lacks(second));
      const std::uint64_t before = dss_of(file).offset;
      store(file, second);

      const PdfDss dss = dss_of(file);
      CHECK(dss.offset > before);
      CHECK_FALSE(dss.lacks(first));
      CHECK_FALSE(dss.lacks(second));
      CHECK(dss.evidence.certificates == std::vector<std::string>{"issuer", "other"});
      CHECK(dss.evidence.ocsps.size() == (had ? 2 : 1));
      CHECK(dss.signatures.count("00AA") == (had ? 1 : 0));
      CHECK(dss.signatures.at("22").crls == std::vector<std::string>{"list"});
      CHECK(dss.streams.size() == (had ? 5 : 4));
      CHECK(run({"qpdf", "--check", file.string()}).status == 0);
      const std::string bytes = read_file(file);
      CHECK(count(bytes, "/ESIC") >= 1);
      CHECK(count(bytes, "/Type /DSS") == 2);
      CHECK((catalog.find("ADBE") == std::string::npos || bytes.rfind("/ADBE") > bytes.find("%%EOF")));
    }
  }
}

TEST_CASE("the key of a signature is the digest of all its Contents, padding too") {
  CHECK(vri_key(std::string("abc")) == "A9993E364706816ABA3E25717850C26C9CD0D89D");
  CHECK(vri_key(std::string("abc\0", 4)) != vri_key("abc"));
}

TEST_CASE("a file that somebody else wrote to meanwhile is left alone") {
  const TempDir dir;
  const fs::path file = dir / "a.pdf";
  write_file(file, "first");
  GrowingFile growing(file);
  write_file(file, "first, and more");
  CHECK_THROWS_WITH_AS(growing.append("second"), doctest::Contains("changed while it was being signed"), Error);
  CHECK(read_file(file) == "first, and more");
  CHECK(std::distance(fs::directory_iterator(dir.path()), fs::directory_iterator()) == 1);
}
