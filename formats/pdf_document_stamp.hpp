// SPDX-License-Identifier: Apache-2.0
// Document time-stamps (EN 319 142-1, 5.4.3; ISO 32000-2, 12.8.5): a time-stamp of the whole file as the value of an
// invisible field "Timestamp" on page 1.
#pragma once

#include "formats/growing_file.hpp"
#include "formats/timestamp_client.hpp"

namespace sohoa {

// Throws what TimestampClient::stamp throws; the file is then as it was.
void append_document_stamp(GrowingFile& file, TimestampClient& stamps);

}  // namespace sohoa
