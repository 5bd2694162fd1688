// SPDX-License-Identifier: Apache-2.0
// The profile's section [secrecy]: which words say that a paper is secret, and where they are looked for.
#pragma once

#include <string>
#include <vector>

namespace sohoa {

struct SecrecyRules {
  std::vector<std::string> marks;       // words that stop a document: "MẬT"; none: nothing is looked for
  std::vector<std::string> side_marks;  // longer phrases that do, too: "TÀI LIỆU THU HỒI"
  std::vector<std::string> after;       // words that make no mark of what follows them on the next line: "BẢO"
  std::vector<std::string> before;      // words that make no mark of what stands right before them: "ĐỘ"
  std::vector<std::string> others;      // stamps that are none, however badly their ends are read: "HỎA TỐC"
  std::string where = "anywhere";       // anywhere | upper-half of each page
};

}  // namespace sohoa
