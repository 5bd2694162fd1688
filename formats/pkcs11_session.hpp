// SPDX-License-Identifier: Apache-2.0
// A token that somebody has logged in to.
#pragma once

#include "formats/pkcs11_module.hpp"
#include "formats/pkcs11_token.hpp"
#include "formats/pkcs11_uri.hpp"

#include <memory>
#include <string>
#include <vector>

struct PKCS11_slot_st;
struct PKCS11_token_st;

namespace sohoa {

class Pkcs11Session {
 public:
  // Finds the one token that the URI allows. Throws as open_token() does of modules and tokens.
  Pkcs11Session(const Pkcs11Uri& uri, const fs::path& module);

  // Once. Throws as open_token() does of PINs.
  void log_in(const AskPin& ask);

  [[nodiscard]] PKCS11_token_st& token() const;
  // "token Office"
  [[nodiscard]] std::string name() const;

 private:
  struct FreeSlots {
    PKCS11_ctx_st* context;
    unsigned count;
    void operator()(PKCS11_slot_st* slots) const noexcept;
  };
  using SlotsPtr = std::unique_ptr<PKCS11_slot_st, FreeSlots>;

  [[nodiscard]] bool allowed(const Pkcs11Uri& uri, const PKCS11_slot_st& slot) const;

  Secret m_pin;  // ends with 0; before the context, which may ask for it
  Pkcs11ContextPtr m_context;
  SlotsPtr m_slots;
  PKCS11_slot_st* m_slot = nullptr;
};

}  // namespace sohoa
