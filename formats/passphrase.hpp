// SPDX-License-Identifier: Apache-2.0
// Where a passphrase or PIN comes from when nobody types it, but for files (formats/secret.hpp). Each may be asked
// once.
#pragma once

#include "formats/secret.hpp"

#include <string>

namespace sohoa {

// Takes the variable out of this process' environment and wipes its bytes there.
// Throws Error(ExitStatus::signing_unavailable, "key-passphrase") when it is not set.
Secret take_from_environment(const std::string& name);

// The first line that comes from the descriptor, without its end. Nothing behind the line is read; a descriptor above 2
// is closed then. Throws Error(ExitStatus::signing_unavailable, "key-passphrase").
Secret read_from_descriptor(int descriptor);

}  // namespace sohoa
