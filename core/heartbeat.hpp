// SPDX-License-Identifier: Apache-2.0
// A worker's sign of life, by which one that works slowly is told from one that hangs.
#pragma once

#include <functional>

namespace sohoa {

// Called now and then by whatever works long: once a page, a file, a line of text. Cheap; nothing outside a worker.
void beat();

// In the worker: `send` is called by beat(), at most once a second.
void on_beat(std::function<void()> send);

}  // namespace sohoa
