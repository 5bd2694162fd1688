// SPDX-License-Identifier: Apache-2.0
// A name that a pen or a seal crosses reads otherwise at every look: each of its words is what the looks say together.
#pragma once

#include "core/hidden_names.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace sohoa {

// Whether all the readings have the line's words from `first` on, as they are.
bool all_say(const std::vector<SeenLine>& readings, const SeenLine& line, std::size_t first);

// Chooses the words from `first` on among what the line and the readings have in their places. Words of `list` count
// more, and what is no name's word counts for the one that it is near to. Of a word that changed, `read` keeps what was
// read.
void settle(SeenLine& line, std::size_t first, const std::vector<SeenLine>& readings,
            const std::vector<std::string>& list);

}  // namespace sohoa
