// SPDX-License-Identifier: Apache-2.0
#include "core/toml_keys.hpp"

#include "core/atomic_file.hpp"
#include "support/corpus.hpp"

#include <doctest/doctest.h>

using namespace sohoa;
using sohoa::test::TempDir;

namespace {

struct Item {
  std::string text;
  std::vector<double> numbers;
};

struct Rules {
  std::string name = "none";
  std::uint16_t count = 1;
  int offset = 0;
  std::map<std::string, Item> items;
  std::map<std::string, std::string> words;
  std::vector<Item> list;
};

void declare_item(TomlKeys& keys, Item& item) {
  keys.key("text", item.text);
  keys.key("numbers", item.numbers);
}

struct Fixture {
  TempDir folder;
  Rules rules;
  TomlKeys keys{"rule", "man rules"};

  Fixture() {
    keys.key("name", rules.name);
    keys.section("deep", [this] {
      keys.key("count", rules.count);
      keys.key("offset", rules.offset, {.least = -5, .most = 5});
      keys.tables("items", rules.items, declare_item);
    });
    keys.values("words", rules.words);
    keys.rows("list", rules.list, declare_item);
  }

  std::vector<Error> read(const std::string& text) {
    const fs::path file = folder / "rules.toml";
    write_file(file, text);
    return keys.read(read_toml(file, "rule-syntax"), "rules.toml");
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "keys, sections of any name and lists of tables fill their variables") {
  CHECK(read("name = 'a'\n[deep]\ncount = 7\noffset = -5\n[deep.items.x]\nnumbers = [1, 2.5]\n"
             "[words]\n'QĐ' = 'Quyết định'\n[[list]]\ntext = 'one'\n[[list]]\ntext = 'two'\n")
            .empty());
  CHECK(rules.name == "a");
  CHECK(rules.count == 7);
  CHECK(rules.offset == -5);
  CHECK(rules.items.at("x").numbers == std::vector<double>{1, 2.5});
  CHECK(rules.words.at("QĐ") == "Quyết định");
  CHECK(rules.list.size() == 2);
  CHECK(rules.list.at(1).text == "two");
}

TEST_CASE_FIXTURE(Fixture, "a later file changes what it names and replaces lists") {
  read("[deep.items.x]\ntext = 'old'\nnumbers = [1]\n[[list]]\ntext = 'one'\n");
  CHECK(read("[deep.items.x]\ntext = 'new'\n[[list]]\ntext = 'two'\n").empty());
  CHECK(rules.items.at("x").text == "new");
  CHECK(rules.items.at("x").numbers == std::vector<double>{1});
  CHECK(rules.list.size() == 1);
  CHECK(rules.list.front().text == "two");
}

TEST_CASE_FIXTURE(Fixture, "a value that does not fit its variable is refused and leaves it") {
  for (const char* count : {"65536", "-1", "1.0", "'1'", "true", "[1]", "1979-05-27"}) {
    CAPTURE(count);
    const std::vector<Error> faults = read(std::string("[deep]\ncount = ") + count + "\n");
    REQUIRE(faults.size() == 1);
    CHECK(faults.front().id() == "rule-value");
    CHECK(faults.front().status() == ExitStatus::usage);
    CHECK(faults.front().message().find("rules.toml, line 2: deep.count is ") == 0);
    CHECK(rules.count == 1);
  }
}

TEST_CASE_FIXTURE(Fixture, "what is written reads back the same, with origins") {
  read(
      "name = \"a\\\"\\\\\\n\\u0001\"\n[deep.items.'two words']\nnumbers = [0.1]\n[words]\n'QĐ' = 'x'\n[[list]]\ntext "
      "= 't'\n");
  const std::string written = keys.write();
  CHECK(written.find("  # rules.toml:1\n") != std::string::npos);
  CHECK(written.find("count = 1  # built-in default\n") != std::string::npos);
  Fixture again;
  CHECK(again.read(written).empty());
  CHECK(again.rules.name == "a\"\\\n\x01");
  CHECK(again.rules.items.at("two words").numbers == std::vector<double>{0.1});
  CHECK(again.rules.words.at("QĐ") == "x");
  CHECK(again.rules.list.front().text == "t");
}
