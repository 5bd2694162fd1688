// SPDX-License-Identifier: Apache-2.0
// From argument vector to exit status; the only place where exceptions become sentences.
#pragma once

namespace sohoa {

int run_app(int argc, char** argv);

}  // namespace sohoa
