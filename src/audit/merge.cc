// SPDX-License-Identifier: Apache-2.0
#include "audit/merge.h"

#include <cstdlib>
#include <filesystem>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "audit/part_copy.h"
#include "audit/verify.h"
#include "diag/trouble.h"
#include "store/links.h"
#include "store/migrations.h"
#include "store/retention.h"

namespace simwarden {
namespace {

// A file under another name until it is whole.
class Draft {
 public:
  ~Draft() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  Draft() = default;
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  Draft(Draft&&) = delete;
  Draft& operator=(Draft&&) = delete;

  Status make(const std::string& output) {
    std::string name = output + ".merging-XXXXXX";
    const int descriptor = ::mkstemp(name.data());  // with mode 0600
    if (descriptor < 0) return system_trouble(output, "cannot be written");
    ::close(descriptor);
    path_ = std::move(name);
    return Done{};
  }
  const std::string& path() const { return path_; }

  // Never over a file that is there: link() fails then.
  Status publish(const std::string& output) {
    if (!sync(path_, O_RDWR))
      return system_trouble(output, "cannot be written");
    if (::link(path_.c_str(), output.c_str()) != 0) {
      return system_trouble(output, "cannot be written");
    }
    const std::filesystem::path folder =
        std::filesystem::path(output).parent_path();
    if (!sync(folder.empty() ? "." : folder.string(), O_RDONLY)) {
      return system_trouble(output, "cannot be written");
    }
    return Done{};
  }

 private:
  static bool sync(const std::string& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool done = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return done;
  }

  std::string path_;
};

Status check_output(const std::string& output) {
  for (const char* tail : {"", "-wal", "-journal"}) {
    if (::access((output + tail).c_str(), F_OK) != 0) continue;
    return trouble_with(output + tail,
                        "is there already; name another --output");
  }
  return Done{};
}

// What is broken must not be mixed with what is not.
Status check_sound(const std::string& path, const std::string& name,
                   const AuditProgress& progress) {
  const auto report = verify_database(path, std::nullopt, progress);
  if (!report) return report.error();
  if (report->findings_total == 0) return Done{};
  const AuditFinding& first = report->findings.front();
  return Error{Trouble::input,
               fmt::format("{}: is not as it was written (link {}, block {}, "
                           "row {}: {}; {} findings in all, see audit "
                           "verify); nothing was merged",
                           name, first.link, first.block, first.row, first.what,
                           report->findings_total)};
}

// The same part twice, or one that has gone on since it was merged, would have
// each of its runs twice. Parts of a part have the numbers behind its own.
Status check_different(Database& database, const std::vector<int64_t>& ids) {
  auto same = database.prepare(fmt::format(
      "SELECT p.name, (SELECT name FROM part q WHERE q.part_id <= l.part_id "
      "AND q.part_id IN ({0}) ORDER BY q.part_id DESC LIMIT 1) "
      "FROM part p JOIN part_link l ON l.hash = p.head "
      "AND l.part_id <> p.part_id ORDER BY p.part_id LIMIT 1",
      fmt::join(ids, ",")));
  if (!same) return same.error();
  const Result<bool> row = (*same)->step();
  if (!row) return row.error();
  if (!*row) return Done{};
  return Error{Trouble::usage,
               fmt::format("{} is in {} already; merge only the newer one",
                           (*same)->text(0), (*same)->text(1))};
}

// Copies that went on each on its own: what they have in common would stand
// twice, and with it what people decided. Blocks have salts, so that no two
// databases share a link behind their first one by chance.
Status check_no_fork(Database& database) {
  auto fork = database.prepare(
      "SELECT p.name, q.name, max(a.link_id) FROM part_link a "
      "JOIN part q ON q.part_id > a.part_id "
      "JOIN part_link b ON b.part_id = q.part_id AND b.link_id = a.link_id "
      "AND b.hash = a.hash JOIN part p ON p.part_id = a.part_id "
      "WHERE a.body ->> '$.kind' = 'block' "
      "GROUP BY a.part_id, q.part_id ORDER BY a.part_id, q.part_id LIMIT 1");
  if (!fork) return fork.error();
  const Result<bool> row = (*fork)->step();
  if (!row) return row.error();
  if (!*row) return Done{};
  return Error{
      Trouble::usage,
      fmt::format(
          "{} and {} are copies of one database up to link {}, and both "
          "went on: merge one of them, and screen and decide in it "
          "what only the other has",
          (*fork)->text(0), (*fork)->text(1), (*fork)->integer(2))};
}

// What was deleted in one part does not come back out of another: the block
// that stands is purged as far as each of its doubles.
Status check_purged(Database& database) {
  constexpr const char* kTaken =
      "CASE WHEN {0}.verdict_purge IS NOT NULL THEN 3 WHEN {0}.personal_purge "
      "IS NOT NULL THEN 2 ELSE {0}.excerpt_purge IS NOT NULL END";
  auto undone = database.prepare(fmt::format(
      "SELECT q.name, {} AS taken FROM part_double d "
      "JOIN part q ON q.part_id = d.part_id "
      "JOIN block_proof b ON b.block_id = d.stands_for WHERE taken > {} "
      "ORDER BY d.part_id, d.block_id LIMIT 1",
      fmt::format(fmt::runtime(kTaken), "d"),
      fmt::format(fmt::runtime(kTaken), "b")));
  if (!undone) return undone.error();
  const Result<bool> row = (*undone)->step();
  if (!row) return row.error();
  if (!*row) return Done{};
  const auto taken = size_t((*undone)->integer(1));
  return Error{
      Trouble::usage,
      fmt::format("{0} has purged ({1}) what a part named before it still has: "
                  "name {0} first, or purge that part as well",
                  (*undone)->text(0), kRetentionClasses[taken - 1].name)};
}

Result<MergeResult> fill(const std::string& path,
                         const std::vector<std::string>& parts,
                         const AuditProgress& progress) {
  auto opened = Database::open(path, Access::write);
  if (!opened) return opened.error();
  Database& database = **opened;
  // The draft is whole or thrown away, and synced before it is shown.
  Status done = database.run("PRAGMA journal_mode=OFF;PRAGMA synchronous=OFF;");
  if (done) done = migrate(database);
  if (done) done = database.run("BEGIN");
  if (!done) return done.error();
  MergeResult result;
  PartShift next;
  std::vector<int64_t> ids;
  for (const std::string& part : parts) {
    const auto id = copy_part(part, database, next, result.doubles);
    if (!id) return id.error();
    ids.push_back(*id);
    if (progress) {
      progress(uint64_t(next.verdict),
               double(ids.size()) / double(parts.size()));
    }
  }
  done = check_different(database, ids);
  if (done) done = check_no_fork(database);
  if (done) done = check_purged(database);
  auto chain = Chain::open(database);
  if (done && !chain) return chain.error();
  if (done) done = (*chain)->add(LinkKind::chain, 0);
  for (const int64_t id : ids) {
    if (done) done = (*chain)->add(LinkKind::part, id);
  }
  if (done) done = database.run("COMMIT");
  if (!done) return done.error();
  return result;
}

}  // namespace

Result<MergeResult> merge_databases(const std::vector<std::string>& parts,
                                    const std::string& output,
                                    const AuditProgress& progress) {
  if (Status free = check_output(output); !free) return free.error();
  for (const std::string& part : parts) {
    if (Status sound = check_sound(part, part, progress); !sound) {
      return sound.error();
    }
  }
  Draft draft;
  if (Status made = draft.make(output); !made) return made.error();
  auto result = fill(draft.path(), parts, progress);
  if (!result) return result.error();
  const auto report = verify_database(draft.path(), std::nullopt, progress);
  if (!report) return report.error();
  if (report->findings_total > 0) {
    // A part was changed after it was verified, or this program is at fault.
    const AuditFinding& first = report->findings.front();
    return Error{
        Trouble::input,
        fmt::format("{}: what was merged does not verify ({}: link {}: {}; {} "
                    "findings); nothing was written",
                    output, first.part, first.link, first.what,
                    report->findings_total)};
  }
  result->parts = parts.size();
  result->blocks = report->blocks;
  result->verdicts = report->verdicts;
  result->errors = report->errors;
  result->head = report->head;
  if (Status shown = draft.publish(output); !shown) return shown.error();
  return result;
}

}  // namespace simwarden
