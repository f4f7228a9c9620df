// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ctime>

#include <fmt/format.h>

#include "app/options.h"
#include "app/retention.h"
#include "audit/purge.h"
#include "diag/counted.h"
#include "record/time.h"
#include "terminal/terminal.h"

// audit purge: what is older than its class is kept goes.
namespace simwarden {
namespace {

Error no_date(std::string_view option, const std::string& text) {
  return {Trouble::usage,
          fmt::format("{} {}: not a date like 2026-03-31", option, text)};
}

int64_t clock_day() {
  return day_second(std::time(nullptr)).day;
}

// The newest day that has begun anywhere: clocks are ahead of UTC, too.
int64_t newest_day() {
  return clock_day() + 1;
}

// By a day that has not come, what has to stay is too old. A dry run may ask
// what will go then; and who names such a day twice, with --before, means it.
Result<int64_t> today_of(const AuditOptions& options) {
  if (options.today.empty()) return clock_day();
  const auto day = parse_date(options.today);
  if (!day) return no_date("--today", options.today);
  if (*day <= newest_day() || options.dry_run || !options.before.empty()) {
    return *day;
  }
  return Error{Trouble::usage,
               fmt::format("--today {}: this day has not come yet, by the "
                           "clock it is {}; --dry-run shows what will go then",
                           options.today, date_text(clock_day()))};
}

// What the purge counts days of cases from. With --before a day that has not
// come is a day for the blocks alone: each case has its own.
std::string counted_from(const AuditOptions& options, int64_t today) {
  if (options.today.empty()) return std::string();
  const bool plan = options.dry_run && options.before.empty();
  return date_text(plan ? today : std::min(today, newest_day()));
}

// What has not happened yet is older than nothing: such a day is a slip, and
// takes everything.
Status check_before(const AuditOptions& options, int64_t today) {
  const auto before = parse_date(options.before);
  if (!before) return no_date("--before", options.before);
  const int64_t last =
      options.today.empty() ? newest_day() : std::max(today, newest_day());
  if (*before <= last) return Done{};
  return Error{
      Trouble::usage,
      fmt::format("--before {}: this day has not come yet, all that is "
                  "stored would go; if that is meant, say --today {}",
                  options.before, options.before)};
}

Status add_older_than(const std::string& text, Retention& retention) {
  const size_t at = text.find('=');
  const auto which = retention_class_of(text.substr(0, at));
  const auto age = at == std::string::npos
                       ? std::nullopt
                       : parse_age(std::string_view(text).substr(at + 1));
  if (which && age && size_t(*which) < kAgedClassCount) {
    retention.ages[size_t(*which)] = age;
    return Done{};
  }
  return Error{Trouble::usage,
               fmt::format("--older-than {}: is no CLASS=AGE like "
                           "subjects=13months; classes are excerpts, subjects, "
                           "verdicts and notes",
                           text)};
}

Result<Retention> retention_of(const AuditOptions& options) {
  auto named = retention_named(options.retention);
  if (!named) return named.error();
  Retention retention = *named;
  for (const std::string& text : options.older_than) {
    Status added = add_older_than(text, retention);
    if (!added) return added.error();
  }
  const std::string wrong = wrong_order(retention);
  if (!wrong.empty()) return Error{Trouble::usage, "--older-than: " + wrong};
  return retention;
}

// Notes go with every class: they are a person's words about a person.
Result<std::vector<PurgeStep>> steps_before(const AuditOptions& options,
                                            int64_t today) {
  Status right = check_before(options, today);
  if (!right) return right.error();
  const auto what = retention_class_of(options.purge_class)
                        .value_or(RetentionClass::subjects);
  std::vector<PurgeStep> steps = {{what, options.before, ""}};
  if (what != RetentionClass::notes) {
    steps.push_back({RetentionClass::notes, options.before, ""});
  }
  return steps;
}

Result<std::vector<PurgeStep>> steps_of(const AuditOptions& options,
                                        int64_t today) {
  if (options.purge_class == "cases") return std::vector<PurgeStep>{};
  if (!options.before.empty()) return steps_before(options, today);
  const auto retention = retention_of(options);
  if (!retention) return retention.error();
  std::vector<PurgeStep> steps;
  for (size_t i = 0; i < kAgedClassCount; ++i) {
    const auto& age = retention->ages[i];
    if (!age) continue;
    steps.push_back(
        {RetentionClass(i), date_text(day_before(today, *age)), text_of(*age)});
  }
  return steps;
}

void print(const PurgeCount& counted, bool dry_run) {
  const PurgeStep& step = counted.step;
  std::string what(kRetentionClasses[size_t(step.what)].takes);
  if (!step.keep.empty()) {
    what += fmt::format(", older than {}: before {}", step.keep, step.before);
  }
  const char* purged = dry_run ? "would be purged" : "purged";
  if (size_t(step.what) >= kBlockClassCount) {
    const char* one = step.what == RetentionClass::notes ? "note" : "text";
    fmt::print("{} {}: {}\n", how_many(counted.rows, one), purged, what);
    return;
  }
  fmt::print("{} {} with {} and {}: {}\n", how_many(counted.blocks, "block"),
             purged, how_many(counted.verdicts, "verdict"),
             how_many(counted.errors, "unreadable record"), what);
}

// Which blocks stay, and what became of open cases.
void print_rest(const PurgeCount& counted, bool dry_run) {
  const PurgeStep& step = counted.step;
  const auto stay = [](uint64_t blocks, const std::string& why) {
    if (blocks == 0) return;
    fmt::print("{} {}: {}\n", how_many(blocks, "block"),
               blocks == 1 ? "stays" : "stay", why);
  };
  stay(counted.held, "a case in it is open (simwarden audit cases)");
  stay(counted.with_younger,
       fmt::format("of before {}, and of later days", step.before));
  stay(counted.without_time,
       fmt::format("of before {}, but with records that have no time: these "
                   "count as of the day on which their run ended",
                   step.before));
  if (counted.open_cases == 0) return;
  fmt::print("{} {} open and {} {}\n", how_many(counted.open_cases, "case"),
             counted.open_cases == 1 ? "is" : "are",
             dry_run ? "would lose" : "lost",
             kRetentionClasses[size_t(step.what)].takes);
}

}  // namespace

int run_audit_purge(const AuditOptions& options) {
  const auto today = today_of(options);
  if (!today) return complain(today.error());
  const auto steps = steps_of(options, *today);
  if (!steps) return complain(steps.error());
  Progress line(!options.quiet);
  const auto result =
      purge_database(options.db,
                     {.steps = *steps,
                      .who = options.who.empty() ? user_name() : options.who,
                      .reason = options.reason,
                      .only_count = options.dry_run,
                      .today = counted_from(options, *today)},
                     [&](uint64_t verdicts, double share) {
                       line.show(options.db, verdicts, share);
                     });
  line.clear();
  if (!result) return complain(result.error());
  for (const PurgeCount& counted : result->counts) {
    print(counted, options.dry_run);
    print_rest(counted, options.dry_run);
  }
  if (result->outlived > 0) {
    fmt::print("{} {}: events that no window looks at any more\n",
               how_many(result->outlived, "block"),
               options.dry_run ? "would be purged" : "purged");
  }
  if (result->overwritten) return kExitDone;
  return complain({Trouble::environment,
                   fmt::format("{}-wal: another program reads the database: "
                               "what was purged is in this file until it is "
                               "closed; close it and run this again",
                               options.db)});
}

}  // namespace simwarden
