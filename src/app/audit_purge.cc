// SPDX-License-Identifier: Apache-2.0
#include <ctime>

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include "app/options.h"
#include "app/retention.h"
#include "app/terminal.h"
#include "audit/purge.h"
#include "record/time.h"

// audit purge: what is older than its class is kept goes.
namespace simwarden {
namespace {

constexpr int64_t kSecondsADay = 24 * 60 * 60;

std::string user_name() {
  const passwd* user = ::getpwuid(::getuid());
  return user ? user->pw_name : fmt::format("user {}", ::getuid());
}

std::string count(uint64_t number, std::string_view one) {
  return fmt::format("{} {}{}", with_thousands(number), one,
                     number == 1 ? "" : "s");
}

Error no_date(std::string_view option, const std::string& text) {
  return {Trouble::usage,
          fmt::format("{} {}: not a date like 2026-03-31", option, text)};
}

Result<int64_t> today_of(const AuditOptions& options) {
  if (options.today.empty()) return std::time(nullptr) / kSecondsADay;
  const auto day = parse_date(options.today);
  if (!day) return no_date("--today", options.today);
  return *day;
}

Status add_older_than(const std::string& text, Retention& retention) {
  const size_t at = text.find('=');
  const auto which = retention_class_of(text.substr(0, at));
  const auto age = at == std::string::npos
                       ? std::nullopt
                       : parse_age(std::string_view(text).substr(at + 1));
  if (which && age) {
    retention.ages[size_t(*which)] = age;
    return Done{};
  }
  return Error{Trouble::usage,
               fmt::format("--older-than {}: is no CLASS=AGE like "
                           "subjects=13months; classes are excerpts, subjects "
                           "and verdicts",
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
  return retention;
}

Result<std::vector<PurgeStep>> steps_of(const AuditOptions& options) {
  if (!options.before.empty()) {
    if (!parse_date(options.before)) {
      return no_date("--before", options.before);
    }
    const auto which = retention_class_of(options.purge_class);
    return std::vector<PurgeStep>{
        {which.value_or(RetentionClass::subjects), options.before, ""}};
  }
  const auto today = today_of(options);
  if (!today) return today.error();
  const auto retention = retention_of(options);
  if (!retention) return retention.error();
  std::vector<PurgeStep> steps;
  for (size_t i = 0; i < kRetentionClassCount; ++i) {
    const auto& age = retention->ages[i];
    if (!age) continue;
    steps.push_back({RetentionClass(i), date_text(day_before(*today, *age)),
                     text_of(*age)});
  }
  return steps;
}

void print(const PurgeCount& counted, bool dry_run) {
  const PurgeStep& step = counted.step;
  fmt::print("{} {} with {} and {}: {}\n", count(counted.blocks, "block"),
             dry_run ? "would be purged" : "purged",
             count(counted.verdicts, "verdict"),
             count(counted.errors, "unreadable record"),
             step.keep.empty()
                 ? std::string(kRetentionClasses[size_t(step.what)].takes)
                 : fmt::format("{}, older than {}: before {}",
                               kRetentionClasses[size_t(step.what)].takes,
                               step.keep, step.before));
}

}  // namespace

int run_audit_purge(const AuditOptions& options) {
  const auto steps = steps_of(options);
  if (!steps) return complain(steps.error());
  Progress line(!options.quiet);
  const auto result =
      purge_database(options.db,
                     {.steps = *steps,
                      .who = options.who.empty() ? user_name() : options.who,
                      .reason = options.reason,
                      .only_count = options.dry_run},
                     [&](uint64_t verdicts, double share) {
                       line.show(options.db, verdicts, share);
                     });
  line.clear();
  if (!result) return complain(result.error());
  for (const PurgeCount& counted : result->counts) {
    print(counted, options.dry_run);
  }
  if (result->overwritten) return kExitDone;
  return complain({Trouble::environment,
                   fmt::format("{}-wal: another program reads the database: "
                               "what was purged is in this file until it is "
                               "closed; close it and run this again",
                               options.db)});
}

}  // namespace simwarden
