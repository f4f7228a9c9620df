// SPDX-License-Identifier: Apache-2.0
#include "audit/purge_people.h"

#include <vector>

#include <fmt/format.h>

#include "audit/people_rows.h"
#include "store/proof.h"

namespace simwarden {
namespace {

// What a class takes; ?1 is a day.
struct Class {
  LinkKind kind;
  const char* find;
  const char* take;  // ?1 the purge, ?2 the row
};

constexpr Class kNotes = {
    LinkKind::decision,
    "SELECT decision_id FROM decision_row WHERE note_purge IS NULL "
    "AND note <> '' AND decided_at < ?1 ORDER BY decision_id",
    "UPDATE decision_row SET note_digest = sha256_fields(salt, note), "
    "note = '', salt = NULL, note_purge = ?1 WHERE decision_id = ?2"};
constexpr Class kTexts = {
    LinkKind::text,
    "SELECT text_id FROM case_text_row JOIN case_file USING (case_id) "
    "WHERE text_purge IS NULL AND until < ?1 ORDER BY text_id",
    "UPDATE case_text_row SET text_digest = sha256_fields(salt, text), "
    "text = '', salt = NULL, text_purge = ?1 WHERE text_id = ?2"};

class ClassPurge {
 public:
  ClassPurge(Database& database, Chain& chain, const PeoplePurge& purge)
      : database_(database), chain_(chain), purge_(purge) {}

  // Returns how many it took.
  Result<uint64_t> run(const Class& what) {
    auto rows = rows_of(what);
    if (!rows) return rows.error();
    if (rows->empty() || purge_.only_count) return uint64_t(rows->size());
    const auto last =
        database_.integer("SELECT coalesce(max(purge_id), 0) FROM purge");
    if (!last) return last.error();
    Status done = take(what, *rows, *last + 1);
    if (done) done = log(*rows, *last + 1);
    if (!done) return done.error();
    return uint64_t(rows->size());
  }

 private:
  Result<std::vector<int64_t>> rows_of(const Class& what) {
    auto find = database_.prepare(what.find);
    if (!find) return find.error();
    (*find)->bind(1, purge_.before);
    std::vector<int64_t> rows;
    const Status done = (*find)->each_row(
        [&](const Statement& row) { rows.push_back(row.integer(0)); });
    if (!done) return done.error();
    return rows;
  }

  Status take(const Class& what, const std::vector<int64_t>& rows,
              int64_t purge) {
    auto people = PeopleRows::open(database_);
    if (!people) return people.error();
    auto take = database_.prepare(what.take);
    if (!take) return take.error();
    for (const int64_t row : rows) {
      const auto wrong = (*people)->check(what.kind, row);
      if (!wrong) return wrong.error();
      if (!wrong->fault.empty()) {
        return Error{
            Trouble::input,
            fmt::format("{}: {} {}: {} (see audit verify)", database_.path(),
                        kLinkKinds[size_t(what.kind)], row, wrong->fault)};
      }
      (*take)->bind(1, purge);
      (*take)->bind(2, row);
      Status taken = (*take)->run();
      if (!taken) return taken;
    }
    return Done{};
  }

  Status log(const std::vector<int64_t>& rows, int64_t purge) {
    RowHasher list;
    for (const int64_t row : rows) list.field(row);
    const std::string digest = hex_of(list.finish());
    auto add = database_.prepare(
        "INSERT INTO purge (purge_id, at, who, reason, class, before, blocks, "
        "verdicts, errors, block_list, keep) VALUES "
        "(?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?, ?, ?, ?, 0, ?, 0, ?, "
        "?)");
    if (!add) return add.error();
    (*add)->bind(1, purge);
    (*add)->bind(2, purge_.who);
    (*add)->bind(3, purge_.reason);
    (*add)->bind(4, kRetentionClasses[size_t(purge_.what)].name);
    (*add)->bind(5, purge_.before);
    (*add)->bind(6, int64_t(rows.size()));
    (*add)->bind(7, digest);
    (*add)->bind(8, purge_.keep);
    Status done = (*add)->run();
    return done ? chain_.add(LinkKind::purge, purge) : done;
  }

  Database& database_;
  Chain& chain_;
  const PeoplePurge& purge_;
};

}  // namespace

Result<uint64_t> purge_people(Database& database, Chain& chain,
                              const PeoplePurge& purge) {
  return ClassPurge(database, chain, purge)
      .run(purge.what == RetentionClass::notes ? kNotes : kTexts);
}

}  // namespace simwarden
