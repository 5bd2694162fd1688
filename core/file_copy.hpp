// SPDX-License-Identifier: Apache-2.0
// Scans on their way out of the inbox.
#pragma once

#include "core/fs.hpp"

namespace sohoa {

// Copies a regular file, its time of change too, so that it appears whole and lasting; holes stay holes. Never reads
// through a link, from a pipe or a device. Throws Error(ExitStatus::input, "file-unreadable"), and what AtomicFile
// throws.
void copy_scan(const fs::path& from, const fs::path& to);

// Whether both are there and have the same bytes.
bool same_content(const fs::path& one, const fs::path& other);

}  // namespace sohoa
