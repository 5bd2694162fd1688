// SPDX-License-Identifier: Apache-2.0
#include "core/quality.hpp"

namespace sohoa {

PictureMeasures measure_picture(const Pix& page, const ReducedPage& reduced) {
  PictureMeasures measures;
  if (depth_of(page) > 1) {  // two levels have neither focus nor light
    measures.edges = measure_edges(*reduced.grey, reduced.dpi);
  }
  measure_margins(*reduced.ink, reduced.dpi, measures);
  measure_paper(page, reduced.scan_dpi, measures);
  measure_folds(*reduced.ink, reduced.dpi, measures);
  return measures;
}

Json to_json(const PictureMeasures& measures) {
  Json json{{"paper", rounded(measures.paper, 1000)}};
  if (measures.edges.width_mm > 0) {
    json["edge_mm"] = rounded(measures.edges.width_mm, 1000);
    json["contrast"] = rounded(measures.edges.contrast, 1000);
  }
  if (!measures.side.empty()) {
    json["margin_mm"] = rounded(measures.margin_mm, 10);
  }
  if (!measures.corner.empty()) {
    json["corner_mm"] = rounded(measures.corner_mm, 10);
  }
  return json;
}

}  // namespace sohoa
