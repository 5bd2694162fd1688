// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/steps.hpp"
#include "cli/stream.hpp"
#include "core/digest.hpp"
#include "formats/pdf_signature.hpp"

#include <map>
#include <optional>

#include <unistd.h>
#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

class SignStep : public DocumentStep {
 public:
  SignStep(const SignOptions& options, const Profile& profile) : m_options(options), m_profile(profile) {
    if (m_profile.signatures.count(options.role) == 0) {
      throw usage_error("role-unknown", "the profile " + profile.name + " has no signature role " + options.role,
                        "give one of its [signature.<role>] sections to --role");
    }
  }
  [[nodiscard]] std::string_view name() const override { return "sign"; }
  [[nodiscard]] Json options() const override { return Json{{"role", m_options.role}, {"level", "B-B"}}; }
  [[nodiscard]] Grain grain() const override { return Grain::signer; }

  void prepare() override {
    std::string passphrase =
        m_options.passphrase_file.empty() ? std::string() : read_passphrase(m_options.passphrase_file);
    m_key.emplace(SigningKey::from_pkcs12(m_options.key, passphrase, wall_time()));
  }

  void run(Document& document) override {
    Json& pdf = document.record()["pdf"];
    const fs::path file(string_of(pdf, "path"));
    const SignatureInfo info = sign_pdf(file, *m_key, request_for(document));
    pdf["sha256"] = sha256_of_file(file);
    pdf["bytes"] = fs::file_size(file);
    document.record()["signatures"].push_back(to_json(info));
  }

 private:
  [[nodiscard]] SignatureRequest request_for(const Document& document) const {
    const Profile::Appearance& rules = m_profile.signatures.at(m_options.role);
    const Time now = artefact_time();
    SignatureRequest request;
    request.time = now;
    request.reason = m_options.reason;
    request.field = m_options.role;
    SignatureAppearance& appearance = request.appearance;
    appearance.visible = !m_options.invisible;
    appearance.corner =
        rules.corner == "top-right" ? SignatureAppearance::Corner::top_right : SignatureAppearance::Corner::top_left;
    appearance.margin_x = appearance.margin_y = rules.margin_mm * 72 / 25.4;
    appearance.font_size = rules.font_size;
    appearance.font_file = m_profile.signature_font;
    const std::map<std::string, std::string> values{{"signer", m_key->signer()},
                                                    {"time", iso_local(now, m_profile.time_zone_minutes)},
                                                    {"agency", document.given_field("agency")},
                                                    {"form", "Sao y"}};
    for (const std::string& line : rules.lines) {
      appearance.lines.push_back(expand_template(line, values));
    }
    return request;
  }

  SignOptions m_options;
  Profile m_profile;
  std::optional<SigningKey> m_key;  // only in the signer's process
};

class SignCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "sign"; }
  [[nodiscard]] std::string_view summary() const override { return "Signs the PDF files (PAdES)"; }
  void add_options(CLI::App& app) override {
    app.add_option("PDF", m_files, "PDF files to sign in place; without them, records on stdin");
    m_options.add(app);
  }
  ExitStatus run(const Settings& settings) override {
    if (m_options.key.empty()) {
      throw usage_error("usage", "there is no key to sign with", "give --key FILE.p12");
    }
    const Profile profile = load_profile(settings.profile);
    std::vector<StepPtr> steps;
    steps.push_back(make_sign_step(m_options, profile));
    if (m_files.empty()) {
      LineSource source(STDIN_FILENO);
      return run_stream(steps, source, settings, profile);
    }
    std::vector<Document> documents;
    for (const std::string& file : m_files) {
      Document document = Document::of_source(file, "file");
      document.record()["pdf"] = Json{{"path", file}};
      documents.push_back(std::move(document));
    }
    ListSource source(std::move(documents));
    return run_stream(steps, source, settings, profile);
  }

 private:
  SignOptions m_options;
  std::vector<std::string> m_files;
};

}  // namespace

void SignOptions::add(CLI::App& app) {
  app.add_option("--key", key, "Key, certificate and chain")->type_name("FILE.p12");
  app.add_option("--passphrase-file", passphrase_file, "File whose first line opens the key")->type_name("FILE");
  app.add_option("--role", role, "Whose signature it is; the profile has its appearance")
      ->type_name("officer|agency")
      ->capture_default_str();
  app.add_option("--reason", reason, "Reason written into the signature")->type_name("TEXT");
  app.add_flag("--invisible", invisible, "No visible block on the page");
}

StepPtr make_sign_step(const SignOptions& options, const Profile& profile) {
  return std::make_unique<SignStep>(options, profile);
}

CommandPtr make_sign_command() { return std::make_unique<SignCommand>(); }

}  // namespace sohoa
