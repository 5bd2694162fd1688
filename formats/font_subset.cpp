// SPDX-License-Identifier: Apache-2.0
#include "formats/font_subset.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <string_view>

#include <hb-ot.h>
#include <hb-subset.h>

namespace sohoa {
namespace {

template <auto Release>
struct HbFree {
  template <class T>
  void operator()(T* object) const noexcept {
    Release(object);
  }
};
using BlobPtr = std::unique_ptr<hb_blob_t, HbFree<hb_blob_destroy>>;
using BufferPtr = std::unique_ptr<hb_buffer_t, HbFree<hb_buffer_destroy>>;
using FacePtr = std::unique_ptr<hb_face_t, HbFree<hb_face_destroy>>;
using FontPtr = std::unique_ptr<hb_font_t, HbFree<hb_font_destroy>>;
using InputPtr = std::unique_ptr<hb_subset_input_t, HbFree<hb_subset_input_destroy>>;

std::vector<char32_t> letters_of(const std::string& utf8) {
  const BufferPtr buffer(hb_buffer_create());
  hb_buffer_add_utf8(buffer.get(), utf8.data(), static_cast<int>(utf8.size()), 0, -1);
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  std::vector<char32_t> letters;
  for (unsigned i = 0; i < count; ++i) {
    letters.push_back(infos[i].codepoint);
  }
  return letters;
}

std::string table(hb_face_t* face, hb_tag_t tag) {
  const BlobPtr blob(hb_face_reference_table(face, tag));
  unsigned size = 0;
  const char* data = hb_blob_get_data(blob.get(), &size);
  return data == nullptr ? std::string() : std::string(data, size);
}

int big_endian_16(const std::string& bytes, std::size_t at) {
  if (at + 2 > bytes.size()) {
    return 0;
  }
  const auto octet = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[i])); };
  return static_cast<std::int16_t>(octet(at) << 8U | octet(at + 1));
}

FacePtr open_face(const fs::path& file) {
  const BlobPtr blob(hb_blob_create_from_file_or_fail(file.c_str()));
  FacePtr face(blob ? hb_face_create(blob.get(), 0) : nullptr);
  if (!face || hb_face_get_glyph_count(face.get()) == 0 || table(face.get(), HB_TAG('g', 'l', 'y', 'f')).empty()) {
    throw environment_error("font-unreadable", file.string() + " is not a readable TrueType font",
                            "install fonts-croscore or name another font in the profile");
  }
  // OpenType OS/2 fsType: restricted licence (bit 1), no subsetting (bit 8).
  if ((big_endian_16(table(face.get(), HB_TAG('O', 'S', '/', '2')), 8) & 0x0102) != 0) {
    throw environment_error("font-licence", file.string() + " may not be embedded by its licence",
                            "name another font in the profile");
  }
  return face;
}

FacePtr subset(hb_face_t* face, const std::vector<char32_t>& letters) {
  const InputPtr input(hb_subset_input_create_or_fail());
  if (!input) {
    return nullptr;
  }
  for (const char32_t letter : letters) {
    hb_set_add(hb_subset_input_unicode_set(input.get()), letter);
  }
  // Layout tables would pull in glyphs that nothing here shows.
  hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const hb_tag_t tag : {HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
                             HB_TAG('k', 'e', 'r', 'n'), HB_TAG('D', 'S', 'I', 'G')}) {
    hb_set_add(dropped, tag);
  }
  return FacePtr(hb_subset_or_fail(face, input.get()));
}

std::string named(char32_t letter) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "U+%04X", static_cast<unsigned>(letter));
  return text.data();
}

}  // namespace

struct FontSubset::Impl {
  FacePtr face;
  FontPtr font;

  [[nodiscard]] double thousandths(int units) const { return units * 1000.0 / hb_face_get_upem(face.get()); }
};

FontSubset::FontSubset(const fs::path& file, const std::string& text) {
  const FacePtr whole = open_face(file);
  const FontPtr whole_font(hb_font_create(whole.get()));
  const std::vector<char32_t> letters = letters_of(text);
  for (const char32_t letter : letters) {
    hb_codepoint_t glyph = 0;
    if (hb_font_get_nominal_glyph(whole_font.get(), letter, &glyph) == 0) {
      throw environment_error("font-letter", file.string() + " has no letter " + named(letter),
                              "name a font that has it in the profile");
    }
  }
  FacePtr cut = subset(whole.get(), letters);
  // The subset as a file of its own: only so do its tables read as a reader of the PDF will see them.
  const BlobPtr blob(cut ? hb_face_reference_blob(cut.get()) : nullptr);
  FacePtr face(blob ? hb_face_create(blob.get(), 0) : nullptr);
  if (!face || hb_face_get_glyph_count(face.get()) == 0) {
    throw environment_error("font-unreadable", file.string() + " cannot be cut to a subset",
                            "name another font in the profile");
  }
  FontPtr font(hb_font_create(face.get()));
  m_impl = std::make_unique<Impl>(Impl{std::move(face), std::move(font)});
  std::map<unsigned, Glyph> once;
  for (const Glyph& glyph : glyphs(text)) {
    once.emplace(glyph.id, glyph);
  }
  for (const auto& [id, glyph] : once) {
    m_letters.push_back(glyph);
  }
}

FontSubset::~FontSubset() = default;

std::vector<Glyph> FontSubset::glyphs(const std::string& text) const {
  std::vector<Glyph> glyphs;
  for (const char32_t letter : letters_of(text)) {
    hb_codepoint_t id = 0;
    hb_font_get_nominal_glyph(m_impl->font.get(), letter, &id);
    glyphs.push_back({letter, id, advance(id)});
  }
  return glyphs;
}

double FontSubset::width(const std::string& text) const {
  double sum = 0;
  for (const Glyph& glyph : glyphs(text)) {
    sum += glyph.advance;
  }
  return sum;
}

std::string FontSubset::program() const {
  const BlobPtr blob(hb_face_reference_blob(m_impl->face.get()));
  unsigned size = 0;
  const char* data = hb_blob_get_data(blob.get(), &size);
  return {data, size};
}

unsigned FontSubset::glyph_count() const { return hb_face_get_glyph_count(m_impl->face.get()); }

double FontSubset::advance(unsigned glyph) const {
  return m_impl->thousandths(hb_font_get_glyph_h_advance(m_impl->font.get(), glyph));
}

std::string FontSubset::postscript_name() const {
  std::array<char, 64> name{};
  unsigned size = name.size();
  hb_ot_name_get_utf8(m_impl->face.get(), HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name.data());
  std::string text = name.data();
  std::erase_if(text, [](unsigned char c) {
    return c <= ' ' || c > '~' || std::string_view("()<>[]{}/%#").find(static_cast<char>(c)) != std::string_view::npos;
  });
  return text.empty() ? "Font" : text;
}

double FontSubset::ascent() const {
  hb_font_extents_t extents{};
  hb_font_get_h_extents(m_impl->font.get(), &extents);
  return m_impl->thousandths(extents.ascender);
}

double FontSubset::descent() const {
  hb_font_extents_t extents{};
  hb_font_get_h_extents(m_impl->font.get(), &extents);
  return m_impl->thousandths(extents.descender);
}

double FontSubset::cap_height() const {
  hb_position_t height = 0;
  hb_ot_metrics_get_position_with_fallback(m_impl->font.get(), HB_OT_METRICS_TAG_CAP_HEIGHT, &height);
  return m_impl->thousandths(height);
}

double FontSubset::italic_angle() const {
  return big_endian_16(table(m_impl->face.get(), HB_TAG('p', 'o', 's', 't')), 4);  // whole degrees of the Fixed
}

std::array<double, 4> FontSubset::box() const {
  const std::string head = table(m_impl->face.get(), HB_TAG('h', 'e', 'a', 'd'));
  std::array<double, 4> box{};
  for (std::size_t i = 0; i < box.size(); ++i) {
    box.at(i) = m_impl->thousandths(big_endian_16(head, 36 + 2 * i));
  }
  return box;
}

}  // namespace sohoa
