// SPDX-License-Identifier: Apache-2.0
#include "formats/scan.hpp"

#include "core/digest.hpp"
#include "formats/scan_file.hpp"

#include <array>
#include <fstream>

#include <leptonica/allheaders.h>
#include <zlib.h>

namespace sohoa {
namespace {

std::string deflated(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 6) != Z_OK) {
    throw input_error("out-of-memory", "a page cannot be compressed", "free memory and run again");
  }
  out.resize(size);
  return out;
}

// The pixels as PDF wants them: rows of whole bytes, components interleaved.
std::string rows_of(Pix* pix, int components) {
  const auto width = static_cast<std::size_t>(pixGetWidth(pix));
  const int depth = pixGetDepth(pix);
  const std::size_t bytes = depth == 1 ? (width + 7) / 8 : width * static_cast<std::size_t>(components);
  std::string rows;
  rows.reserve(bytes * static_cast<std::size_t>(pixGetHeight(pix)));
  for (int y = 0; y < pixGetHeight(pix); ++y) {
    const std::uint32_t* line = pixGetData(pix) + static_cast<std::size_t>(y) * static_cast<std::size_t>(pixGetWpl(pix));
    for (std::size_t x = 0; x < (depth == 32 ? width : bytes); ++x) {
      if (depth == 32) {
        rows += static_cast<char>(line[x] >> 24U);
        rows += static_cast<char>(line[x] >> 16U & 0xFFU);
        rows += static_cast<char>(line[x] >> 8U & 0xFFU);
      } else {
        rows += static_cast<char>(GET_DATA_BYTE(line, x));
      }
    }
  }
  return rows;
}

EncodedImage encode_pixels(Pix* pix) {
  const int depth = pixGetDepth(pix);
  EncodedImage image;
  image.filter = EncodedImage::Filter::flate;
  image.colour = depth == 32 ? EncodedImage::Colour::rgb : EncodedImage::Colour::grey;
  image.bits = depth == 1 ? 1 : 8;
  image.one_is_black = depth == 1;
  image.width = pixGetWidth(pix);
  image.height = pixGetHeight(pix);
  image.data = deflated(rows_of(pix, depth == 32 ? 3 : 1));
  return image;
}

}  // namespace

Error bad_page(const std::string& id, const std::string& file, std::size_t page, const std::string& what) {
  return input_error(id, "page " + std::to_string(page + 1) + " of " + file + " cannot be used: " + what, "scan it again or export it anew");
}

void check_page_size(const std::string& file, std::size_t page, std::uint64_t width, std::uint64_t height, const ScanLimits& limits) {
  if (width == 0 || height == 0) {
    throw bad_page("image-corrupt", file, page, "it has no pixels");
  }
  if (width > 65000 || height > 65000 || width * height > limits.max_page_pixels) {
    throw bad_page("page-too-large", file, page,
                   std::to_string(width) + " x " + std::to_string(height) + " pixels are more than the " + std::to_string(limits.max_page_pixels) + " allowed");
  }
}

PixPtr oriented(PixPtr image, int orientation) {
  Pix* raw = image.get();
  switch (orientation) {
    case 2:
      return own(pixFlipLR(nullptr, raw), "pixFlipLR");
    case 3:
      return own(pixRotateOrth(raw, 2), "pixRotateOrth");
    case 4:
      return own(pixFlipTB(nullptr, raw), "pixFlipTB");
    case 5: {
      const PixPtr turned = own(pixRotateOrth(raw, 1), "pixRotateOrth");
      return own(pixFlipLR(nullptr, turned.get()), "pixFlipLR");
    }
    case 6:
      return own(pixRotateOrth(raw, 1), "pixRotateOrth");
    case 7: {
      const PixPtr turned = own(pixRotateOrth(raw, 3), "pixRotateOrth");
      return own(pixFlipLR(nullptr, turned.get()), "pixFlipLR");
    }
    case 8:
      return own(pixRotateOrth(raw, 3), "pixRotateOrth");
    default:
      return image;
  }
}

PixPtr plain(PixPtr image) {
  if (pixGetColormap(image.get()) != nullptr) {
    image = own(pixRemoveColormap(image.get(), REMOVE_CMAP_BASED_ON_SRC), "pixRemoveColormap");
  }
  if (pixGetDepth(image.get()) == 32 && pixGetSpp(image.get()) == 4) {
    image = own(pixAlphaBlendUniform(image.get(), 0xFFFFFF00), "pixAlphaBlendUniform");
  }
  const int depth = pixGetDepth(image.get());
  if (depth != 1 && depth != 8 && depth != 32) {
    image = own(pixConvertTo8(image.get(), 0), "pixConvertTo8");
  }
  return image;
}

std::string scan_format(const fs::path& file) {
  std::array<char, 1024> head{};
  std::ifstream in(file.string(), std::ios::binary);
  in.read(head.data(), head.size());
  const std::string_view bytes(head.data(), static_cast<std::size_t>(in.gcount()));
  const auto begins = [&](std::string_view magic) { return bytes.substr(0, magic.size()) == magic; };
  if (begins(std::string_view("II*\0", 4)) || begins(std::string_view("MM\0*", 4)) || begins(std::string_view("II+\0", 4)) ||
      begins(std::string_view("MM\0+", 4))) {
    return "tiff";
  }
  if (begins("\xFF\xD8\xFF")) {
    return "jpeg";
  }
  if (begins("\x89PNG\r\n\x1A\n")) {
    return "png";
  }
  return bytes.find("%PDF-") != std::string_view::npos ? "pdf" : "";
}

std::vector<SourcePage> probe_scan(const fs::path& file, const ScanLimits& limits) {
  boost::system::error_code code;
  const std::uint64_t size = fs::file_size(file, code);
  if (code) {
    throw input_error("file-unreadable", "cannot read " + file.string() + ": " + code.message(), "check the path and its permissions");
  }
  if (size == 0 || size > limits.max_file_bytes) {
    throw input_error(size == 0 ? "file-empty" : "file-too-large", file.string() + (size == 0 ? " is empty" : " is larger than the profile allows"),
                      size == 0 ? "scan it again" : "split it or raise max_file_bytes in the profile");
  }
  const std::string format = scan_format(file);
  if (format.empty()) {
    throw input_error("not-a-scan", file.string() + " is neither TIFF, JPEG, PNG nor PDF", "scan the paper or take the file away");
  }
  if (format == "pdf") {
    throw input_error("image-unsupported", file.string() + " is a PDF, which this version does not take apart yet",
                      "have the scanner write TIFF or JPEG, or take the images out with pdfimages -all");
  }
  std::vector<SourcePage> pages = format == "tiff" ? probe_tiff(file, limits) : format == "jpeg" ? probe_jpeg(file, limits) : probe_png(file, limits);
  const std::string digest = sha256_of_file(file);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    pages[i].file = file.string();
    pages[i].index = i;
    pages[i].format = format;
    pages[i].sha256 = pages.size() == 1 ? digest : sha256_hex(digest + "#" + std::to_string(i));
  }
  return pages;
}

PixPtr load_page(const SourcePage& page, const ScanLimits& limits) {
  setMsgSeverity(L_SEVERITY_NONE);  // what is wrong is told by our own errors
  if (page.format == "tiff") {
    return load_tiff(page, limits);
  }
  return page.format == "jpeg" ? load_jpeg(page, limits) : load_png(page, limits);
}

EncodedImage encode_page(const SourcePage& page, const ScanLimits& limits) {
  EncodedImage image = page.format == "jpeg" ? untouched_jpeg(page, limits) : page.format == "tiff" ? untouched_tiff(page) : EncodedImage{};
  return image.data.empty() ? encode_pixels(load_page(page, limits).get()) : image;
}

}  // namespace sohoa
