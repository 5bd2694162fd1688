// SPDX-License-Identifier: Apache-2.0
// Passphrases and key files: read from files that nobody else can read or from the terminal, and wiped from
// memory at the end.
#pragma once

#include "core/fs.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

void wipe(void* memory, std::size_t bytes) noexcept;

template <class T>
struct WipingAllocator {
  using value_type = T;
  WipingAllocator() = default;
  template <class Other>
  WipingAllocator(const WipingAllocator<Other>&) noexcept {
  }  // NOLINT(google-explicit-constructor): as the standard wants
  T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
  void deallocate(T* memory, std::size_t count) noexcept {
    wipe(memory, count * sizeof(T));
    std::allocator<T>().deallocate(memory, count);
  }
  bool operator==(const WipingAllocator&) const = default;
};

// Not a string: short strings live in the object itself, where moving leaves copies behind.
using Secret = std::vector<char, WipingAllocator<char>>;

inline std::string_view view(const Secret& secret) { return {secret.data(), secret.size()}; }

// The whole file of at most 1 MiB. Throws Error(ExitStatus::signing_unavailable): key-unreadable, and
// key-permissions when group or others can read it.
Secret read_private(const fs::path& file);

// The first line without its end; throws what read_private() throws.
Secret read_passphrase(const fs::path& file);

// Asks on the terminal, without echo. `what` is asked for: "the key's passphrase". Throws
// Error(ExitStatus::signing_unavailable, "key-passphrase") when there is no terminal or nothing was given.
Secret ask_passphrase(const std::string& prompt, const std::string& what);

}  // namespace sohoa
