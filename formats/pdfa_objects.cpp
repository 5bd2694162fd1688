// SPDX-License-Identifier: Apache-2.0
// What every object of a PDF/A must keep to, wherever it hangs.
#include "formats/pdfa_check.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace sohoa {

using PoDoFo::PdfObject;

namespace {

constexpr std::size_t k_max_values = 20'000'000;
constexpr std::size_t k_max_depth = 200;

template <std::size_t N>
bool among(const std::string& name, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

constexpr std::array<std::string_view, 13> k_forbidden_actions{
    "Launch",      "Sound",     "Movie",      "ResetForm", "ImportData", "JavaScript",   "Hide",
    "SetOCGState", "Rendition", "GoTo3DView", "set-state", "no-op",      "SubmitFormFDF"};
constexpr std::array<std::string_view, 4> k_named_actions{"NextPage", "PrevPage", "FirstPage", "LastPage"};
constexpr std::array<std::string_view, 9> k_filters{"ASCIIHexDecode",  "ASCII85Decode",  "FlateDecode",
                                                    "RunLengthDecode", "CCITTFaxDecode", "JBIG2Decode",
                                                    "DCTDecode",       "JPXDecode",      "Crypt"};
constexpr std::array<std::string_view, 17> k_blend_modes{
    "Normal",    "Compatible", "Multiply",   "Screen",    "Overlay", "Darken",     "Lighten", "ColorDodge", "ColorBurn",
    "HardLight", "SoftLight",  "Difference", "Exclusion", "Hue",     "Saturation", "Color",   "Luminosity"};
constexpr std::array<std::string_view, 4> k_intents{"RelativeColorimetric", "AbsoluteColorimetric", "Perceptual",
                                                    "Saturation"};

class ObjectCheck {
 public:
  ObjectCheck(const PdfReader& reader, PdfaFindings& findings) : m_reader(reader), m_findings(findings) {}

  void look_at(const PdfObject& object) {
    check_value(object);
    if (!object.IsDictionary()) {
      return;
    }
    if (object.HasStream()) {
      check_stream(object);
    }
    check_resources(object);
    const std::string type = m_reader.name(&object, "Type");
    if (type == "ExtGState" || m_reader.get(&object, "BM") != nullptr) {
      check_graphics_state(object);
    } else if (type == "Page") {
      check_page(object);
    } else if (type == "Filespec") {
      forbid(m_findings.part == 1 && m_reader.get(&object, "EF") != nullptr, "the document has embedded files");
    }
    check_action(object);
    check_group(object);
  }

  // Device-dependent colour needs an output intent that gives it a meaning (ISO 19005-2, 6.2.4.3). Only images are
  // looked at; defaults for device colours make them independent too.
  void finish() {
    forbid(m_device_colours && !m_default_colours && !m_findings.output_intent,
           "there is no output intent with an ICC profile");
  }

 private:
  void forbid(bool found, const std::string& sentence) {
    if (found) {
      m_findings.fault(sentence);
    }
  }

  [[nodiscard]] bool has(const PdfObject& object, const char* key) const {
    return m_reader.get(&object, key) != nullptr;
  }

  [[nodiscard]] bool is_true(const PdfObject& object, const char* key) const {
    const PdfObject* value = m_reader.get(&object, key);
    return value != nullptr && value->IsBool() && value->GetBool();
  }

  [[nodiscard]] bool is_other_than_one(const PdfObject& object, const char* key) const {
    return m_reader.number(m_reader.get(&object, key)).value_or(1) != 1;
  }

  // ISO 19005-2, 6.1.13; the smaller sizes of part 1 (6.1.12) are not told apart.
  void check_value(const PdfObject& object) {
    if (object.IsNumber()) {
      forbid(object.GetNumber() > 2'147'483'647 || object.GetNumber() < -2'147'483'648LL,
             "an integer is out of the range of PDF/A");
    } else if (object.IsString() || object.IsHexString()) {
      forbid(object.GetString().GetLength() > (m_findings.part == 1 ? 65'535 : 32'767),
             "a string is too long for PDF/A");
    } else if (object.IsName()) {
      forbid(object.GetName().GetLength() > 127, "a name is too long for PDF/A");
    }
  }

  void check_filter(const std::string& name) {
    forbid(name == "LZWDecode", "a stream is compressed with LZW");
    forbid(name != "LZWDecode" && !among(name, k_filters), "a stream has a filter that PDF/A does not know");
    forbid(m_findings.part == 1 && name == "JPXDecode", "an image is compressed with JPEG 2000, which PDF/A-1 forbids");
  }

  void check_stream(const PdfObject& object) {
    const PdfObject* filter = m_reader.get(&object, "Filter");
    if (filter != nullptr && filter->IsName()) {
      check_filter(filter->GetName().GetName());
    } else if (filter != nullptr && filter->IsArray()) {
      for (const PdfObject& item : filter->GetArray()) {
        const PdfObject* one = m_reader.resolve(&item);
        check_filter(one != nullptr && one->IsName() ? one->GetName().GetName() : "");
      }
    }
    forbid(has(object, "F") || has(object, "FFilter") || has(object, "FDecodeParms"),
           "a stream lies outside of the file");
    const std::string subtype = m_reader.name(&object, "Subtype");
    if (subtype == "Image" || subtype == "Form") {
      check_xobject(object, subtype == "Image");
    }
    forbid(subtype == "PS" && m_reader.name(&object, "Type") == "XObject", "there is a PostScript XObject");
  }

  void check_xobject(const PdfObject& object, bool image) {
    forbid(has(object, "OPI"), "an image or form has OPI information");
    if (image) {
      forbid(has(object, "Alternates"), "an image has alternates");
      forbid(is_true(object, "Interpolate"), "an image asks for interpolation");
      const PdfObject* mask = m_reader.get(&object, "SMask");
      forbid(m_findings.part == 1 && mask != nullptr && mask->IsDictionary(),
             "an image is transparent, which PDF/A-1 forbids");
      m_device_colours = m_device_colours || m_reader.name(&object, "ColorSpace").starts_with("Device");
      const std::string intent = m_reader.name(&object, "Intent");
      forbid(!intent.empty() && !among(intent, k_intents), "an image has an unknown rendering intent");
    } else {
      forbid(has(object, "Ref"), "a form refers to another file");
      forbid(has(object, "PS") || m_reader.name(&object, "Subtype2") == "PS", "a form holds PostScript");
    }
  }

  void check_blend_mode(const std::string& mode) {
    forbid(m_findings.part == 1 && mode != "Normal" && mode != "Compatible", "a blend mode is not Normal");
    forbid(m_findings.part > 1 && !among(mode, k_blend_modes), "a blend mode is unknown");
  }

  void check_graphics_state(const PdfObject& object) {
    const std::string transfer = m_reader.name(&object, "TR2");
    forbid(has(object, "TR") || (has(object, "TR2") && transfer != "Default"),
           "a graphics state has a transfer function");
    forbid(m_findings.part > 1 && has(object, "HTP"), "a graphics state has a halftone phase");
    const PdfObject* modes = m_reader.get(&object, "BM");
    if (modes != nullptr && modes->IsName()) {
      check_blend_mode(modes->GetName().GetName());
    }
    if (m_findings.part == 1) {
      forbid(has(object, "SMask") && m_reader.name(&object, "SMask") != "None", "a graphics state has a soft mask");
      forbid(is_other_than_one(object, "CA") || is_other_than_one(object, "ca"),
             "a graphics state is transparent, which PDF/A-1 forbids");
    }
    const PdfObject* halftone = m_reader.dictionary(&object, "HT");
    const PdfObject* kind = m_reader.get(halftone, "HalftoneType");
    forbid(kind != nullptr && kind->IsNumber() && kind->GetNumber() != 1 && kind->GetNumber() != 5,
           "a halftone is of a kind that PDF/A does not know");
    forbid(halftone != nullptr && has(*halftone, "HalftoneName"), "a halftone has a name");
    const std::string intent = m_reader.name(&object, "RI");
    forbid(!intent.empty() && !among(intent, k_intents), "a graphics state has an unknown rendering intent");
  }

  void check_group(const PdfObject& object) {
    const PdfObject* group = m_findings.part == 1 ? m_reader.dictionary(&object, "Group") : nullptr;
    forbid(group != nullptr && m_reader.name(group, "S") == "Transparency",
           "there is a transparency group, which PDF/A-1 forbids");
  }

  void check_page(const PdfObject& page) {
    forbid(has(page, "AA"), "a page has additional actions");
    forbid(m_findings.part > 1 && has(page, "PresSteps"), "a page has presentation steps");
    const PdfObject* annotations = m_reader.array(&page, "Annots");
    for (std::size_t i = 0; annotations != nullptr && i < annotations->GetArray().size(); ++i) {
      if (const PdfObject* annotation = m_reader.resolve(&annotations->GetArray()[i])) {
        check_pdfa_annotation(m_reader, *annotation, m_findings);
      }
    }
  }

  // Fonts of /DR, which no page shows by itself, need not be embedded.
  void check_resources(const PdfObject& object) {
    const PdfObject* resources = m_reader.dictionary(&object, "Resources");
    const PdfObject* fonts = m_reader.dictionary(resources, "Font");
    const PdfObject* colours = m_reader.dictionary(resources, "ColorSpace");
    for (const char* key : {"DefaultGray", "DefaultRGB", "DefaultCMYK"}) {
      m_default_colours = m_default_colours || m_reader.get(colours, key) != nullptr;
    }
    if (fonts == nullptr) {
      return;
    }
    for (const auto& [key, value] : fonts->GetDictionary().GetKeys()) {
      const PdfObject* font = m_reader.resolve(value);
      if (font != nullptr && font->IsDictionary() && m_fonts.insert(font).second) {
        check_pdfa_font(m_reader, *font, m_findings);
      }
    }
  }

  // Structure elements have a key S too, with a parent P beside it.
  void check_action(const PdfObject& object) {
    const std::string action = m_reader.name(&object, "S");
    if (action.empty() || has(object, "P")) {
      return;
    }
    forbid(among(action, k_forbidden_actions), "there is an action of the kind " + action);
    forbid(action == "Named" && !among(m_reader.name(&object, "N"), k_named_actions),
           "there is a named action that PDF/A does not know");
  }

  const PdfReader& m_reader;
  PdfaFindings& m_findings;
  std::set<const PdfObject*> m_fonts;
  bool m_device_colours = false;
  bool m_default_colours = false;
};

}  // namespace

// Direct objects are visited below the indirect one that holds them; references are not followed, since what
// they lead to is an indirect object itself. So every value is seen once.
void check_pdfa_objects(const PdfReader& reader, PdfaFindings& findings) {
  ObjectCheck check(reader, findings);
  std::size_t seen = 0;
  std::vector<std::pair<const PdfObject*, std::size_t>> open;
  // Reading an object may not change the list, so that an index is as good as an iterator.
  for (const PdfObject* indirect : reader.objects()) {
    open.assign(1, {indirect, 0});
    while (!open.empty()) {
      const auto [object, depth] = open.back();
      open.pop_back();
      if (++seen > k_max_values || depth > k_max_depth) {
        findings.fault("the file has too many or too deeply nested values to be checked");
        return;
      }
      check.look_at(*object);
      if (object->IsArray()) {
        for (const PdfObject& item : object->GetArray()) {
          open.emplace_back(&item, depth + 1);
        }
      } else if (object->IsDictionary()) {
        for (const auto& [key, value] : object->GetDictionary().GetKeys()) {
          if (key.GetLength() > 127) {
            findings.fault("a name is too long for PDF/A");
          }
          open.emplace_back(value, depth + 1);
        }
      }
    }
  }
  check.finish();
}

}  // namespace sohoa
