// SPDX-License-Identifier: Apache-2.0
#include "formats/bagit.hpp"

#include "core/atomic_file.hpp"
#include "core/clock.hpp"
#include "core/version.hpp"
#include "formats/bagit_check.hpp"
#include "formats/checked_copy.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>

namespace sohoa {
namespace {

constexpr const char* documents_name = "documents.jsonl";

Error no_place(const fs::path& folder, const std::string& why) {
  return usage_error("bag-target", "the bag cannot be " + folder.string() + ": " + why,
                     "name a folder that is not there yet");
}

fs::path plain(const fs::path& path) { return (fs::absolute(path) / ".").lexically_normal().parent_path(); }

std::uint64_t key_of(const std::string& name) { return std::stoull(sha256_hex(name).substr(0, 16), nullptr, 16); }

// Nothing but what a writer that was killed leaves.
void expect_own(const fs::path& part) {
  static const std::set<std::string> own = {"data",
                                            "bagit.txt",
                                            "bag-info.txt",
                                            "manifest-sha256.txt",
                                            "manifest-sha512.txt",
                                            "tagmanifest-sha256.txt",
                                            "tagmanifest-sha512.txt"};
  for (fs::directory_iterator entry(part), end; entry != end; ++entry) {
    std::string name = entry->path().filename().string();
    if (name.size() > 6 && name.front() == '.' && name.substr(name.size() - 5) == ".part") {
      name = name.substr(1, name.size() - 6);
    }
    if (own.count(name) == 0) {
      throw no_place(part, "it holds " + name + ", which is not of an unfinished bag");
    }
  }
}

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

}  // namespace

std::string bag_path(std::string_view path) {
  std::string text;
  for (const char c : path) {
    text += c == '\r' ? "%0D" : c == '\n' ? "%0A" : c == '%' ? "%25" : std::string(1, c);
  }
  return text;
}

BagWriter::BagWriter(const fs::path& target, const fs::path& root) : m_target(plain(target)), m_root(plain(root)) {
  m_part = m_target.parent_path() / ("." + m_target.filename().string() + ".part");
  boost::system::error_code code;
  const fs::file_status there = fs::symlink_status(m_target, code);
  if (fs::exists(there) && !fs::is_directory(there)) {
    throw no_place(target, "it is no folder");
  }
  if (fs::is_directory(there) && !fs::is_empty(m_target)) {
    if (!is_bag(m_target)) {
      throw no_place(target, "it holds something else");
    }
    const BagReport report = check_bag(m_target);
    if (!report.faults.empty()) {
      throw no_place(target, "a bag lies there that is not whole: " + report.faults.front());
    }
    m_there = true;
  }
  make_directories(m_part);
  m_lock.emplace(::open(m_part.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
  if (m_lock->get() < 0) {
    throw not_written("cannot open the folder " + m_part.string(), errno);
  }
  if (::flock(m_lock->get(), LOCK_EX | LOCK_NB) != 0) {
    throw Error(ExitStatus::archive_locked, "bag-locked", "another process makes the bag " + target.string(),
                "wait until it ends");
  }
  expect_own(m_part);
  make_directories(m_part / "data");
  m_documents = std::make_unique<AtomicFile>(m_part / "data" / documents_name);
  m_sha256 = std::make_unique<AtomicFile>(m_part / "manifest-sha256.txt");
  m_sha512 = std::make_unique<AtomicFile>(m_part / "manifest-sha512.txt");
  m_names.insert(key_of(documents_name));
}

BagWriter::~BagWriter() = default;

std::string BagWriter::name_of(const Document& document, const std::string& path) const {
  const fs::path name = fs::absolute(source_below(m_root, path)).lexically_normal().lexically_relative(m_root);
  if (name.empty() || name == "." || *name.begin() == "..") {
    return (fs::path("outside") / document.id().substr(0, 16) / fs::path(path).filename()).string();
  }
  return name.string();
}

// The SHA-256 under which this run listed the file, or "". The keys in memory are short, so the list has the word.
std::string BagWriter::listed(const std::string& name) const {
  if (m_names.count(key_of(name)) == 0) {
    return {};
  }
  if (name == documents_name) {
    return "of the records";
  }
  const std::string path = "data/" + bag_path(name);
  std::ifstream in(m_sha256->temporary().string());
  for (std::string line; std::getline(in, line);) {
    if (line.size() > 66 && line.compare(66, std::string::npos, path) == 0) {
      return line.substr(0, 64);
    }
  }
  return {};
}

BagWriter::Entry BagWriter::take(const Document& document, const Json& file) const {
  const std::string path = string_of(file, "path");
  Entry entry{name_of(document, path), {}, 0, false};
  const std::string before = listed(entry.name);
  const fs::path kept = before.empty() && !m_there ? m_part / "data" / entry.name : fs::path();
  const CheckedFile found = copy_checked(source_below(m_root, path), kept, string_of(file, "sha256"), Digests::both);
  if (!before.empty() && before != found.digests.sha256) {
    throw input_error("bag-name", "the name " + entry.name + " has another file of the bag already",
                      "give the files names of their own and run again");
  }
  entry.digests = found.digests;
  entry.bytes = found.bytes;
  entry.known = !before.empty();
  return entry;
}

void BagWriter::list(const Entry& entry) {
  const std::string path = "  data/" + bag_path(entry.name) + "\n";
  m_sha256->write(entry.digests.sha256 + path);
  m_sha512->write(entry.digests.sha512 + path);
  m_bytes += entry.bytes;
  ++m_files;
}

void BagWriter::add(Document& document) {
  Json files = Json::object();
  std::vector<Entry> entries;
  const auto take_one = [&](Json& file) {
    if (string_of(file, "path").empty()) {
      return;
    }
    Entry entry = take(document, file);
    file["path"] = entry.name;
    for (const Entry& other : entries) {
      if (other.name == entry.name) {
        throw input_error("bag-name", "the document names " + entry.name + " twice", "make the document again");
      }
    }
    entries.push_back(std::move(entry));
  };
  for (const char* key : {"pdf", "sidecars", "originals"}) {
    if (const auto found = std::as_const(document).record().find(key);
        found != std::as_const(document).record().end()) {
      files[key] = *found;
      if (files[key].is_object()) {
        take_one(files[key]);
      } else if (files[key].is_array()) {
        std::for_each(files[key].begin(), files[key].end(), take_one);
      }
    }
  }
  for (const Entry& entry : entries) {
    if (!entry.known) {
      m_names.insert(key_of(entry.name));
      list(entry);
    }
  }
  if (!entries.empty()) {
    document.record().update(files);
  }
}

void BagWriter::note(const Document& document, const std::string& line) {
  const std::string bytes = line + "\n";
  m_documents->write(bytes);
  m_documents_digest.update(bytes);
  m_documents_bytes += bytes.size();
  if (document.alive()) {
    const std::string agency = document.field("agency");
    m_agency = !m_agency || *m_agency == agency ? agency : std::string();
  }
}

std::string BagWriter::info() const {
  std::string text;
  if (m_agency && !m_agency->empty()) {
    text += "Source-Organization: " + one_line(*m_agency) + "\n";
  }
  return text + "Bagging-Date: " + iso_utc(artefact_time()).substr(0, 10) +
         "\nPayload-Oxum: " + std::to_string(m_bytes) + "." + std::to_string(m_files) + "\nBag-Software-Agent: sohoa " +
         std::string(version) + "\n";
}

bool BagWriter::commit() {
  list({documents_name, m_documents_digest.finish(), m_documents_bytes, false});
  m_documents->commit();
  m_sha256->commit();
  m_sha512->commit();
  if (m_there) {
    // The bag was found whole, so equal lists mean equal files.
    const bool same = read_file(m_part / "manifest-sha256.txt") == read_file(m_target / "manifest-sha256.txt") &&
                      read_file(m_part / "manifest-sha512.txt") == read_file(m_target / "manifest-sha512.txt");
    fs::remove_all(m_part);
    if (!same) {
      throw no_place(m_target, "a bag of other documents lies there");
    }
    return false;
  }
  // What an earlier process copied for documents that this stream does not have.
  remove_files_but(m_part / "data", [this](const std::string& name) { return m_names.count(key_of(name)) != 0; });
  write_file(m_part / "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
  write_file(m_part / "bag-info.txt", info());
  std::string sha256;
  std::string sha512;
  for (const char* tag : {"bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt"}) {
    const BagDigests digests = bag_digests_of_file(m_part / tag);
    sha256 += digests.sha256 + "  " + tag + "\n";
    sha512 += digests.sha512 + "  " + tag + "\n";
  }
  write_file(m_part / "tagmanifest-sha256.txt", sha256);
  write_file(m_part / "tagmanifest-sha512.txt", sha512);
  for (fs::directory_iterator entry(m_part), end; entry != end; ++entry) {
    if (entry->path().filename().string().front() == '.') {
      fs::remove(entry->path());  // of a process that was killed
    }
  }
  if (std::rename(m_part.c_str(), m_target.c_str()) != 0) {  // an empty folder of that name gives way
    throw not_written("cannot give the bag " + m_target.string() + " its name", errno);
  }
  sync_folder(m_target.parent_path());
  return true;
}

}  // namespace sohoa
