// SPDX-License-Identifier: Apache-2.0
// One-page PDFs written by hand, for what no writer would write.
#pragma once

#include "core/atomic_file.hpp"

#include <cstdio>
#include <string>
#include <vector>

namespace sohoa::test {

inline std::string stream_object(const std::string& entries, const std::string& bytes) {
  return "<<" + entries + "/Length " + std::to_string(bytes.size()) + ">>stream\n" + bytes + "\nendstream";
}

// Objects 1 … n; the first is the catalog.
inline std::string pdf_of(const std::vector<std::string>& objects) {
  std::string pdf = "%PDF-1.7\n";
  std::string table;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    char entry[21];
    std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", pdf.size());
    table += entry;
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string count = std::to_string(objects.size() + 1);
  return pdf + "xref\n0 " + count + "\n0000000000 65535 f \n" + table + "trailer<</Size " + count +
         "/Root 1 0 R>>\nstartxref\n" + std::to_string(pdf.size()) + "\n%%EOF\n";
}

struct HandPage {
  std::string content = "q 72 0 0 36 0 0 cm /I0 Do Q";  // 72 x 36 points
  std::vector<std::string> images = {};                 // image XObjects /I0, /I1 …
  std::string entries = {};                             // of the page
  std::string more = {};                                // objects' references in the resources' /XObject
  std::vector<std::string> objects = {};                // from number 5 + the images' count on
};

inline std::string image_object(const std::string& entries, int width, int height, const std::string& bytes) {
  return stream_object(
      "/Type/XObject/Subtype/Image/Width " + std::to_string(width) + "/Height " + std::to_string(height) + entries,
      bytes);
}

inline void write_hand_pdf(const fs::path& file, const HandPage& page) {
  std::string names;
  for (std::size_t i = 0; i < page.images.size(); ++i) {
    names += "/I" + std::to_string(i) + " " + std::to_string(5 + i) + " 0 R";
  }
  std::vector<std::string> objects{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                                   "<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 36]/Contents 4 0 R" + page.entries +
                                       "/Resources<</XObject<<" + names + page.more + ">>>>>>",
                                   stream_object("", page.content)};
  objects.insert(objects.end(), page.images.begin(), page.images.end());
  objects.insert(objects.end(), page.objects.begin(), page.objects.end());
  write_file(file, pdf_of(objects));
}

}  // namespace sohoa::test
