// SPDX-License-Identifier: Apache-2.0
#include "core/error.hpp"
#include "core/text.hpp"
#include "formats/pdf_verify.hpp"
#include "support/signing.hpp"

#include <regex>

#include <doctest/doctest.h>

using namespace sohoa;
using namespace sohoa::test;

namespace {

fs::path write(const TempDir& dir, const SmallPdf& pdf) {
  const fs::path file = dir / "small.pdf";
  write_file(file, pdf.bytes());
  return file;
}

std::vector<double> rect_of(const std::string& bytes) {
  std::vector<double> edges;
  std::smatch found;
  const std::regex pattern(R"(/Rect\s*\[\s*([-0-9.]+) ([-0-9.]+) ([-0-9.]+) ([-0-9.]+)\s*\])");
  REQUIRE(std::regex_search(bytes, found, pattern));
  for (std::size_t i = 1; i <= 4; ++i) {
    edges.push_back(std::stod(found[i]));
  }
  return edges;
}

std::vector<double> signed_rect(const SmallPdf& pdf, const SignatureRequest& wanted) {
  const TempDir dir;
  const fs::path file = write(dir, pdf);
  sign_pdf(file, test_key("officer"), wanted);
  return rect_of(read_file(file));
}

std::string failure(const fs::path& file, const SignatureRequest& wanted) {
  const std::string before = read_file(file);
  std::string id;
  try {
    sign_pdf(file, test_key("officer"), wanted);
  } catch (const Error& error) {
    id = error.id();
  }
  CHECK(read_file(file) == before);
  CHECK(std::distance(fs::directory_iterator(file.parent_path()), fs::directory_iterator()) == 1);
  return id;
}

bool all_valid(const PdfReport& report) {
  bool valid = !report.signatures.empty();
  for (const SignatureReport& signature : report.signatures) {
    INFO(signature.field << ": " << signature.reason);
    CHECK(signature.verdict.indication != Indication::invalid);
    valid = valid && signature.digest_valid && signature.signature_valid;
  }
  return valid;
}

}  // namespace

TEST_CASE("an officer signs, then an agency, and both signatures hold") {
  const TempDir dir;
  const SmallPdf pdf;
  const fs::path file = write(dir, pdf);
  const SignatureInfo first = sign_pdf(file, test_key("officer"), request("Officer"));
  CHECK(first.signer == to_nfc("Nguyễn Thị Mẫu"));
  CHECK(first.level == "B-B");
  CHECK(first.field == "Officer");
  const std::string once = read_file(file);
  CHECK(once.starts_with(pdf.bytes()));
  CHECK(inspect_pdf(file, {}).signatures.at(0).covers_whole_file);

  sign_pdf(file, test_key("agency"), request("Agency"));
  CHECK(read_file(file).starts_with(once));
  const PdfReport report = inspect_pdf(file, {pki() / "root.pem"});
  REQUIRE(report.signatures.size() == 2);
  CHECK(all_valid(report));
  CHECK_FALSE(report.signatures[0].covers_whole_file);
  CHECK(report.signatures[0].changed_after == "signatures");
  CHECK(report.signatures[1].covers_whole_file);
  CHECK(report.signatures[1].changed_after == "nothing");
  for (const SignatureReport& signature : report.signatures) {
    CHECK(signature.path == "trusted");
    CHECK(signature.sub_filter == "ETSI.CAdES.detached");
    CHECK(signature.issuer == "sohoa test authority");
    CHECK(signature.time.size() == 20);
  }
  CHECK(report.pages == 1);
}

TEST_CASE("every structure of a form and of annotations takes the new field") {
  const std::string text_field = "<</Type /Annot /Subtype /Widget /FT /Tx /T (Old) /F 4 /Rect [0 0 9 9]>>";
  const std::vector<SmallPdf> variants{
      {"", "/MediaBox [0 0 600 800] /Annots []", {}, false},
      {"", "/MediaBox [0 0 600 800] /Annots 5 0 R", {"[]"}, false},
      {"/AcroForm <</Fields [5 0 R]>>", "/MediaBox [0 0 600 800] /Annots [5 0 R]", {text_field}, false},
      {"/AcroForm <</Fields 6 0 R>>",
       "/MediaBox [0 0 600 800] /Annots 7 0 R",
       {text_field, "[5 0 R]", "[5 0 R]"},
       false},
      {"/AcroForm 6 0 R",
       "/MediaBox [0 0 600 800] /Annots [5 0 R]",
       {text_field, "<</Fields [5 0 R] /SigFlags 1>>"},
       false},
      {"/AcroForm 6 0 R",
       "/MediaBox [0 0 600 800] /Annots 7 0 R",
       {text_field, "<</Fields 8 0 R>>", "[5 0 R]", "[5 0 R]"},
       true},
      {"/AcroForm <<>>", "/MediaBox [0 0 600 800]", {}, true}};
  for (std::size_t i = 0; i < variants.size(); ++i) {
    CAPTURE(i);
    const TempDir dir;
    const fs::path file = write(dir, variants[i]);
    sign_pdf(file, test_key("officer"), request("Officer"));
    sign_pdf(file, test_key("agency"), request("Agency"));
    const PdfReport report = inspect_pdf(file, {});
    REQUIRE(report.signatures.size() == 2);
    CHECK(all_valid(report));
    CHECK(report.signatures[0].changed_after == "signatures");
    const std::string bytes = read_file(file);
    CHECK(bytes.find("/SigFlags 3") != std::string::npos);
    if (has_programs({"qpdf"})) {
      const Run check = run({"qpdf", "--check", file.string()});
      CHECK_MESSAGE(check.status == 0, check.out << check.err);
      const Run json = run({"qpdf", "--json", "--json-key=acroform", file.string()});
      CHECK(json.out.find("\"Officer\"") != std::string::npos);
      CHECK(json.out.find("\"Agency\"") != std::string::npos);
      CHECK((json.out.find("\"Old\"") != std::string::npos) == (variants[i].more.size() > 0 && i > 1));
    }
  }
}

TEST_CASE("a key knows its own signature by the field") {
  const TempDir dir;
  const fs::path file = write(dir, {});
  const SigningKey key = test_key("officer");
  CHECK_FALSE(signature_of(file, key, "officer").has_value());
  const SignatureRequest wanted = request("officer");
  sign_pdf(file, key, wanted);
  const std::optional<SignatureInfo> found = signature_of(file, key, "officer");
  REQUIRE(found.has_value());
  CHECK(found->field == "officer");
  CHECK(found->time == wanted.time);
  CHECK(found->signer == to_nfc("Nguyễn Thị Mẫu"));
  CHECK_FALSE(signature_of(file, key, "agency").has_value());
  CHECK_FALSE(signature_of(file, key, "off").has_value());
  CHECK_FALSE(signature_of(file, test_key("agency"), "officer").has_value());
  sign_pdf(file, test_key("agency"), wanted);
  CHECK(signature_of(file, test_key("agency"), "officer")->field == "officer2");
}

TEST_CASE("a taken field name gets a number") {
  const TempDir dir;
  const fs::path file = write(dir, {});
  const SigningKey key = test_key("agency");
  CHECK(sign_pdf(file, key, request("Officer")).field == "Officer");
  CHECK(sign_pdf(file, key, request("Officer")).field == "Officer2");
  CHECK(sign_pdf(file, key, request("Officer")).field == "Officer3");
  CHECK(all_valid(inspect_pdf(file, {})));
}

TEST_CASE("the block lies in the corner that the viewer sees, however the page is turned") {
  SignatureRequest left = request("Officer");
  SignatureRequest right = left;
  right.appearance.corner = SignatureAppearance::Corner::top_right;
  // The crop box 500 x 600 at (50, 100); the corner of the block is 28 points off two of its edges.
  const std::string boxes = "/MediaBox [0 0 600 800] /CropBox [50 100 550 700] /Rotate ";
  struct Row {
    std::string rotate;
    std::size_t left_edges[2];  // of the rectangle: which lie near the top left corner
    double left_values[2];
    std::size_t right_edges[2];
    double right_values[2];
  };
  const std::vector<Row> rows{{"0", {0, 3}, {78, 672}, {2, 3}, {522, 672}},
                              {"90", {0, 1}, {78, 128}, {0, 3}, {78, 672}},
                              {"180", {2, 1}, {522, 128}, {0, 1}, {78, 128}},
                              {"270", {2, 3}, {522, 672}, {2, 1}, {522, 128}},
                              {"-90", {2, 3}, {522, 672}, {2, 1}, {522, 128}}};
  for (const Row& row : rows) {
    CAPTURE(row.rotate);
    const SmallPdf pdf{"", boxes + row.rotate, {}, false};
    const std::vector<double> a = signed_rect(pdf, left);
    const std::vector<double> b = signed_rect(pdf, right);
    for (std::size_t i = 0; i < 2; ++i) {
      CHECK(a[row.left_edges[i]] == doctest::Approx(row.left_values[i]));
      CHECK(b[row.right_edges[i]] == doctest::Approx(row.right_values[i]));
    }
    const bool upright = row.rotate == "0" || row.rotate == "180";
    const double across = upright ? a[2] - a[0] : a[3] - a[1];
    const double along = upright ? a[3] - a[1] : a[2] - a[0];
    CHECK(across > along);
    CHECK(along == doctest::Approx(10 * 1.15 + 6).epsilon(0.01));
  }
}

TEST_CASE("long text wraps in its half of the page and never leaves it") {
  std::string sentence;
  for (int i = 0; i < 400; ++i) {
    sentence += "Ủy ban nhân dân huyện Ứng Hòa ";
  }
  for (const std::string& text : {sentence.substr(0, 300), sentence, std::string(3000, 'W')}) {
    const std::vector<double> rect = signed_rect({}, request("Officer", {text, "24.11.2026"}));
    CHECK(rect[0] == doctest::Approx(28));
    CHECK(rect[2] <= 300);
    CHECK(rect[2] > 250);
    CHECK(rect[1] >= 0);
    CHECK(rect[3] == doctest::Approx(772));
  }
  const std::vector<double> tiny = signed_rect({"", "/MediaBox [0 0 40 40]", {}, false}, request("Officer"));
  CHECK(tiny[0] >= 0);
  CHECK(tiny[2] <= 20);
  CHECK(tiny[1] >= 0);
  CHECK(tiny[3] <= 40);
}

TEST_CASE("the block moves off the words that are printed in its corner") {
  SignatureRequest wanted = request("Officer");
  const std::vector<double> before = signed_rect({}, wanted);
  wanted.appearance.printed = {{0, 0, 0.4, 0.06}};  // 240 x 48 points of the page's 600 x 800
  const std::vector<double> below = signed_rect({}, wanted);
  CHECK(below[0] == doctest::Approx(28));
  CHECK(below[3] == doctest::Approx(800 - 48 - 4));
  wanted.appearance.printed = {{0, 0, 0.1, 1}};
  CHECK(signed_rect({}, wanted)[0] == doctest::Approx(64));
  wanted.appearance.printed = {{0, 0, 1, 1}};
  CHECK(signed_rect({}, wanted) == before);
  wanted.appearance.corner = SignatureAppearance::Corner::top_right;
  wanted.appearance.printed = {{0.8, 0, 1, 1}};
  CHECK(signed_rect({}, wanted)[2] == doctest::Approx(476));
  // A page turned by a quarter: its words lie in the viewed frame.
  wanted.appearance.corner = SignatureAppearance::Corner::top_left;
  wanted.appearance.printed = {{0, 0, 0.4, 0.1}};  // of 800 x 600 as it is viewed: 60 points high
  const std::vector<double> turned = signed_rect({"", "/MediaBox [0 0 600 800] /Rotate 90", {}, false}, wanted);
  CHECK(turned[0] == doctest::Approx(64));
  CHECK(turned[1] == doctest::Approx(28));
}

TEST_CASE("blocks never overlap, on small, narrow and turned pages, nor two in one corner") {
  for (const std::string size : {"595 842", "420 595", "298 420", "200 842", "842 595", "100 100"}) {
    for (const std::string rotate : {"0", "90", "180", "270"}) {
      CAPTURE(size);
      CAPTURE(rotate);
      const TempDir dir;
      const fs::path file = write(dir, {"", "/MediaBox [0 0 " + size + "] /Rotate " + rotate, {}, false});
      SignatureRequest officer = request("Officer", {"Người số hóa: Nguyễn Thị Mẫu", "2026-11-24T22:24:40+07:00"});
      SignatureRequest office = request("Agency", {"Sao y; Ủy ban nhân dân xã Mẫu", "2026-11-24T22:24:40+07:00"});
      office.appearance.corner = SignatureAppearance::Corner::top_right;
      std::vector<std::vector<double>> rects;
      for (const SignatureRequest* wanted : {&officer, &office, &officer}) {
        const std::size_t old = read_file(file).size();
        sign_pdf(file, test_key("agency"), *wanted);
        rects.push_back(rect_of(read_file(file).substr(old)));
      }
      const bool room = size != "100 100";
      for (std::size_t i = 0; i < rects.size(); ++i) {
        for (std::size_t k = i + 1; k < rects.size() && (room || k < 2); ++k) {
          const std::vector<double>& a = rects[i];
          const std::vector<double>& b = rects[k];
          CHECK_MESSAGE((a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1]), i << " and " << k);
        }
      }
    }
  }
}

TEST_CASE("an invisible signature has no area") {
  SignatureRequest invisible = request("Officer");
  invisible.appearance.visible = false;
  invisible.appearance.font_file = "/nowhere";
  CHECK(signed_rect({}, invisible) == std::vector<double>{0, 0, 0, 0});
}

TEST_CASE("the same request gives the same bytes") {
  const TempDir dir;
  const SigningKey key = test_key("officer");
  SignatureRequest wanted = request("Officer");
  const fs::path file = write(dir, {});
  sign_pdf(file, key, wanted);
  const std::string first = read_file(file);
  write(dir, {});
  sign_pdf(file, key, wanted);
  CHECK(read_file(file) == first);
}

TEST_CASE("what cannot be signed stays as it was") {
  const TempDir dir;
  const fs::path file = write(dir, {});
  SignatureRequest no_font = request("Officer");
  no_font.appearance.font_file = "/nowhere";
  CHECK(failure(file, no_font) == "font-unreadable");
  CHECK(failure(file, request("Officer", {"漢"})) == "font-letter");
  write_file(file, "no PDF at all");
  CHECK(failure(file, request("Officer")) == "pdf-corrupt");
  write(dir, {"/Perms <</DocMDP <</Type /Sig /Reference [<</TransformParams <</P 1>>>>]>>>>", "", {}, false});
  CHECK(failure(file, request("Officer")) == "pdf-certified");
  std::string no_xref = SmallPdf{}.bytes();
  no_xref.replace(no_xref.rfind("xref\n0"), 4, "xxxx");
  write_file(file, no_xref);
  const std::string id = failure(file, request("Officer"));
  CHECK((id == "pdf-damaged" || id == "pdf-corrupt"));
}

TEST_CASE("the letters of the block can be copied" * doctest::skip(!has_programs({"pdftotext", "pdffonts"}))) {
  const TempDir dir;
  const fs::path file = write(dir, {});
  const std::string line = "Ằẳẵặ Ếểễệ Ốổỗộ Ứửữự Đđ – “24.11.2026 +07:00”";
  sign_pdf(file, test_key("officer"), request("Officer", {line}));
  CHECK(trim(run({"pdftotext", file.string(), "-"}).out) == line);
  const std::string fonts = run({"pdffonts", file.string()}).out;
  CHECK(std::regex_search(fonts, std::regex(R"([A-Z]{6}\+Tinos +CID TrueType +Identity-H +yes yes yes)")));
}

TEST_CASE("OpenSSL takes the signature as CAdES over the ranges" * doctest::skip(!has_programs({"openssl"}))) {
  const TempDir dir;
  const fs::path file = write(dir, {});
  sign_pdf(file, test_key("agency384"), request("Agency"));
  const std::string bytes = read_file(file);
  std::smatch range;
  REQUIRE(std::regex_search(bytes, range, std::regex(R"(/ByteRange \[0 (\d+) (\d+) (\d+) *\])")));
  const std::size_t hole = std::stoul(range[1]);
  const std::size_t after = std::stoul(range[2]);
  CHECK(after + std::stoul(range[3]) == bytes.size());
  std::string der;
  for (std::size_t i = hole + 1; i + 1 < after; i += 2) {
    der += static_cast<char>(std::stoi(bytes.substr(i, 2), nullptr, 16));
  }
  write_file(dir / "cms", der);
  write_file(dir / "bytes", bytes.substr(0, hole) + bytes.substr(after));
  const Run verify =
      run({"openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", (dir / "cms").string(),
           "-content", (dir / "bytes").string(), "-CAfile", (pki() / "root.pem").string(), "-out", "/dev/null"});
  CHECK_MESSAGE(verify.status == 0, verify.err);
}

TEST_CASE("pdfsig trusts both signatures" * doctest::skip(!has_programs({"pdfsig", "certutil"}))) {
  const TempDir dir;
  fs::create_directories(dir / "nss");
  REQUIRE(run({"certutil", "-N", "-d", (dir / "nss").string(), "--empty-password"}).status == 0);
  REQUIRE(run({"certutil", "-A", "-d", (dir / "nss").string(), "-n", "root", "-t", "CT,C,C", "-i",
               (pki() / "root.pem").string()})
              .status == 0);
  const fs::path file = write(dir, {});
  sign_pdf(file, test_key("officer"), request("Officer"));
  sign_pdf(file, test_key("agency"), request("Agency"));
  const std::string out = run({"pdfsig", "-nssdir", (dir / "nss").string(), file.string()}).out;
  const std::regex trusted("Signature is Valid\\.\n *- Certificate Validation: Certificate is Trusted");
  CHECK_MESSAGE(std::distance(std::sregex_iterator(out.begin(), out.end(), trusted), std::sregex_iterator()) == 2, out);
  CHECK(out.find("Total document signed") != std::string::npos);
}

TEST_CASE("real signed scans keep their signatures when one more is made" * doctest::skip(!has_corpus())) {
  const TempDir dir;
  std::size_t signatures = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(corpus() / "vn-signed-scan-pdf")) {
    if (entry.path().extension() != ".pdf") {
      continue;
    }
    CAPTURE(entry.path().string());
    const fs::path file = dir / "signed.pdf";
    fs::copy_file(entry.path(), file, fs::copy_options::overwrite_existing);
    const PdfReport before = inspect_pdf(file, {});
    CHECK(all_valid(before));
    signatures += before.signatures.size();
    sign_pdf(file, test_key("officer"), request("Officer"));
    const PdfReport after = inspect_pdf(file, {});
    CHECK(all_valid(after));
    CHECK(after.signatures.size() == before.signatures.size() + 1);
    CHECK(after.pdfa_faults == before.pdfa_faults);
  }
  CHECK(signatures == 13);
}
