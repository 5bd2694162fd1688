// SPDX-License-Identifier: Apache-2.0
#include "formats/pkcs11_session.hpp"

#include "core/error.hpp"

#include <libp11.h>
#include <openssl/err.h>

namespace sohoa {
namespace {

Error token_error(const char* id, const std::string& message, const std::string& remedy) {
  return {ExitStatus::signing_unavailable, id, message, remedy};
}

std::string text(const char* words) { return words == nullptr ? "" : words; }

Error locked(const std::string& name) {
  return token_error("pin-locked", "the " + name + " is locked after wrong PINs",
                     "unlock it with its PUK, or ask who gave it out");
}

std::string slot_id(const PKCS11_SLOT& slot) {
  PKCS11_SLOT same = slot;  // libp11 takes it without const
  return std::to_string(PKCS11_get_slotid_from_slot(&same));
}

std::string line_of(const PKCS11_SLOT& slot) {
  const PKCS11_TOKEN& token = *slot.token;
  return "\n  token=" + text(token.label) + " serial=" + text(token.serialnr) + " model=" + text(token.model) +
         " manufacturer=" + text(token.manufacturer) + " slot-id=" + slot_id(slot);
}

}  // namespace

void Pkcs11Session::FreeSlots::operator()(PKCS11_slot_st* slots) const noexcept {
  PKCS11_release_all_slots(context, slots, count);
}

Pkcs11Session::Pkcs11Session(const Pkcs11Uri& uri, const fs::path& module)
    : m_context(load_module(module_of(uri, module))), m_slots(nullptr, FreeSlots{m_context.get(), 0}) {
  PKCS11_SLOT* slots = nullptr;
  unsigned count = 0;
  if (PKCS11_enumerate_slots(m_context.get(), &slots, &count) != 0) {
    throw token_error("module-failed", "the PKCS#11 module does not tell its tokens: " + openssl_reason(),
                      "see that its reader or service runs");
  }
  m_slots = SlotsPtr(slots, FreeSlots{m_context.get(), count});
  std::string present;
  std::string fitting;
  bool several = false;
  for (PKCS11_SLOT* slot = slots; slot != slots + count; ++slot) {
    if (slot->token == nullptr || slot->token->initialized == 0) {
      continue;
    }
    present += line_of(*slot);
    if (allowed(uri, *slot)) {
      fitting += line_of(*slot);
      several = m_slot != nullptr;
      m_slot = slot;
    }
  }
  if (m_slot == nullptr) {
    throw token_error("token-missing", "no token fits " + uri.text,
                      present.empty() ? "put it into its reader; the module sees none at all"
                                      : "put it into its reader, or change the URI; these are there:" + present);
  }
  if (several) {
    throw token_error("token-ambiguous", "several tokens fit " + uri.text,
                      "say which by token, serial or slot-id in the URI:" + fitting);
  }
}

bool Pkcs11Session::allowed(const Pkcs11Uri& uri, const PKCS11_slot_st& slot) const {
  return uri.allows("token", text(slot.token->label)) && uri.allows("serial", text(slot.token->serialnr)) &&
         uri.allows("model", text(slot.token->model)) && uri.allows("manufacturer", text(slot.token->manufacturer)) &&
         uri.allows("slot-id", slot_id(slot)) && uri.allows("slot-manufacturer", text(slot.manufacturer)) &&
         uri.allows("slot-description", text(slot.description)) &&
         uri.allows("library-manufacturer", text(m_context->manufacturer)) &&
         uri.allows("library-description", text(m_context->description));
}

PKCS11_token_st& Pkcs11Session::token() const { return *m_slot->token; }

std::string Pkcs11Session::name() const { return "token " + text(token().label); }

void Pkcs11Session::log_in(const AskPin& ask) {
  if (token().loginRequired == 0) {
    return;
  }
  if (token().userPinLocked != 0) {
    throw locked(name());
  }
  if (token().secureLogin == 0) {  // else it has a keypad of its own
    m_pin = ask(text(token().label), token().userPinFinalTry != 0);
    m_pin.push_back('\0');
    set_pin_of_each_signature(*m_context, m_pin);
  }
  ERR_clear_error();
  if (PKCS11_login(m_slot, 0, m_pin.empty() ? nullptr : m_pin.data()) == 0) {
    return;
  }
  const unsigned long result = pkcs11_result();
  const std::string reason = openssl_reason();
  if (result == k_pin_locked) {
    throw locked(name());
  }
  if (result == k_pin_incorrect || result == k_pin_invalid || result == k_pin_length) {
    throw token_error("pin-wrong", "the PIN does not open the " + name() + "; it was tried once",
                      "look the PIN up before you try again, for a few wrong ones lock the token");
  }
  throw token_error("token-failed", "the " + name() + " does not let anybody log in: " + reason,
                    "try it with another program, such as pkcs11-tool --login --list-objects");
}

}  // namespace sohoa
