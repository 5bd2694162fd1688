// SPDX-License-Identifier: Apache-2.0
#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "formats/csv.hpp"
#include "tests/support/corpus.hpp"

#include <doctest/doctest.h>

using namespace sohoa;

TEST_CASE("a register of little but commas is refused before it fills the memory") {
  const test::TempDir folder;
  const fs::path file = folder / "register.csv";
  std::string bytes;
  for (int row = 0; row < 9000; ++row) {
    bytes += std::string(499, ',') + "\n";
  }
  write_file(file, bytes);
  CHECK_THROWS_WITH_AS(read_csv_rows(file), doctest::Contains("line 8001 of"), Error);
  write_file(file, bytes.substr(0, 500 * 8000));
  CHECK(read_csv_rows(file).size() == 8000);
}
