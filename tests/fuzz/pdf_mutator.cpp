// SPDX-License-Identifier: Apache-2.0
// Nearly every change of a PDF's bytes breaks its table of objects, and a reader goes no further. So most mutants
// are given a new table behind their end, as a later revision would have.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <string>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed);

namespace {

const std::string mark = "\n%a new table\n";

std::map<unsigned, std::size_t> objects_of(const std::string& pdf) {
  std::map<unsigned, std::size_t> offsets;
  for (std::size_t at = pdf.find(" obj"); at != std::string::npos; at = pdf.find(" obj", at + 1)) {
    const std::size_t line = pdf.find_last_of("\r\n", at) + 1;  // 0 where there is none
    unsigned number = 0;
    unsigned generation = 0;
    if (std::sscanf(pdf.substr(line, at - line).c_str(), "%6u %5u", &number, &generation) == 2 && number < 10000) {
      offsets[number] = line;
    }
  }
  return offsets;
}

std::string trailer_of(const std::string& pdf, std::size_t size) {
  const std::size_t last = pdf.rfind("trailer");
  const std::size_t end = last == std::string::npos ? last : pdf.find("startxref", last);
  if (end != std::string::npos) {
    return pdf.substr(last, end - last);
  }
  const std::size_t root = pdf.rfind("/Root");
  return "trailer\n<</Size " + std::to_string(size) + "/ID[<00><01>]" +
         (root == std::string::npos ? "/Root 1 0 R" : pdf.substr(root, pdf.find('R', root + 3) + 1 - root)) + ">>\n";
}

std::string with_new_table(std::string pdf) {
  pdf.resize(std::min(pdf.size(), pdf.find(mark)));
  const std::map<unsigned, std::size_t> offsets = objects_of(pdf);
  const std::string trailer = trailer_of(pdf, offsets.empty() ? 1 : offsets.rbegin()->first + 1);
  pdf += mark;
  const std::size_t table = pdf.size();
  pdf += "xref\n";
  for (const auto& [number, offset] : offsets) {
    char row[40];
    std::snprintf(row, sizeof row, "%u 1\n%010zu 00000 n \n", number, offset);
    pdf += row;
  }
  return pdf + trailer + "startxref\n" + std::to_string(table) + "\n%%EOF\n";
}

}  // namespace

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed) {
  size = LLVMFuzzerMutate(data, size, max_size);
  if (seed % 4 == 0) {
    return size;
  }
  const std::string mended = with_new_table({data, data + size});
  if (mended.size() > max_size) {
    return size;
  }
  std::copy(mended.begin(), mended.end(), data);
  return mended.size();
}
