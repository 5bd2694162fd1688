// SPDX-License-Identifier: Apache-2.0
#include "core/digest.hpp"
#include "core/error.hpp"
#include "formats/pdf_verify.hpp"
#include "support/signing.hpp"

#include <regex>

#include <doctest/doctest.h>

using namespace sohoa;
using namespace sohoa::test;

namespace {

// A signed file whose bytes a test may spoil.
struct Signed {
  TempDir dir;
  fs::path file = dir / "signed.pdf";
  std::string bytes;

  Signed() {
    write_file(file, SmallPdf{}.bytes());
    sign_pdf(file, test_key("officer"), request("Officer"));
    bytes = read_file(file);
  }

  SignatureReport inspect(const std::vector<fs::path>& trust = {}) {
    write_file(file, bytes);
    const PdfReport report = inspect_pdf(file, trust);
    REQUIRE(report.signatures.size() == 1);
    return report.signatures[0];
  }

  // Replaces the numbers of ByteRange within its room.
  void set_range(const std::vector<std::size_t>& numbers) {
    const std::size_t at = bytes.find("/ByteRange [") + 12;
    const std::size_t room = bytes.find("/Contents", at) - at;
    std::string text;
    for (const std::size_t number : numbers) {
      text += std::to_string(number) + " ";
    }
    text += "]";
    REQUIRE(text.size() <= room);
    text.resize(room, ' ');
    bytes.replace(at, room, text);
  }

  std::vector<std::size_t> range() const {
    std::smatch found;
    REQUIRE(std::regex_search(bytes, found, std::regex(R"(/ByteRange \[(\d+) (\d+) (\d+) (\d+) *\])")));
    return {std::stoul(found[1]), std::stoul(found[2]), std::stoul(found[3]), std::stoul(found[4])};
  }
};

void check_invalid(const SignatureReport& report, const std::string& reason) {
  CHECK_FALSE(report.digest_valid);
  CHECK_FALSE(report.signature_valid);
  CHECK_MESSAGE(report.reason.find(reason) != std::string::npos, report.reason);
}

bool has_fault(const SmallPdf& pdf, const std::string& sentence) {
  const TempDir dir;
  write_file(dir / "a.pdf", pdf.bytes());
  const PdfReport report = inspect_pdf(dir / "a.pdf", {});
  return std::find(report.pdfa_faults.begin(), report.pdfa_faults.end(), sentence) != report.pdfa_faults.end();
}

std::string stream(const std::string& keys, const std::string& content) {
  return "<<" + keys + " /Length " + std::to_string(content.size()) + ">>\nstream\n" + content + "\nendstream";
}

std::string xmp(const std::string& part, const std::string& level, const std::string& more = "") {
  return stream("/Type /Metadata /Subtype /XML",
                "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
                "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' "
                "xmlns:pdfaid='http://www.aiim.org/pdfa/ns/id/'><pdfaid:part>" +
                    part + "</pdfaid:part><pdfaid:conformance>" + level + "</pdfaid:conformance>" + more +
                    "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>");
}

}  // namespace

TEST_CASE("a flipped byte spoils the digest, wherever it lies") {
  Signed pdf;
  const std::string good = pdf.bytes;
  for (const std::size_t at : {good.find("100 50 re"), good.find("/M (D:") + 9, good.find("/F 132") + 3}) {
    CAPTURE(at);
    pdf.bytes = good;
    pdf.bytes[at] = pdf.bytes[at] == '1' ? '2' : '1';
    const SignatureReport report = pdf.inspect();
    CHECK_FALSE(report.digest_valid);
    CHECK_FALSE(report.reason.empty());
  }
}

TEST_CASE("what is added afterwards shows") {
  Signed pdf;
  pdf.bytes += "\n";
  const SignatureReport report = pdf.inspect();
  CHECK(report.digest_valid);
  CHECK(report.signature_valid);
  CHECK_FALSE(report.covers_whole_file);
}

TEST_CASE("ranges that leave out more or less than Contents are refused") {
  Signed pdf;
  const std::string good = pdf.bytes;
  const std::vector<std::size_t> r = pdf.range();
  const auto with = [&](const std::vector<std::size_t>& numbers) {
    pdf.bytes = good;
    pdf.set_range(numbers);
    return pdf.inspect();
  };
  check_invalid(with({0, r[1] - 10, r[2], r[3]}), "not exactly");
  check_invalid(with({0, r[1], r[2] + 5, r[3] - 5}), "not exactly");
  check_invalid(with({0, r[1] + 1, r[2] - 1, r[3] + 1}), "not exactly");
  check_invalid(with({0, r[2], r[1], r[3]}), "overlap");
  check_invalid(with({1, r[1] - 1, r[2], r[3]}), "begin with the file");
  check_invalid(with({0, r[1], r[2], r[3] + 1}), "leaves the file");
  check_invalid(with({0, good.size()}), "two ranges");
  check_invalid(with({0, r[1], r[2], 4'000'000'000}), "leaves the file");
  pdf.bytes = good;
  CHECK(pdf.inspect().digest_valid);
}

TEST_CASE("a signature that is only a copy in another place is refused") {
  Signed pdf;
  const std::size_t at = pdf.bytes.find("/Contents <") + 11;
  pdf.bytes[at + 500] = pdf.bytes[at + 500] == 'a' ? 'b' : 'a';
  const SignatureReport report = pdf.inspect();
  CHECK_FALSE((report.digest_valid && report.signature_valid));
  CHECK_FALSE(report.reason.empty());
}

TEST_CASE("the path is judged against what is trusted") {
  Signed pdf;
  CHECK(pdf.inspect().path == "not-checked");
  CHECK(pdf.inspect({pki() / "root.pem"}).path == "trusted");
  CHECK(pdf.inspect({pki() / "intermediate.pem"}).path == "trusted");
  const SignatureReport stranger = pdf.inspect({pki() / "agency.pem"});
  CHECK(stranger.path == "untrusted");
  CHECK(stranger.signature_valid);
  CHECK_FALSE(stranger.reason.empty());
  CHECK_THROWS_AS(pdf.inspect({pki() / "passphrase"}), Error);
}

TEST_CASE("a report says what lies in the file") {
  const TempDir dir;
  const fs::path file = dir / "plain.pdf";
  write_file(file, SmallPdf{}.bytes());
  const PdfReport report = inspect_pdf(file, {});
  CHECK(report.signatures.empty());
  CHECK(report.pages == 1);
  CHECK(report.bytes == SmallPdf{}.bytes().size());
  CHECK(report.sha256 == sha256_hex(SmallPdf{}.bytes()));
  CHECK(report.conformance.empty());
  const Json json = to_json(report);
  CHECK(json["pdfa_faults"].size() == report.pdfa_faults.size());
  CHECK(json["signatures"].empty());
  write_file(file, "");
  CHECK_THROWS_AS(inspect_pdf(file, {}), Error);
  CHECK_THROWS_AS(inspect_pdf(dir / "absent.pdf", {}), Error);
}

TEST_CASE("faults against PDF/A are named, one by one") {
  const std::string page = "/MediaBox [0 0 600 800]";
  const std::string metadata = "/Metadata 5 0 R ";
  CHECK(has_fault({"", page, {}, false}, "there is no XMP metadata"));
  CHECK(has_fault({metadata, page, {xmp("2", "X")}, false},
                  "XMP does not say which part and level of PDF/A the file follows"));
  CHECK(has_fault({metadata, page, {stream("", "<a><b>")}, false}, "the XMP metadata is not well-formed"));
  CHECK(has_fault({metadata, page, {xmp("2", "B", "<a:b xmlns:a='urn:own'>c</a:b>")}, false},
                  "XMP uses the schema urn:own without describing it"));
  CHECK(has_fault({metadata, page, {xmp("1", "B")}, true},
                  "PDF/A-1 has no cross-reference streams and no object streams"));
  const std::string font = "/Resources <</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>>>>>";
  CHECK(has_fault({metadata, page + font, {xmp("2", "B")}, false}, "the font Times-Roman is not embedded"));
  const std::string widget = "/Annots [<</Type /Annot /Subtype /Widget /FT /Sig /Rect [0 0 9 9] ";
  CHECK(has_fault({metadata, page + widget + ">>]", {xmp("2", "B")}, false},
                  "an annotation is not both shown and printed"));
  CHECK(has_fault({metadata, page + widget + "/F 4>>]", {xmp("2", "B")}, false}, "an annotation has no appearance"));
  CHECK(has_fault({metadata + "/OpenAction <</S /JavaScript /JS (x)>>", page, {xmp("2", "B")}, false},
                  "there is an action of the kind JavaScript"));
  const std::string image = stream(
      "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
      "/BitsPerComponent 8 /Filter /LZWDecode",
      "x");
  CHECK(has_fault({metadata, page, {xmp("2", "B"), image}, false}, "a stream is compressed with LZW"));
  CHECK(has_fault({metadata, page, {xmp("2", "B"), image}, false}, "there is no output intent with an ICC profile"));
  const std::string state = "<</Type /ExtGState /ca 0.5>>";
  CHECK(has_fault({metadata, page, {xmp("1", "B"), state}, false},
                  "a graphics state is transparent, which PDF/A-1 forbids"));
  CHECK_FALSE(has_fault({metadata, page, {xmp("2", "B"), state}, false},
                        "a graphics state is transparent, which PDF/A-1 forbids"));
}

TEST_CASE("the anomalies of real attacks are not valid" * doctest::skip(!has_corpus())) {
  for (const std::string name : {"one-byterange", "weird-byterange", "signature-gap-too-big"}) {
    CAPTURE(name);
    const PdfReport report = inspect_pdf(corpus() / "pyhanko" / (name + ".pdf"), {});
    REQUIRE_FALSE(report.signatures.empty());
    CHECK_FALSE(report.signatures[0].digest_valid);
    CHECK_FALSE(report.signatures[0].reason.empty());
  }
  const PdfReport tail = inspect_pdf(corpus() / "pyhanko" / "tail-uncovered.pdf", {});
  REQUIRE(tail.signatures.size() == 1);
  CHECK_FALSE(tail.signatures[0].covers_whole_file);
}

TEST_CASE("files that pass veraPDF have no fault" * doctest::skip(!has_corpus())) {
  std::size_t flagged = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(corpus() / "verapdf-PDF_A-2b")) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".pdf") {
      continue;
    }
    CAPTURE(name);
    try {
      const PdfReport report = inspect_pdf(entry.path(), {});
      const bool passes = name.find("-pass-") != std::string::npos;
      CHECK_MESSAGE((!passes || report.pdfa_faults.empty()), report.pdfa_faults.front());
      flagged += !passes && !report.pdfa_faults.empty() ? 1U : 0U;
    } catch (const Error& error) {
      CHECK(name.find("-fail-") != std::string::npos);
      ++flagged;
    }
  }
  CHECK(flagged >= 40);
}

TEST_CASE("malformed files end in a report or an error" * doctest::skip(!has_corpus())) {
  std::size_t files = 0;
  for (const char* folder : {"pyhanko", "qpdf-malformed", "opf-cabinet", "opf-handbuilt"}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(corpus() / folder)) {
      if (!fs::is_regular_file(entry.path())) {
        continue;
      }
      CAPTURE(entry.path().string());
      ++files;
      try {
        inspect_pdf(entry.path(), {});
      } catch (const Error& error) {
        CHECK(error.status() == ExitStatus::input);
      }
    }
  }
  CHECK(files > 100);
}
