// SPDX-License-Identifier: Apache-2.0
#include "core/text.hpp"
#include "formats/pdf_cmap.hpp"

#include <doctest/doctest.h>

using namespace sohoa;

TEST_CASE("a CMap says what codes stand for") {
  const PdfCmap cmap(R"(% a comment <0001> <0041>
    /CIDInit /ProcSet findresource begin 12 dict begin begincmap
    1 begincodespacerange <0000> <FFFF> endcodespacerange
    2 beginbfchar
    <0001> <1EA1>
    <0002> <00660069>
    endbfchar
    3 beginbfrange
    <0010> <0012> <0041>
    <0020> <0021> [<0110> <1EF8>]
    <0030><0030><D835DC00>
    endbfrange endcmap)");
  CHECK(cmap.unicode(1) == "ạ");
  CHECK(cmap.unicode(2) == "fi");
  CHECK(cmap.unicode(0x10) == "A");
  CHECK(cmap.unicode(0x12) == "C");
  CHECK_FALSE(cmap.unicode(0x13));
  CHECK(cmap.unicode(0x20) == "Đ");
  CHECK(cmap.unicode(0x21) == "Ỹ");
  CHECK(cmap.unicode(0x30) == "\xF0\x9D\x90\x80");
  CHECK_FALSE(cmap.unicode(0x31));
}

TEST_CASE("codes take as many bytes as their range says") {
  const PdfCmap cmap("begincodespacerange <00> <7F> <8140> <FEFE> endcodespacerange");
  CHECK(cmap.next("A", 2).bytes == 1);
  CHECK(cmap.next("\x81\x40", 1).bytes == 2);
  CHECK(cmap.next("\x81\x40", 1).value == 0x8140);
  CHECK(cmap.next("\x81\x20", 1).bytes == 1);  // its second byte is in no range
  CHECK(cmap.next("\x81", 2).bytes == 1);      // no more than there is
}

TEST_CASE("codes become glyphs") {
  const PdfCmap cmap("begincidrange <0000> <00FF> 100 endcidrange begincidchar <0200> 7 endcidchar");
  CHECK(cmap.cid(5) == 105);
  CHECK(cmap.cid(0x200) == 7);
  CHECK_FALSE(cmap.cid(0x201));
}

TEST_CASE("a CMap from a stranger is passed over where it is none") {
  for (const char* text :
       {"", "<", "beginbfchar <", "beginbfrange <01> <00> <41> endbfrange", "[", "[<41", "endbfchar",
        "beginbfrange <00000000> <FFFFFFFF> [] endbfrange", "begincidchar <01> 99999999999 endcidchar",
        "beginbfchar <01> <> endbfchar", "beginbfchar <zz> <gg> endbfchar"}) {
    CAPTURE(text);
    CHECK_FALSE(PdfCmap(text).unicode(1));
  }
  const PdfCmap wide("beginbfrange <00000000> <FFFFFFFF> <FFFF> endbfrange");
  CHECK(wide.unicode(1) == std::string(1, '\0'));  // the last unit counts over
}

TEST_CASE("halves of a pair are told from pairs") {
  CHECK(utf8_of(u"a\u1EA1") == "aạ");
  CHECK(utf8_of(std::u16string{0xD835}) == "\uFFFD");
  CHECK(utf8_of(std::u16string{0xDC00, 'x'}) == "\uFFFDx");
}
