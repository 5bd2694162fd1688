// SPDX-License-Identifier: Apache-2.0
#include "formats/package_check.hpp"

#include "core/error.hpp"
#include "core/text.hpp"
#include "formats/bag_digest.hpp"
#include "formats/inner_path.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <pugixml.hpp>

namespace sohoa {
namespace {

constexpr std::uint64_t max_xml = std::uint64_t{128} << 20U;

std::string_view local_name(const char* name) {
  const std::string_view all = name;
  return all.substr(all.find(':') == std::string_view::npos ? 0 : all.find(':') + 1);
}

// By its name without the prefix.
std::string attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& one : node.attributes()) {
    if (local_name(one.name()) == name) {
      return one.value();
    }
  }
  return {};
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

// Empty when it leads out or is none.
std::string inside(const std::string& href) {
  return href.find("://") != std::string::npos ? std::string() : inner_path(percent_decoded(href));
}

struct Walk : pugi::xml_tree_walker {
  std::function<void(const pugi::xml_node&)> visit;
  bool for_each(pugi::xml_node& node) override {
    visit(node);
    return true;
  }
};

void each_node(pugi::xml_node node, std::function<void(const pugi::xml_node&)> visit) {
  Walk walk;
  walk.visit = std::move(visit);
  node.traverse(walk);
}

class Checker {
 public:
  explicit Checker(fs::path folder) : m_folder(std::move(folder)) {}

  PackageReport check() {
    m_there = files_inside(m_folder, [this](const std::string& sentence) { fault(sentence); });
    m_named.insert("METS.xml");
    read("METS.xml");
    for (const std::string& name : m_there) {
      if (m_named.count(name) == 0) {
        fault(name + " is not named in METS");
      }
    }
    for (const std::string& name : m_named) {
      if (m_there.count(name) != 0 && fs::path(name).filename().string().rfind("PREMIS", 0) == 0) {
        read_premis(name);
      }
    }
    return std::move(m_report);
  }

 private:
  void fault(const std::string& sentence) { m_report.faults.push_back(sentence); }

  std::optional<std::string> text_of(const std::string& name) {
    if (m_there.count(name) == 0) {
      fault(name + " is missing");
      return std::nullopt;
    }
    try {
      return read_file(m_folder / name, max_xml);
    } catch (const Error& error) {
      fault(error.message());
      return std::nullopt;
    }
  }

  void read(const std::string& mets) {
    if (!m_read.insert(mets).second) {
      return;
    }
    const std::optional<std::string> text = text_of(mets);
    if (!text) {
      return;
    }
    const std::string base = fs::path(mets).parent_path().string();
    std::vector<MetsReference> references;
    const auto [objid, type] = read_mets(
        *text, [&](MetsReference one) { references.push_back(std::move(one)); },
        [&](const std::string& sentence) { fault(mets + " " + sentence); });
    if (mets == "METS.xml") {
      m_report.objid = objid;
      m_report.type = type;
      m_report.mets_sha256 = sha256_hex(*text);
    }
    for (MetsReference& one : references) {
      one.path = base.empty() ? one.path : base + "/" + one.path;
      if (one.is_mets) {
        read(one.path);
      } else {
        compare(mets, one);
      }
    }
  }

  void compare(const std::string& mets, const MetsReference& one) {
    if (!m_named.insert(one.path).second) {
      fault(mets + " names " + one.path + " twice");
      return;
    }
    ++m_report.files;
    if (m_there.count(one.path) == 0) {
      fault(one.path + " is missing: " + mets + " names it");
      return;
    }
    const std::uint64_t bytes = fs::file_size(m_folder / one.path);
    m_report.bytes += bytes;
    const bool known = one.algorithm == "SHA-256" || one.algorithm == "SHA-512";
    if (one.digest.empty() || !known) {
      m_report.notes.push_back("the digest of " + one.path + " was not compared: " + mets +
                               " has none of SHA-256 or SHA-512");
      return;
    }
    const std::optional<BagDigests> found =
        digests(one.path, one.algorithm == "SHA-512" ? Digests::both : Digests::sha256);
    if (!found) {
      return;
    }
    if ((one.algorithm == "SHA-256" ? found->sha256 : found->sha512) != one.digest) {
      fault(one.path + " was changed: " + mets + " has another digest");
    } else if (!one.bytes.empty() && one.bytes != std::to_string(bytes)) {
      fault(one.path + " has " + std::to_string(bytes) + " bytes, " + mets + " says " + one.bytes);
    }
  }

  // Nothing of a file that cannot be read, which is a fault.
  std::optional<BagDigests> digests(const std::string& name, Digests wanted) {
    BagDigests& known = m_digests[name];
    try {
      if (known.sha256.empty() || (wanted == Digests::both && known.sha512.empty())) {
        known = bag_digests_of_file(m_folder / name, wanted);
      }
      return known;
    } catch (const Error& error) {
      fault(error.message());
      return std::nullopt;
    }
  }

  // Objects that say where they are and what their digest is. Paths are of the representation, or of the package.
  void read_premis(const std::string& name) {
    const std::optional<std::string> text = text_of(name);
    pugi::xml_document xml;
    if (!text) {
      return;
    }
    if (!xml.load_buffer(text->data(), text->size())) {
      fault(name + " is no XML");
      return;
    }
    const std::string base = fs::path(name).parent_path().parent_path().parent_path().string();
    each_node(xml, [&](const pugi::xml_node& node) {
      if (local_name(node.name()) != "object") {
        return;
      }
      std::string algorithm;
      std::string digest;
      std::string path;
      each_node(node, [&](const pugi::xml_node& part) {
        const std::string_view what = local_name(part.name());
        algorithm = what == "messageDigestAlgorithm" ? part.text().get() : algorithm;
        digest = what == "messageDigest" ? lower(part.text().get()) : digest;
        path = what == "contentLocationValue" ? part.text().get() : path;
      });
      path = path.empty() ? path : inner_path(base.empty() ? path : base + "/" + path);
      if (path.empty() || digest.empty() || algorithm != "SHA-256") {
        return;
      }
      if (m_there.count(path) == 0) {
        fault(path + " is missing: " + name + " describes it");
      } else if (const auto found = digests(path, Digests::sha256); found && found->sha256 != digest) {
        fault(path + " is not the one that " + name + " describes: it has another digest");
      }
    });
  }

  fs::path m_folder;
  std::set<std::string> m_there;
  std::set<std::string> m_named;
  std::set<std::string> m_read;
  std::map<std::string, BagDigests> m_digests;
  PackageReport m_report;
};

// Data and descriptions by path and digest.
std::map<std::string, std::string> content_of(const fs::path& package) {
  std::map<std::string, std::string> content;
  for (const std::string mets : {"METS.xml", "representations/rep1/METS.xml"}) {
    const auto take = [&](const MetsReference& one) {
      if (!one.path.starts_with("metadata/preservation/") && one.path != "representations/rep1/METS.xml" &&
          !one.path.starts_with("schemas/")) {
        content[mets + " " + one.path] = one.digest;
      }
    };
    read_mets(read_file(package / mets, max_xml), take, [&](const std::string& sentence) {
      throw input_error("package-unreadable", (package / mets).string() + " " + sentence, "look what lies there");
    });
  }
  return content;
}

}  // namespace

bool is_package(const fs::path& folder) {
  boost::system::error_code code;
  return fs::is_regular_file(fs::symlink_status(folder / "METS.xml", code));
}

PackageReport check_package(const fs::path& folder) {
  try {
    return Checker(folder).check();
  } catch (const fs::filesystem_error& error) {
    throw input_error("package-unreadable",
                      "cannot read the package " + folder.string() + ": " + error.code().message(),
                      "check the permissions of its folders");
  }
}

bool same_package(const fs::path& one, const fs::path& other) {
  return is_package(other) && check_package(other).faults.empty() && content_of(one) == content_of(other);
}

std::pair<std::string, std::string> read_mets(std::string_view text, const std::function<void(MetsReference)>& take,
                                              const std::function<void(const std::string&)>& fault) {
  pugi::xml_document xml;
  if (!xml.load_buffer(text.data(), text.size()) || local_name(xml.document_element().name()) != "mets") {
    fault("is no METS");
    return {};
  }
  std::pair<std::string, std::string> said = {attribute(xml.document_element(), "OBJID"), {}};
  each_node(xml, [&](const pugi::xml_node& node) {
    const std::string_view name = local_name(node.name());
    if (name == "metsHdr") {
      said.second = attribute(node, "OAISPACKAGETYPE");
    }
    const bool location = name == "FLocat";
    if (name != "mdRef" && name != "mptr" && !location) {
      return;
    }
    const pugi::xml_node of = location ? node.parent() : node;
    const std::string href = attribute(node, "href");
    MetsReference one{inside(href), lower(attribute(of, "CHECKSUM")), attribute(of, "CHECKSUMTYPE"),
                      attribute(of, "SIZE"), name == "mptr"};
    if (one.path.empty()) {
      fault("names " + (href.empty() ? "no path" : href) + ", which is no file of the package");
      return;
    }
    take(std::move(one));
  });
  return said;
}

}  // namespace sohoa
