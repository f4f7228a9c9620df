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
