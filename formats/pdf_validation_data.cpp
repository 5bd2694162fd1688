// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_validation_data.hpp"

#include <set>

namespace sohoa {

using PoDoFo::PdfObject;

namespace {

constexpr std::uint64_t k_max_stream = 32U << 20U;
constexpr std::uint64_t k_max_bytes = 128U << 20U;
constexpr std::size_t k_max_entries = 1000;  // of the VRI

class Store {
 public:
  explicit Store(const PdfReader& reader) : m_reader(reader) {}

  void take(const PdfObject* dictionary, const char* key, void (ValidationData::*add)(std::string_view)) {
    const PdfObject* list = m_reader.array(dictionary, key);
    for (const PdfObject& item : list != nullptr ? list->GetArray() : PoDoFo::PdfArray()) {
      const PdfObject* object = m_reader.resolve(&item);
      if (object == nullptr || !object->HasStream() || !m_seen.insert(object).second || m_bytes > k_max_bytes) {
        continue;
      }
      try {
        const std::string der = m_reader.stream(*object, k_max_stream);
        m_bytes += der.size();
        (m_data.*add)(der);
      } catch (const PoDoFo::PdfError&) {  // proves nothing, then
      } catch (const Error&) {
      }
    }
  }

  ValidationData finish() { return std::move(m_data); }

 private:
  const PdfReader& m_reader;
  ValidationData m_data;
  std::set<const PdfObject*> m_seen;
  std::uint64_t m_bytes = 0;
};

}  // namespace

ValidationData read_validation_data(const PdfReader& reader) {
  Store store(reader);
  const PdfObject* dss = reader.dictionary(&reader.catalog(), "DSS");
  store.take(dss, "Certs", &ValidationData::add_certificate);
  store.take(dss, "CRLs", &ValidationData::add_crl);
  store.take(dss, "OCSPs", &ValidationData::add_ocsp);
  if (const PdfObject* entries = reader.dictionary(dss, "VRI")) {
    std::size_t count = 0;
    for (const auto& [hash, value] : entries->GetDictionary().GetKeys()) {
      if (++count > k_max_entries) {
        break;
      }
      const PdfObject* entry = reader.resolve(value);
      store.take(entry, "Cert", &ValidationData::add_certificate);
      store.take(entry, "CRL", &ValidationData::add_crl);
      store.take(entry, "OCSP", &ValidationData::add_ocsp);
    }
  }
  return store.finish();
}

}  // namespace sohoa
