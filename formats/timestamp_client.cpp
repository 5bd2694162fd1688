// SPDX-License-Identifier: Apache-2.0
#include "formats/timestamp_client.hpp"

#include "formats/certificate_span.hpp"
#include "formats/http.hpp"

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

#include <openssl/rand.h>
#include <openssl/ts.h>

namespace sohoa {
namespace {

using AlgorithmPtr = std::unique_ptr<X509_ALGOR, OpenSslFree<X509_ALGOR_free>>;
using ImprintPtr = std::unique_ptr<TS_MSG_IMPRINT, OpenSslFree<TS_MSG_IMPRINT_free>>;
using NumberPtr = std::unique_ptr<ASN1_INTEGER, OpenSslFree<ASN1_INTEGER_free>>;
using ObjectPtr = std::unique_ptr<ASN1_OBJECT, OpenSslFree<ASN1_OBJECT_free>>;
using QueryPtr = std::unique_ptr<TS_REQ, OpenSslFree<TS_REQ_free>>;
using ResponsePtr = std::unique_ptr<TS_RESP, OpenSslFree<TS_RESP_free>>;
using ChecksPtr = std::unique_ptr<TS_VERIFY_CTX, OpenSslFree<TS_VERIFY_CTX_free>>;

constexpr int k_attempts = 3;
constexpr std::chrono::seconds k_first_pause{1};  // doubled each time
constexpr std::chrono::minutes k_rest{1};
constexpr std::size_t k_usual_token = 6'000;
constexpr std::size_t k_spare = 300;  // times, numbers and ECDSA values differ in length

Error wrong(const std::string& what) {
  return {ExitStatus::signing_unavailable, "timestamp-wrong", what, "ask the authority that gave it"};
}

// 64 bits, positive, and the first byte never 0, so that it keeps its length.
NumberPtr nonce() {
  std::array<unsigned char, 8> bytes{};
  NumberPtr number(ASN1_INTEGER_new());
  if (!number || RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw wrong("there is no randomness: " + openssl_reason());
  }
  std::uint64_t value = 0;
  for (const unsigned char byte : bytes) {
    value = value << 8U | byte;
  }
  ASN1_INTEGER_set_uint64(number.get(), value >> 1U | std::uint64_t{1} << 62U);
  return number;
}

QueryPtr query_for(const std::string& digest, const std::string& policy) {
  QueryPtr query(TS_REQ_new());
  const ImprintPtr imprint(TS_MSG_IMPRINT_new());
  const AlgorithmPtr algorithm(X509_ALGOR_new());
  const NumberPtr number = nonce();
  const ObjectPtr oid(policy.empty() ? nullptr : OBJ_txt2obj(policy.c_str(), 1));
  std::string bytes = digest;
  if (!query || !imprint || !algorithm || TS_REQ_set_version(query.get(), 1) != 1 ||
      X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) != 1 ||
      TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) != 1 ||
      TS_MSG_IMPRINT_set_msg(imprint.get(), reinterpret_cast<unsigned char*>(bytes.data()),
                             static_cast<int>(bytes.size())) != 1 ||
      TS_REQ_set_msg_imprint(query.get(), imprint.get()) != 1 || TS_REQ_set_nonce(query.get(), number.get()) != 1 ||
      TS_REQ_set_cert_req(query.get(), 1) != 1 ||
      (!policy.empty() && TS_REQ_set_policy_id(query.get(), oid.get()) != 1)) {
    throw wrong("the question cannot be put: " + openssl_reason());
  }
  return query;
}

// The last line of what went wrong, with the status that a refusal came with.
std::string refusal(TS_RESP* response) {
  const STACK_OF(ASN1_UTF8STRING)* words = TS_STATUS_INFO_get0_text(TS_RESP_get_status_info(response));
  std::string text;
  for (int i = 0; i < sk_ASN1_UTF8STRING_num(words); ++i) {
    text += (text.empty() ? ": " : " ") + bytes_of(*sk_ASN1_UTF8STRING_value(words, i));
  }
  return "it refuses" + text;
}

// The bytes as they came: to encode them again could break the token's signature.
std::string_view token_in(std::string_view response) {
  const unsigned char* at = octets(response);
  const unsigned char* const end = at + response.size();
  long size = 0;
  int tag = 0;
  int kind = 0;
  ASN1_get_object(&at, &size, &tag, &kind, static_cast<long>(response.size()));
  ASN1_get_object(&at, &size, &tag, &kind, end - at);  // PKIStatusInfo
  at += size;
  return response.substr(static_cast<std::size_t>(at - octets(response)));
}

StampToken checked(TS_REQ* query, const std::string& answer) {
  const unsigned char* at = octets(answer);
  const ResponsePtr response(d2i_TS_RESP(nullptr, &at, static_cast<long>(answer.size())));
  if (!response) {
    openssl_reason();
    throw wrong("its answer is no time-stamp response");
  }
  if (TS_RESP_get_token(response.get()) == nullptr) {
    throw wrong(refusal(response.get()));
  }
  const ChecksPtr checks(TS_REQ_to_TS_VERIFY_CTX(query, nullptr));  // status, policy, imprint, nonce
  if (!checks || TS_RESP_verify_response(checks.get(), response.get()) != 1) {
    throw wrong("its answer does not fit the question: " + openssl_reason());
  }
  StampToken stamp = read_stamp(token_in(answer));
  if (!spans(stamp.authority.get(), stamp.time)) {
    throw wrong("the certificate of " + common_name(X509_get_subject_name(stamp.authority.get())) +
                " does not hold at the time that it states");
  }
  return stamp;
}

}  // namespace

TimestampClient::TimestampClient(TimestampOptions options) : m_options(std::move(options)) {
  for (const std::string& url : m_options.urls) {
    m_servers.push_back({url, SharedPace(m_options.per_minute), {}});
  }
}

std::size_t TimestampClient::room() const { return (m_longest == 0 ? k_usual_token : m_longest) + k_spare; }

StampToken TimestampClient::ask(Server& server, const std::string& digest) {
  const QueryPtr query = query_for(digest, m_options.policy);
  auto pause = k_first_pause;
  for (int attempt = 1;; ++attempt) {
    server.pace.wait();
    try {
      return checked(query.get(), http_exchange({server.url, der_of<i2d_TS_REQ>(query.get()),
                                                 "application/timestamp-query", m_options.timeout}));
    } catch (const Error& error) {
      if (error.id() != "server-failed") {
        throw;
      }
      if (attempt == k_attempts) {
        server.rests_until = Clock::now() + k_rest;
        throw;
      }
    }
    std::this_thread::sleep_for(pause);
    pause *= 2;
  }
}

StampToken TimestampClient::stamp(const std::string& digest) {
  std::string reasons;
  for (Server& server : m_servers) {
    if (Clock::now() < server.rests_until) {
      reasons += "; " + server.url + " did not serve a while ago";
      continue;
    }
    try {
      StampToken stamp = ask(server, digest);
      if (const std::string objection = m_judge ? m_judge(stamp) : std::string(); !objection.empty()) {
        throw wrong(objection);
      }
      m_longest = std::max(m_longest, stamp.token.size());
      return stamp;
    } catch (const Error& error) {
      reasons += "; " + (error.id() == "timestamp-wrong" ? server.url + ": " : std::string()) + error.message();
    }
  }
  throw Error(ExitStatus::signing_unavailable, "timestamp-unavailable",
              "no authority gives a time-stamp" + (reasons.empty() ? "" : ": " + reasons.substr(2)),
              "look at the servers of --tsa and at the network");
}

}  // namespace sohoa
