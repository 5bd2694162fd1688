# SPDX-License-Identifier: Apache-2.0
# A catalog of a few dossiers whose shares can be counted by hand: source "$SOURCE/tests/support/dossiers.bash"
# shellcheck shell=bash
source "$SOURCE/tests/support/manifest.bash"

# Dossier 1 has both papers, 2 has only a result elsewhere, 3 ends without a paper result and used a paper again, 4 has no
# result, 5 no date; 9 is in no register, and its paper of no kind; the sixth paper is in no dossier.
make_dossiers() { # [SOHOA-OPTION...]
  cat > register.csv << 'END'
mã hồ sơ,đơn vị giải quyết,cấp,mã thủ tục,cán bộ xử lý,ngày tiếp nhận,trả kết quả giấy,kết quả điện tử,tái sử dụng
H56-260105-0001,UBND xã A,xã,1.000001,An,05/01/2026 08:30,có,,
H56-260106-0002,UBND xã A,xã,1.000002,An,,có,Có,không
H56-260207-0003,UBND xã B,xã,1.000001,Bình,2026-02-07,KHÔNG,,có
H56-260208-0004,UBND xã B,xã,1.000002,Bình,20260208083000,có,chưa,
HS-5,UBND xã B,xã,1.000002,Bình,,có,,
END
  manifest_of 5 '.source.operator = "Chi" | .fields.agency = {value: "UBND xã C", confidence: 1, origin: "register"}
    | .dossier = [{code: "H56-260105-0001", kind: "result"}, {code: "H56-260105-0001", kind: "thành phần", class: "component"},
        {code: "H56-260208-0004", kind: "component"}, {code: "H56-260309-0009"}, {}][$n - 1]
    | if $n == 1 then .signatures = [{field: "officer1", level: "B-T", signer: "An", status: "valid"}] else . end
    | if $n == 5 then .rescan = [{page: 1, reasons: ["page-blurred"]}] else . end
    | if $n == 3 then .status = "warning" | .problems = [{severity: "warning", id: "confidence-low", page: 1, message: "x", remedy: "y"}]
      else . end' > m.jsonl
  run sohoa "$@" import --register register.csv m.jsonl --without-files --origin h --quiet
}
