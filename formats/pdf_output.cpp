// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_output.hpp"

#include "core/error.hpp"

#include <memory>
#include <string>

using PoDoFo::PdfDictionary;
using PoDoFo::PdfReference;
using PoDoFo::PdfVariant;

namespace sohoa {
namespace {

constexpr std::uint64_t k_max_offset = 9'999'999'999;  // ten digits of the table (7.5.4)

// The default write mode packs tokens closer than ISO 19005-2, 6.1.9 allows.
std::string serialized(const PdfVariant& value) {
  std::string text;
  value.ToString(text, PoDoFo::ePdfWriteMode_Clean);
  return text;
}

std::string padded(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(10 - digits.size(), '0') + digits;
}

std::string deflated(std::string_view bytes) {
  const std::unique_ptr<PoDoFo::PdfFilter> filter(PoDoFo::PdfFilterFactory::Create(PoDoFo::ePdfFilter_FlateDecode));
  char* buffer = nullptr;
  PoDoFo::pdf_long length = 0;
  filter->Encode(bytes.data(), static_cast<PoDoFo::pdf_long>(bytes.size()), &buffer, &length);
  const std::unique_ptr<char, decltype(&PoDoFo::podofo_free)> owner(buffer, &PoDoFo::podofo_free);
  return {buffer, static_cast<std::size_t>(length)};
}

}  // namespace

PdfOutput::PdfOutput(const fs::path& target, std::string_view version) : m_file(target) {
  // Four bytes above 127 tell file transfers that the file is binary (7.5.2).
  write("%PDF-" + std::string(version) + "\n%\xE2\xE3\xCF\xD3\n");
}

void PdfOutput::write(std::string_view bytes) {
  m_file.write(bytes);
  m_digest.update(bytes);
  m_identifier.update(bytes);
  m_position += bytes.size();
}

PdfReference PdfOutput::reserve() {
  m_offsets.push_back(0);
  return {static_cast<PoDoFo::pdf_objnum>(m_offsets.size()), 0};
}

void PdfOutput::begin(const PdfReference& number) {
  if (m_position > k_max_offset) {
    throw input_error("pdf-too-large", "the PDF would have more than 10 GB", "split the document");
  }
  m_offsets.at(number.ObjectNumber() - 1) = m_position;
  write(std::to_string(number.ObjectNumber()) + " 0 obj\n");
}

void PdfOutput::put(const PdfReference& number, const PdfVariant& value) {
  begin(number);
  write(serialized(value) + "\nendobj\n");
}

void PdfOutput::put_stream(const PdfReference& number, PdfDictionary dictionary, std::string_view bytes) {
  dictionary.AddKey("Length", PoDoFo::PdfObject(static_cast<PoDoFo::pdf_int64>(bytes.size())));
  begin(number);
  write(serialized(dictionary) + "\nstream\n");
  write(bytes);
  write("\nendstream\nendobj\n");
}

void PdfOutput::put_deflated(const PdfReference& number, PdfDictionary dictionary, std::string_view bytes) {
  dictionary.AddKey("Filter", PoDoFo::PdfName("FlateDecode"));
  put_stream(number, std::move(dictionary), deflated(bytes));
}

PdfFile PdfOutput::finish(const PdfReference& catalog, const PdfReference& info) {
  const std::uint64_t table = m_position;
  std::string text = "xref\n0 " + std::to_string(m_offsets.size() + 1) + "\n0000000000 65535 f \n";
  for (const std::uint64_t offset : m_offsets) {
    text += padded(offset) + " 00000 n \n";
  }
  write(text);

  const std::string digest = m_identifier.hex().substr(0, 32);
  PoDoFo::PdfString identifier;
  identifier.SetHexData(digest.data(), static_cast<PoDoFo::pdf_long>(digest.size()));
  PoDoFo::PdfArray identifiers;
  identifiers.push_back(identifier);
  identifiers.push_back(identifier);
  PdfDictionary trailer;
  trailer.AddKey("Size", PoDoFo::PdfObject(static_cast<PoDoFo::pdf_int64>(m_offsets.size() + 1)));
  trailer.AddKey("Root", catalog);
  trailer.AddKey("Info", info);
  trailer.AddKey("ID", identifiers);
  const std::string end = "trailer\n" + serialized(trailer) + "\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
  m_file.write(end);
  m_digest.update(end);
  m_position += end.size();
  m_file.commit();

  PdfFile file;
  file.sha256 = m_digest.hex();
  file.bytes = m_position;
  return file;
}

}  // namespace sohoa
