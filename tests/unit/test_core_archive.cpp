// SPDX-License-Identifier: Apache-2.0
#include "core/archive.hpp"

#include "core/atomic_file.hpp"
#include "support/corpus.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sohoa;
using sohoa::test::TempDir;

TEST_SUITE("core::Archive") {
  TEST_CASE("a second run is told who holds the archive") {
    const TempDir folder;
    const Archive held(folder / "archive");
    const pid_t child = ::fork();
    if (child == 0) {
      try {
        const Archive second(folder / "archive");
        ::_exit(1);
      } catch (const Error& error) {
        const bool told =
            error.status() == ExitStatus::archive_locked && error.message().find("process ") != std::string::npos;
        ::_exit(told ? 0 : 2);
      }
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
  }

  TEST_CASE("a PDF gets its final name only when it is delivered") {
    const TempDir folder;
    const Archive archive(folder / "archive");
    const fs::path made = archive.outgoing() / "D1" / "D1.001.pdf";
    make_directories(made.parent_path());
    write_file(made, "%PDF");
    Document document = Document::of_source("inbox/a", "folder");
    document.record()["pdf"] = Json{{"path", made.string()}};
    archive.deliver(document);
    CHECK(document.record().at("pdf").at("path") == "documents/D1/D1.001.pdf");
    CHECK(read_file(folder / "archive/documents/D1/D1.001.pdf") == "%PDF");
    CHECK_FALSE(fs::exists(made));
  }

  TEST_CASE("quarantine keeps the scans and the reason, and leaves the inbox alone") {
    const TempDir folder;
    const Archive archive(folder / "archive");
    make_directories(folder / "inbox");
    write_file(folder / "inbox/bad.tif", "not a scan");
    Document document = Document::of_source((folder / "inbox/bad.tif").string(), "file");
    document.record()["source"]["files"] = {(folder / "inbox/bad.tif").string()};
    document.fail(input_error("not-a-scan", "bad.tif is no scan", "scan it"));
    archive.quarantine(document);
    CHECK(document.status() == Status::quarantined);
    CHECK(document.id().size() == 64);
    const fs::path place = folder / "archive" / string_of(document.record(), "quarantine");
    CHECK(read_file(place / "bad.tif") == "not a scan");
    CHECK(parse_json(read_file(place / "problem.json"), "problem.json").at("problems").at(0).at("id") == "not-a-scan");
    CHECK(fs::exists(folder / "inbox/bad.tif"));
  }
}
