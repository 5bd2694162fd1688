// SPDX-License-Identifier: Apache-2.0
#include "cli/level_options.hpp"

#include "formats/pdf_levels.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

std::shared_ptr<SignatureServices> services_of(const LevelOptions& options) {
  const std::chrono::seconds timeout(options.tsa_timeout);
  auto services = std::make_shared<SignatureServices>(
      SignatureServices{TimestampClient({options.tsa, options.tsa_policy, options.tsa_rate, timeout}),
                        EvidenceSource(std::vector<fs::path>(options.trust.begin(), options.trust.end()), timeout)});
  services->stamps.set_judge([evidence = &services->evidence](const StampToken& stamp) {
    return evidence->leads_to_trust(stamp.authority.get(), stamp.certificates.get())
               ? std::string()
               : "the certificate of " + common_name(X509_get_subject_name(stamp.authority.get())) +
                     " has no path to a trusted one";
  });
  return services;
}

}  // namespace

void LevelOptions::add(CLI::App& app) {
  app.add_option("--level", level, "Level of the signature (default: the profile's)")
      ->type_name("B|T|LT|LTA")
      ->check(CLI::IsMember({"B", "T", "LT", "LTA"}));
  app.add_option("--tsa", tsa, "Time-stamping authority; may be given again, the next is asked when one fails")
      ->type_name("URL")
      ->allow_extra_args(false);
  app.add_option("--tsa-policy", tsa_policy, "Policy under which time-stamps must be given")->type_name("OID");
  app.add_option("--tsa-rate", tsa_rate, "Time-stamps a minute that each authority is asked for at most")
      ->type_name("N")
      ->check(CLI::Range(0.01, 1e6));
  app.add_option("--tsa-timeout", tsa_timeout, "Wait so long for a server of an authority")
      ->type_name("SECONDS")
      ->check(CLI::Range(1U, 600U))
      ->capture_default_str();
  app.add_option("--trust", trust, "Certificates at which those of authorities must end (PEM); may be given again")
      ->type_name("FILE")
      ->allow_extra_args(false);
}

SignatureLevel level_wanted(const LevelOptions& options, const Profile& profile) {
  const auto level = signature_level(options.level.empty() ? profile.signature_level : options.level);
  return std::max(level.value_or(SignatureLevel::b), profile.require_timestamp ? SignatureLevel::t : SignatureLevel::b);
}

Levels::Levels(const LevelOptions& options, const Profile& profile)
    : m_wanted(level_wanted(options, profile)),
      m_stamp_or_fail(profile.require_timestamp),
      m_services(services_of(options)) {
  if (m_wanted >= SignatureLevel::t && options.tsa.empty()) {
    throw usage_error("tsa-missing",
                      "level " + to_string(m_wanted) + " wants a time-stamp, and nobody is named who gives it",
                      "give --tsa URL, or --level B");
  }
}

Levels::Levels(const LevelOptions& options, SignatureLevel level) : m_wanted(level), m_services(services_of(options)) {}

void Levels::ask_for(SignatureRequest& request) const {
  request.level = m_wanted;
  request.services = m_services.get();
  request.stamp_or_fail = m_stamp_or_fail;
}

}  // namespace sohoa
