// SPDX-License-Identifier: Apache-2.0
// PKCS#11 modules: which one, loaded, and what it answers.
#pragma once

#include "core/fs.hpp"
#include "formats/openssl.hpp"
#include "formats/pkcs11_uri.hpp"
#include "formats/secret.hpp"

#include <memory>

struct PKCS11_ctx_st;

namespace sohoa {

// Results of PKCS#11 2.40, 6.
constexpr unsigned long k_pin_incorrect = 0xA0;
constexpr unsigned long k_pin_invalid = 0xA1;
constexpr unsigned long k_pin_length = 0xA2;
constexpr unsigned long k_pin_locked = 0xA4;

void unload_module(PKCS11_ctx_st* context) noexcept;
using Pkcs11ContextPtr = std::unique_ptr<PKCS11_ctx_st, OpenSslFree<unload_module>>;

// The file: the URI's module-path or module-name, else `module`, else p11-kit's proxy.
// Throws Error(ExitStatus::signing_unavailable, "module-missing").
fs::path module_of(const Pkcs11Uri& uri, const fs::path& module);

// Throws Error(ExitStatus::signing_unavailable, "module-failed").
Pkcs11ContextPtr load_module(const fs::path& file);

// What the module answered last that is in OpenSSL's queue of errors; 0: nothing.
unsigned long pkcs11_result();

// Some keys want the PIN for each signature (CKA_ALWAYS_AUTHENTICATE): gives them `pin`, which ends with 0 and outlives
// the context. An empty one leaves it to the token's keypad.
void set_pin_of_each_signature(PKCS11_ctx_st& context, const Secret& pin);

}  // namespace sohoa
