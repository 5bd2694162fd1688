// SPDX-License-Identifier: Apache-2.0
#include "core/catalog_report.hpp"

#include "core/catalog_dossiers.hpp"
#include "core/catalog_find.hpp"
#include "core/catalog_row.hpp"
#include "core/catalog_store.hpp"
#include "support/catalogs.hpp"

using namespace sohoa;
using sohoa::test::on_both;

namespace {

Document paper(const std::string& id, const std::string& dossier, const std::string& kind) {
  Document document = Document::of_source("inbox/" + id, "file");
  Json& record = document.record();
  record["id"] = id;
  record["source"]["pages"] = Json::array({Json::object(), Json::object()});
  record["pdf"] = Json{{"path", "documents/" + id + ".pdf"}, {"sha256", std::string(64, 'a')}};
  if (!dossier.empty()) {
    record["dossier"] = Json{{"code", dossier}, {"kind", kind}};
  }
  document.set_field("agency", "UBND xã A", 1, "register");
  return document;
}

// Everything that is counted of a dossier, and the same made anew from what it follows from.
std::string dossiers_of(const Database& database) {
  std::string all;
  Statement rows = database.prepare("SELECT * FROM dossiers ORDER BY dossier");
  while (rows.step()) {
    for (int column = 0; column < 22; ++column) {
      all += rows.text(column) + "|";
    }
    all += "\n";
  }
  return all;
}

void check_counts(const CatalogPlace& place) {
  const auto database = open_database(place.where, Database::Access::write);
  const std::string kept = dossiers_of(*database);
  Transaction undone(*database);
  make_touched(*database);
  database->execute(
      "INSERT INTO touched SELECT dossier FROM documents WHERE dossier <> '' UNION SELECT dossier FROM received UNION "
      "SELECT dossier FROM dossiers");
  count_touched_dossiers(*database);
  CHECK(kept == dossiers_of(*database));
}

Profile profile_of_test() {
  Profile profile;
  profile.report.indicators["results"] = {.item = "1",
                                          .title = "",
                                          .title_en = "",
                                          .of = "paper-result",
                                          .needs = {"result"},
                                          .full_at = 0.8,
                                          .max_points = 4};
  return profile;
}

ReportCounts only(const CatalogReport& report, const ReportQuery& query = {}) {
  const std::vector<ReportGroup> groups = report.groups(query, "agency");
  REQUIRE(groups.size() == 1);
  return groups.front().counts;
}

constexpr const char* first = "H56-260105-0001";
constexpr const char* second = "H56-260206-0002";

}  // namespace

TEST_SUITE("core::CatalogReport") {
  TEST_CASE("a paper whose signatures have no level is signed") {
    on_both([](const CatalogPlace& place) {
      Document signed_before = paper("d1", first, "result");
      signed_before.record()["signatures"] = Json::array(
          {Json{{"field", "Signature1"}, {"received", true}}, Json{{"field", "Signature2"}, {"level", ""}}});
      Catalog(place).put_document(signed_before, "b", 0);
      check_counts(place);
      CHECK(only(CatalogReport(place, profile_of_test())).with_signed_result == 1);
    });
  }

  TEST_CASE("a dossier's counts follow every change of its papers, lists and uses") {
    on_both([](const CatalogPlace& place) {
      Catalog catalog(place);
      catalog.put_document(paper("d1", first, "result"), "b", 0);
      catalog.put_document(paper("d2", first, "component"), "b", 1);
      catalog.put_document(paper("d3", "", ""), "b", 2);
      check_counts(place);
      const Profile profile = profile_of_test();
      CHECK(only(CatalogReport(place, profile)).documents == 2);
      CHECK(only(CatalogReport(place, profile)).pages == 4);
      CHECK(CatalogReport(place, profile).unfiled({}).documents == 1);

      // It moves to another dossier and is signed; what it leaves is counted again, too.
      Document moved = paper("d2", second, "result");
      moved.record()["signatures"] = Json::array({Json{{"field", "officer1"}, {"level", "B-B"}}});
      moved.record()["rescan"] = Json::array({Json{{"page", 2}, {"reasons", {"page-dark"}}}});
      catalog.update_document(moved);
      check_counts(place);
      CHECK(only(CatalogReport(place, profile)).with_signed_result == 1);
      CHECK(only(CatalogReport(place, profile)).rescan_pages == 1);
      CHECK(only(CatalogReport(place, profile), {"2026-02-06", "2026-02-06", "", ""}).received == 1);
      CHECK(only(CatalogReport(place, profile), {"", "", "b", ""}).received == 2);

      // Quarantined, it is no paper of its dossier any more.
      Document bad = paper("d1", first, "result");
      bad.set_status(Status::quarantined);
      catalog.put_document(bad, "b", 0);
      check_counts(place);
      CHECK(only(CatalogReport(place, profile)).received == 1);

      // Received all the same, says a list.
      const std::vector<ReceivedDossier> listed{{first, "UBND xã A", "xã", "", "", "2026-01-05", {}, true, {}, {}}};
      CHECK(note_received(place, listed, "a.csv", "") == 1);
      CHECK(note_received(place, listed, "b.csv", "") == 0);
      check_counts(place);
      CHECK(only(CatalogReport(place, profile)).received == 2);
      CHECK(only(CatalogReport(place, profile)).listed == 1);
      CHECK(only(CatalogReport(place, profile)).with_result == 2);

      FoundPaper found;
      found.number = 2;
      found.id = "d2";
      CHECK(note_reuse(*open_database(place.where, Database::Access::write), found, first, "An"));
      check_counts(place);
      CHECK(only(CatalogReport(place, profile)).reused == 1);
      CHECK_FALSE(catalog.events().check());
    });
  }

  TEST_CASE("another office's papers are counted when the import is whole, and again when they change") {
    on_both([](const CatalogPlace& place) {
      const auto import = [&place](const std::string& dossier) {
        CatalogImport taken(place, "import:x", "/x");
        CHECK(taken.add(paper("d1", dossier, "result").record()) != CatalogImport::Taken::known);
        taken.finish("0");
      };
      import(first);
      check_counts(place);
      import(second);
      check_counts(place);
      const CatalogReport report(place, profile_of_test());
      CHECK(only(report).received == 1);
      std::vector<std::string> ids;
      report.papers({}, CatalogReport::List::any, "", 0,
                    [&](const ReportPaper& one) { ids.push_back(one.id + " " + one.dossier + " " + one.root); });
      CHECK(ids == std::vector<std::string>{"d1 H56-260206-0002 /x"});
    });
  }

  TEST_CASE("shares are rounded half up, and their points end at the threshold") {
    CHECK(ShareCount{162445, 204000}.percent() == 7963);
    CHECK(ShareCount{99330, 140000}.percent() == 7095);
    CHECK(ShareCount{1, 20000}.percent() == 1);  // 0.005 %
    CHECK(ShareCount{49, 1000000}.percent() == 0);
    CHECK_FALSE(ShareCount{0, 0}.percent());
    CHECK(ShareCount{1, 2}.score(0.8) == doctest::Approx(0.625));
    CHECK(ShareCount{9, 10}.score(0.8) == doctest::Approx(1));
    CHECK_FALSE(ShareCount{0, 0}.score(0.8));
  }

  TEST_CASE("dates of reception are read as registers and portals write them, else from the code") {
    RegisterRow row;
    row.values = {
        {"dossier", first}, {"received_date", "20260107083000"}, {"agency", "Bộ Tư pháp"}, {"reused", "Không"}};
    RegisterRow more;
    more.values = {{"dossier", first}, {"office", "UBND xã A"}, {"reused", "x"}};
    RegisterRow other;
    other.values = {{"dossier", second}, {"received_date", "hôm qua"}, {"agency", "UBND xã B"}};
    Profile profile;
    profile.report.no = {"không"};
    const std::vector<ReceivedDossier> all = received_dossiers({row, more, other, RegisterRow{}}, profile);
    REQUIRE(all.size() == 2);
    CHECK(all[0].received == "2026-01-07");
    CHECK(all[0].agency == "UBND xã A");
    CHECK(all[0].reused == true);
    CHECK_FALSE(all[0].paper_result);
    CHECK(all[1].received == "2026-02-06");
    CHECK(all[1].agency == "UBND xã B");
    CHECK(day_of_dossier("000.00.06.H99-261103-0021") == "2026-11-03");
    CHECK(day_of_dossier("H56-2611-0021").empty());
  }

  TEST_CASE("what is to be scanned again is told by page, with pages that read badly") {
    const Json record =
        Json::parse(R"({"rescan": [{"page": 2, "reasons": ["page-dark"]}, {"reasons": ["page-missing"]}],
      "problems": [{"id": "confidence-low", "page": 2}, {"id": "confidence-low", "page": 1}, {"id": "other", "page": 9}]})");
    const std::vector<RescanDue> due = rescans_due(record);
    REQUIRE(due.size() == 3);
    CHECK(due[0].page == 0);
    CHECK(due[1].reasons == std::vector<std::string>{"confidence-low"});
    CHECK(due[2].reasons == std::vector<std::string>{"page-dark", "confidence-low"});
  }

  TEST_CASE("a need that no dossier has is told") {
    Profile profile = profile_of_test();
    profile.report.indicators["results"].needs = {"part|results"};
    CHECK_THROWS_WITH_AS(report_indicators(profile), doctest::Contains("needs \"results\""), Error);
  }
}
