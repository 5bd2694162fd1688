// SPDX-License-Identifier: Apache-2.0
#include "core/secrecy.hpp"

#include "core/frame_fit.hpp"
#include "core/letters.hpp"
#include "core/other_stamps.hpp"
#include "core/secrecy_words.hpp"
#include "core/stamp_places.hpp"
#include "core/text_pattern.hpp"

#include <cmath>
#include <numbers>
#include <utility>

#include <doctest/doctest.h>
#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

const SecrecyRules rules{{"MẬT", "TỐI MẬT", "TUYỆT MẬT"},
                         {"TÀI LIỆU THU HỒI", "CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ"},
                         {"BẢO", "BÍ", "CƠ"},
                         {"ĐỘ", "MÃ"},
                         {"HỎA TỐC"},
                         "anywhere"};

struct Typed {
  std::string text;
  double left = 100;
  double top = 100;
  double confidence = 0.9;
};

// Words of 20 pixels a letter, 10 apart.
OcrPage page_of(const std::vector<Typed>& lines) {
  OcrPage page{1000, 1400, "vie", {}, {}};
  for (const Typed& typed : lines) {
    OcrLine line;
    double x = typed.left;
    std::string word;
    for (const char letter : typed.text + " ") {
      if (letter != ' ') {
        word += letter;
      } else if (!word.empty()) {
        const double width = 20 * static_cast<double>(word.size());
        line.words.push_back({word == "_" ? "," : word, typed.confidence, {x, typed.top, x + width, typed.top + 30}});
        x += width + 10;
        word.clear();
      } else {
        x += 100;  // a gap
      }
    }
    line.fit_to_words();
    page.blocks.push_back({line.box, {line}});
  }
  return page;
}

std::string mark_on(const std::vector<Typed>& lines) { return mark_in_text(page_of(lines), rules).value_or(""); }

TEST_CASE("a mark stands alone on its line, or with wide gaps around it") {
  CHECK(mark_on({{"MẬT"}}) == "MẬT");
  CHECK(mark_on({{"Số: 12/QĐ-UBND"}, {"TỐI MẬT", 100, 150}}) == "TỐI MẬT");
  CHECK(mark_on({{"TUYỆT MẬT  An Hải, ngày 02"}}) == "TUYỆT MẬT");
  for (const char* lost : {"MAT", "MÂT", "MẤT", "TÔI MÂT", "TUYET MAT", "TUYẾỆT MẬT"}) {
    CAPTURE(lost);
    CHECK(mark_on({{lost}}) != "");
  }
  CHECK(mark_on({{"YỆT  MẬ"}}) == "TUYỆT MẬT");
  CHECK(mark_on({{"Tài liệu thu hồi"}}) == "TÀI LIỆU THU HỒI");
  CHECK(mark_on({{"TẬT", 100, 100, 0.7}}) == "MẬT");
  CHECK(mark_on({{"MÂ1"}}) == "MẬT");
  CHECK(mark_on({{"MAI"}}) == "");
  CHECK(mark_on({{"MÂY"}}) == "");
  CHECK(mark_on({{"TẬT"}}) == "");
  CHECK(mark_on({{"tật", 100, 100, 0.7}}) == "");
}

TEST_CASE("a word is near a mark that has but one other letter") {
  const std::vector<std::string> marks{"MẬT", "TUYỆT MẬT"};
  CHECK(is_near_mark(comparable("MẠI"), marks));
  CHECK(is_near_mark(comparable("Tuyết"), marks));
  CHECK_FALSE(is_near_mark(comparable("BẢN"), marks));
  CHECK_FALSE(is_near_mark(comparable("TRÌNH"), marks));
  CHECK_FALSE(is_near_mark("", marks));
}

TEST_CASE("sentences, headings and names are no marks") {
  for (const char* prose : {"Giữ bí mật thông tin", "QUY CHẾ BẢO MẬT", "MẬT ĐỘ", "mật ong", "NGUYỄN VĂN MẬT", "mật",
                            "Mất", "BÍ MẬT", "tài liệu MẬT"}) {
    CAPTURE(prose);
    CHECK(mark_on({{prose}}) == "");
  }
  CHECK(mark_on({{"QUY CHẾ VỀ CÔNG TÁC BẢO"}, {"MẬT", 400, 140}}) == "");
  CHECK(mark_on({{"MẬT"}, {"ĐỘ DÂN SỐ NĂM 2023", 205, 104}}) == "");
  CHECK(mark_on({{"MẬT"}, {"ĐỘ DÂN SỐ NĂM 2023", 205, 200}}) == "MẬT");
}

TEST_CASE("a tilted mark that came in two lines is one") {
  CHECK(mark_on({{"TUYỆT"}, {"MÃ ca", 220, 130}}) == "TUYỆT MẬT");
  CHECK(mark_on({{"TUYỆT"}}) == "TUYỆT MẬT");
  CHECK(mark_on({{"TỐI"}, {"MÃ ca", 200, 130}}) == "TỐI MẬT");
  CHECK(mark_on({{"TUYÊ Ạ"}, {"YẾT MẬT", 140, 120}}) == "TUYỆT MẬT");
  CHECK(mark_on({{"ỐI MẬT"}}) == "TỐI MẬT");
  CHECK(mark_on({{"T MẬT"}}) == "");
  CHECK(mark_on({{"SÁNG"}, {"CHIỀU", 100, 140}, {"TỐI", 100, 180}}) == "");
  CHECK(mark_on({{"TỐI"}, {"Mã", 200, 400}}) == "");
  CHECK(mark_on({{"Tuyệt"}, {"vời", 100, 140}}) == "");
}

TEST_CASE("a mark that print crosses is told by its stems, words that lack letters are none") {
  for (const char* read : {"TÓI NMEA I", "LỚI MIÂI", "1i xỆT WẠT:"}) {
    CAPTURE(read);
    CHECK(mark_in_stamp(read, StampShape::framed, rules));
    CHECK_FALSE(mark_in_stamp(read, StampShape::unclear, rules));
  }
  for (const char* read : {"Loại", "LOẠI", "Lời mời", "Tên tài liệu", "TÀI LIỆU", "THỜI GIAN", "KÝ THAY"}) {
    CAPTURE(read);
    CHECK_FALSE(mark_in_stamp(read, StampShape::framed, rules));
  }
  CHECK(mark_in_stamp("'MHẬ1:", StampShape::framed, rules) == "MẬT");
  CHECK(mark_in_stamp("TÚI MIẬTP\"'", StampShape::framed, rules) == "TỐI MẬT");
  CHECK(mark_in_stamp("NIẬÄô", StampShape::framed, rules) == "MẬT");
  CHECK(mark_in_stamp("icMHÂØ I", StampShape::framed, rules) == "MẬT");
  for (const char* other : {"MẪU TỜ KHAI", "MÂU TỜ", "LÂM TẤT", "NHÂN DÂN"}) {
    CAPTURE(other);
    CHECK_FALSE(mark_in_stamp(other, StampShape::framed, rules));
  }
  CHECK_FALSE(mark_in_stamp("MHẬ1:", StampShape::unclear, rules));
  for (const char* read : {"THUẬN", "NHẬN MẪU", "MẬU THÂN", "MỘT LUẬT", "BẢO MẬT"}) {
    CAPTURE(read);
    CHECK_FALSE(mark_in_stamp(read, StampShape::framed, rules));
  }
  CHECK(mark_in_stamp("TUYR,RAAt", StampShape::framed, rules) == "TUYỆT MẬT");
  CHECK(mark_in_stamp("MẬ", StampShape::unclear, rules) == "MẬT");
  CHECK(mark_in_stamp("MAN", StampShape::framed, rules) == "MẬT");
  CHECK_FALSE(mark_in_stamp("man", StampShape::framed, rules));
  CHECK_FALSE(mark_in_stamp("HỎA T", StampShape::framed, rules));
  CHECK(mark_in_stamp("mật", StampShape::framed, rules) == "MẬT");
  CHECK_FALSE(mark_in_stamp("MÃ", StampShape::unclear, rules));
  CHECK_FALSE(mark_in_stamp("TUYỂN DỤNG", StampShape::framed, rules));
  CHECK(mark_in_stamp("MÃI", StampShape::apart, rules));
  CHECK(mark_in_stamp("FỐ! MẬTI", StampShape::apart, rules) == "TỐI MẬT");
  CHECK_FALSE(mark_in_stamp("BÍ MẬT", StampShape::apart, rules));
  CHECK(mark_in_stamp("YỆT M/", StampShape::apart, rules) == "TUYỆT MẬT");
  CHECK(mark_in_stamp("ph MẬT", StampShape::apart, rules) == "MẬT");
  CHECK_FALSE(mark_in_stamp("bảo MẬT", StampShape::apart, rules));
  CHECK_FALSE(mark_in_stamp("BÍ MẬT", StampShape::apart, rules));
  CHECK_FALSE(mark_in_stamp("YỆT M/", StampShape::bare, rules));
  CHECK_FALSE(mark_in_stamp("MÃI", StampShape::bare, rules));
  CHECK_FALSE(mark_in_stamp("ĐẠT", StampShape::apart, rules));
}

TEST_CASE("ink that the text accounts for is not read again") {
  PixPtr image(pixCreate(800, 1000, 8));
  pixSetAll(image.get());
  const auto letter = [&](int x, int y) {  // a stem and a bar, pale
    for (int row = 0; row < 30; ++row) {
      for (int column = 0; column < 18; ++column) {
        if (column < 6 || row < 6) {
          pixSetPixel(image.get(), x + column, y + row, 170);
        }
      }
    }
  };
  for (int i = 0; i < 6; ++i) {
    letter(100 + 24 * i, 200);
    letter(400 + 24 * i, 500);
  }
  const ReadingImage picture{std::move(image), 1};
  OcrPage text{800, 1000, "vie", {}, {}};
  CHECK(PrintPlaces(picture, 200, text).left_unread().size() == 2);
  OcrLine line;
  line.words.push_back({"TTTTTT", 0.9, {100, 200, 240, 230}});
  line.fit_to_words();
  text.blocks.push_back({line.box, {line}});
  const auto left = PrintPlaces(picture, 200, text).left_unread();
  REQUIRE(left.size() == 1);
  CHECK(left[0].down > 0.45);
  text.blocks[0].lines[0].words[0].confidence = 0.3;
  CHECK(PrintPlaces(picture, 200, text).left_unread().size() == 2);
}

TEST_CASE("a frame of hardly any ink over print is found, with its tilt") {
  constexpr double tilt = -8;
  constexpr double angle = tilt * std::numbers::pi / 180;
  PixPtr image(pixCreate(1000, 800, 8));
  pixSetAll(image.get());
  const auto put = [&](double u, double v) {  // 50 by 11 mm at 200 dpi
    const int x = static_cast<int>(500 + u * std::cos(angle) - v * std::sin(angle));
    const int y = static_cast<int>(400 + u * std::sin(angle) + v * std::cos(angle));
    for (const int down : {0, 1, 2}) {
      pixSetPixel(image.get(), x, y + down, 234);
      pixSetPixel(image.get(), x + down, y, 234);
    }
  };
  for (double u = -200; u <= 200; u += 0.5) {
    put(u, -45);
    put(u, 45);
  }
  for (double v = -45; v <= 45; v += 0.5) {
    put(-200, v);
    put(200, v);
  }
  for (int y = 10; y < 790; y += 14) {  // the scanner's noise
    for (int x = 10 + y % 4; x < 990; x += 16) {
      pixSetPixel(image.get(), x, y, 190);
    }
  }
  for (int x = 100; x < 900; ++x) {  // print
    for (int y = 390; y < 412 && x % 12 < 4; ++y) {
      pixSetPixel(image.get(), x, y, 20);
    }
  }
  const ReadingImage picture{std::move(image), 1};
  const OcrPage text{1000, 800, "vie", {}, {}};
  PrintPlaces places(picture, 200, text);
  for (const StampPiece& piece : places.stamps()) {
    CHECK_FALSE(piece.framed);
  }
  const auto frames = places.faint_frames();
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].framed);
  CHECK(frames[0].clear > clear_frame);
  CHECK(std::abs(frames[0].tilt - tilt) <= 1);
  CHECK(std::abs(frames[0].box.left - 300) < 12);
  CHECK(std::abs(frames[0].box.bottom - 445) < 12);
}

TEST_CASE("words of pale red ink are found on yellow paper, black print is no such word") {
  PixPtr scan(pixCreate(1000, 800, 32));
  const auto fill = [&](int left, int top, int width, int height, const Colour& colour) {
    for (int y = top; y < top + height; ++y) {
      for (int x = left; x < left + width; ++x) {
        pixSetRGBPixel(scan.get(), x, y, colour.red, colour.green, colour.blue);
      }
    }
  };
  fill(0, 0, 1000, 800, {240, 230, 190});
  for (int letter = 0; letter < 8; ++letter) {
    fill(300 + 24 * letter, 200, 12, 36, {236, 208, 172});
    fill(300 + 24 * letter, 500, 12, 36, {30, 30, 30});
  }
  ColourPlaces places(*scan, 200, 0);
  CHECK(places.stamps().empty());
  const auto words = places.pale_words();
  REQUIRE(words.size() == 1);
  CHECK_FALSE(words[0].framed);
  CHECK(words[0].coloured);
  CHECK(std::abs(words[0].box.left - 300) < 6);
  CHECK(std::abs(words[0].box.bottom - 236) < 6);
}

TEST_CASE("a frame that reads nearly so is a mark, a stamp of another kind none") {
  for (const char* read :
       {"MẬT", "|MẠT]", "NẬT", "TMYẾT Mật", "LÒI MẬT", "UYT MẬT", "fUYET MẬI", "w4MẬT", "/IFUXÊWAMẬTE,", "UMẬY"}) {
    CAPTURE(read);
    CHECK(mark_in_stamp(read, StampShape::framed, rules));
  }
  for (const char* read : {"KHẨN", "HỎA TỐC", "THƯỢNG KHẨN", "ĐẾN", "SAO Y", "CÔNG CHỨNG", "ĐÃ THU TIỀN",
                           "MST: 0301442379", "BẢO MẬT", "MÃ", "", "BẢN SAO", "CÔNG KHAI"}) {
    CAPTURE(read);
    CHECK_FALSE(mark_in_stamp(read, StampShape::framed, rules));
  }
  const SecrecyRules urgent{{}, {}, {}, {}, {"THƯỢNG KHẨN", "KHẨN"}};
  CHECK(other_stamp_in("KHẪN", urgent) == "KHẨN");
  CHECK_FALSE(other_stamp_in("THƯỢNG", urgent).has_value());
  CHECK_FALSE(other_stamp_in("KHIẬN:", urgent).has_value());
  CHECK(is_worn_other_stamp("KHIẬN:", SecrecyRules{{}, {}, {}, {}, {"KHẨN"}}));
  CHECK_FALSE(is_worn_other_stamp("MẬT", SecrecyRules{{}, {}, {}, {}, {"KHẨN", "ĐẠT"}}));
  CHECK(is_worn_other_stamp("ĐA RE MTRA", SecrecyRules{{}, {}, {}, {}, {"ĐÃ KIỂM TRA"}}));
  CHECK_FALSE(is_worn_other_stamp("ĐẠ THIN,", SecrecyRules{{}, {}, {}, {}, {"ĐÃ TRÌNH"}}));
  CHECK(is_long_number("M$T: Ú301442379."));
  CHECK_FALSE(is_long_number("MẬT 57/2022 31.12.2024"));
  CHECK_FALSE(is_long_number("TUYỆT MẬT 0301442"));
  OcrPage read = page_of({{"Số: 12", 100, 200}, {"CỘNG HÒA", 500, 235}});
  add_stamp(read, {"THƯỢNG KHẨN", {100, 240, 330, 270}});
  add_stamp(read, {"KHẨN", {500, 230, 600, 270}});  // which was read as something else
  CHECK(read.text() == "Số: 12\n\nTHƯỢNG KHẨN\n\nCỘNG HÒA\n");
  CHECK(read.word_count() == 6);
  const OcrPage received = page_of({{"ỦY BAN NHÂN DÂN", 300, 200}, {"ĐẾN", 400, 240}, {"Số: 12", 380, 280}});
  CHECK(lies_in_received_stamp({350, 265, 500, 300}, received, 150));
  CHECK_FALSE(lies_in_received_stamp({350, 265, 500, 300}, received, 0));
  CHECK_FALSE(lies_in_received_stamp({350, 465, 500, 500}, received, 150));
  CHECK_FALSE(lies_in_received_stamp({650, 265, 800, 300}, received, 150));
  CHECK_FALSE(lies_in_received_stamp({350, 265, 500, 300}, page_of({{"ĐẾN", 400, 240, 0.7}}), 150));
  CHECK_FALSE(lies_in_received_stamp({350, 265, 500, 300}, page_of({{"GỬI ĐẾN", 330, 240}}), 150));
  CHECK_FALSE(mark_in_stamp("NẬT", StampShape::unclear, rules));
  CHECK(mark_in_stamp("TUYỆT", StampShape::apart, rules));
  CHECK(mark_in_stamp("VYỆT MẬT", StampShape::apart, rules) == "TUYỆT MẬT");
  CHECK(mark_in_stamp("TẾIt MẬT", StampShape::apart, rules) == "TỐI MẬT");
  CHECK(mark_in_stamp("TUYẾỆT", StampShape::apart, rules) == "TUYỆT MẬT");
  CHECK(mark_in_stamp("NẬT", StampShape::apart, rules) == "MẬT");
  CHECK(mark_in_stamp("LÕI MÁ1", StampShape::apart, rules) == "TỐI MẬT");
  CHECK(mark_in_stamp("TUYẾT MÃAI", StampShape::apart, rules) == "TUYỆT MẬT");
  for (const char* other :
       {"BẢO MẬT", "BÍ MẬT", "LÊ MẬT", "Tới mật", "TUYỂN", "TUYẾN", "TUYẾỆT BAN", "TẾIt", "TÌNH TIẾT", "TRÍCH LỤC",
        "KÝ THAY", "TÀI LIỆU", "LOẠI MẪU", "TOÁN MÃ", "TOÀN MỸ", "VẬT", "NHẬT", "NAT"}) {
    CAPTURE(other);
    CHECK_FALSE(mark_in_stamp(other, StampShape::apart, rules));
  }
  CHECK_FALSE(mark_in_stamp("TUYỆT", StampShape::bare, rules));
  CHECK_FALSE(mark_in_stamp("mật", StampShape::bare, rules));
  CHECK(mark_in_stamp("YỆT MẬ", StampShape::bare, rules) == "TUYỆT MẬT");
  CHECK(mark_in_stamp("VỆT MẬT", StampShape::bare, rules) == "TUYỆT MẬT");
  CHECK(mark_in_stamp("VYỆT MẬT", StampShape::bare, rules) == "TUYỆT MẬT");
  CHECK(mark_in_stamp("rỐI MẬI", StampShape::apart, rules) == "TỐI MẬT");
  CHECK_FALSE(mark_in_stamp("VIỆT MẬT", StampShape::bare, rules));
  CHECK_FALSE(mark_in_stamp("BÍ MẬT", StampShape::bare, rules));
  CHECK_FALSE(mark_in_stamp("UYỆT", StampShape::bare, rules));
  CHECK_FALSE(mark_in_stamp("T MẬT", StampShape::bare, rules));
  CHECK_FALSE(mark_in_stamp("MẬT", StampShape::framed, SecrecyRules{}));
}

TEST_CASE("a mark that stands apart is told by its upright strokes") {
  CHECK(mark_in_stamp("TLIYỆT MẬ¡", StampShape::apart, rules) == "TUYỆT MẬT");
  CHECK(mark_in_stamp("TỐI hIẬT", StampShape::apart, rules) == "TỐI MẬT");
  CHECK(mark_in_stamp("TỐI XILẠT", StampShape::apart, rules) == "TỐI MẬT");
  CHECK(mark_in_stamp("TUYỆT MẬC aO ACV", StampShape::apart, rules) == "TUYỆT MẬT");
  CHECK(mark_in_stamp("TUYỆT Mậu", StampShape::apart, rules) == "TUYỆT MẬT");
  CHECK_FALSE(mark_in_stamp("Tuyệt Mậu", StampShape::apart, rules));
  CHECK(mark_in_stamp("MIẠT", StampShape::unclear, rules) == "MẬT");
  CHECK_FALSE(mark_in_stamp("MIẠT", StampShape::bare, rules));
  CHECK_FALSE(mark_in_stamp("TỐI MÃ SỐ", StampShape::apart, rules));
  CHECK_FALSE(mark_in_stamp("MÍT", StampShape::unclear, rules));
  CHECK_FALSE(mark_in_stamp("TUẤT", StampShape::apart, rules));
  CHECK_FALSE(mark_in_stamp("tliyet ma¡", StampShape::apart, rules));
  CHECK_FALSE(mark_in_stamp("TLIYỆT MẬ¡", StampShape::bare, rules));
}

TEST_CASE("what two looks at a place read alike was read") {
  CHECK(is_read_twice({"ĐÃ TRÌNH", "", "DA TRINH"}));
  CHECK(is_read_twice({"BÁ", "BA"}));
  CHECK_FALSE(is_read_twice({"s NAÍ", "CN!", "+CIOAN:"}));
  CHECK_FALSE(is_read_twice({"Í", "CN", "I"}));
  CHECK_FALSE(is_read_twice({"", "CN", "cn", ""}));
  CHECK_FALSE(is_read_twice({"TÂN"}));
}

TEST_CASE("a tilted frame is found among lines of print") {
  constexpr double mm = 4;
  for (const double tilt : {-19.0, -7.5, 0.0, 12.0, 20.0}) {
    CAPTURE(tilt);
    const double angle = tilt * std::numbers::pi / 180;
    std::vector<InkPoint> points;
    const auto put = [&](double u, double v) {
      points.push_back({static_cast<float>(200 + u * std::cos(angle) - v * std::sin(angle)),
                        static_cast<float>(120 + u * std::sin(angle) + v * std::cos(angle))});
    };
    for (double u = -60; u <= 60; u += 0.7) {
      put(u, -16);
      put(u, 16);
    }
    for (double v = -16; v <= 16; v += 0.7) {
      put(-60, v);
      put(60, v);
    }
    for (int x = 0; x < 400; ++x) {  // print runs through it
      for (const int y : {100, 101, 104, 108, 131, 135, 138}) {
        if (x % 7 < 3) {
          points.push_back({static_cast<float>(x), static_cast<float>(y)});
        }
      }
    }
    const auto frame = fit_frame(points, mm, 0.88);
    REQUIRE(frame);
    CHECK(std::abs(frame->tilt - tilt) <= 1);
    CHECK(std::abs(frame->x - 200) < 4);
    CHECK(std::abs(frame->y - 120) < 4);
    CHECK(std::abs(frame->width - 120) < 6);
    CHECK(std::abs(frame->height - 32) < 5);
  }
}

TEST_CASE("a secret record keeps its id and where the scans lie") {
  Document document = Document::of_source("inbox/a", "folder");
  document.set_source_pages({{"inbox/a/1.png", 0, std::string(64, 'a'), "png", 10, 10, 200, 200, "grey"}});
  document.set_field("subject", "what it says", 1, "register");
  document.page(0)["words"] = 7;
  document.add_problem({Severity::warning, "register-value", "what it says is long", "", std::nullopt});
  make_secret(document, 1, "MẬT");
  CHECK(is_secret(document.record()));
  CHECK(document.status() == Status::quarantined);
  CHECK(document.line().find("what it says") == std::string::npos);
  CHECK(document.page(0).empty());
  CHECK(document.source_page(0).file == "inbox/a/1.png");
  CHECK(document.line().find("--not-secret " + document.id().substr(0, 16)) != std::string::npos);
}

}  // namespace
}  // namespace sohoa
