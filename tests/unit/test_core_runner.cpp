// SPDX-License-Identifier: Apache-2.0
#include "core/runner.hpp"

#include "core/catalog.hpp"
#include "support/corpus.hpp"

#include <csignal>
#include <new>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <leptonica/allheaders.h>
#include <unistd.h>

using namespace sohoa;
using sohoa::test::TempDir;

namespace {

SourcePage page_of(const std::string& document, std::size_t index) {
  SourcePage page;
  page.file = document;
  page.index = index;
  page.sha256 = document + "#" + std::to_string(index);
  page.format = "tiff";
  page.width = page.height = 8;
  page.colour = "grey";
  return page;
}

class Row : public DocumentSource {
 public:
  explicit Row(std::vector<std::size_t> pages) : m_pages(std::move(pages)) {}
  Pull pull(std::optional<Document>& document) override {
    if (m_next == m_pages.size()) {
      return Pull::exhausted;
    }
    const std::string name = "d" + std::to_string(m_next);
    std::vector<SourcePage> pages;
    for (std::size_t i = 0; i < m_pages[m_next]; ++i) {
      pages.push_back(page_of(name, i));
    }
    document = Document::of_source(name, "file");
    document->set_source_pages(pages);
    ++m_next;
    return Pull::ready;
  }

 private:
  std::vector<std::size_t> m_pages;
  std::size_t m_next = 0;
};

// Marks the page; misbehaves on the page that it is told to.
class Mark : public PageStep {
 public:
  enum class Mischief { none, error, crash, hang, hunger, full_disk };
  explicit Mark(std::string victim = {}, Mischief mischief = Mischief::none)
      : m_victim(std::move(victim)), m_mischief(mischief) {}
  std::string_view name() const override { return "mark"; }
  Json depends_on(const Json&) const override { return nullptr; }
  Json run(PageTask& task) override {
    if (task.source.sha256 == m_victim) {
      switch (m_mischief) {
        case Mischief::error:
          throw input_error("bad-page", "the page is bad", "scan it again");
        case Mischief::crash:
          std::raise(SIGUSR1);
          break;
        case Mischief::hang:
          ::sleep(100);
          break;
        case Mischief::hunger:
          throw std::bad_alloc();
        case Mischief::full_disk:
          throw environment_error("disk-full", "no space", "free some");
        case Mischief::none:
          break;
      }
    }
    return Json{{"mark", task.source.sha256}, {"by", ::getpid()}};
  }

 private:
  std::string m_victim;
  Mischief m_mischief;
};

class Note : public PageStep {
 public:
  explicit Note(std::string name) : m_name(std::move(name)) {}
  std::string_view name() const override { return m_name; }
  Json depends_on(const Json&) const override { return nullptr; }
  Json run(PageTask&) override { return Json{{m_name, true}}; }

 private:
  std::string m_name;
};

class Number : public DocumentStep {
 public:
  std::string_view name() const override { return "number"; }
  Grain grain() const override { return Grain::here; }
  void run(Document& document) override { document.record()["number"] = ++m_count; }

 private:
  int m_count = 0;
};

// Says who signed with whose key; the key fails at a document.
class Sign : public DocumentStep {
 public:
  explicit Sign(bool copies, std::string victim = {}) : m_copies(copies), m_victim(std::move(victim)) {}
  std::string_view name() const override { return "sign"; }
  Grain grain() const override { return Grain::signer; }
  bool can_be_copied() const override { return m_copies; }
  void prepare() override { m_opened_by = m_opened_by == 0 ? ::getpid() : m_opened_by; }
  void disown() override { m_opened_by = -1; }
  void run(Document& document) override {
    ::usleep(20'000);
    if (document.name() == m_victim) {
      throw Error(ExitStatus::signing_unavailable, "token-failed", "the token is gone", "put it back");
    }
    document.record()["signed"] = Json{{"by", ::getpid()}, {"opened_by", m_opened_by}};
  }
  [[nodiscard]] int opened_by() const { return m_opened_by; }

 private:
  bool m_copies;
  std::string m_victim;
  int m_opened_by = 0;
};

// What a worker sees of the key.
class Look : public PageStep {
 public:
  explicit Look(const Sign& sign) : m_sign(sign) {}
  std::string_view name() const override { return "look"; }
  Json depends_on(const Json&) const override { return nullptr; }
  Json run(PageTask&) override { return Json{{"key", m_sign.opened_by()}}; }

 private:
  const Sign& m_sign;
};

// Cuts after each second page.
class Cut : public SplitStep {
 public:
  std::string_view name() const override { return "cut"; }
  std::vector<Document> split(const Document& document) override {
    std::vector<Document> parts;
    for (std::size_t first = 0; first == 0 || first < document.page_count(); first += 2) {
      std::vector<SourcePage> pages;
      for (std::size_t page = first; page < std::min(first + 2, document.page_count()); ++page) {
        pages.push_back(document.source_page(page));
      }
      parts.push_back(document);
      parts.back().set_source_pages(pages);
      parts.back().record()["part"] = parts.size();
    }
    return parts;
  }
};

struct Outcome {
  std::vector<Document> documents;
  RunnerResult result;
};

Outcome play(std::vector<StepPtr> steps, const std::vector<std::size_t>& pages, const fs::path& work, unsigned jobs = 2,
             const std::function<void(RunnerOptions&)>& differently = {}) {
  Outcome outcome;
  Row row(pages);
  RunnerOptions options{.jobs = jobs,
                        .limits = {},
                        .page_limits = {.wall = std::chrono::seconds(1)},
                        .work = Work(work),
                        .load = [](const SourcePage& source) {
                          if (source.sha256 == "d1#1broken") {
                            throw input_error("image-corrupt", "corrupt", "scan again");
                          }
                          return own(pixCreate(8, 8, 8), "pixCreate");
                        }};
  if (differently) {
    differently(options);
  }
  outcome.result = run_steps(
      steps, row, [&](const Document& d) { outcome.documents.push_back(d); }, options);
  return outcome;
}

std::vector<StepPtr> steps_with(std::string victim, Mark::Mischief mischief) {
  std::vector<StepPtr> steps;
  steps.push_back(std::make_unique<Mark>(std::move(victim), mischief));
  steps.push_back(std::make_unique<Number>());
  return steps;
}

}  // namespace

TEST_SUITE("core::runner") {
  TEST_CASE("documents leave in the order in which they came, numbered so") {
    const TempDir work;
    const Outcome outcome = play(steps_with({}, Mark::Mischief::none), {7, 1, 3, 0, 2}, work.path(), 3);
    REQUIRE(outcome.documents.size() == 5);
    for (std::size_t i = 0; i < 5; ++i) {
      const Json& record = outcome.documents[i].record();
      CHECK(record.at("source").at("path") == "d" + std::to_string(i));
      CHECK(record.at("number") == i + 1);
      CHECK(record.at("history").size() == 2);
    }
    CHECK(outcome.documents[0].page(6).at("mark") == "d0#6");
    CHECK(outcome.result.failed == 0);
  }

  TEST_CASE("what is cut off a stack takes its place in the order, whatever the number of workers") {
    const std::vector<std::size_t> stacks{5, 1, 0, 8, 2, 7};
    for (const unsigned jobs : {1U, 3U}) {
      const TempDir work;
      std::vector<StepPtr> steps;
      steps.push_back(std::make_unique<Note>("seen"));
      steps.push_back(std::make_unique<Cut>());
      steps.push_back(std::make_unique<Mark>("d3#5", Mark::Mischief::error));
      steps.push_back(std::make_unique<Number>());
      const Outcome outcome =
          play(std::move(steps), stacks, work.path(), jobs, [](RunnerOptions& options) { options.window = 2; });
      std::size_t at = 0;
      for (std::size_t stack = 0; stack < stacks.size(); ++stack) {
        for (std::size_t part = 1; part <= std::max<std::size_t>(1, (stacks[stack] + 1) / 2); ++part) {
          REQUIRE(at < outcome.documents.size());
          const Document& document = outcome.documents[at++];
          CHECK(document.name() == "d" + std::to_string(stack));
          CHECK(document.record().at("part") == part);
          CHECK(document.record().at("number") == at);
          CHECK(document.record().at("history").size() == 4);
          CHECK(document.page_count() == std::min<std::size_t>(2, stacks[stack] - 2 * (part - 1)));
          const bool hurt = stack == 3 && part == 3;
          CHECK((document.status() == Status::warning) == hurt);
        }
      }
      CHECK(at == outcome.documents.size());
      CHECK(outcome.result.documents == at);
      CHECK(outcome.result.pages == 2 * 23);
    }
  }

  TEST_CASE("what the work folder has is not done again") {
    const TempDir work;
    const Outcome first = play(steps_with({}, Mark::Mischief::none), {2, 2}, work.path());
    const Outcome again = play(steps_with({}, Mark::Mischief::none), {2, 2}, work.path());
    CHECK(first.documents[1].page(1).at("by") == again.documents[1].page(1).at("by"));
  }

  TEST_CASE("an error of a page step is a warning and costs nothing else") {
    const TempDir work;
    const Outcome outcome = play(steps_with("d1#1", Mark::Mischief::error), {1, 3, 1}, work.path());
    REQUIRE(outcome.documents.size() == 3);
    const Document& hurt = outcome.documents[1];
    CHECK(hurt.status() == Status::warning);
    CHECK(hurt.record().at("problems").size() == 1);
    CHECK(hurt.record().at("problems").at(0).at("page") == 2);
    CHECK_FALSE(hurt.page(1).contains("mark"));
    CHECK(hurt.page(2).contains("mark"));
    CHECK(outcome.documents[2].status() == Status::ok);
  }

  TEST_CASE("a crash costs its page only") {
    const TempDir work;
    const Outcome outcome = play(steps_with("d0#0", Mark::Mischief::crash), {2, 2, 2}, work.path());
    REQUIRE(outcome.documents.size() == 3);
    CHECK(outcome.documents[0].status() == Status::warning);
    CHECK(outcome.documents[0].record().at("problems").at(0).at("message").get<std::string>().find("signal 10") !=
          std::string::npos);
    CHECK(outcome.documents[0].page(1).contains("mark"));
    CHECK(outcome.documents[1].status() == Status::ok);
    CHECK(outcome.documents[2].status() == Status::ok);
  }

  TEST_CASE("a hang costs its page only") {
    const TempDir work;
    const Outcome outcome = play(steps_with("d1#0", Mark::Mischief::hang), {1, 1}, work.path());
    REQUIRE(outcome.documents.size() == 2);
    CHECK(outcome.documents[0].status() == Status::ok);
    CHECK(outcome.documents[1]
              .record()
              .at("problems")
              .at(0)
              .at("message")
              .get<std::string>()
              .find("no answer within 1 s") != std::string::npos);
  }

  TEST_CASE("a lost page costs its document when the profile says so") {
    const auto strict = [](RunnerOptions& options) { options.keep_lost_pages = false; };
    for (const Mark::Mischief mischief : {Mark::Mischief::error, Mark::Mischief::crash}) {
      const TempDir work;
      const Outcome outcome = play(steps_with("d0#1", mischief), {2, 2}, work.path(), 2, strict);
      REQUIRE(outcome.documents.size() == 2);
      CHECK(outcome.documents[0].status() == Status::failed);
      CHECK(outcome.documents[0].record().at("problems").at(0).at("severity") == "error");
      CHECK(outcome.documents[1].status() == Status::ok);
      CHECK(outcome.result.failed == 1);
    }
  }

  TEST_CASE("want of memory in a step is a lost page like any other") {
    for (const bool keep : {true, false}) {
      const TempDir work;
      const Outcome outcome = play(steps_with("d0#0", Mark::Mischief::hunger), {2, 1}, work.path(), 2,
                                   [&](RunnerOptions& options) { options.keep_lost_pages = keep; });
      const Document& hurt = outcome.documents.at(0);
      CHECK(hurt.status() == (keep ? Status::warning : Status::failed));
      CHECK(hurt.record().at("problems").at(0).at("id") == "worker-memory");
      CHECK(hurt.page(1).contains("mark"));
    }
  }

  TEST_CASE("what the journal gave up is not tried, and costs its page only") {
    const TempDir folder;
    const Catalog catalog(folder / "catalog.sqlite");
    const auto with = [](Journal& journal) {
      return [&journal](RunnerOptions& options) { options.journal = &journal; };
    };
    for (const char* run : {"first", "again"}) {
      Journal journal(folder / "catalog.sqlite", "r", 3);
      const TempDir work;  // nothing is found there
      const Outcome outcome = play(steps_with("d1#0", Mark::Mischief::crash), {1, 2}, work.path(), 2, with(journal));
      REQUIRE(outcome.documents.size() == 2);
      CHECK(outcome.documents[0].status() == Status::ok);
      CHECK(outcome.documents[1].status() == Status::warning);
      CHECK(outcome.documents[1].page(1).contains("mark"));
      const Json& problem = outcome.documents[1].record().at("problems").at(0);
      CHECK(problem.at("id") == (std::string(run) == "first" ? "worker-killed" : "given-up"));
      CHECK(problem.at("page") == 1);
    }
  }

  TEST_CASE("the page after the lost step is done by the steps that are left") {
    const TempDir work;
    std::vector<StepPtr> steps = steps_with("d0#0", Mark::Mischief::crash);
    steps.insert(steps.begin(), std::make_unique<Note>("before"));
    steps.insert(steps.begin() + 2, std::make_unique<Note>("after"));
    const Outcome outcome = play(std::move(steps), {1}, work.path());
    CHECK(outcome.documents.at(0).page(0).at("before") == true);
    CHECK(outcome.documents.at(0).page(0).at("after") == true);
    CHECK_FALSE(outcome.documents.at(0).page(0).contains("mark"));
  }

  TEST_CASE("a full disk ends the run") {
    const TempDir work;
    CHECK_THROWS_WITH_AS(play(steps_with("d1#0", Mark::Mischief::full_disk), {1, 1, 1}, work.path()),
                         "no space; free some.", Error);
  }

  TEST_CASE("several processes sign with one key that was opened once, in the order of the stream") {
    const TempDir work;
    std::vector<StepPtr> steps;
    steps.push_back(std::make_unique<Sign>(true));
    const Outcome outcome = play(std::move(steps), std::vector<std::size_t>(20, 0), work.path(), 1,
                                 [](RunnerOptions& options) { options.signers = 3; });
    REQUIRE(outcome.documents.size() == 20);
    std::set<int> signers;
    for (std::size_t i = 0; i < 20; ++i) {
      const Json& record = outcome.documents[i].record();
      CHECK(record.at("source").at("path") == "d" + std::to_string(i));
      CHECK(record.at("signed").at("opened_by") == ::getpid());
      signers.insert(record.at("signed").at("by").get<int>());
    }
    CHECK(signers.size() == 3);
    CHECK(signers.count(::getpid()) == 0);
  }

  TEST_CASE("a worker has forgotten the key that was opened before it was forked") {
    const TempDir work;
    auto sign = std::make_unique<Sign>(true);
    std::vector<StepPtr> steps;
    steps.push_back(std::make_unique<Look>(*sign));
    steps.push_back(std::move(sign));
    const Outcome outcome =
        play(std::move(steps), {1, 1}, work.path(), 1, [](RunnerOptions& options) { options.signers = 2; });
    CHECK(outcome.documents.at(0).page(0).at("key") == -1);
    CHECK(outcome.documents.at(1).page(0).at("key") == -1);
  }

  TEST_CASE("a key that cannot be copied, or a run that asks for one signer, has one process that opens it") {
    for (const bool copies : {false, true}) {
      const TempDir work;
      std::vector<StepPtr> steps;
      steps.push_back(std::make_unique<Sign>(copies));
      const Outcome outcome = play(std::move(steps), {0, 0, 0, 0, 0, 0}, work.path(), 3,
                                   [copies](RunnerOptions& options) { options.signers = copies ? 1 : 3; });
      const Json first = outcome.documents.at(0).record().at("signed");
      CHECK(first.at("by") == first.at("opened_by"));
      CHECK(first.at("by") != ::getpid());
      for (const Document& document : outcome.documents) {
        CHECK(document.record().at("signed") == first);
      }
    }
  }

  TEST_CASE("a key that fails costs the document in hand, and the run ends after those before it") {
    const TempDir work;
    std::vector<StepPtr> steps;
    steps.push_back(std::make_unique<Sign>(false, "d3"));
    const Outcome outcome = play(std::move(steps), std::vector<std::size_t>(9, 0), work.path(), 1,
                                 [](RunnerOptions& options) { options.fail_unsigned = true; });
    REQUIRE(outcome.documents.size() == 4);
    CHECK(outcome.documents[2].alive());
    CHECK(outcome.documents[3].status() == Status::failed);
    CHECK(outcome.result.stopped);
    REQUIRE(outcome.result.ended_by);
    CHECK(outcome.result.ended_by->id() == "token-failed");
    std::vector<StepPtr> same;
    same.push_back(std::make_unique<Sign>(false, "d3"));
    CHECK_THROWS_AS(play(std::move(same), std::vector<std::size_t>(9, 0), work.path(), 1), Error);
  }

  TEST_CASE("an empty stream is nothing to do") {
    const TempDir work;
    CHECK(play(steps_with({}, Mark::Mischief::none), {}, work.path()).result.documents == 0);
  }
}
