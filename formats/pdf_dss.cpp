// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_dss.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sohoa {

using PoDoFo::pdf_int64;
using PoDoFo::PdfArray;
using PoDoFo::PdfDictionary;
using PoDoFo::PdfName;
using PoDoFo::PdfObject;
using PoDoFo::PdfReference;
using PoDoFo::PdfVariant;

namespace {

constexpr std::uint64_t k_max_bytes = 128U << 20U;
constexpr std::size_t k_max_items = 10'000;

using Part = std::vector<std::string> Evidence::*;
struct Kind {
  Part part;
  const char* store;  // key in the store
  const char* entry;  // key in a VRI entry
};
constexpr std::array<Kind, 3> k_kinds{{{&Evidence::certificates, "Certs", "Cert"},
                                       {&Evidence::ocsps, "OCSPs", "OCSP"},
                                       {&Evidence::crls, "CRLs", "CRL"}}};

// Each stream is read once, and no more of them than a file of any age has.
class StoreReader {
 public:
  StoreReader(const PdfReader& reader, PdfDss& dss) : m_reader(reader), m_dss(dss) {}

  std::vector<std::string> streams_of(const PdfObject* array) {
    std::vector<std::string> found;
    for (std::size_t i = 0; array != nullptr && i < array->GetArray().size() && m_items < k_max_items; ++i, ++m_items) {
      const PdfObject* stream = m_reader.resolve(&array->GetArray()[i]);
      if (stream != nullptr && stream->HasStream() && stream->Reference().IsIndirect()) {
        if (const std::string& bytes = bytes_of(*stream); !bytes.empty()) {
          add_once(found, bytes);
        }
      }
    }
    return found;
  }

 private:
  const std::string& bytes_of(const PdfObject& stream) {
    const auto [known, fresh] = m_read.try_emplace(stream.Reference());
    if (fresh && m_bytes < k_max_bytes) {
      try {
        known->second = m_reader.stream(stream, k_max_bytes - m_bytes);
        m_bytes += known->second.size();
        m_dss.streams.emplace(known->second, stream.Reference());
      } catch (const Error&) {
      } catch (const PoDoFo::PdfError&) {
      }
    }
    return known->second;
  }

  const PdfReader& m_reader;
  PdfDss& m_dss;
  std::map<PdfReference, std::string> m_read;
  std::size_t m_items = 0;
  std::uint64_t m_bytes = 0;
};

bool within(const std::vector<std::string>& items, const std::vector<std::string>& all) {
  return std::all_of(items.begin(), items.end(),
                     [&](const std::string& item) { return std::find(all.begin(), all.end(), item) != all.end(); });
}

// A dictionary's keys with values that stay readable wherever they are put.
PdfDictionary keys_of(const PdfObject* dictionary) {
  return dictionary != nullptr ? dictionary->GetDictionary() : PdfDictionary();
}

// TS 102 778-4 and EN 319 142-1 register what goes beyond ISO 32000-1 so (ISO 32000-1, 7.12).
bool add_extension(const PdfReader& reader, PdfDictionary& catalog) {
  PdfDictionary extensions = keys_of(reader.dictionary(&reader.catalog(), "Extensions"));
  if (extensions.HasKey("ESIC")) {
    return false;
  }
  PdfDictionary esic;
  esic.AddKey("BaseVersion", PdfName("1.7"));
  esic.AddKey("ExtensionLevel", pdf_int64{5});
  extensions.AddKey("ESIC", esic);
  catalog.AddKey("Extensions", extensions);
  return true;
}

class Writer {
 public:
  Writer(PdfUpdate& update, const PdfDss& had) : m_update(update), m_streams(had.streams) {}

  PdfArray put(const std::vector<std::string>& items) {
    PdfArray references;
    for (const std::string& item : items) {
      auto at = m_streams.find(item);
      if (at == m_streams.end()) {
        at = m_streams.emplace(item, m_update.reserve()).first;
        m_update.put_stream(at->second, PdfDictionary(), item);
      }
      references.push_back(at->second);
    }
    return references;
  }

 private:
  PdfUpdate& m_update;
  std::map<std::string, PdfReference> m_streams;
};

}  // namespace

bool PdfDss::lacks(const std::map<std::string, Evidence>& wanted) const {
  return std::any_of(wanted.begin(), wanted.end(), [&](const auto& entry) {
    const auto known = signatures.find(entry.first);
    return known == signatures.end() || std::any_of(k_kinds.begin(), k_kinds.end(), [&](const Kind& kind) {
             return !within(entry.second.*kind.part, evidence.*kind.part) ||
                    !within(entry.second.*kind.part, known->second.*kind.part);
           });
  });
}

PdfDss read_dss(const PdfReader& reader) {
  PdfDss dss;
  const PdfObject* store = reader.dictionary(&reader.catalog(), "DSS");
  if (store == nullptr) {
    return dss;
  }
  const PdfObject& place = store->Reference().IsIndirect() ? *store : reader.catalog();
  const auto* parsed = dynamic_cast<const PoDoFo::PdfParserObject*>(&place);
  dss.offset = parsed != nullptr && parsed->GetOffset() > 0 ? static_cast<std::uint64_t>(parsed->GetOffset()) : 1;
  StoreReader streams(reader, dss);
  for (const Kind& kind : k_kinds) {
    dss.evidence.*kind.part = streams.streams_of(reader.array(store, kind.store));
  }
  const PdfDictionary entries = keys_of(reader.dictionary(store, "VRI"));
  for (const auto& [key, value] : entries.GetKeys()) {
    const PdfObject* entry = reader.resolve(value);
    Evidence& evidence = dss.signatures[key.GetName()];
    for (const Kind& kind : k_kinds) {
      evidence.*kind.part = streams.streams_of(reader.array(entry, kind.entry));
    }
  }
  return dss;
}

std::string vri_key(const std::string& contents) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string key;
  for (const char c : digest_of(EVP_sha1(), contents)) {
    key += digits[static_cast<unsigned char>(c) >> 4U];
    key += digits[static_cast<unsigned char>(c) & 0xFU];
  }
  return key;
}

void put_dss(const PdfReader& reader, PdfUpdate& update, const PdfDss& had,
             const std::map<std::string, Evidence>& wanted) {
  const PdfObject* old = reader.dictionary(&reader.catalog(), "DSS");
  PdfDictionary store = keys_of(old);
  PdfDictionary entries = keys_of(reader.dictionary(old, "VRI"));
  Writer writer(update, had);
  Evidence all = had.evidence;
  for (const auto& [key, evidence] : wanted) {
    all.add(evidence);
    PdfDictionary entry;
    entry.AddKey(PdfName::KeyType, PdfName("VRI"));
    for (const Kind& kind : k_kinds) {
      if (!(evidence.*kind.part).empty()) {
        entry.AddKey(kind.entry, writer.put(evidence.*kind.part));
      }
    }
    entries.AddKey(PdfName(key), entry);
  }
  store.AddKey(PdfName::KeyType, PdfName("DSS"));
  store.AddKey("VRI", entries);
  for (const Kind& kind : k_kinds) {
    if (!(all.*kind.part).empty()) {
      store.AddKey(kind.store, writer.put(all.*kind.part));
    }
  }
  const bool replaces = old != nullptr && old->Reference().IsIndirect();
  const PdfReference number = replaces ? old->Reference() : update.reserve();
  update.put(number, PdfVariant(store));
  PdfDictionary catalog = reader.catalog().GetDictionary();
  if (add_extension(reader, catalog) || !replaces) {
    catalog.AddKey("DSS", number);
    update.put(reader.catalog().Reference(), PdfVariant(catalog));
  }
}

}  // namespace sohoa
