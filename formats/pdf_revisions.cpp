// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_revisions.hpp"

#include <algorithm>
#include <fstream>

namespace sohoa {
namespace {

constexpr std::size_t k_max_revisions = 200;
constexpr std::string_view k_marker = "%%EOF";

// Where %%EOF and its end of line end, in the bytes from `begin` on.
std::vector<std::uint64_t> markers(const fs::path& file, std::uint64_t begin) {
  constexpr std::size_t chunk_size = 1U << 20U;
  std::ifstream in(file.string(), std::ios::binary);
  in.seekg(static_cast<std::streamoff>(begin));
  std::vector<std::uint64_t> ends;
  std::string window;
  std::string chunk(chunk_size, '\0');
  std::uint64_t base = begin;
  while (in && ends.size() < k_max_revisions) {
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    window.append(chunk, 0, static_cast<std::size_t>(in.gcount()));
    std::size_t at = 0;
    // Two bytes may follow that belong to it; they wait for the next chunk unless this is the last.
    while ((at = window.find(k_marker, at)) != std::string::npos &&
           (at + k_marker.size() + 2 <= window.size() || in.eof())) {
      at += k_marker.size();
      at += at < window.size() && window[at] == '\r' ? 1U : 0U;
      at += at < window.size() && window[at] == '\n' ? 1U : 0U;
      ends.push_back(base + at);
      window.erase(0, at);
      base += at;
      at = 0;
    }
    const std::size_t keep = std::min(window.size(), k_marker.size() + 1);
    if (at == std::string::npos) {
      base += window.size() - keep;
      window.erase(0, window.size() - keep);
    }
  }
  return ends;
}

std::vector<Change> readable_changes(const PdfReader& before, const PdfReader& now, std::uint64_t end) {
  std::vector<Change> changes;
  try {
    with_podofo(now.path(), [&] { changes = changes_between(before, now, end); });
  } catch (const Error&) {
    changes.push_back({Change::Kind::other, "something that cannot be read was added"});
  }
  return changes;
}

}  // namespace

PdfRevisions::PdfRevisions(const PdfReader& now, std::uint64_t size, const std::vector<std::uint64_t>& ends)
    : m_now(now), m_size(size) {
  if (ends.empty()) {
    return;
  }
  for (const std::uint64_t end : ends) {
    open(end);
  }
  const std::uint64_t first = *std::min_element(ends.begin(), ends.end());
  for (const std::uint64_t end : markers(now.path(), first)) {
    const bool known = std::any_of(ends.begin(), ends.end(), [&](std::uint64_t one) {
      return one <= end && end <= one + 2;  // a signature may leave out the last end of line
    });
    if (!known && end + 2 < size) {
      open(end);
    }
  }
  const PdfReader* before = nullptr;
  std::uint64_t begin = 0;
  for (const auto& [end, reader] : m_readers) {
    if (before != nullptr) {
      m_revisions.push_back({begin, end, readable_changes(*before, *reader, begin)});
    }
    before = reader.get();
    begin = end;
  }
  if (before != nullptr && begin < size) {
    m_revisions.push_back({begin, size, readable_changes(*before, now, begin)});
  }
}

PdfRevisions::~PdfRevisions() = default;

void PdfRevisions::open(std::uint64_t end) {
  if (m_readers.count(end) > 0 || end > m_size || m_readers.size() >= k_max_revisions) {
    return;
  }
  try {
    with_podofo(m_now.path(), [&] {
      auto reader = std::make_unique<PdfReader>(m_now.path(), end);
      static_cast<void>(reader->catalog());  // throws when the catalog is not there
      m_readers.emplace(end, std::move(reader));
    });
  } catch (const Error&) {  // no revision of its own
  }
}

const PdfReader* PdfRevisions::at(std::uint64_t end) const {
  const auto found = m_readers.find(end);
  return found != m_readers.end() ? found->second.get() : nullptr;
}

std::vector<const PdfRevisions::Revision*> PdfRevisions::after(std::uint64_t end) const {
  std::vector<const Revision*> later;
  for (const Revision& revision : m_revisions) {
    if (revision.end > end) {
      later.push_back(&revision);
    }
  }
  return later;
}

}  // namespace sohoa
