// SPDX-License-Identifier: Apache-2.0
// The only door to Boost.Filesystem. Paths are UTF-8 byte strings as the kernel has them.
// Reading helpers throw Error(ExitStatus::input); writing goes through core/atomic_file.hpp.
#pragma once

#include <boost/filesystem/operations.hpp>
#include <boost/filesystem/path.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace sohoa {

namespace fs = boost::filesystem;

// The whole file. Refuses more than `max_bytes` before it reads.
std::string read_file(const fs::path& path, std::uint64_t max_bytes = std::uint64_t{4} << 30U);

// mkdir -p with mode 0750; throws Error(ExitStatus::environment).
void make_directories(const fs::path& path);

// $XDG_CONFIG_HOME/sohoa, else ~/.config/sohoa; empty when neither variable is set (a service).
fs::path user_config_folder();

// True when `path`, its symbolic links resolved, lies in `folder` or below it.
bool is_inside(const fs::path& path, const fs::path& folder);

}  // namespace sohoa
