// SPDX-License-Identifier: Apache-2.0
// A PKCS#11 module that passes everything on to SoftHSM, for what a case cannot do to a token.
//   TOKEN_CALLS=FILE    gets a line for each C_Login, C_OpenSession and C_Sign
//   TOKEN_GONE_AT=N     the token is taken out before the Nth C_Sign: this and what follows answers TOKEN_GONE_AS
//   TOKEN_GONE_AS=CODE  a CK_RV, by default CKR_DEVICE_REMOVED
//   TOKEN_FLAGS=FLAGS   are set besides in CK_TOKEN_INFO
#include <array>
#include <cstdlib>
#include <cstring>
#include <string>

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

namespace {

using Result = unsigned long;  // CK_RV; all of PKCS#11's numbers are unsigned long

// CK_FUNCTION_LIST (PKCS#11 2.40, 3.5): the functions in the order of the standard.
struct FunctionList {
  std::array<unsigned char, 2> version;
  std::array<void*, 68> functions;
};
enum Place : std::size_t {
  get_token_info = 6,
  open_session = 12,
  get_session_info = 15,
  login = 18,
  sign_init = 42,
  sign = 43
};

FunctionList* softhsm = nullptr;
FunctionList ours;
bool gone = false;

unsigned long number(const char* name, unsigned long otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoul(text, nullptr, 0);
}

void note(const std::string& call) {
  const char* file = std::getenv("TOKEN_CALLS");
  const int fd = file == nullptr ? -1 : ::open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd >= 0) {
    static_cast<void>(::write(fd, (call + "\n").data(), call.size() + 1) + 1);
    ::close(fd);
  }
}

template <class... Arguments>
Result pass(Place place, Arguments... arguments) {
  if (gone) {
    return number("TOKEN_GONE_AS", 0x32);
  }
  return reinterpret_cast<Result (*)(Arguments...)>(softhsm->functions[place])(arguments...);
}

Result GetTokenInfo(unsigned long slot, unsigned char* info) {
  constexpr std::size_t flags_at = 96;  // behind label, manufacturer, model and serial number
  const Result result = pass(get_token_info, slot, info);
  unsigned long flags = 0;
  std::memcpy(&flags, info + flags_at, sizeof flags);
  flags |= number("TOKEN_FLAGS", 0);
  std::memcpy(info + flags_at, &flags, sizeof flags);
  return result;
}

Result OpenSession(unsigned long slot, unsigned long flags, void* application, void* notify, unsigned long* session) {
  note("C_OpenSession");
  return pass(open_session, slot, flags, application, notify, session);
}

Result GetSessionInfo(unsigned long session, void* info) { return pass(get_session_info, session, info); }

Result Login(unsigned long session, unsigned long user, unsigned char* pin, unsigned long size) {
  note("C_Login");
  return pass(login, session, user, pin, size);
}

Result SignInit(unsigned long session, void* mechanism, unsigned long key) {
  return pass(sign_init, session, mechanism, key);
}

Result Sign(unsigned long session, unsigned char* data, unsigned long size, unsigned char* signature,
            unsigned long* room) {
  static unsigned long signatures = 0;
  note("C_Sign");
  gone = gone || ++signatures == number("TOKEN_GONE_AT", 0);
  return pass(sign, session, data, size, signature, room);
}

}  // namespace

extern "C" Result C_GetFunctionList(FunctionList** list) {
  void* library = ::dlopen("/usr/lib/softhsm/libsofthsm2.so", RTLD_NOW);
  void* function = library == nullptr ? nullptr : ::dlsym(library, "C_GetFunctionList");
  if (function == nullptr || reinterpret_cast<Result (*)(FunctionList**)>(function)(&softhsm) != 0) {
    return 0x5;  // CKR_GENERAL_ERROR
  }
  ours = *softhsm;
  ours.functions[get_token_info] = reinterpret_cast<void*>(GetTokenInfo);
  ours.functions[open_session] = reinterpret_cast<void*>(OpenSession);
  ours.functions[get_session_info] = reinterpret_cast<void*>(GetSessionInfo);
  ours.functions[login] = reinterpret_cast<void*>(Login);
  ours.functions[sign_init] = reinterpret_cast<void*>(SignInit);
  ours.functions[sign] = reinterpret_cast<void*>(Sign);
  *list = &ours;
  return 0;
}
