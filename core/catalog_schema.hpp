// SPDX-License-Identifier: Apache-2.0
// The tables of a catalog, the same in SQLite and PostgreSQL, and the way to them from older ones.
//
//   documents   one row a document: the columns that people look for and count by, and `record`, which has everything
//     number      order in which the catalog met them; what the other tables call `document`
//     id          SHA-256 over the page digests
//     archive     key of `archives`: in whose folder the file lies; "" beside the catalog's own file
//     batch, position, manifested             place in the manifest, and whether that tells of the last change
//     import      number in `imports`, with which another office's manifest was taken in; 0: of our own making
//     status      ok, warning, quarantined
//     source, pages, path, sha256, bytes      the scans, and the PDF seen from the archive's folder ("": none)
//     dossier, kind, code                     dossier.code; result, component or copy by the profile's name where the
//                                             record has it; result code
//     owner, type, symbol, agency_key         fields by search_key() (core/search_text.hpp)
//     agency, procedure, level, operator      as they are written; level is the field of that name
//     issued, received                        YYYY-MM-DD or ""; received is a field, or the date in the dossier's code
//     signed_level                            lowest level among its signatures: B-B … B-LTA; CMS where none has a
//                                             level, "" unsigned
//     left_unsigned                           why signing left the file as it came; "" otherwise
//     reused                                  rows in `reuse`
//     rescan, rescan_pages                    whether something of it is to be scanned again, and how many pages
//     started, ended                          seconds since 1970 of its first and last step but signing; 0 unknown
//   fields      fields[]: name, value, confidence in thousandths, origin
//   signatures  signatures[] by position: signer, field, role (the field without a number, or "(received)": the file
//   came
//               with it), level, time, until, status
//   codes, sequences, ordinals                what was given, for ever
//   reuse       a found paper that was used for another dossier
//   received    dossiers that a register says were received (core/catalog_dossiers.hpp), with what the office says of
//               them; 1 yes, 0 no, -1 not said
//   dossiers    received, or with a document: what is counted of each, and follows from received, documents and reuse
//     listed                                  stands in `received`
//     paper_result                            has to end with a paper result; so it is where nobody says
//     electronic_result, electronic_parts     the office has them elsewhere
//     reused                                  papers used again for it, or the office says so
//     documents, pages                        delivered; of them results, parts (all other kinds) and unnamed (of no
//     kind) signed_…, signed, waiting               with a signature; without one, and nothing says that it shall have
//     none
//   events      what was done to documents, in one chain (core/catalog_events.hpp); chain has its end
//   texts       words of fields and pages (core/text_index.hpp)
//   imports     manifests of other offices: SHA-256 of the file, archive, time
//   archives    where the folders are: key, root, host
//   attempts, quarantined                     core/journal.hpp, Catalog::note_quarantine()
//
// The month of reception is substr(received, 1, 7).
#pragma once

#include "core/database.hpp"

#include <cstdint>
#include <functional>

namespace sohoa {

// The version that this program makes and needs.
std::int64_t newest_schema();

// Makes the tables or brings them up to date in one transaction. `index_again` is called in it when documents of
// an older catalog have to be indexed: they lie in `documents_before` (batch, position, status, record, manifested).
// Throws Error(ExitStatus::environment, "catalog-unreachable") for tables of a newer program.
void bring_up_to_date(const Database& database, const std::function<void()>& index_again);

}  // namespace sohoa
