// SPDX-License-Identifier: Apache-2.0
// Asks time-stamping authorities over HTTP (RFC 3161, 3.4), one after the other until one gives a sound answer.
#pragma once

#include "core/error.hpp"
#include "core/shared_pace.hpp"
#include "formats/timestamp.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace sohoa {

struct TimestampOptions {
  std::vector<std::string> urls;     // in the order in which they are asked
  std::string policy;                // an OID that the stamp must be given under; "": the authority's own
  double per_minute = 0;             // questions to each server at most; 0: no limit
  std::chrono::seconds timeout{10};  // of one question
};

// Processes that are forked after it was made keep the rate together.
class TimestampClient {
 public:
  explicit TimestampClient(TimestampOptions options);

  [[nodiscard]] bool has_servers() const { return !m_servers.empty(); }
  // Asked of each sound stamp; what it says against it, a clause, sends to the next server. "": nothing.
  void set_judge(std::function<std::string(const StampToken&)> judge) { m_judge = std::move(judge); }

  // A stamp of `digest` (SHA-256, 32 bytes). A server that does not answer is asked three times, after 1 and 2 seconds,
  // and then left alone for a minute; one that answers wrongly (imprint, nonce, policy, signature, purpose, or a
  // certificate that is out of date) is not asked again for this digest.
  // Throws Error(ExitStatus::signing_unavailable, "timestamp-unavailable") with what each did.
  StampToken stamp(const std::string& digest);

  // How much room the next token wants: the longest so far and some more. Bytes.
  [[nodiscard]] std::size_t room() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Server {
    std::string url;
    SharedPace pace;
    Clock::time_point rests_until;
  };

  StampToken ask(Server& server, const std::string& digest);

  TimestampOptions m_options;
  std::vector<Server> m_servers;
  std::function<std::string(const StampToken&)> m_judge;
  std::size_t m_longest = 0;
};

}  // namespace sohoa
