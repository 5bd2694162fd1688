// SPDX-License-Identifier: Apache-2.0
// Paths that somebody else's list has for files of its own folder.
#pragma once

#include "core/fs.hpp"

#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace sohoa {

// Without ".", ".." and empty parts: "./data//x" and "a/../data/x" are "data/x". Empty when it is absolute, leads out
// of the folder on its way, is the folder itself, or holds a zero byte. (lexically_normal() of Boost keeps a leading
// ".", and what follows it.)
std::string inner_path(std::string_view path);

// The files below the folder, by their paths from there. What is neither file nor folder goes to `fault`, in a
// sentence.
std::set<std::string> files_inside(const fs::path& folder, const std::function<void(const std::string&)>& fault);

}  // namespace sohoa
