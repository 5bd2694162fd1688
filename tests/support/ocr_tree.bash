# SPDX-License-Identifier: Apache-2.0
# Read pages for cases without scans: letters 20 pixels wide and 40 high on A4 at 300 dpi.
# shellcheck shell=bash

# ocr_tree FILE   from lines "LEFT TOP CONFIDENCE TEXT" on stdin
ocr_tree() {
  jq -R -n '{width: 2480, height: 3508, language: "vie", blocks: [{box: [0, 0, 2480, 3508], lines: [
    inputs | capture("^(?<left>[0-9]+) (?<top>[0-9]+) (?<confidence>[0-9.]+) (?<text>.*)$")
    | (.left | tonumber) as $left | (.top | tonumber) as $top | (.confidence | tonumber) as $confidence
    | {box: [$left, $top, $left + 20 * (.text | length), $top + 40], baseline: [$top + 32, $top + 32], words:
       (reduce (.text | split(" ")[]) as $word ([$left, []];
          [.[0] + 20 * ($word | length) + 20,
           .[1] + [{text: $word, confidence: $confidence, box: [.[0], $top, .[0] + 20 * ($word | length), $top + 40]}]])
        | .[1])}]}]}' > "$1"
}

# A decision after NĐ 30/2020 of two pages: page-1.json and page-2.json.
decision() {
  ocr_tree page-1.json << 'END'
500 200 0.95 ỦY BAN NHÂN DÂN
560 260 0.96 XÃ MẪU
1300 200 0.95 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
1500 260 0.95 Độc lập - Tự do - Hạnh phúc
500 380 0.93 Số: 12/QÐ-UBND
1500 380 0.94 Xã Mẫu, ngày 03 tháng 11 năm 2026
1140 600 0.92 QUYẾT ĐỊNH
940 660 0.91 Về việc công nhận hộ gia đình
1130 720 0.91 văn hóa năm
300 900 0.95 Căn cứ Luật Tổ chức chính quyền địa phương;
END
  ocr_tree page-2.json << 'END'
300 300 0.95 Số định danh cá nhân: 038190001234
1600 1000 0.95 CHỦ TỊCH
1570 1400 0.90 Trần Thị Thử
END
}

# record [JQ]   one document of the pages that lie here, changed by the filter
record() {
  local page files=()
  for page in page-*.json; do
    [ -e "$page" ] && files+=("$page")
  done
  jq -c -n '$ARGS.positional as $files | {schema: "sohoa/document/1", id: ("d1" * 32), source: {path: "inbox/quyet-dinh", kind: "folder",
    pages: ($files | map({file: ., index: 0, sha256: ("0" * 64), format: "tiff", width: 2480, height: 3508, dpi: [300, 300], colour: "colour"}))},
    pages: ($files | map({ocr: .})), status: "ok"} | '"${1:-.}" --args ${files[@]+"${files[@]}"}
}
