// SPDX-License-Identifier: Apache-2.0
#include "core/extract.hpp"
#include "core/field_merge.hpp"
#include "core/profile.hpp"
#include "core/text_pattern.hpp"

#include <limits>
#include <random>

#include <doctest/doctest.h>

namespace sohoa {
namespace {

const Profile& office() {
  static const Profile profile = load_profile("vn-tthc");
  return profile;
}

// Words of 20 pixels a letter, 40 high, on A4 at 300 dpi.
OcrLine line(double left, double top, const std::vector<std::string>& words, double confidence = 0.95) {
  OcrLine made;
  for (const std::string& word : words) {
    const double width = 20 * static_cast<double>(without_marks(word).size());
    made.words.push_back({word, confidence, {left, top, left + width, top + 40}});
    left += width + 20;
  }
  made.box = {made.words.front().box.left, top, left - 20, top + 40};
  made.baseline_left = made.baseline_right = top + 32;
  return made;
}

OcrPage page(std::vector<OcrLine> lines) {
  OcrPage made;
  made.width = 2480;
  made.height = 3508;
  made.blocks.push_back({{0, 0, 2480, 3508}, std::move(lines)});
  return made;
}

std::vector<FoundField> found_on(const std::vector<OcrPage>& pages) {
  return Extractor(office().extract).find(pages.size(), [&](std::size_t i) { return std::optional(pages[i]); });
}

std::string value_of(const std::vector<FoundField>& found, const std::string& field) {
  for (const FoundField& one : found) {
    if (one.field == field) {
      return one.value;
    }
  }
  return {};
}

OcrLine motto() { return line(1300, 200, {"CỘNG", "HÒA", "XÃ", "HỘI", "CHỦ", "NGHĨA", "VIỆT", "NAM"}); }

}  // namespace

TEST_CASE("a pattern sees letters without marks and tells places in the text as it is") {
  const TextPattern pattern("Số: (\\d+)/(QĐ)", "here");
  const std::string text = "Ông Sò: 12/QÐ";
  const auto found = pattern.find_all(text);
  REQUIRE(found.size() == 1);
  CHECK(found[0][1].of(text) == "12");
  CHECK(found[0][2].of(text) == "QÐ");
  CHECK(pattern.find_all("so: 12/QD").empty());
  CHECK(TextPattern("(a+)+b", "here").find_all(std::string(5000, 'a')).empty());
}

TEST_CASE("a personal number is held against birth and sex beside it, and its label may end the line above") {
  const auto sure_of = [](const std::vector<std::string>& first) {
    const auto found = found_on({page({line(300, 1000, first), line(300, 1060, {"038190001234;", "thôn", "Mẫu"})})});
    REQUIRE(value_of(found, "owner") == "038190001234");
    return found.front().confidence;
  };
  CHECK(sure_of({"sinh", "ngày", "05/03/1990;", "giới", "tính:", "Nữ;", "CCCD", "số:"}) > 0.9);
  CHECK(sure_of({"sinh", "ngày", "05/03/1991;", "giới", "tính:", "Nữ;", "CCCD", "số:"}) < 0.5);
  CHECK(sure_of({"sinh", "năm", "1990;", "giới", "tính:", "Nam;", "CCCD", "số:"}) < 0.5);
}

TEST_CASE("a place is spelled as the rest of the document spells it, where that was read more surely") {
  const auto agency_with = [](const std::vector<std::string>& place, double sure,
                              const std::vector<std::string>& said) {
    const OcrPage first =
        page({line(300, 200, {"UBND"}), line(300, 260, place, sure), motto(),
              line(1400, 400, {"Đắk", "Sơn,", "ngày", "4", "tháng", "2", "năm", "2025"}), line(300, 1000, said, 0.98)});
    return value_of(found_on({first}), "agency");
  };
  CHECK(agency_with({"HUYỆN", "ĐẲK", "SƠN"}, 0.7, {"Thôn", "Mẫu,", "huyện", "Đắk", "Sơn."}) == "UBND HUYỆN ĐẮK SƠN");
  CHECK(agency_with({"HUYỆN", "ĐẮKSƠN"}, 0.7, {"Thôn", "Mẫu,", "huyện", "Đắk", "Sơn."}) == "UBND HUYỆN ĐẮK SƠN");
  CHECK(agency_with({"HUYỆN", "ĐẲK", "SƠNG"}, 0.7, {"Thôn", "Mẫu,", "huyện", "Đắk", "Sơn."}) == "UBND HUYỆN ĐẲK SƠNG");
  CHECK(agency_with({"HUYỆN", "ĐẮK", "SƠN"}, 0.99, {"Thôn", "Mẫu."}) == "UBND HUYỆN ĐẮK SƠN");
}

TEST_CASE("a stamp of urgency is no part of the agency, and pieces of a title are one line") {
  const auto found = found_on(
      {page({line(300, 200, {"UBND", "XÃ", "MẪU"}), line(300, 320, {"KHẨN"}), motto(), line(1600, 2000, {"GIÁM"}),
             line(1700, 2000, {"ĐỐC"}), line(1560, 2300, {"Trần", "Thị", "Mẫu"})})});
  CHECK(value_of(found, "agency") == "UBND XÃ MẪU");
  CHECK(value_of(found, "urgency") == "KHẨN");
  CHECK(value_of(found, "signer_title") == "GIÁM ĐỐC");
  CHECK(value_of(found, "signer") == "Trần Thị Mẫu");
}

TEST_CASE("codes are taken only with their labels") {
  const auto found = found_on({page({line(300, 1000, {"Mã", "thủ", "tục", "hành", "chính:", "1.000894.000.00.00.H56"}),
                                     line(300, 1100, {"Mã", "định", "danh", "cơ", "quan:", "H56.12."}),
                                     line(300, 1200, {"CMND", "số:", "212345678"}),
                                     line(300, 1300, {"Phiên", "bản", "2.000123", "H62.08", "987654321"})})});
  CHECK(value_of(found, "procedure") == "1.000894.000.00.00.H56");
  CHECK(value_of(found, "agency_id") == "H56.12");
  CHECK(value_of(found, "owner_old_id") == "212345678");
  CHECK(value_of(found, "dossier").empty());
}

TEST_CASE("place, urgency and receivers are found where NĐ 30 puts them") {
  const auto found = found_on(
      {page({line(600, 200, {"UBND", "XÃ", "MẪU"}), line(600, 320, {"Số:", "7a/UBND-VP"}), motto(),
             line(600, 420, {"HOẢ", "TỐC"}), line(1400, 320, {"Xã", "Mẫu,", "ngày", "7", "tháng", "3", "năm", "2025"}),
             line(800, 700, {"Kính", "gửi:"}), line(1010, 700, {"-", "Sở", "Nội", "vụ;"}),
             line(1010, 760, {"-", "Ông", "Lê", "Mẫu,", "thôn"}), line(1060, 820, {"Thử", "Nghiệm."}),
             line(300, 980, {"Theo", "đề", "nghị", "của", "Sở", "Nội", "vụ"})}),
       page({line(300, 900, {"Nơi", "nhận:"}), line(300, 960, {"-", "Như", "trên;"}),
             line(300, 1020, {"-", "Lưu:", "VT."}), line(1600, 900, {"TM.", "ỦY", "BAN", "NHÂN", "DÂN"}),
             line(1660, 960, {"KT.", "CHU", "TỊCH"}), line(1650, 1020, {"PHÓ", "CHỦ", "TỊCH"}),
             line(1620, 1300, {"Thượng", "tá", "Lê", "Thị", "Thử"})})});
  CHECK(value_of(found, "place") == "Xã Mẫu");
  CHECK(value_of(found, "urgency") == "HỎA TỐC");
  CHECK(value_of(found, "number") == "7a");
  CHECK(value_of(found, "document_kind") == "CV");
  CHECK(value_of(found, "addressee") == "Sở Nội vụ; Ông Lê Mẫu, thôn Thử Nghiệm");
  CHECK(value_of(found, "recipients") == "Như trên; Lưu: VT");
  CHECK(value_of(found, "signer_title") == "PHÓ CHỦ TỊCH");
  CHECK(value_of(found, "signer_authority") == "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH");
  CHECK(value_of(found, "signer") == "Lê Thị Thử");
}

TEST_CASE("a list of receivers begins below a misread heading, too, that stands alone") {
  const auto list = [](const OcrLine& heading) {
    return value_of(found_on({page({line(300, 900, {"Điều", "3."}), heading, line(300, 1020, {"-", "Như", "trên;"}),
                                    line(300, 1080, {"-", "Lưu:", "VT."})})}),
                    "recipients");
  };
  CHECK(list(line(300, 960, {"Vơi", "nhậm"})) == "Như trên; Lưu: VT");
  CHECK(list(line(300, 960, {"Mới", "nhận", "hồ", "sơ"})).empty());
}

TEST_CASE("a title that a seal may have cut is doubtful, and an annex with a head of its own signs for itself") {
  OcrPage signed_page = page({line(1600, 900, {"CHỦ", "TỊCH"}), line(1560, 1300, {"Lê", "Thị", "Thử"})});
  const OcrPage annex = page({motto(), line(1600, 2000, {"GIÁM", "ĐỐC"}), line(1560, 2300, {"Trần", "Văn", "Khác"})});
  const auto clear = found_on({page({motto()}), signed_page, annex});
  CHECK(value_of(clear, "signer") == "Lê Thị Thử");
  CHECK(value_of(clear, "signer_title") == "CHỦ TỊCH");
  signed_page.marks.push_back({OcrMark::Kind::seal, {1200, 880, 1590, 1270}});
  for (const FoundField& one : found_on({page({motto()}), signed_page})) {
    CHECK((one.field != "signer_title" || one.confidence < 0.8));
  }
}

TEST_CASE("a whole name where a seal or the paper ends is the signer's, when nothing of the title was read") {
  using Words = std::vector<std::string>;
  const auto signer_of = [](double seal_bottom, const Words& name, double above, const Words& below = {}) {
    OcrPage signed_page = page({motto(), line(1560, above, {"theo", "quy", "định"}), line(1560, 1300, name)});
    signed_page.marks.push_back({OcrMark::Kind::seal, {1350, seal_bottom - 400, 1750, seal_bottom}});
    signed_page.blocks[0].lines.push_back(line(1560, 1250, {"5S"}, 0.6));  // made of a pen's stroke
    if (!below.empty()) {
      signed_page.blocks[0].lines.push_back(line(1560, 1400, below));
    }
    return value_of(found_on({signed_page}), "signer");
  };
  const Words name{"Lê", "Thị", "Thử"};
  const Words more{"theo", "quy", "định"};
  CHECK(signer_of(1310, name, 900, more) == "Lê Thị Thử");
  CHECK(signer_of(1310, {"Xã", "Thử", "Nghiệm"}, 900) == "");  // no family name
  CHECK(signer_of(1310, name, 1240) == "");                    // no room for a signature
  CHECK(signer_of(1100, name, 900, more) == "");               // the seal ends elsewhere
  CHECK(signer_of(1100, name, 900) == "Lê Thị Thử");
}

TEST_CASE("a name is found below a title with scraps of a seal before it") {
  const auto found = found_on({page({motto(), line(1500, 900, {"5S", "bAy"}, 0.6),
                                     line(1600, 900, {"NGHỦ", "TỊCH"}, 0.9), line(1560, 1200, {"Lê", "Thị", "Thử"})})});
  CHECK(value_of(found, "signer") == "Lê Thị Thử");
}

TEST_CASE("agencies lose specks, get the marks of words that are known, and are doubtful where words run together") {
  const auto found = found_on({page({motto(), line(500, 200, {"UY", "BAN", "NHÂN", "DÂN", "TÍNH", "MẪU", "-"}),
                                     line(560, 260, {"SỞ", "NỘI", "VỤ."})})});
  CHECK(value_of(found, "agency") == "SỞ NỘI VỤ");
  CHECK(value_of(found, "agency_parent") == "ỦY BAN NHÂN DÂN TỈNH MẪU");
  const auto joined = found_on({page({motto(), line(500, 200, {"UBND", "HUYỆN", "MƯỜNGSƠN"})})});
  REQUIRE(value_of(joined, "agency") == "UBND HUYỆN MƯỜNGSƠN");
  CHECK(joined.at(0).confidence < 0.9);
}

TEST_CASE("head columns are parted at the motto, and handwriting does not break the line of the symbol") {
  const auto found = found_on({page(
      {line(600, 200, {"ỦY", "BAN", "NHÂN", "DÂN", "HUYỆN", "MẪU", "CỘNG", "HÒA", "XÃ", "HỘI"}),
       line(800, 260, {"PHÒNG", "TÀI", "CHÍNH"}), line(860, 380, {"/TB-TCKH"}, 0.9), line(700, 384, {"Số:", "45"}, 0.8),
       line(1500, 380, {"Mẫu,", "ngày", "3", "tháng", "12", "năm", "2025"})})});
  CHECK(value_of(found, "agency") == "PHÒNG TÀI CHÍNH");
  CHECK(value_of(found, "agency_parent") == "ỦY BAN NHÂN DÂN HUYỆN MẪU");
  CHECK(value_of(found, "symbol") == "45/TB-TCKH");
  CHECK(value_of(found, "document_kind") == "TB");
  CHECK(value_of(found, "issued_date") == "2025-12-03");
}

TEST_CASE("a notation's group that is known nowhere is written as the paper says elsewhere, if that is near") {
  const auto symbol_of = [](const std::string& symbol, const std::vector<std::string>& agency,
                            const std::vector<std::string>& heading) {
    const auto found = found_on({page({motto(), line(400, 200, agency), line(450, 300, {"Số:", symbol}),
                                       line(900, 600, heading), line(700, 660, {"Về", "việc", "thử"})})});
    return value_of(found, "symbol");
  };
  const std::vector<std::string> commune{"ỦY", "BAN", "NHÂN", "DÂN", "XÃ", "MẪU"};
  CHECK(symbol_of("19/UTr-UBND", commune, {"TỜ", "TRÌNH"}) == "19/TTr-UBND");
  CHECK(symbol_of("19/UTr-UBND", commune, {"CHƯƠNG", "TRÌNH"}) == "19/CTr-UBND");
  CHECK(symbol_of("19/UTr-UBND", commune, {"BÁO", "CÁO"}) == "19/UTr-UBND");
  CHECK(symbol_of("19/QĐ-UBND", commune, {"NGHỊ", "QUYẾT"}) == "19/QĐ-UBND");  // known, so it was read
  CHECK(symbol_of("19/BC-UBNI", commune, {"BÁO", "CÁO"}) == "19/BC-UBND");
  CHECK(symbol_of("19/BC-BHXN", {"BẢO", "HIỂM", "XÃ", "HỘI", "TỈNH", "MẪU"}, {"BÁO", "CÁO"}) == "19/BC-BHXH");
  CHECK(symbol_of("19/BC-BQLDA", {"BAN", "QUẢN", "LÝ", "DỰ", "ÁN", "MẪU"}, {"BÁO", "CÁO"}) == "19/BC-BQLDA");
  CHECK(symbol_of("19/BC-UBNI", {"SỞ", "NỘI", "VỤ"}, {"BÁO", "CÁO"}) == "19/BC-UBNI");
}

TEST_CASE("digits wider than print, or far from the word before them, are by hand and doubtful") {
  const auto sure_of = [](double left, double right, double behind = 0, double confidence = 0.95) {
    OcrLine number = line(450, 300, {"Số:", "3", "/TB-UBND"});
    number.words[1].box.left = left;
    number.words[1].box.right = right;
    number.words[1].confidence = confidence;
    number.words[2].box.left += behind;
    number.words[2].box.right += behind;
    double sure = 0;
    for (const FoundField& one : found_on({page({motto(), line(400, 200, {"UBND", "XÃ", "MẪU"}), number})})) {
      sure = one.field == "number" ? one.confidence : sure;
    }
    return sure;
  };
  CHECK(sure_of(530, 550) > 0.9);
  CHECK(sure_of(530, 600) < 0.5);
  CHECK(sure_of(580, 600) < 0.5);
  CHECK(sure_of(530, 550, 20) < 0.5);
  CHECK(sure_of(530, 550, 20, 0.99) > 0.9);  // typed so
}

TEST_CASE(
    "noise between an agency and the one above it parts them no more, and one letter of a long name may be lost") {
  const auto found = found_on({page({motto(), line(400, 200, {"ỦY", "BAN", "NHÂN", "DÂN", "TỈNH"}),
                                     line(600, 231, {"53w"}, 0.7), line(420, 260, {"SỞ", "NÔNG", "NGHIÊP", "VÀ", "MỘ"}),
                                     line(500, 310, {"TRƯỜNG"}), line(450, 400, {"Số:", "12/QĐ-SNNMT"})})});
  CHECK(value_of(found, "agency") == "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG");
  CHECK(value_of(found, "agency_parent") == "ỦY BAN NHÂN DÂN TỈNH");
  const auto other = found_on({page({motto(), line(400, 200, {"CỤC", "TÀI", "NGUYÊN", "VÀ", "MÔI", "TRƯỜNG"})})});
  CHECK(value_of(other, "agency") == "CỤC TÀI NGUYÊN VÀ MÔI TRƯỜNG");  // BỘ and SỞ are as near
}

TEST_CASE("a name with a quotation mark is whole, and pieces closer than words are one word") {
  OcrLine second = line(1624, 2000, {"HỦ", "TỌA"});
  const auto found =
      found_on({page({motto(), line(1600, 2000, {"C"}), second, line(1560, 2300, {"“Trịnh", "Hữu", "Mẫn"}, 0.8)})});
  CHECK(value_of(found, "signer") == "Trịnh Hữu Mẫn");
  CHECK(value_of(found, "signer_title") == "CHỦ TỌA");
}

TEST_CASE("a place and date that begin left of the head's border are the right column's, not the symbol's") {
  const auto found =
      found_on({page({line(300, 200, {"CÔNG", "AN", "TỈNH"}), motto(), line(400, 300, {"Số:", "02/BC-CAT"}),
                      line(1150, 300, {"Thành", "phố", "Mẫu,", "ngày", "18", "tháng", "07", "năm", "2019"})})});
  CHECK(value_of(found, "symbol") == "02/BC-CAT");
  CHECK(value_of(found, "place") == "Thành phố Mẫu");
  CHECK(value_of(found, "issued_date") == "2019-07-18");
}

TEST_CASE("the subject of a letter stands below its symbol, that of others below the kind") {
  const auto letter =
      found_on({page({motto(), line(500, 380, {"Số:", "574/UBND-KTTH"}), line(480, 440, {"V/v", "đăng", "ký"}),
                      line(500, 500, {"bổ", "sung"}), line(900, 900, {"Kính", "gửi:", "Sở", "Tài", "chính"})})});
  CHECK(value_of(letter, "subject") == "V/v đăng ký bổ sung");
  CHECK(value_of(letter, "document_kind") == "CV");
  const auto notice =
      found_on({page({motto(), line(1140, 600, {"THÔNG", "BÁO"}), line(100, 630, {"ĐẾN"}),
                      line(1080, 660, {"Về", "việc", "tiếp", "dân"}), line(1120, 720, {"năm", "2025", "tại"}),
                      line(1120, 900, {"không", "thuộc", "vào"})})});
  CHECK(value_of(notice, "subject") == "Về việc tiếp dân năm 2025 tại");
}

TEST_CASE("a stamp beside the subject is left behind, and a subject with a line passed over is doubtful") {
  OcrLine stamped = line(760, 660, {"Về", "việc", "tiếp", "công", "dân", "tháng", "mười", "một", "năm", "2025"});
  const double text_left = stamped.box.left;
  OcrLine stamp = line(600, 660, {"A-T.W", "Ã"}, 0.4);
  stamped.words.insert(stamped.words.begin(), stamp.words.begin(), stamp.words.end());
  const OcrLine heading = line(1143, 600, {"THÔNG", "BÁO"});
  const auto whole = found_on({page({motto(), heading, stamped})});
  CHECK(text_left == 760);
  CHECK(value_of(whole, "subject") == "Về việc tiếp công dân tháng mười một năm 2025");
  const auto parted =
      found_on({page({motto(), heading, line(600, 660, {"Về", "việc", "tiếp", "công", "dân", "tại", "xã", "A"}),
                      line(1143, 720, {"tháng", "mười"})})});
  for (const FoundField& one : parted) {
    CHECK((one.field != "subject" || one.confidence < 0.6));
  }
}

TEST_CASE("the signer is the name below the last title at the right, on the last page that has one") {
  const auto found =
      found_on({page({motto()}),
                page({line(1500, 2000, {"TL.", "CHỦ", "TỊCH"}), line(1440, 2060, {"CHÁNH", "VĂN", "PHÒNG"}),
                      line(1560, 2300, {"~", "Hà", "Thị", "Lê", "Vân"}), line(300, 2300, {"Nguyễn", "Văn", "Bên"})}),
                page({line(300, 300, {"Phụ", "lục"})})});
  CHECK(value_of(found, "signer") == "Hà Thị Lê Vân");
}

TEST_CASE("degrees of which a seal leaves little are no part of the name, nor is a word in small letters") {
  const auto signer_of = [](const OcrLine& name) {
    return value_of(found_on({page({motto(), line(1560, 900, {"GIÁM", "ĐỐC"}), name})}), "signer");
  };
  CHECK(signer_of(line(1440, 1200, {"RCE.", "1S.", "Lê", "Thị", "Thử"})) == "Lê Thị Thử");
  CHECK(signer_of(line(1500, 1200, {"vời", "Lê", "Thị", "Thử"})) == "Lê Thị Thử");
  CHECK(signer_of(line(1500, 1200, {"3%", "Lê", "Thị", "Thử"})) == "Lê Thị Thử");
  CHECK(signer_of(line(1500, 1200, {"huyện", "Lê", "Thử"})).empty());
}

TEST_CASE("what a seal or a pen leaves of a name is none") {
  const auto signer_of = [](const std::vector<std::string>& words, double confidence) {
    OcrLine name = line(1560, 1200, words);
    name.words.front().confidence = confidence;
    return value_of(found_on({page({motto(), line(1560, 900, {"GIÁM", "ĐỐC"}), name})}), "signer");
  };
  CHECK(signer_of({"Lê", "Thử"}, 0.97) == "Lê Thử");
  CHECK(signer_of({"Lê", "Thử"}, 0.7) == "Lê Thử");
  CHECK(signer_of({"Hữu", "Thử"}, 0.97).empty());  // stands behind family names
  CHECK(signer_of({"Rcom", "Thử"}, 0.97) == "Rcom Thử");
  CHECK(signer_of({"Rcom", "Thử"}, 0.7).empty());
  CHECK(signer_of({"Lê", "Văn", "T"}, 0.7).empty());
  CHECK(signer_of({"Lê", "Văn", "T"}, 0.97) == "Lê Văn T");
  CHECK(signer_of({"Lê", "T"}, 0.97).empty());
  CHECK(signer_of({"Văn", "Bích", "Thử"}, 0.97) == "Văn Bích Thử");
  CHECK(signer_of({"Thị", "Bích", "Thử"}, 0.7).empty());
  CHECK(signer_of({"Đại", "Lê", "Văn", "Thử"}, 0.97) == "Lê Văn Thử");
}

TEST_CASE("a given name has the marks that names have, where it was read less than surely or changed") {
  const auto signer_of = [](const std::string& last, double confidence, const std::string& read) {
    OcrLine name = line(1560, 1200, {"Lê", "Văn", last});
    name.words.back().confidence = confidence;
    name.words.back().read = read;
    return value_of(found_on({page({motto(), line(1560, 900, {"GIÁM", "ĐỐC"}), name})}), "signer");
  };
  CHECK(signer_of("Thẳng", 0.8, "") == "Lê Văn Thắng");
  CHECK(signer_of("Thẳng", 0.99, "") == "Lê Văn Thẳng");
  CHECK(signer_of("Thẳng", 0.99, "Thắng") == "Lê Văn Thắng");
  CHECK(signer_of("Ghềnh", 0.8, "") == "Lê Văn Ghềnh");
  CHECK(signer_of("Y", 0.8, "") == "Lê Văn Ý");
}

TEST_CASE("a number of a person that nothing names is a guess") {
  const auto found = found_on({page({line(300, 1000, {"Tài", "khoản", "038190001234"})})});
  CHECK(value_of(found, "owner").empty());
  REQUIRE(value_of(found, "owner_id") == "038190001234");
  CHECK(found.at(0).confidence < 0.5);
}

TEST_CASE("values are compared by meaning") {
  const ExtractRules& rules = office().extract;
  CHECK(same_value("ỦY BAN NHÂN DÂN XÃ MẪU", "UBND xã Mẫu", true, rules));
  CHECK(same_value("05/QĐ-UBND", "5/QD-UBND", false, rules));
  CHECK_FALSE(same_value("12/QĐ-UBND", "13/QĐ-UBND", false, rules));
  CHECK(same_value("Về việc công nhận hộ gia đình văn hóa", "Công nhận hộ gia đinh văn hoá", true, rules));
  CHECK_FALSE(same_value("Về việc tiếp công dân tháng mười", "Về việc công nhận hộ nghèo", true, rules));
}

TEST_CASE("no tree of lines, however odd, is more than nothing found") {
  std::mt19937 random(7);
  const std::vector<std::string> texts{"Số:",
                                       "12/QÐ-UBND",
                                       "/",
                                       "V/v",
                                       "QUYẾT",
                                       "ĐỊNH",
                                       "CỘNG HÒA XÃ HỘI",
                                       "CHỦ TỊCH",
                                       "ngày",
                                       "31",
                                       "tháng",
                                       "2",
                                       "năm",
                                       "2025",
                                       "038190001234",
                                       "\xff\xfe",
                                       "",
                                       " ",
                                       "\xf0\x9f\x98\x80",
                                       std::string(3000, 'A'),
                                       "KQ.G15.000031"};
  const std::vector<double> numbers{
      0, -1,  1e300, -1e300, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
      5, 100, 1000,  2480};
  const auto number = [&] { return numbers[random() % numbers.size()]; };
  const Extractor extractor(office().extract);
  for (int round = 0; round < 300; ++round) {
    OcrPage odd;
    odd.width = static_cast<int>(random() % 3000) - 100;
    odd.height = static_cast<int>(random() % 4000) - 100;
    for (std::size_t i = random() % 12; i > 0; --i) {
      OcrLine made{{number(), number(), number(), number()}, number(), number(), {}};
      for (std::size_t j = random() % 8; j > 0; --j) {
        const double left = static_cast<double>(random() % 2400);
        const double top = static_cast<double>(random() % 3000);
        const Box box =
            random() % 4 == 0 ? Box{number(), number(), number(), number()} : Box{left, top, left + 50, top + 40};
        made.words.push_back({texts[random() % texts.size()], random() % 5 == 0 ? number() : 0.9, box});
      }
      odd.blocks.push_back({made.box, {made}});
    }
    for (const FoundField& one : extractor.find(2, [&](std::size_t) { return std::optional(odd); })) {
      CHECK_FALSE(one.value.empty());
      CHECK(one.confidence >= 0);
      CHECK(one.confidence <= 1);
      CHECK((one.page == 1 || one.page == 2));
    }
  }
}

}  // namespace sohoa
