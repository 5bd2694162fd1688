// SPDX-License-Identifier: Apache-2.0
#include "formats/bag_digest.hpp"

#include "core/error.hpp"

#include <fstream>
#include <vector>

namespace sohoa {

BagDigester::BagDigester(Digests wanted) {
  if (wanted == Digests::both) {
    m_sha512.emplace();
  }
}

void BagDigester::update(std::string_view bytes) {
  m_sha256.update(bytes);
  if (m_sha512) {
    m_sha512->update(bytes);
  }
}

BagDigests BagDigester::finish() { return {m_sha256.hex(), m_sha512 ? m_sha512->hex() : std::string()}; }

BagDigests bag_digests_of_file(const fs::path& file, Digests wanted) {
  boost::system::error_code code;
  const bool regular = fs::is_regular_file(fs::symlink_status(file, code));
  std::ifstream in;
  if (regular) {
    in.open(file.string(), std::ios::binary);
  }
  BagDigester digester(wanted);
  std::vector<char> block(std::size_t{1} << 18U);
  while (in.is_open() && (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0)) {
    digester.update({block.data(), static_cast<std::size_t>(in.gcount())});
  }
  if (!in.is_open() || in.bad() || !in.eof()) {
    throw input_error("file-unreadable", "cannot read " + file.string() + " to its end",
                      "check that it is a file, its disk and its permissions");
  }
  return digester.finish();
}

}  // namespace sohoa
