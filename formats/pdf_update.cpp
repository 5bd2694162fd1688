// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_update.hpp"

#include "formats/openssl.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <utility>

namespace sohoa {

using PoDoFo::PdfName;
using PoDoFo::PdfObject;
using PoDoFo::PdfVariant;

namespace {

constexpr std::uint64_t k_max_offset = 9'999'999'999;  // ten digits of a table's row
constexpr std::uint32_t k_max_number = 8'388'607;      // ISO 19005-1, 6.1.12
constexpr std::size_t k_tail = 1024;                   // ISO 32000-1, Annex H.3, note 18

std::string bytes_at(std::ifstream& in, std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  in.clear();
  in.seekg(static_cast<std::streamoff>(offset));
  in.read(bytes.data(), static_cast<std::streamsize>(size));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return bytes;
}

// The number behind the last startxref, or nothing.
std::uint64_t last_startxref(const std::string& tail) {
  const std::size_t keyword = tail.rfind("startxref");
  std::uint64_t offset = 0;
  if (keyword != std::string::npos) {
    const std::size_t digits = tail.find_first_not_of(" \t\r\n", keyword + 9);
    if (digits != std::string::npos) {
      std::from_chars(tail.data() + digits, tail.data() + tail.size(), offset);
    }
  }
  return offset;
}

std::uint32_t highest_number(const PdfReader& reader) {
  std::uint32_t highest = 0;
  for (const PdfObject* object : reader.objects()) {
    highest = std::max(highest, object->Reference().ObjectNumber());
  }
  const PdfObject* size = reader.get(&reader.trailer(), "Size");
  const std::int64_t stated = size != nullptr && size->IsNumber() ? size->GetNumber() : 0;
  return std::max(highest, static_cast<std::uint32_t>(std::clamp<std::int64_t>(stated - 1, 0, k_max_number)));
}

std::string written(const PdfVariant& value) {
  PoDoFo::PdfRefCountedBuffer buffer;
  PoDoFo::PdfOutputDevice device(&buffer);
  value.Write(&device, PoDoFo::ePdfWriteMode_Clean);
  return {buffer.GetBuffer(), device.GetLength()};
}

void append_big_endian(std::string& bytes, std::uint64_t value, unsigned width) {
  for (unsigned byte = width; byte-- > 0;) {
    bytes += static_cast<char>((value >> (8U * byte)) & 0xFFU);
  }
}

}  // namespace

PdfUpdate::PdfUpdate(const PdfReader& reader) : m_reader(reader), m_next(highest_number(reader) + 1) {
  std::ifstream in(reader.path().string(), std::ios::binary);
  in.seekg(0, std::ios::end);
  m_base_size = static_cast<std::uint64_t>(std::max<std::streamoff>(in.tellg(), 0));
  const std::size_t tail_size = std::min<std::uint64_t>(k_tail, m_base_size);
  const std::string tail = bytes_at(in, m_base_size - tail_size, tail_size);
  m_previous = last_startxref(tail);
  const std::string section = m_previous > 0 ? bytes_at(in, m_previous, 64) : "";
  m_as_stream =
      !section.empty() && section.front() >= '0' && section.front() <= '9' && section.find(" obj") != std::string::npos;
  if (bytes_at(in, 0, 5) != "%PDF-" || (!m_as_stream && !section.starts_with("xref")) || m_next > k_max_number) {
    throw input_error("pdf-damaged", reader.path().string() + " has no sound cross-reference table to build on",
                      "rewrite it first, for example with qpdf IN OUT");
  }
  if (tail.back() != '\n' && tail.back() != '\r') {
    m_bytes = "\n";
  }
}

PoDoFo::PdfReference PdfUpdate::reserve() { return {m_next++, 0}; }

void PdfUpdate::begin(const PoDoFo::PdfReference& number) {
  m_places[number.ObjectNumber()] = {position(), number.GenerationNumber()};
  m_bytes += std::to_string(number.ObjectNumber()) + " " + std::to_string(number.GenerationNumber()) + " obj\n";
}

std::uint64_t PdfUpdate::put_raw(const PoDoFo::PdfReference& number, std::string_view body) {
  begin(number);
  const std::uint64_t at = position();
  m_bytes.append(body).append("\nendobj\n");
  return at;
}

void PdfUpdate::put(const PoDoFo::PdfReference& number, const PdfVariant& value) { put_raw(number, written(value)); }

std::string PdfUpdate::deflated(std::string_view bytes) {
  char* buffer = nullptr;
  PoDoFo::pdf_long size = 0;
  const std::unique_ptr<PoDoFo::PdfFilter> filter(PoDoFo::PdfFilterFactory::Create(PoDoFo::ePdfFilter_FlateDecode));
  filter->Encode(bytes.data(), static_cast<PoDoFo::pdf_long>(bytes.size()), &buffer, &size);
  const std::unique_ptr<char, decltype(&PoDoFo::podofo_free)> owner(buffer, &PoDoFo::podofo_free);
  return {buffer, static_cast<std::size_t>(size)};
}

void PdfUpdate::put_stream(const PoDoFo::PdfReference& number, PoDoFo::PdfDictionary dictionary,
                           std::string_view bytes) {
  put_deflated(number, std::move(dictionary), deflated(bytes));
}

void PdfUpdate::put_deflated(const PoDoFo::PdfReference& number, PoDoFo::PdfDictionary dictionary,
                             std::string_view packed) {
  dictionary.AddKey("Length", static_cast<PoDoFo::pdf_int64>(packed.size()));
  dictionary.AddKey("Filter", PdfName("FlateDecode"));
  put_raw(number, written(PdfVariant(dictionary)).append("\nstream\n").append(packed).append("\nendstream"));
}

PoDoFo::PdfDictionary PdfUpdate::trailer() const {
  PoDoFo::PdfDictionary dictionary;
  const PoDoFo::PdfDictionary& old = m_reader.trailer().GetDictionary();
  for (const char* key : {"Root", "Info"}) {
    if (old.HasKey(key)) {
      dictionary.AddKey(key, *old.GetKey(key));
    }
  }
  // ISO 32000-1, 14.4: the second identifier changes with the content.
  const std::string digest = digest_of(EVP_sha256(), m_bytes).substr(0, 16);
  const PoDoFo::PdfString fresh(digest.data(), static_cast<PoDoFo::pdf_long>(digest.size()), true);
  const PdfObject* id = m_reader.array(&m_reader.trailer(), "ID");
  PoDoFo::PdfArray identifiers;
  identifiers.push_back(id != nullptr && !id->GetArray().empty() ? id->GetArray()[0] : PdfObject(fresh));
  identifiers.push_back(fresh);
  dictionary.AddKey("ID", identifiers);
  dictionary.AddKey("Prev", static_cast<PoDoFo::pdf_int64>(m_previous));
  return dictionary;
}

void PdfUpdate::write_table() {
  PoDoFo::PdfDictionary dictionary = trailer();
  dictionary.AddKey("Size", static_cast<PoDoFo::pdf_int64>(m_next));
  m_bytes += "xref\n";
  for (auto first = m_places.begin(); first != m_places.end();) {
    auto last = first;
    std::uint32_t count = 0;
    while (last != m_places.end() && last->first == first->first + count) {
      ++last;
      ++count;
    }
    m_bytes += std::to_string(first->first) + " " + std::to_string(count) + "\n";
    for (; first != last; ++first) {
      std::array<char, 24> row{};
      std::snprintf(row.data(), row.size(), "%010llu %05u n \n", static_cast<unsigned long long>(first->second.offset),
                    first->second.generation);
      m_bytes += row.data();
    }
  }
  m_bytes += "trailer\n" + written(PdfVariant(dictionary));
}

// ISO 32000-1, 7.5.8: one row of type 1, offset and generation an object, its own included.
void PdfUpdate::write_stream() {
  const unsigned width = position() > 0xFFFFFFFFU ? 5 : 4;  // PoDoFo reads no more than four bytes
  const PoDoFo::PdfReference number = reserve();
  PoDoFo::PdfDictionary dictionary = trailer();
  dictionary.AddKey("Type", PdfName("XRef"));
  dictionary.AddKey("Size", static_cast<PoDoFo::pdf_int64>(m_next));
  m_places[number.ObjectNumber()] = {position(), 0};
  PoDoFo::PdfArray index;
  std::string rows;
  for (const auto& [object, place] : m_places) {
    index.push_back(PdfVariant(static_cast<PoDoFo::pdf_int64>(object)));
    index.push_back(PdfVariant(PoDoFo::pdf_int64{1}));
    rows += '\1';
    append_big_endian(rows, place.offset, width);
    append_big_endian(rows, place.generation, 2);
  }
  PoDoFo::PdfArray widths;
  for (const PoDoFo::pdf_int64 bytes : {1, static_cast<int>(width), 2}) {
    widths.push_back(PdfVariant(bytes));
  }
  dictionary.AddKey("Index", index);
  dictionary.AddKey("W", widths);
  put_stream(number, dictionary, rows);
}

std::string PdfUpdate::finish() {
  const std::uint64_t section = position();
  if (section > k_max_offset) {
    throw input_error("pdf-too-large", m_reader.path().string() + " is too large to be updated", "split the document");
  }
  m_as_stream ? write_stream() : write_table();
  m_bytes += "\nstartxref\n" + std::to_string(section) + "\n%%EOF\n";
  return std::move(m_bytes);
}

}  // namespace sohoa
