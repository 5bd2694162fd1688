// SPDX-License-Identifier: Apache-2.0
#include "cli/run_sink.hpp"

#include <utility>

namespace sohoa {

RunSink::RunSink(const Archive& archive, CatalogDoor catalog, std::string batch, WorkKeeper& keeper, Console& console)
    : m_archive(archive),
      m_catalog(std::move(catalog)),
      m_batch(std::move(batch)),
      m_position(m_catalog().batch_size(m_batch)),
      m_keeper(keeper),
      m_console(console) {}

void RunSink::take(const Document& passed) {
  Document document = passed;
  finish(document);
  if (document.status() != Status::known) {
    m_catalog().put_document(document, m_batch, m_position++);
    m_keeper.release(document);
  }
  m_console.document_done(document);
  m_console.problems(document);
}

void RunSink::finish(Document& document) {
  m_tally.pages += document.page_count();
  if (document.status() == Status::known) {
    ++m_tally.known;
  } else if (document.alive()) {
    m_archive.deliver(document);
    ++m_tally.delivered;
    m_tally.signed_ones += document.record().contains("signatures") ? 1U : 0U;
    m_tally.coded += document.record().contains("code") ? 1U : 0U;
    m_tally.warnings += document.status() == Status::warning ? 1U : 0U;
  } else {
    m_archive.quarantine(document);
    ++m_tally.quarantined;
  }
}

}  // namespace sohoa
