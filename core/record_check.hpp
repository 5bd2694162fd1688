// SPDX-License-Identifier: Apache-2.0
// What core/document.schema.json says of the keys that the steps read, judged before any step reads them, so
// that no step meets a value of a type that it does not expect. Unknown keys are welcome at every level.
#pragma once

#include "core/json.hpp"

namespace sohoa {

// Throws Error(ExitStatus::input): "record-schema" when it is no object of that schema, "record-key" naming the
// first key whose value has a type or a range that the schema forbids, or `pages` unlike `source.pages` in number.
void check_record(const Json& record);

// The members of a refused record that check_record() finds no fault with. `record` is an object.
Json sound_part(const Json& record);

}  // namespace sohoa
