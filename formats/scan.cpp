// SPDX-License-Identifier: Apache-2.0
#include "formats/scan.hpp"

#include "core/digest.hpp"
#include "formats/encode.hpp"
#include "formats/faults.hpp"
#include "formats/scan_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <string_view>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr std::uint64_t max_side = 65000;  // pixels; libjpeg's bound, and far below where Leptonica's sums overflow

struct Kind {
  std::string_view name;
  std::vector<SourcePage> (*probe)(const fs::path&, const ScanLimits&);
  PixPtr (*load)(const SourcePage&, const ScanLimits&);
  EncodedImage (*untouched)(const SourcePage&, const ScanLimits&);
};

EncodedImage never_untouched(const SourcePage& /*page*/, const ScanLimits& /*limits*/) { return {}; }

// A page of a carried PDF that shows no scan, for steps that expect a picture.
PixPtr no_scan(const SourcePage& /*page*/, const ScanLimits& /*limits*/) { return PixPtr(pixCreate(1, 1, 1)); }

constexpr std::array<Kind, 8> kinds{{
    {"tiff", probe_tiff, load_tiff, untouched_tiff},
    {"jpeg", probe_jpeg, load_jpeg, untouched_jpeg},
    {"png", probe_png, load_png, untouched_png},
    {"pdf", probe_pdf, load_pdf, untouched_pdf},
    {"pdf-image", nullptr, load_pdf, never_untouched},  // of formats/pdf_carry.hpp
    {"pdf-both", nullptr, load_pdf, never_untouched},
    {"pdf-text", nullptr, no_scan, never_untouched},
    {"pdf-none", nullptr, no_scan, never_untouched},
}};

const Kind& kind_of(const std::string& format, const std::string& file) {
  const auto* found = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& kind) { return kind.name == format; });
  if (found == kinds.end()) {
    throw input_error("not-a-scan", file + " is neither TIFF, JPEG, PNG nor PDF",
                      "save it as one of them, or take it out of the inbox");
  }
  return *found;
}

// What a person may have meant, known by its first bytes.
std::string_view name_of_stranger(std::string_view bytes) {
  struct Magic {
    std::string_view bytes;
    std::size_t at;
    std::string_view name;
  };
  static constexpr std::array<Magic, 10> strangers{{{"BM", 0, "a Windows bitmap"},
                                                    {"GIF8", 0, "a GIF"},
                                                    {"WEBP", 8, "a WebP picture"},
                                                    {"ftypheic", 4, "a HEIC picture"},
                                                    {"jP  \r\n", 4, "a JPEG 2000 picture"},
                                                    {"\xFF\x4F\xFF\x51", 0, "JPEG 2000 data"},
                                                    {"\x97JB2", 0, "JBIG2 data"},
                                                    {"AT&TFORM", 0, "a DjVu file"},
                                                    {"PK\x03\x04", 0, "an Office document or a ZIP archive"},
                                                    {"\xD0\xCF\x11\xE0", 0, "an old Office document"}}};
  for (const Magic& magic : strangers) {
    if (bytes.size() > magic.at && bytes.substr(magic.at).starts_with(magic.bytes)) {
      return magic.name;
    }
  }
  return "";
}

Error unreadable(const fs::path& file, const boost::system::error_code& code) {
  return input_error("file-unreadable",
                     file.string() + " cannot be read" + (code ? ": " + code.message() : std::string()),
                     "check the path and its permissions");
}

std::string head_of(const fs::path& file) {
  std::string head(1024, '\0');
  std::ifstream in(file.string(), std::ios::binary);
  if (!in) {
    throw unreadable(file, {});
  }
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  return head;
}

void check_file(const fs::path& file, const ScanLimits& limits) {
  boost::system::error_code code;
  const std::uint64_t size = fs::file_size(file, code);
  if (code || !std::ifstream(file.string(), std::ios::binary)) {
    throw unreadable(file, code);
  }
  if (size == 0) {
    throw input_error("file-empty", file.string() + " is empty", "scan it again");
  }
  if (size > limits.max_file_bytes) {
    throw input_error("file-too-large",
                      file.string() + " has " + std::to_string(size) + " bytes, more than the " +
                          std::to_string(limits.max_file_bytes) + " allowed",
                      "split it, or raise max_file_bytes in the profile");
  }
}

// Of one page of several in the file.
std::string digest_in(const std::string& file, std::size_t index) {
  return sha256_hex(file + "#" + std::to_string(index));
}

}  // namespace

std::string page_digest(const std::string& file_digest, std::size_t index, std::size_t pages) {
  return pages == 1 ? file_digest : digest_in(file_digest, index);
}

Error bad_page(const std::string& id, const SourcePage& page, const std::string& what, const std::string& remedy) {
  return input_error(id, "page " + std::to_string(page.index + 1) + " of " + page.file + " cannot be used: " + what,
                     remedy);
}

void check_page_size(const SourcePage& page, std::uint64_t width, std::uint64_t height, const ScanLimits& limits) {
  if (width == 0 || height == 0) {
    throw bad_page("image-corrupt", page, "it has no pixels");
  }
  const std::string size = "it has " + std::to_string(width) + " x " + std::to_string(height) + " pixels, more than ";
  if (width > max_side || height > max_side) {
    throw bad_page("page-too-large", page, size + std::to_string(max_side) + " a side",
                   "scan it at a lower resolution");
  }
  if (width * height > limits.max_page_pixels) {
    throw bad_page("page-too-large", page,
                   size + "the " + std::to_string(limits.max_page_pixels) + " in all that the profile allows",
                   "scan it at a lower resolution, or raise max_page_pixels in the profile");
  }
}

void set_size(SourcePage& page, std::uint64_t width, std::uint64_t height, double dpi_x, double dpi_y,
              int orientation) {
  const bool sideways = orientation >= 5;
  page.width = sideways ? height : width;
  page.height = sideways ? width : height;
  page.dpi_x = sideways ? dpi_y : dpi_x;
  page.dpi_y = sideways ? dpi_x : dpi_y;
}

ScanLimits limits_of(const Profile& profile, bool take_signed) {
  const Profile::Limits& limits = profile.limits;
  return {limits.max_file_bytes, limits.max_page_pixels, limits.max_pages, take_signed};
}

std::string scan_format(const fs::path& file) {
  const std::string head = head_of(file);
  const std::string_view bytes(head);
  for (const std::string_view magic : {std::string_view("II*\0", 4), std::string_view("MM\0*", 4),
                                       std::string_view("II+\0", 4), std::string_view("MM\0+", 4)}) {
    if (bytes.starts_with(magic)) {
      return "tiff";
    }
  }
  if (bytes.starts_with("\xFF\xD8\xFF")) {
    return "jpeg";
  }
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) {
    return "png";
  }
  return bytes.find("%PDF-") != std::string_view::npos ? "pdf" : "";
}

std::vector<SourcePage> probe_scan(const fs::path& file, const ScanLimits& limits) {
  check_file(file, limits);
  setMsgSeverity(L_SEVERITY_NONE);  // what is wrong is told by our own errors
  const std::string format = scan_format(file);
  if (const std::string_view stranger = name_of_stranger(head_of(file)); format.empty() && !stranger.empty()) {
    throw input_error("not-a-scan", file.string() + " is " + std::string(stranger) + ", not TIFF, JPEG, PNG or PDF",
                      "save it as one of them, or take it out of the inbox");
  }
  std::vector<SourcePage> pages = kind_of(format, file.string()).probe(file, limits);
  const std::string digest = sha256_of_file(file);
  for (SourcePage& page : pages) {
    page.format = format;
    page.sha256 = page_digest(digest, page.index, pages.size());
  }
  return pages;
}

void check_unchanged(const std::vector<SourcePage>& pages) {
  std::map<std::string, std::string> digests;
  for (const SourcePage& page : pages) {
    std::string& digest = digests[page.file];
    digest = digest.empty() ? sha256_of_file(page.file) : digest;
    if (page.sha256 != digest && page.sha256 != digest_in(digest, page.index)) {
      throw input_error("scan-changed", page.file + " is not the file any more that was taken in",
                        "take it in again when it is finished");
    }
  }
}

PixPtr load_page(const SourcePage& page, const ScanLimits& limits) {
#ifdef SOHOA_FAULTS
  break_on_purpose(page.file);
#endif
  setMsgSeverity(L_SEVERITY_NONE);
  return kind_of(page.format, page.file).load(page, limits);
}

EncodedImage encode_page(const SourcePage& page, const ScanLimits& limits) {
  setMsgSeverity(L_SEVERITY_NONE);
  const Kind& kind = kind_of(page.format, page.file);
  EncodedImage image = kind.untouched(page, limits);
  return image.data.empty() ? encode_pixels(*kind.load(page, limits)) : image;
}

}  // namespace sohoa
