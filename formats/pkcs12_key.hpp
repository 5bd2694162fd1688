// SPDX-License-Identifier: Apache-2.0
// Keys in files (PKCS#12, RFC 7292).
#pragma once

#include "core/fs.hpp"
#include "formats/key_material.hpp"

#include <string_view>

namespace sohoa {

// Refuses a key file that group or others can read. Throws Error(ExitStatus::signing_unavailable): key-unreadable,
// key-permissions, key-passphrase.
KeyMaterial open_pkcs12(const fs::path& file, std::string_view passphrase);

}  // namespace sohoa
