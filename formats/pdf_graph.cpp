// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_graph.hpp"

#include <algorithm>
#include <array>

namespace sohoa {

using PoDoFo::PdfObject;
using PoDoFo::PdfReference;

namespace {

using Uses = std::function<void(const PdfReference&)>;
using Skip = std::function<bool(const PdfObject& dictionary, const std::string& key)>;

void each_reference(const PdfObject& object, const Skip& skip, const Uses& use) {
  std::vector<const PdfObject*> open{&object};
  while (!open.empty()) {
    const PdfObject* value = open.back();
    open.pop_back();
    if (value->IsReference()) {
      use(value->GetReference());
    } else if (value->IsArray()) {
      for (const PdfObject& item : value->GetArray()) {
        open.push_back(&item);
      }
    } else if (value->IsDictionary()) {
      for (const auto& [key, item] : value->GetDictionary().GetKeys()) {
        if (!skip || !skip(*value, key.GetName())) {
          open.push_back(item);
        }
      }
    }
  }
}

References reachable_from(const PdfReader& reader, std::vector<const PdfObject*> open, const Skip& skip) {
  References found;
  while (!open.empty()) {
    const PdfObject* object = open.back();
    open.pop_back();
    if (object == nullptr) {
      continue;
    }
    each_reference(*object, skip, [&](const PdfReference& number) {
      if (found.insert(number).second) {
        open.push_back(reader.objects().GetObject(number));
      }
    });
  }
  return found;
}

}  // namespace

const PdfObject* raw(const PdfObject* dictionary, const char* key) {
  return dictionary != nullptr && dictionary->IsDictionary() ? dictionary->GetDictionary().GetKey(key) : nullptr;
}

PdfReference reference_of(const PdfObject* value) {
  return value != nullptr && value->IsReference() ? value->GetReference() : PdfReference();
}

std::string written(const PdfObject* object) {
  std::string text;
  if (object != nullptr) {
    object->ToString(text, PoDoFo::ePdfWriteMode_Clean);
    if (object->HasStream()) {
      PoDoFo::PdfRefCountedBuffer buffer;
      PoDoFo::PdfBufferOutputStream bytes(&buffer);
      object->GetStream()->GetCopy(&bytes);
      bytes.Close();
      text.append(buffer.GetBuffer(), static_cast<std::size_t>(bytes.GetLength()));
    }
  }
  return text;
}

std::string name_of(const PdfReference& number) {
  return "object " + std::to_string(number.ObjectNumber()) + " " + std::to_string(number.GenerationNumber());
}

void each_reference(const PdfObject& object, const std::function<void(const PdfReference&)>& use) {
  each_reference(object, Skip(), use);
}

std::set<std::string> different_keys(const PdfObject* before, const PdfObject* now) {
  std::set<std::string> keys;
  for (const PdfObject* side : {before, now}) {
    if (side != nullptr && side->IsDictionary()) {
      for (const auto& [key, value] : side->GetDictionary().GetKeys()) {
        keys.insert(key.GetName());
      }
    }
  }
  for (auto key = keys.begin(); key != keys.end();) {
    key = written(raw(before, key->c_str())) == written(raw(now, key->c_str())) ? keys.erase(key) : std::next(key);
  }
  return keys;
}

References reachable(const PdfReader& reader) {
  const PdfObject& trailer = reader.trailer();
  References found;
  for (const char* key : {"Root", "Info"}) {
    if (const PdfObject* value = raw(&trailer, key)) {
      found.merge(reachable_from(reader, {value}, Skip()));
    }
  }
  return found;
}

References reachable_content(const PdfReader& reader) {
  const PdfObject* catalog = &reader.catalog();
  std::set<const PdfObject*> pages;
  for (const PdfPageNode& page : reader.pages()) {
    pages.insert(page.page);
  }
  return reachable_from(reader, {catalog}, [&](const PdfObject& dictionary, const std::string& key) {
    constexpr std::array apart{"AcroForm", "DSS", "Extensions", "Metadata", "Perms", "StructTreeRoot"};
    if (&dictionary == catalog) {
      return std::find(apart.begin(), apart.end(), key) != apart.end();
    }
    return key == "Annots" && pages.count(&dictionary) > 0;
  });
}

}  // namespace sohoa
