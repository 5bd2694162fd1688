// SPDX-License-Identifier: Apache-2.0
// Keys, and small PDFs of every structure that a signature must find its way into.
#pragma once

#include "core/atomic_file.hpp"
#include "formats/pdf_signature.hpp"
#include "support/corpus.hpp"
#include "support/run.hpp"

#include <cstdio>
#include <string>
#include <vector>

namespace sohoa::test {

inline const std::string k_passphrase = "mat khau thu";
inline const fs::path k_font = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf";

// The folder that scripts/make-test-pki made, once a run.
inline const fs::path& pki() {
  static const TempDir folder;
  static const bool made = [] {
    const std::string script = std::string(SOHOA_SOURCE_DIR) + "/scripts/make-test-pki";
    const Run result = run({script, folder.path().string()});
    if (result.status != 0) {
      throw std::runtime_error("make-test-pki: " + result.err);
    }
    return true;
  }();
  static_cast<void>(made);
  return folder.path();
}

// A time at which the keys of the test authority hold.
inline Time today() {
  pki();
  return wall_time();
}

inline SigningKey test_key(const std::string& name) {
  return SigningKey::from_pkcs12(pki() / (name + ".p12"), k_passphrase, today());
}

inline SignatureRequest request(const std::string& field, std::vector<std::string> lines = {"Người số hóa"}) {
  SignatureRequest request;
  request.field = field;
  request.reason = "Số hóa";
  request.time = today();
  request.appearance.lines = std::move(lines);
  request.appearance.font_file = k_font;
  return request;
}

// Objects: 1 catalog, 2 page tree, 3 the page, 4 its contents, from 5 on `more`.
struct SmallPdf {
  std::string catalog;  // further keys
  std::string page = "/MediaBox [0 0 600 800]";
  std::vector<std::string> more;
  bool xref_stream = false;

  [[nodiscard]] std::string bytes() const {
    std::vector<std::string> objects{"<</Type /Catalog /Pages 2 0 R " + catalog + ">>",
                                     "<</Type /Pages /Kids [3 0 R] /Count 1>>",
                                     "<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <<>> " + page + ">>",
                                     "<</Length 15>>\nstream\n0 0 100 50 re f\nendstream"};
    objects.insert(objects.end(), more.begin(), more.end());
    std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
    // PoDoFo 0.9.8 fails on files of less than some 527 bytes with a cross-reference stream: it looks for the word
    // trailer in more bytes than there are.
    out += xref_stream ? "%" + std::string(100, ' ') + "\n" : "";
    std::vector<std::size_t> offsets;
    for (std::size_t i = 0; i < objects.size(); ++i) {
      offsets.push_back(out.size());
      out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    return xref_stream ? with_stream(out, offsets) : with_table(out, offsets);
  }

 private:
  static std::string with_table(std::string out, const std::vector<std::size_t>& offsets) {
    const std::size_t section = out.size();
    out += "xref\n0 " + std::to_string(offsets.size() + 1) + "\n0000000000 65535 f \n";
    for (const std::size_t offset : offsets) {
      char row[32];
      std::snprintf(row, sizeof row, "%010zu 00000 n \n", offset);
      out += row;
    }
    out += "trailer\n<</Size " + std::to_string(offsets.size() + 1) + " /Root 1 0 R /ID [<00> <00>]>>\n";
    return out + "startxref\n" + std::to_string(section) + "\n%%EOF\n";
  }

  static std::string with_stream(std::string out, std::vector<std::size_t> offsets) {
    const std::size_t section = out.size();
    offsets.push_back(section);
    std::string rows("\0\0\0\0\0\xFF\xFF", 7);
    for (const std::size_t offset : offsets) {
      rows += '\1';
      for (unsigned shift = 32; shift > 0;) {
        shift -= 8;
        rows += static_cast<char>((offset >> shift) & 0xFFU);
      }
      rows += std::string(2, '\0');
    }
    const std::string size = std::to_string(offsets.size() + 1);
    out += std::to_string(offsets.size()) + " 0 obj\n<</Type /XRef /W [1 4 2] /Size " + size +
           " /Root 1 0 R /ID [<00> <00>] /Length " + std::to_string(rows.size()) + ">>\nstream\n" + rows +
           "\nendstream\nendobj\n";
    return out + "startxref\n" + std::to_string(section) + "\n%%EOF\n";
  }
};

}  // namespace sohoa::test
