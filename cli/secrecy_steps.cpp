// SPDX-License-Identifier: Apache-2.0
#include "cli/steps.hpp"
#include "core/digest.hpp"
#include "core/secrecy.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace sohoa {
namespace {

constexpr std::size_t id_digits = 64;

// Where the work folder of a pipe notes that a document is secret: by its id, beside the scans' folders.
Artefact verdict_on(const Document& document, const SecrecyRules& rules) {
  return {document.id(), "secret", sha256_hex(to_line(to_json(rules))).substr(0, 32)};
}

void forget_pages(const Document& document, const Work& work) {
  for (std::size_t page = 0; page < document.page_count(); ++page) {
    work.forget(document.source_page(page).sha256);
  }
}

class SecrecyGate : public DocumentStep {
 public:
  SecrecyGate(const OcrOptions& options, SecrecyRules rules, std::optional<Work> work)
      : m_not_secret(options.not_secret), m_rules(std::move(rules)), m_work(std::move(work)) {
    m_waited_for.insert(m_not_secret.ids().begin(), m_not_secret.ids().end());
  }
  [[nodiscard]] std::string_view name() const override { return "secrecy"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::here; }

  void run(Document& document) override {
    pass(document);
    if (m_not_secret.names(document.id())) {
      for (std::size_t page = 0; page < document.page_count(); ++page) {
        document.page(page)["not_secret"] = true;
      }
    } else if (const std::optional<Json> verdict =
                   m_work ? m_work->find(verdict_on(document, m_rules)) : std::nullopt) {
      make_secret(document, verdict->value("page", std::size_t{1}), string_of(*verdict, "mark"));
      forget_pages(document, *m_work);  // a kill may have left some
    }
  }
  void pass(const Document& document) override {
    std::erase_if(m_waited_for, [&](const std::string& id) { return document.id().starts_with(id); });
  }
  [[nodiscard]] std::string remark() const override {
    return m_waited_for.empty() ? std::string()
                                : "--not-secret " + *m_waited_for.begin() + " is the id of no document that came.";
  }

 private:
  NotSecret m_not_secret;
  SecrecyRules m_rules;
  std::optional<Work> m_work;
  std::set<std::string> m_waited_for;
};

class SecrecyStop : public DocumentStep {
 public:
  explicit SecrecyStop(ForgetSecret forget) : m_forget(std::move(forget)) {}
  [[nodiscard]] std::string_view name() const override { return "secrecy-stop"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::here; }
  // One whose other page failed is secret first.
  [[nodiscard]] bool wants_failed(const Document& document) const override { return marked_page(document) > 0; }

  void run(Document& document) override {
    if (const std::size_t page = marked_page(document); page > 0) {
      const std::string mark = string_of(std::as_const(document).page(page - 1), "secret");
      make_secret(document, page, mark);
      m_forget(document, page, mark);
    }
  }

 private:
  // From 1; 0: none.
  static std::size_t marked_page(const Document& document) {
    for (std::size_t page = 0; page < document.page_count(); ++page) {
      if (document.page(page).contains("secret")) {
        return page + 1;
      }
    }
    return 0;
  }

  ForgetSecret m_forget;
};

}  // namespace

NotSecret::NotSecret(std::vector<std::string> ids) : m_ids(std::move(ids)) {
  for (const std::string& id : m_ids) {
    const bool hex = id.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!hex || id.size() < short_id(std::string(id_digits, '0')).size() || id.size() > id_digits) {
      throw usage_error("not-secret", "--not-secret " + id + " is no document's id",
                        "copy the id from the problem that told of the mark");
    }
  }
}

bool NotSecret::names(const std::string& id) const {
  return std::any_of(m_ids.begin(), m_ids.end(), [&](const std::string& known) { return id.starts_with(known); });
}

ForgetSecret forget_in(const Work& work, const Profile& profile) {
  return [work, rules = profile.secrecy](const Document& document, std::size_t page, const std::string& mark) {
    work.put(verdict_on(document, rules), Json{{"page", page}, {"mark", mark}});
    forget_pages(document, work);
  };
}

StepPtr make_secrecy_gate(const OcrOptions& options, const Profile& profile, const std::optional<Work>& work) {
  return std::make_unique<SecrecyGate>(options, profile.secrecy, work);
}

StepPtr make_secrecy_stop(ForgetSecret forget) { return std::make_unique<SecrecyStop>(std::move(forget)); }

}  // namespace sohoa
