// SPDX-License-Identifier: Apache-2.0
// The folder of real scans that some tests read where it lies: SOHOA_CORPUS, else ../shared/corpus
// beside the source tree. A test case that needs it is declared
//   TEST_CASE("…" * doctest::skip(!has_corpus()))
// and so is counted as skipped, not as passed, where it is absent.
#pragma once

#include "core/fs.hpp"

#include <cstdlib>

namespace sohoa::test {

inline fs::path corpus() {
  const char* set = std::getenv("SOHOA_CORPUS");
  return set != nullptr ? fs::path(set) : fs::path(SOHOA_SOURCE_DIR) / ".." / "shared" / "corpus";
}

inline bool has_corpus() { return fs::exists(corpus() / "MANIFEST.tsv"); }

// An empty folder of the test's own, removed with its content at the end.
class TempDir {
 public:
  TempDir() : m_path(fs::temp_directory_path() / fs::unique_path("sohoa-test-%%%%-%%%%-%%%%")) {
    fs::create_directories(m_path);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir() {
    boost::system::error_code ignored;
    fs::remove_all(m_path, ignored);
  }
  [[nodiscard]] fs::path operator/(const std::string& name) const { return m_path / name; }
  [[nodiscard]] const fs::path& path() const { return m_path; }

 private:
  fs::path m_path;
};

}  // namespace sohoa::test
