// SPDX-License-Identifier: Apache-2.0
// The keys of a profile: one line here and one variable in core/profile.hpp make a key, which is then read, checked,
// shown with its origin and told apart from its misspellings.
#pragma once

#include "core/profile.hpp"
#include "core/toml_keys.hpp"

namespace sohoa {

void declare_profile(TomlKeys& keys, Profile& profile);

}  // namespace sohoa
