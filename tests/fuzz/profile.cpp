// SPDX-License-Identifier: Apache-2.0
// A profile, its templates and the patterns of its rules.
#include "core/profile.hpp"

#include "core/extract.hpp"
#include "tests/fuzz/target.hpp"

using namespace sohoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::InputFile file(fuzz::view(data, size));
  const std::string name = file.path().string();
  const bool sound = profile_faults(name).empty();
  fuzz::forgiving([&] {
    const Profile profile = load_profile(name);
    fuzz::require(sound, "what has faults is not loaded");
    const std::string shown = show_profile(name);
    const fuzz::InputFile again(shown);
    fuzz::require(profile_faults(again.path().string()).empty(), "a profile that is shown is a profile");
    const Extractor extractor(profile.extract);
    expand_template(profile.naming.file, {{"dossier", "D"}, {"ordinal", "1"}, {"stem", "s"}, {"id", "0"}});
  });
  return 0;
}
