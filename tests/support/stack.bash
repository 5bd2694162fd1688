# SPDX-License-Identifier: Apache-2.0
# What cases about stacks share. A case says: source "$SOURCE/tests/support/stack.bash"
# shellcheck shell=bash
source "$SOURCE/tests/support/records.bash"
need pdftoppm

# sheets.csv: a register of three papers; sheet.1 to sheet.3 and patch: PNG files of their sheets as scanned.
make_sheets() {
  cat > sheets.csv << 'END'
mã hồ sơ,stt,loại,số định danh,mã thủ tục,họ tên
000.00.06.H56-231027-0361,1,result,038090001234,1.000894,Nguyễn Thị Lụa
000.00.06.H56-231027-0361,2,component,038090001234,1.000894,Nguyễn Thị Lụa
H56.17.22-231030-00007,,,,,
END
  run sohoa separators --from sheets.csv -o sheets.pdf
  run sohoa separators --patch -o patch.pdf
  run pdftoppm -r 150 -gray -png sheets.pdf sheet
  run pdftoppm -r 150 -gray -png -singlefile patch.pdf patch
}

page() { # FILE WORDS
  scan "$1" --mode L --dpi 200 --text "$2" --text 'Kính gửi các cơ quan'
}
