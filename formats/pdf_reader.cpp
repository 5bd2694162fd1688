// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_reader.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <new>
#include <set>
#include <utility>

#include <boost/interprocess/file_mapping.hpp>
#include <boost/interprocess/mapped_region.hpp>
#include <boost/interprocess/streams/bufferstream.hpp>

namespace sohoa {

using PoDoFo::PdfObject;

namespace {

constexpr int k_max_hops = 16;
constexpr std::size_t k_max_tree_depth = 64;
constexpr std::size_t k_max_pages = 100'000;
constexpr std::uint64_t k_max_copy = std::uint64_t{16} << 20U;
constexpr std::uint64_t k_few_objects = 100'000;
constexpr std::uint64_t k_max_objects = 8'000'000;

// Stops a decompression bomb where it begins to grow.
class BoundedString : public PoDoFo::PdfOutputStream {
 public:
  explicit BoundedString(std::uint64_t max_bytes) : m_max_bytes(max_bytes) {}
  PoDoFo::pdf_long Write(const char* bytes, PoDoFo::pdf_long size) override {
    if (size > 0 && m_text.size() + static_cast<std::uint64_t>(size) > m_max_bytes) {
      PODOFO_RAISE_ERROR(PoDoFo::ePdfError_OutOfMemory);
    }
    m_text.append(bytes, static_cast<std::size_t>(size));
    return size;
  }
  void Close() override {}
  [[nodiscard]] std::string take() { return std::move(m_text); }

 private:
  std::uint64_t m_max_bytes;
  std::string m_text;
};

std::string sentence_of(PoDoFo::EPdfError error) {
  switch (error) {
    case PoDoFo::ePdfError_NoPdfFile:
      return "it does not begin as a PDF does";
    case PoDoFo::ePdfError_UnexpectedEOF:
    case PoDoFo::ePdfError_NoEOFToken:
      return "it breaks off";
    case PoDoFo::ePdfError_NoXRef:
    case PoDoFo::ePdfError_InvalidXRef:
    case PoDoFo::ePdfError_InvalidXRefStream:
    case PoDoFo::ePdfError_InvalidXRefType:
    case PoDoFo::ePdfError_InvalidTrailerSize:
    case PoDoFo::ePdfError_NoObject:
    case PoDoFo::ePdfError_NoNumber:
      return "its table of objects does not lead to them";
    case PoDoFo::ePdfError_InvalidStreamLength:
    case PoDoFo::ePdfError_Flate:
    case PoDoFo::ePdfError_UnsupportedFilter:
      return "data in it cannot be uncompressed";
    default:
      return std::string("PoDoFo says ") + PoDoFo::PdfError::ErrorName(error);
  }
}

// PoDoFo gives up on some kinds of encryption as on damage.
bool names_encryption(const fs::path& file) {
  constexpr std::streamoff tail = 1 << 20;
  std::ifstream in(file.string(), std::ios::binary | std::ios::ate);
  in.seekg(std::max<std::streamoff>(0, std::streamoff(in.tellg()) - tail));
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  return bytes.find("/Encrypt") != std::string::npos;
}

// The table of objects and the trailer alone. PoDoFo 0.9.8 reads through null pointers when a key of the encryption's
// dictionary is missing, so what is encrypted must be known before the rest is parsed.
class Structure : public PoDoFo::PdfParser {
 public:
  Structure(PoDoFo::PdfVecObjects& objects, const PoDoFo::PdfRefCountedInputDevice& device) : PdfParser(&objects) {
    m_device = device;
    if (IsPdfFile()) {
      ReadDocumentStructure();
    }
  }
  [[nodiscard]] bool encrypted() const {
    return GetTrailer() != nullptr && GetTrailer()->IsDictionary() && GetTrailer()->GetDictionary().HasKey("Encrypt");
  }
};

struct TreeNode {
  PdfPageNode inherited;
  std::size_t depth = 0;
};

Error encrypted_pdf(const fs::path& file) {
  return input_error("pdf-encrypted", file.string() + " is encrypted",
                     "remove the encryption first, as with qpdf --decrypt");
}

}  // namespace

void with_podofo(const fs::path& file, const std::function<void()>& work) {
  const auto corrupt = [&](const std::string& what) {
    return input_error("pdf-corrupt", file.string() + " is damaged: " + what,
                       "make the file again, or let qpdf OLD NEW repair it");
  };
  try {
    work();
  } catch (const PoDoFo::PdfError& error) {
    if (error.GetError() == PoDoFo::ePdfError_InvalidPassword) {
      throw encrypted_pdf(file);
    }
    throw corrupt(sentence_of(error.GetError()));
  } catch (const std::bad_alloc&) {
    throw corrupt("it asks for more memory than there is");
  } catch (const std::length_error&) {
    throw corrupt("it states impossible sizes");
  }
}

struct PdfReader::Bytes {
  boost::interprocess::mapped_region region;
  std::string copy;
  boost::interprocess::ibufferstream stream;

  Bytes(const fs::path& path, std::uint64_t size)
      : region(boost::interprocess::file_mapping(path.c_str(), boost::interprocess::read_only),
               boost::interprocess::read_only, 0, size),
        stream(static_cast<const char*>(region.get_address()), region.get_size()) {}
  explicit Bytes(std::string bytes) : copy(std::move(bytes)), stream(copy.data(), copy.size()) {}

  // For a file that is not too large; a file that somebody shortens would end the process if it were mapped. PoDoFo
  // asks where it is for each token, which is a call of the system when it reads the file itself.
  static std::unique_ptr<Bytes> of_small(const fs::path& path) {
    boost::system::error_code error;
    if (!fs::is_regular_file(path, error) || fs::file_size(path, error) > k_max_copy || error) {
      return nullptr;
    }
    std::ifstream in(path.string(), std::ios::binary);
    std::string bytes(fs::file_size(path), '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return in.gcount() == static_cast<std::streamsize>(bytes.size()) && !bytes.empty()
               ? std::make_unique<Bytes>(std::move(bytes))
               : nullptr;
  }
};

PdfReader::PdfReader(const fs::path& file) : PdfReader(file, Bytes::of_small(file)) {}

PdfReader::PdfReader(const fs::path& file, std::uint64_t size) : PdfReader(file, std::make_unique<Bytes>(file, size)) {}

PdfReader::PdfReader(fs::path file, std::unique_ptr<Bytes> bytes)
    : m_path(std::move(file)), m_bytes(std::move(bytes)), m_parser(new PoDoFo::PdfParser(&m_objects)) {
  PoDoFo::PdfError::EnableDebug(false);
  PoDoFo::PdfError::EnableLogging(false);
  boost::system::error_code error;
  const std::uint64_t size = fs::is_regular_file(m_path, error) ? fs::file_size(m_path, error) : 0;
  if (size == 0 || error) {
    throw input_error("pdf-unreadable", m_path.string() + " cannot be read as a PDF", "check the path and the file");
  }
  // PoDoFo takes memory for as many objects as the file says that it has.
  PoDoFo::PdfParser::SetMaxObjectCount(static_cast<long>(std::clamp(size, k_few_objects, k_max_objects)));
  m_objects.SetAutoDelete(true);
  try {
    with_podofo(m_path, [&] {
      const auto device = [&] {
        if (m_bytes) {
          m_bytes->stream.clear();
          m_bytes->stream.seekg(0);
          return PoDoFo::PdfRefCountedInputDevice(new PoDoFo::PdfInputDevice(&m_bytes->stream));
        }
        return PoDoFo::PdfRefCountedInputDevice(m_path.c_str(), "rb");
      };
      PoDoFo::PdfVecObjects none;
      none.SetAutoDelete(true);
      if (Structure(none, device()).encrypted()) {
        throw encrypted_pdf(m_path);
      }
      m_parser->ParseFile(device(), true);
    });
  } catch (const Error& fault) {
    if (fault.id() == "pdf-corrupt" && names_encryption(m_path)) {
      throw encrypted_pdf(m_path);
    }
    throw;
  }
  if (m_parser->GetTrailer() == nullptr || !m_parser->GetTrailer()->IsDictionary()) {
    throw corrupt("it has no trailer");
  }
}

PdfReader::~PdfReader() = default;

Error PdfReader::corrupt(const std::string& what) const {
  return input_error("pdf-corrupt", m_path.string() + " is damaged: " + what,
                     "make the file again, or let qpdf OLD NEW repair it");
}

const PdfObject& PdfReader::catalog() const {
  const PdfObject* root = dictionary(&trailer(), "Root");
  if (root == nullptr) {
    throw corrupt("it has no catalog");
  }
  return *root;
}

const PdfObject* PdfReader::resolve(const PdfObject* object) const {
  for (int hop = 0; object != nullptr && object->IsReference(); ++hop) {
    object = hop < k_max_hops ? m_objects.GetObject(object->GetReference()) : nullptr;
  }
  return object == nullptr || object->IsNull() ? nullptr : object;
}

const PdfObject* PdfReader::get(const PdfObject* object, const char* key) const {
  return object != nullptr && object->IsDictionary() ? resolve(object->GetDictionary().GetKey(key)) : nullptr;
}

const PdfObject* PdfReader::dictionary(const PdfObject* object, const char* key) const {
  const PdfObject* value = get(object, key);
  return value != nullptr && value->IsDictionary() ? value : nullptr;
}

const PdfObject* PdfReader::array(const PdfObject* object, const char* key) const {
  const PdfObject* value = get(object, key);
  return value != nullptr && value->IsArray() ? value : nullptr;
}

std::optional<double> PdfReader::number(const PdfObject* object) const {
  const PdfObject* value = resolve(object);
  return value != nullptr && (value->IsNumber() || value->IsReal()) ? std::optional(value->GetReal()) : std::nullopt;
}

std::string PdfReader::name(const PdfObject* object, const char* key) const {
  const PdfObject* value = get(object, key);
  return value != nullptr && value->IsName() ? value->GetName().GetName() : std::string();
}

std::string PdfReader::text(const PdfObject* object, const char* key) const {
  const PdfObject* value = get(object, key);
  return value != nullptr && (value->IsString() || value->IsHexString()) ? value->GetString().GetStringUtf8()
                                                                         : std::string();
}

std::vector<PdfPageNode> PdfReader::pages() const {
  std::vector<PdfPageNode> pages;
  std::set<const PdfObject*> seen;
  std::vector<TreeNode> open{{{dictionary(&catalog(), "Pages"), nullptr, nullptr, nullptr, nullptr}, 0}};
  while (!open.empty() && pages.size() < k_max_pages) {
    TreeNode node = open.back();
    open.pop_back();
    const PdfObject* object = node.inherited.page;
    if (object == nullptr || !object->IsDictionary() || node.depth > k_max_tree_depth || !seen.insert(object).second) {
      continue;
    }
    const auto inherit = [&](const PdfObject*& value, const char* key) {
      const PdfObject* own = get(object, key);
      value = own != nullptr ? own : value;
    };
    inherit(node.inherited.media_box, "MediaBox");
    inherit(node.inherited.crop_box, "CropBox");
    inherit(node.inherited.rotate, "Rotate");
    inherit(node.inherited.resources, "Resources");
    const PdfObject* kids = array(object, "Kids");
    if (kids == nullptr) {
      pages.push_back(node.inherited);
      continue;
    }
    const PoDoFo::PdfArray& list = kids->GetArray();
    for (auto kid = list.rbegin(); kid != list.rend(); ++kid) {
      node.inherited.page = resolve(&*kid);
      open.push_back({node.inherited, node.depth + 1});
    }
  }
  return pages;
}

std::string PdfReader::stream(const PdfObject& object, std::uint64_t max_bytes) const {
  BoundedString text(max_bytes);
  try {
    if (!object.HasStream()) {
      return {};
    }
    object.GetStream()->GetFilteredCopy(&text);
  } catch (const PoDoFo::PdfError& error) {
    if (error.GetError() == PoDoFo::ePdfError_OutOfMemory) {
      throw input_error("pdf-too-large",
                        m_path.string() + " has a stream of more than " + std::to_string(max_bytes) +
                            " bytes where a small one belongs",
                        "make the file again");
    }
    throw;
  }
  return text.take();
}

}  // namespace sohoa
