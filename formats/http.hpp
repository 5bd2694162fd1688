// SPDX-License-Identifier: Apache-2.0
// HTTP as certification authorities speak it: one question, one answer (RFC 3161, 3.4; RFC 6960, A; RFC
// 5280, 4.2.1.13).
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace sohoa {

struct HttpRequest {
  std::string url;                    // http:// or https://
  std::string body;                   // sent by POST; without one it is a GET, which follows redirections
  std::string content_type;           // of the body
  std::chrono::seconds timeout{10};   // for all of it, the connection included
  std::size_t max_bytes = 1U << 20U;  // of the answer
};

// The body of an answer with status 200, which must be one element of DER. A proxy is taken from http_proxy unless
// no_proxy names the server; https is spoken without one, and checked against the system's roots. Throws
// Error(ExitStatus::signing_unavailable): url-wrong, or server-failed with its URL and what it did.
std::string http_exchange(const HttpRequest& request);

}  // namespace sohoa
