// SPDX-License-Identifier: Apache-2.0
#include "audit/verdict_check.h"

#include <algorithm>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "audit/block_check.h"
#include "diag/printable.h"
#include "store/database.h"
#include "store/links.h"
#include "store/migrations.h"
#include "store/stored_rows.h"

namespace simwarden {
namespace {

class VerdictCheck {
 public:
  VerdictCheck(Database& database, int64_t verdict)
      : database_(database), verdict_(verdict) {}

  Result<std::string> run() {
    const auto links =
        database_.integer("SELECT EXISTS (SELECT 1 FROM chain_link)");
    if (!links) return links.error();
    if (*links == 0) return std::string();
    // Before any row is stood at: it teaches the database functions.
    auto bodies = LinkBodies::open(database_);
    if (!bodies) return bodies.error();
    bodies_ = *std::move(bodies);
    auto wrong = check_row();
    if (!wrong || !wrong->empty()) return wrong;
    wrong = check_link(LinkKind::block, "block", block_.id);
    if (!wrong || !wrong->empty() || block_.part != 0) return wrong;
    return check_decisions();
  }

 private:
  std::string says(std::string_view what) const {
    return fmt::format("verdict {} {}", verdict_, what);
  }

  Result<std::string> check_row() {
    auto rows = StoredVerdicts::open(database_, verdict_);
    if (!rows) return rows.error();
    const auto there = (*rows)->next();
    if (!there) return there.error();
    auto blocks = ProvenBlocks::open(database_);
    if (!blocks) return blocks.error();
    const auto proven = (*blocks)->find((*rows)->block(), block_);
    if (!proven) return proven.error();
    const int64_t at = verdict_ - block_.first_verdict;
    const bool has_digest =
        *proven && at >= 0 && at < block_.verdicts && has_all_digests(block_);
    if (!has_digest) return says("was put in: no block has it");
    const auto digest_at = [at](std::string_view digests) {
      return digests.substr(size_t(at) * sizeof(Digest), sizeof(Digest));
    };
    Digest personal{};
    if (block_.personal.empty()) {
      personal = (*rows)->personal(block_.salt);
    } else {
      const std::string_view kept = digest_at(block_.personal);
      std::copy(kept.begin(), kept.end(), personal.begin());
    }
    const bool fits =
        bytes_of((*rows)->digest(personal)) == digest_at(block_.digests) &&
        (block_.personal.empty() || !(*rows)->fields().json);
    return fits ? std::string() : says("is not as it was written");
  }

  // The links of parts are not looked for.
  Result<std::string> check_link(LinkKind kind, const char* name, int64_t id) {
    const auto link = link_of(name, id);
    if (!link) return link.error();
    if (*link == 0) {
      const auto parts =
          database_.integer("SELECT EXISTS (SELECT 1 FROM part)");
      if (!parts) return parts.error();
      if (*parts != 0) return std::string();
      return says(fmt::format("has a {} without a link in the chain", name));
    }
    auto find = database_.prepare(
        "SELECT body, hash, coalesce((SELECT hash FROM chain_link b "
        "WHERE b.link_id = c.link_id - 1), '') FROM chain_link c "
        "WHERE link_id = ?");
    if (!find) return find.error();
    (*find)->bind(1, *link);
    if (const auto found = (*find)->step(); !found) return found.error();
    const auto body = bodies_->body(kind, id, *link);
    if (!body) return body.error();
    const bool fits = *body == (*find)->text(0) &&
                      hash_of_link((*find)->text(2), *body) == (*find)->text(1);
    if (fits) return std::string();
    return says(fmt::format("has a {} that is not as it was written", name));
  }

  // Found by halving, since rows of a kind are linked in the order of their
  // ids; 0: there is none. Where links of other kinds lie between, each half is
  // looked through once.
  Result<int64_t> link_of(const char* name, int64_t id) {
    const auto last = database_.integer("SELECT max(link_id) FROM chain_link");
    if (!last) return last.error();
    auto next = database_.prepare(fmt::format(
        "SELECT link_id, body ->> '$.{0}' FROM chain_link "
        "WHERE link_id BETWEEN ? AND ? AND body ->> '$.kind' = '{0}' "
        "ORDER BY link_id LIMIT 1",
        name));
    if (!next) return next.error();
    int64_t low = 1;
    int64_t high = *last;
    while (low <= high) {
      const int64_t middle = low + (high - low) / 2;
      (*next)->bind(1, middle);
      (*next)->bind(2, high);
      const auto there = (*next)->step();
      if (!there) return there.error();
      const int64_t link = *there ? (*next)->integer(0) : 0;
      const int64_t found = *there ? (*next)->integer(1) : 0;
      (*next)->reset();
      if (*there && found == id) return link;
      if (*there && found < id) {
        low = link + 1;
      } else {
        high = middle - 1;
      }
    }
    return 0;
  }

  Result<std::string> check_decisions() {
    std::vector<int64_t> ids;
    const Status read = database_.each_row(
        fmt::format("SELECT decision_id FROM decision_row NOT INDEXED "
                    "WHERE verdict_id = {} ORDER BY decision_id",
                    verdict_),
        [&ids](const Statement& row) { ids.push_back(row.integer(0)); });
    if (!read) return read.error();
    for (const int64_t id : ids) {
      auto wrong = check_link(LinkKind::decision, "decision", id);
      if (!wrong || !wrong->empty()) return wrong;
    }
    return std::string();
  }

  Database& database_;
  int64_t verdict_;
  ProvenBlock block_;
  std::unique_ptr<LinkBodies> bodies_;
};

}  // namespace

Error not_as_written(const std::string& database, const std::string& what) {
  return {Trouble::input,
          fmt::format("{0}: {1}; see simwarden audit verify --db {0}", database,
                      what)};
}

Result<std::string> what_indexes_hide(const std::string& path,
                                      const HiddenRows& rows) {
  auto database = Database::open(path, Access::read);
  if (!database) return database.error();
  std::string found;
  for (const std::string_view table : rows.tables) {
    const Status read = (*database)->each_row(
        fmt::format("PRAGMA main.integrity_check('{}')", table),
        [&found](const Statement& row) {
          if (found.empty() && row.text(0) != "ok") found = row.text(0);
        });
    if (!read) return read.error();
  }
  if (found.empty()) return found;
  return fmt::format("{} may be hidden: {}", rows.what, escaped_text(found));
}

Result<std::string> what_is_wrong_with(const std::string& path,
                                       int64_t verdict_id) {
  auto database = Database::open(path, Access::read);
  if (!database) return database.error();
  if (Status ours = check_version(**database); !ours) return ours.error();
  if (Status begun = (*database)->run("BEGIN"); !begun) return begun.error();
  return VerdictCheck(**database, verdict_id).run();
}

}  // namespace simwarden
