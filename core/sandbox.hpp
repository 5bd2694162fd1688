// SPDX-License-Identifier: Apache-2.0
// What a process that decodes bytes from outside may still do: read files and compute. Two guards of the kernel, each
// there or not: Landlock (no write outside some folders) and seccomp (no network, no other program, no other process).
#pragma once

#include "core/fs.hpp"

#include <string>
#include <vector>

namespace sohoa {

// Confines the calling process, which has one thread, for the rest of its life. It may make, change and remove files
// below the folders, which are made when they are absent. Returns what the kernel refused, a sentence without its full
// stop, or "" when everything holds. Throws Error(ExitStatus::environment) when a folder cannot be made.
std::string enter_sandbox(const std::vector<fs::path>& writable);

}  // namespace sohoa
