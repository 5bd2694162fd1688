// SPDX-License-Identifier: Apache-2.0
// Language models made of a few lines.
#pragma once

#include "core/fs.hpp"
#include "core/language_model.hpp"

#include <fstream>
#include <string>

namespace sohoa::test {

// Throws what the table's reader throws.
inline LanguageModel model_of(const std::string& table) {
  const fs::path file = fs::temp_directory_path() / fs::unique_path("sohoa-%%%%%%%%.bigrams");
  std::ofstream(file.string()) << table;
  try {
    LanguageModel model(file);
    fs::remove(file);
    return model;
  } catch (...) {
    fs::remove(file);
    throw;
  }
}

}  // namespace sohoa::test
