// SPDX-License-Identifier: Apache-2.0
#include "formats/pdfa_check.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace sohoa {

using PoDoFo::PdfObject;

namespace {

constexpr std::uint64_t k_max_profile = 64U << 20U;
constexpr std::size_t k_max_faults = 100;

std::string part_of(const fs::path& file, std::uint64_t from, std::size_t size) {
  std::ifstream in(file.string(), std::ios::binary);
  in.seekg(static_cast<std::streamoff>(from));
  std::string bytes(size, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(size));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return bytes;
}

// ISO 19005-1 and -2, 6.1.2: %PDF-1.n, then a comment whose first four bytes say that the file is binary.
bool header_holds(const std::string& head) {
  const std::size_t line = head.find_first_of("\r\n");
  if (!head.starts_with("%PDF-1.") || line != 8 || head[7] < '0' || head[7] > '7') {
    return false;
  }
  const std::size_t comment = head.find_first_not_of("\r\n", line);
  return comment != std::string::npos && head.size() >= comment + 5 && head[comment] == '%' &&
         std::all_of(head.begin() + static_cast<std::ptrdiff_t>(comment) + 1,
                     head.begin() + static_cast<std::ptrdiff_t>(comment) + 5,
                     [](char c) { return static_cast<unsigned char>(c) > 127; });
}

bool ends_with_marker(std::string tail) {
  if (tail.ends_with("\r\n")) {
    tail.resize(tail.size() - 2);
  } else if (tail.ends_with('\n') || tail.ends_with('\r')) {
    tail.pop_back();
  }
  return tail.ends_with("%%EOF");
}

// ISO 19005-1, 6.2.2, and ISO 19005-2, 6.2.3.
void check_output_intents(const PdfReader& reader, PdfaFindings& findings) {
  const PdfObject* intents = reader.array(&reader.catalog(), "OutputIntents");
  const PdfObject* first = nullptr;
  for (std::size_t i = 0; intents != nullptr && i < std::min<std::size_t>(intents->GetArray().size(), 64); ++i) {
    const PdfObject* intent = reader.resolve(&intents->GetArray()[i]);
    const PdfObject* profile = reader.dictionary(intent, "DestOutputProfile");
    if (findings.part > 1 && reader.get(intent, "DestOutputProfileRef") != nullptr) {
      findings.fault("the output intent refers to a profile outside of the file");
    }
    if (profile != nullptr && first != nullptr && profile != first) {
      findings.fault("output intents have different ICC profiles");
    }
    if (profile != nullptr && reader.name(intent, "S") == "GTS_PDFA1") {
      const std::string icc = reader.stream(*profile, k_max_profile);
      if (icc.size() < 128 || icc.compare(36, 4, "acsp") != 0) {
        findings.fault("the output intent's profile is no ICC profile");
      } else if (const std::string kind = icc.substr(12, 4); kind != "prtr" && kind != "mntr") {
        findings.fault("the output intent's profile is neither of a monitor nor of a printer");
      } else if (icc[8] > (findings.part == 1 ? 2 : 4)) {
        findings.fault("the output intent's profile is of a newer ICC version than this part of PDF/A knows");
      }
    }
    first = profile != nullptr ? profile : first;
  }
  findings.output_intent = first != nullptr;
}

}  // namespace

void PdfaFindings::fault(const std::string& sentence) {
  if (faults.size() < k_max_faults && std::find(faults.begin(), faults.end(), sentence) == faults.end()) {
    faults.push_back(sentence);
  }
}

void check_pdfa_file(const PdfReader& reader, PdfaFindings& findings) {
  constexpr std::size_t look = 64;
  const std::uint64_t size = fs::file_size(reader.path());
  if (!header_holds(part_of(reader.path(), 0, look))) {
    findings.fault("the file does not begin with %PDF-1.n and a comment of four high bytes");
  }
  if (!ends_with_marker(part_of(reader.path(), size - std::min<std::uint64_t>(size, look), look))) {
    findings.fault("something follows the last end-of-file marker");
  }
  const PdfObject* id = reader.array(&reader.trailer(), "ID");
  if (id == nullptr || id->GetArray().size() != 2) {
    findings.fault("the trailer has no file identifier (ID)");
  }
  if (findings.part == 1 && reader.has_xref_stream()) {
    findings.fault("PDF/A-1 has no cross-reference streams and no object streams");
  }
}

void check_pdfa_catalog(const PdfReader& reader, PdfaFindings& findings) {
  const PdfObject& catalog = reader.catalog();
  const PdfObject* names = reader.dictionary(&catalog, "Names");
  const PdfObject* form = reader.dictionary(&catalog, "AcroForm");
  const PdfObject* wanted = reader.get(form, "NeedAppearances");
  const PdfObject* permissions = reader.dictionary(&catalog, "Perms");
  const auto forbid = [&](bool found, const char* sentence) {
    if (found) {
      findings.fault(sentence);
    }
  };
  check_output_intents(reader, findings);
  forbid(reader.get(&catalog, "AA") != nullptr, "the document has additional actions");
  forbid(reader.get(names, "JavaScript") != nullptr, "the document has JavaScript");
  forbid(findings.part == 1 && reader.get(names, "EmbeddedFiles") != nullptr, "the document has embedded files");
  forbid(findings.part == 1 && reader.get(&catalog, "OCProperties") != nullptr, "the document has optional content");
  forbid(findings.part > 1 && reader.get(names, "AlternatePresentations") != nullptr,
         "the document has alternate presentations");
  forbid(findings.part > 1 && reader.get(&catalog, "Requirements") != nullptr, "the document states requirements");
  forbid(findings.part > 1 && reader.get(&catalog, "NeedsRendering") != nullptr &&
             reader.get(&catalog, "NeedsRendering")->IsBool() && reader.get(&catalog, "NeedsRendering")->GetBool(),
         "the document is a dynamic form");
  forbid(reader.get(form, "XFA") != nullptr, "the form is an XFA form");
  forbid(wanted != nullptr && wanted->IsBool() && wanted->GetBool(), "the form leaves its appearance to the reader");
  for (const auto& [key, value] : permissions != nullptr ? permissions->GetDictionary().GetKeys() : PoDoFo::TKeyMap()) {
    forbid(findings.part > 1 && key.GetName() != "DocMDP" && key.GetName() != "UR3",
           "the permissions have an unknown key");
  }
}

PdfaFindings check_pdfa(const PdfReader& reader) {
  PdfaFindings findings;
  check_pdfa_metadata(reader, findings);
  check_pdfa_file(reader, findings);
  check_pdfa_catalog(reader, findings);
  check_pdfa_objects(reader, findings);
  return findings;
}

}  // namespace sohoa
