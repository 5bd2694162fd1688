// SPDX-License-Identifier: Apache-2.0
#include "core/archive.hpp"

#include "core/atomic_file.hpp"
#include "core/clock.hpp"
#include "core/digest.hpp"
#include "core/file_copy.hpp"
#include "core/file_stamp.hpp"
#include "core/host.hpp"
#include "core/secrecy.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <set>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace sohoa {
namespace {

constexpr std::uint64_t max_note = 4096;

std::string owner_note() {
  return "process " + std::to_string(::getpid()) + " on " + host_name() + " since " + iso_utc(wall_time());
}

void move_file(const fs::path& from, const fs::path& to) {
  make_directories(to.parent_path());
  if (::rename(from.c_str(), to.c_str()) != 0) {
    throw not_written("cannot move " + from.string() + " to " + to.string(), errno);
  }
  sync_folder(to.parent_path());
}

// The scans that the record names, whether it got as far as having pages or not.
std::set<std::string> scans_of(const Document& document) {
  std::set<std::string> files;
  const Json& source = document.record().value("source", Json::object());
  for (const Json& file : source.value("files", Json::array())) {
    files.insert(file.get<std::string>());
  }
  for (const Json& page : source.value("pages", Json::array())) {
    files.insert(string_of(page, "file"));
  }
  return files;
}

// True when the scan lies there as it is now, or was copied. What cannot be copied stays in the inbox, and the problem
// tells of it; it must not keep the others from their quarantine.
bool keep_scan(const std::string& file, const fs::path& folder) {
  const fs::path target = folder / fs::path(file).filename();
  const std::optional<FileStamp> there = stamp_of(target);
  const std::optional<FileStamp> here = stamp_of(file);
  if (there && here && there->bytes == here->bytes && there->modified == here->modified) {
    return true;
  }
  try {
    copy_scan(file, target);
    return true;
  } catch (const Error& error) {
    if (error.status() != ExitStatus::input) {
      throw;
    }
    return false;
  }
}

// Of the copy, which nobody changes any more.
std::string digest_of_kept(const std::string& file, const fs::path& folder) {
  try {
    return sha256_of_file(folder / fs::path(file).filename());
  } catch (const Error&) {
    return file;
  }
}

}  // namespace

Archive::Archive(fs::path root) : m_root(std::move(root)) {
  for (const char* folder : {"documents", "manifests", "quarantine"}) {
    make_directories(m_root / folder);
  }
  const fs::path path = m_root / ".lock";
  m_lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (m_lock < 0) {
    throw not_written("cannot write to the archive " + m_root.string(), errno);
  }
  struct flock whole {};
  whole.l_type = F_WRLCK;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): the kernel's interface
  if (::fcntl(m_lock, F_SETLK, &whole) != 0) {
    const int cause = errno;
    const std::string owner = cause == EACCES || cause == EAGAIN ? trim(read_file(path, max_note)) : std::string();
    ::close(std::exchange(m_lock, -1));
    if (cause != EACCES && cause != EAGAIN) {
      throw environment_error("archive-unwritable",
                              "cannot lock the archive " + m_root.string() + ": " + std::strerror(cause),
                              "keep it on a file system with locks (on NFS, check that lockd runs)");
    }
    throw Error(ExitStatus::archive_locked, "archive-locked",
                "another run holds the archive " + m_root.string() + ": " +
                    (owner.empty() ? std::string("a process that has not said its name yet") : owner),
                "wait until it ends, or end that process on its host");
  }
  const std::string note = owner_note() + "\n";
  if (::ftruncate(m_lock, 0) != 0 || ::pwrite(m_lock, note.data(), note.size(), 0) < 0) {
    const int cause = errno;
    ::close(std::exchange(m_lock, -1));
    throw not_written("cannot write to the archive " + m_root.string(), cause);
  }
}

Archive::~Archive() {
  if (m_lock >= 0) {
    ::close(m_lock);
  }
}

bool Archive::is_at(const fs::path& folder) {
  return fs::is_directory(folder / "documents") &&
         (fs::is_regular_file(folder / "catalog.sqlite") || fs::is_regular_file(folder / ".catalog"));
}

fs::path Archive::manifest(const std::string& batch, const std::string& format) const {
  return m_root / "manifests" / (batch + "." + format);
}

void Archive::deliver(Document& document) const {
  const auto publish = [this](Json& file) {
    const fs::path made(string_of(file, "path"));
    const fs::path name = fs::path("documents") / made.lexically_relative(outgoing());
    move_file(made, m_root / name);
    file["path"] = name.string();
  };
  if (const auto originals = document.record().find("originals"); originals != document.record().end()) {
    std::for_each(originals->begin(), originals->end(), publish);
  }
  // The PDF comes last: where it lies, what goes with it does.
  if (const auto sidecars = document.record().find("sidecars"); sidecars != document.record().end()) {
    std::for_each(sidecars->begin(), sidecars->end(), publish);
  }
  publish(document.record().at("pdf"));
}

void Archive::quarantine(Document& document, std::uint64_t max_file_bytes) const {
  const std::string source = document.name();
  const std::string name = file_safe(fs::path(source).filename().string()) + "-" + sha256_hex(source).substr(0, 8);
  const fs::path folder = m_root / "quarantine" / name;
  make_directories(folder);
  std::vector<std::string> digests;
  for (const std::string& file : is_secret(document.record()) ? std::set<std::string>() : scans_of(document)) {
    const std::optional<FileStamp> stamp = stamp_of(file);
    const bool kept = stamp && stamp->bytes <= max_file_bytes && keep_scan(file, folder);
    digests.push_back(kept && document.id().empty() ? digest_of_kept(file, folder) : file);
    if (!kept) {
      document.add_problem({Severity::info, "scan-not-copied", file + " stays in the inbox alone",
                            "correct what is told of it there", std::nullopt});
    }
  }
  // A document that never got as far as having pages is known by its files.
  if (document.id().empty()) {
    document.record()["id"] = document_id(digests);
  }
  document.set_status(Status::quarantined);
  document.record()["quarantine"] = "quarantine/" + name;
  write_file(folder / "problem.json", document.record().dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

void Archive::tidy(bool everything_done) const {
  boost::system::error_code ignored;
  fs::remove_all(everything_done ? work() : outgoing(), ignored);
}

}  // namespace sohoa
