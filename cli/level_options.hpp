// SPDX-License-Identifier: Apache-2.0
// Which level signatures get (ETSI EN 319 142-1), and whom to ask for what it takes.
#pragma once

#include "core/fs.hpp"
#include "core/profile.hpp"
#include "formats/signature_level.hpp"

#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace sohoa {

struct SignatureRequest;
struct SignatureServices;

struct LevelOptions {
  std::string level;             // empty: the profile's
  std::vector<std::string> tsa;  // URLs, in the order in which they are asked
  std::string tsa_policy;        // OID; empty: the authority's own
  double tsa_rate = 0;           // time-stamps a minute from each; 0: no limit
  unsigned tsa_timeout = 10;     // seconds of one question, of those for revocation, too
  std::vector<std::string> trust;

  void add(CLI::App& app);
};

// The level of the option, or else of the profile.
SignatureLevel level_wanted(const LevelOptions& options, const Profile& profile);

// The options with what the profile says. Made before workers are forked, so that they keep the rate together.
class Levels {
 public:
  // Throws Error(ExitStatus::usage): tsa-missing when the level wants time-stamps and nobody is named who gives them;
  // and what EvidenceSource throws.
  Levels(const LevelOptions& options, const Profile& profile);
  // For an upgrade to `level`, which may find all time-stamps there already.
  Levels(const LevelOptions& options, SignatureLevel level);

  [[nodiscard]] SignatureLevel wanted() const { return m_wanted; }
  [[nodiscard]] SignatureServices& services() const { return *m_services; }
  void ask_for(SignatureRequest& request) const;

 private:
  SignatureLevel m_wanted;
  bool m_stamp_or_fail = false;
  std::shared_ptr<SignatureServices> m_services;
};

}  // namespace sohoa
