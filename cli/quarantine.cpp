// SPDX-License-Identifier: Apache-2.0
#include "cli/quarantine.hpp"

#include "core/digest.hpp"
#include "core/secrecy.hpp"
#include "core/work.hpp"

namespace sohoa {

std::string rules_digest(const std::string& profile, const std::vector<StepPtr>& steps,
                         const std::string& register_file) {
  std::string all = show_profile(profile);
  for (const StepPtr& step : steps) {
    all += "\n" + options_digest(*step);
  }
  all += "\n" + (register_file.empty() ? std::string() : sha256_of_file(register_file));
  return sha256_hex(all).substr(0, 16);
}

void Quarantine::note(const Document& document) const {
  m_catalog().note_quarantine(document.id(), is_secret(document.record()) ? std::string(secret_mark_id) : m_rules);
}

bool Quarantine::holds(Document& document) const {
  std::optional<std::string> since;
  if (!m_retry && !m_not_secret.names(document.id())) {
    since = m_catalog().quarantined_since(document.id(), m_rules);
    since = since ? since : m_catalog().quarantined_since(document.id(), std::string(secret_mark_id));
  }
  const Json record = since ? m_catalog().document(document.id()).value_or(Json()) : Json();
  const std::string folder = string_of(record, "quarantine");
  boost::system::error_code absent;
  if (folder.empty() || !fs::exists(m_root / folder, absent)) {
    return false;
  }
  const Json problem = first_error(record);
  const std::string remedy = string_of(problem, "remedy");
  document.add_problem(
      {Severity::error, "still-quarantined", "in quarantine since " + *since + ": " + string_of(problem, "message"),
       string_of(problem, "id") == secret_mark_id
           ? remedy
           : (remedy.empty() ? "" : remedy + ", and ") + "run with --retry to try the same scans again",
       std::nullopt});
  document.record()["quarantine"] = folder;
  document.set_status(Status::quarantined);
  return true;
}

}  // namespace sohoa
