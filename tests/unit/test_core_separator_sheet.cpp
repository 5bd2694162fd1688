// SPDX-License-Identifier: Apache-2.0
#include "core/separator_sheet.hpp"

#include <doctest/doctest.h>

using namespace sohoa;

TEST_CASE("what a sheet says comes back as it was given") {
  const SheetValues values{{"dossier", "000.00.06.H56-231027-0361"},
                           {"kind", "kết quả"},
                           {"ordinal", "12"},
                           {"owner", "038090001234"},
                           {"source", "a;b=c% d"}};
  const std::string text = sheet_text(values);
  CHECK(text.starts_with("sohoa:1:dossier=000.00.06.H56-231027-0361;kind=k%E1%BA%BFt%20qu%E1%BA%A3;ordinal=12;"));
  CHECK(sheet_values(text) == values);
  CHECK(sheet_values(sheet_text({})) == SheetValues{});
}

TEST_CASE("other texts are no sheet, and what a key cannot hold is left out") {
  for (const char* text : {"", "sohoa", "sohoa:2:dossier=1", "Sohoa:1:dossier=1", " sohoa:1:dossier=1",
                           "000.00.06.H56-231027-0361", "https://x/sohoa:1:dossier=1"}) {
    CAPTURE(text);
    CHECK_FALSE(sheet_values(text));
  }
  CHECK(sheet_values("sohoa:1:;;=;x=1;dossier=;ordinal=0;ordinal=-1;kind") == SheetValues{});
  CHECK(sheet_values("sohoa:1:ordinal=7x;kind=a%0Ab;owner=%FF;dossier=%4;source=%zz") ==
        SheetValues{{"dossier", "%4"}, {"source", "%zz"}});
  CHECK(sheet_values("sohoa:1:dossier=first;dossier=second") == SheetValues{{"dossier", "first"}});
  CHECK(sheet_values("sohoa:1:dossier=" + std::string(301, 'x')) == SheetValues{});
  CHECK_FALSE(sheet_values("sohoa:1:dossier=" + std::string(7100, 'x')));
}

TEST_CASE("a profile's patterns must fit the whole text") {
  Profile profile;
  profile.separators.patterns = {R"((H\d\d-\d{6}))", "PATCHT"};
  const SheetForms forms(profile);
  CHECK(forms.values_of("H56-231027") == SheetValues{{"dossier", "H56-231027"}});
  CHECK(forms.values_of("PATCHT") == SheetValues{});
  CHECK(forms.values_of("sohoa:1:kind=copy") == SheetValues{{"kind", "copy"}});
  for (const char* text : {"H56-2310270", "xH56-231027", "PATCHTES", "PATCH", ""}) {
    CAPTURE(text);
    CHECK_FALSE(forms.values_of(text));
  }
}
