// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/stream.hpp"

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

class ProfileCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "profile"; }
  [[nodiscard]] std::string_view summary() const override { return "Lists, shows and checks the rules of the office"; }

  void add_options(CLI::App& app) override {
    app.add_option("ACTION", m_action,
                   "list: names, dates, titles and files; show: every value in force and where it comes from; "
                   "check: every fault")
        ->type_name("list|show|check")
        ->check(CLI::IsMember({"list", "show", "check"}))
        ->required();
    app.add_option("NAME|FILE", m_names, "Profiles to show or check (default: the one in force)");
  }

  ExitStatus run(const Settings& settings) override {
    Console console(settings);
    if (m_action == "list") {
      return list(console);
    }
    if (m_names.empty()) {
      m_names.push_back(settings.profile);
    }
    return m_action == "show" ? show() : check(console);
  }

 private:
  ExitStatus list(Console& console) const {
    if (!m_names.empty()) {
      throw usage_error("argument-unexpected", "sohoa profile list takes no argument " + m_names.front(),
                        "see sohoa profile --help");
    }
    for (const ProfileFile& entry : list_profiles()) {
      try {
        const Profile profile = load_profile(entry.file.string());
        put_line(entry.name + "\t" + profile.valid_from + "\t" + profile.title + "\t" + entry.file.string());
      } catch (const Error& error) {
        console.say(Severity::warning, error);
        put_line(entry.name + "\t\t\t" + entry.file.string());
      }
    }
    return ExitStatus::done;
  }

  [[nodiscard]] ExitStatus show() const {
    if (m_names.size() > 1) {
      throw usage_error("argument-unexpected",
                        "sohoa profile show shows one profile, not " + m_names.at(1) + " as well",
                        "run it once for each");
    }
    const std::string text = show_profile(m_names.front());
    put_line(text.substr(0, text.size() - 1));
    return ExitStatus::done;
  }

  ExitStatus check(Console& console) const {
    ExitStatus status = ExitStatus::done;
    for (const std::string& name : m_names) {
      const std::vector<Error> faults = profile_faults(name);
      for (const Error& fault : faults) {
        console.say(Severity::error, fault);
        status =
            fault.status() == ExitStatus::usage || status == ExitStatus::usage ? ExitStatus::usage : fault.status();
      }
      if (faults.empty()) {
        console.say(Severity::info, name + " has no fault.");
      }
    }
    return status;
  }

  std::string m_action;
  std::vector<std::string> m_names;
};

}  // namespace

CommandPtr make_profile_command() { return std::make_unique<ProfileCommand>(); }

}  // namespace sohoa
