// SPDX-License-Identifier: Apache-2.0
#include "formats/pkcs11_module.hpp"

#include "core/error.hpp"

#include <array>

#include <libp11.h>
#include <openssl/ui.h>

namespace sohoa {
namespace {

constexpr std::array<const char*, 4> folders{SOHOA_LIBRARY_FOLDER, "/usr/lib64", "/usr/lib", "/usr/local/lib"};

Error module_error(const char* id, const std::string& message, const std::string& remedy) {
  return {ExitStatus::signing_unavailable, id, message, remedy};
}

fs::path find_module(const std::string& name) {
  boost::system::error_code code;
  for (const fs::path folder : folders) {
    for (const fs::path& place : {folder / "pkcs11", folder}) {
      for (const std::string& file : {name + ".so", "lib" + name + ".so"}) {
        if (fs::exists(place / file, code)) {
          return place / file;
        }
      }
    }
  }
  return {};
}

int give_pin(UI* ui, UI_STRING* question) {
  const auto* pin = static_cast<const Secret*>(UI_get0_user_data(ui));
  const UI_string_types type = UI_get_string_type(question);
  return (type != UIT_PROMPT && type != UIT_VERIFY) || UI_set_result(ui, question, pin->data()) == 0 ? 1 : 0;
}

}  // namespace

void unload_module(PKCS11_ctx_st* context) noexcept {
  PKCS11_CTX_unload(context);
  PKCS11_CTX_free(context);
}

fs::path module_of(const Pkcs11Uri& uri, const fs::path& module) {
  const std::string name = uri.module_name.empty() ? "p11-kit-proxy" : uri.module_name;
  const fs::path named = !uri.module_path.empty() ? uri.module_path : uri.module_name.empty() ? module : fs::path();
  const fs::path file = named.empty() ? find_module(name) : fs::absolute(named);
  boost::system::error_code code;
  if (file.empty() || !fs::is_regular_file(file, code)) {
    throw module_error("module-missing",
                       named.empty() ? "there is no PKCS#11 module " + name + " on this machine"
                                     : "the PKCS#11 module " + named.string() + " is not there",
                       "give --pkcs11-module FILE with the library that came with the token");
  }
  return file;
}

Pkcs11ContextPtr load_module(const fs::path& file) {
  PKCS11_CTX* context = PKCS11_CTX_new();
  if (context == nullptr) {
    throw std::bad_alloc();
  }
  if (PKCS11_CTX_load(context, file.c_str()) != 0) {
    PKCS11_CTX_free(context);
    throw module_error("module-failed", "the PKCS#11 module " + file.string() + " does not load: " + openssl_reason(),
                       "see that it is the token's library, for this kind of processor, and that its service runs");
  }
  return Pkcs11ContextPtr(context);
}

unsigned long pkcs11_result() {
  const unsigned long code = ERR_peek_last_error();
  return ERR_GET_LIB(code) == ERR_get_CKR_code() ? static_cast<unsigned long>(ERR_GET_REASON(code)) : 0;
}

void set_pin_of_each_signature(PKCS11_ctx_st& context, const Secret& pin) {
  static const std::unique_ptr<UI_METHOD, OpenSslFree<UI_destroy_method>> method(UI_create_method("sohoa"));
  if (!method || UI_method_set_reader(method.get(), give_pin) != 0) {
    throw std::bad_alloc();
  }
  if (!pin.empty()) {
    // libp11 takes it without const, and hands it back to give_pin() only.
    PKCS11_set_ui_method(&context, method.get(), const_cast<Secret*>(&pin));
  }
}

}  // namespace sohoa
