// SPDX-License-Identifier: Apache-2.0
#include "formats/http.hpp"

#include "core/error.hpp"
#include "formats/openssl.hpp"

#include <algorithm>
#include <climits>
#include <cstring>
#include <memory>

#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/ssl.h>

namespace sohoa {
namespace {

using Clock = std::chrono::steady_clock;
using ExchangePtr = std::unique_ptr<OSSL_HTTP_REQ_CTX, OpenSslFree<OSSL_HTTP_REQ_CTX_free>>;
using TlsPtr = std::unique_ptr<SSL_CTX, OpenSslFree<SSL_CTX_free>>;

inline void free_text(char* text) { OPENSSL_free(text); }
using TextPtr = std::unique_ptr<char, OpenSslFree<free_text>>;

constexpr int k_max_redirections = 5;

struct Place {
  bool tls = false;
  std::string host;
  std::string port;
  std::string path;
};

// The first error that says more than that an exchange failed; empties the queue.
std::string network_reason() {
  std::string reason;
  const char* data = nullptr;
  int flags = 0;
  for (unsigned long code = 0; (code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) != 0;) {
    const std::string_view more = (flags & ERR_TXT_STRING) != 0 && data != nullptr ? data : "";
    const char* words = ERR_SYSTEM_ERROR(code) ? std::strerror(ERR_GET_REASON(code)) : ERR_reason_error_string(code);
    if (more.starts_with("code=")) {  // "code=503, reason=Service Unavailable"
      return ERR_clear_error(), "it answers " + std::string(more.substr(5, more.find(',') - 5));
    }
    if (reason.empty() && words != nullptr) {
      reason = ERR_GET_REASON(code) == ERR_R_SYS_LIB && !more.empty() ? std::string(more) : words;
    }
  }
  // Newer versions of OpenSSL say so, too, of an error that has a text for people.
  const bool other_kind = reason.find("content type") != std::string::npos;
  return reason.empty() ? "no answer" : other_kind ? "it answers something else than it was asked for" : reason;
}

Error failed(const std::string& url, const std::string& reason) {
  return {ExitStatus::signing_unavailable, "server-failed", url + " does not serve: " + reason,
          "check the address, the network and http_proxy"};
}

Place place_of(const std::string& url) {
  char* host = nullptr;
  char* port = nullptr;
  char* path = nullptr;
  int tls = 0;
  if (!(url.starts_with("http://") || url.starts_with("https://")) ||
      OSSL_HTTP_parse_url(url.c_str(), &tls, nullptr, &host, &port, nullptr, &path, nullptr, nullptr) != 1) {
    ERR_clear_error();
    throw Error(ExitStatus::signing_unavailable, "url-wrong", url + " is no address of a server",
                "write it as http://server/path");
  }
  const TextPtr owned[] = {TextPtr(host), TextPtr(port), TextPtr(path)};
  return {tls != 0, host, port, path};
}

std::string joined(const Place& place, const std::string& redirection) {
  return redirection.starts_with("/")
             ? (place.tls ? "https://" : "http://") + place.host + ":" + place.port + redirection
             : redirection;
}

int seconds_until(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::seconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::max<long long>(left, 1));
}

// OpenSSL's own waits for a server that refuses connections as long as for one that is slow.
BioPtr connected(const Place& place, Clock::time_point deadline) {
  BioPtr bio(BIO_new_connect(place.host.c_str()));
  if (!bio || BIO_set_conn_port(bio.get(), place.port.c_str()) != 1) {
    return {};
  }
  BIO_set_nbio(bio.get(), 1);
  while (BIO_do_connect(bio.get()) <= 0) {
    if (!BIO_should_retry(bio.get()) || Clock::now() >= deadline) {
      return {};
    }
    BIO_wait(bio.get(), std::time(nullptr) + 1, 10);
  }
  return bio;
}

BioPtr encrypted(BioPtr raw, const Place& place, SSL_CTX* context) {
  SSL_CTX_set_default_verify_paths(context);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  BioPtr bio(BIO_new_ssl(context, 1));
  SSL* session = nullptr;
  if (!bio || BIO_get_ssl(bio.get(), &session) != 1 || SSL_set1_host(session, place.host.c_str()) != 1 ||
      SSL_ctrl(session, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
               const_cast<char*>(place.host.c_str())) != 1) {
    return {};
  }
  return BioPtr(BIO_push(bio.release(), raw.release()));
}

std::string all_of(BIO* answer) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(answer, &bytes);
  return size > 0 ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

// One exchange; "" with `redirection` set when the server names another place.
std::string exchange(const HttpRequest& request, const std::string& url, std::string& redirection) {
  ERR_clear_error();
  const Clock::time_point deadline = Clock::now() + request.timeout;
  const Place place = place_of(url);
  const TlsPtr tls(place.tls ? SSL_CTX_new(TLS_client_method()) : nullptr);
  const bool by_proxy = OSSL_HTTP_adapt_proxy(nullptr, nullptr, place.host.c_str(), place.tls ? 1 : 0) != nullptr;
  BioPtr bio = by_proxy && !place.tls ? nullptr : connected(place, deadline);
  if (bio && place.tls) {
    bio = encrypted(std::move(bio), place, tls.get());
  }
  if (!bio && (!by_proxy || place.tls)) {
    throw failed(url, Clock::now() >= deadline ? "no connection in time" : network_reason());
  }
  const BioPtr body = request.body.empty() ? nullptr : read_only(request.body);
  const ExchangePtr context(OSSL_HTTP_open(place.host.c_str(), place.port.c_str(), nullptr, nullptr, 0, bio.get(),
                                           bio.get(), nullptr, nullptr, 0, seconds_until(deadline)));
  char* elsewhere = nullptr;
  BioPtr answer;  // a reference of our own
  if (context &&
      OSSL_HTTP_set1_request(context.get(), place.path.c_str(), nullptr, body ? request.content_type.c_str() : nullptr,
                             body.get(), nullptr, 1, std::min<std::size_t>(request.max_bytes, INT_MAX),
                             seconds_until(deadline), 0) == 1) {
    answer.reset(OSSL_HTTP_exchange(context.get(), request.body.empty() ? &elsewhere : nullptr));
  }
  const TextPtr owned(elsewhere);
  if (!answer && elsewhere != nullptr) {
    redirection = joined(place, elsewhere);
    return {};
  }
  if (!answer) {
    throw failed(url, network_reason());
  }
  std::string bytes = all_of(answer.get());
  ERR_clear_error();
  return bytes;
}

}  // namespace

std::string http_exchange(const HttpRequest& request) {
  std::string url = request.url;
  for (int hop = 0; hop < k_max_redirections; ++hop) {
    std::string redirection;
    std::string answer = exchange(request, url, redirection);
    if (redirection.empty()) {
      return answer;
    }
    url = redirection;
  }
  throw failed(request.url, "it leads from place to place");
}

}  // namespace sohoa
