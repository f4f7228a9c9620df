// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include "app/options.h"
#include "app/told_from_store.h"
#include "audit/checkpoint.h"
#include "audit/merge.h"
#include "audit/verify.h"
#include "diag/counted.h"
#include "diag/printable.h"
#include "terminal/terminal.h"

// audit: is the database as it was written, and how does one prove it to
// others.
namespace simwarden {
namespace {

AuditProgress progress_on(Progress& line, const std::string& what) {
  return [&line, what](uint64_t verdicts, double share) {
    line.show(what, verdicts, share);
  };
}

// "link 7, block 2, row 17 (requests.jsonl, line 17)".
std::string place_of(const AuditFinding& finding) {
  std::string place;
  const auto add = [&](std::string_view name, int64_t number) {
    if (number == 0) return;
    place += fmt::format("{}{} {}", place.empty() ? "" : ", ", name, number);
  };
  if (!finding.part.empty()) place = finding.part;
  add("link", finding.link);
  add("block", finding.block);
  add("row", finding.row);
  if (finding.source.empty()) return place;
  place += fmt::format("{}({}", place.empty() ? "" : " ", finding.source);
  if (finding.line != 0) place += fmt::format(", line {}", finding.line);
  return place + ")";
}

void print_findings(const AuditReport& report, const Paint& paint) {
  for (const AuditFinding& finding : report.findings) {
    const std::string place = place_of(finding);
    fmt::print("{}{}{}\n", paint.bold(place), place.empty() ? "" : ": ",
               paint("31", finding.what));
  }
  if (report.findings_total > report.findings.size()) {
    fmt::print("… and {} more\n",
               with_thousands(report.findings_total - report.findings.size()));
  }
}

void print_counts(const AuditReport& report) {
  fmt::print(
      "{} in {}, {}, {}, {}, {}{}\n", how_many(report.links, "link"),
      how_many(report.blocks, "block"), how_many(report.verdicts, "verdict"),
      how_many(report.errors, "unreadable record"),
      how_many(report.rulesets, "ruleset"), how_many(report.sources, "source"),
      report.sources_cut == 0
          ? ""
          : fmt::format(" ({} of them not read to the end)",
                        with_thousands(report.sources_cut)));
  if (report.parts > 0) {
    fmt::print("{} merged, each with its own chain; {} left out as doubles\n",
               how_many(report.parts, "part"),
               how_many(report.doubles, "block"));
  }
  if (report.decisions + report.case_texts > 0) {
    fmt::print("{}, {} under case numbers{}\n",
               how_many(report.decisions, "decision"),
               how_many(report.case_texts, "text"),
               report.case_texts_purged == 0
                   ? ""
                   : fmt::format(" ({} of them purged)",
                                 with_thousands(report.case_texts_purged)));
  }
  if (report.purges > 0) {
    std::string without_excerpts;
    if (report.purged_excerpts > 0) {
      without_excerpts = how_many(report.purged_excerpts, "verdict") +
                         " without texts and evidence, ";
    }
    fmt::print(
        "{}: {}{} without personal details, {} gone; what is left of them is "
        "proven\n",
        how_many(report.purges, "purge"), without_excerpts,
        how_many(report.purged_personal, "verdict"),
        how_many(report.purged_verdicts, "verdict"));
  }
  for (const std::string& note : report.notes) fmt::print("note: {}\n", note);
}

int verify(const AuditOptions& options) {
  std::optional<Checkpoint> checkpoint;
  bool wrong_signature = false;
  if (!options.checkpoint.empty()) {
    auto read = read_checkpoint(options.checkpoint, options.public_key);
    if (!read) return complain(read.error());
    wrong_signature = !read->signed_by_key;
    if (!wrong_signature) checkpoint = read->checkpoint;
  }
  Progress line(!options.quiet);
  const auto verified =
      verify_database(options.db, checkpoint, progress_on(line, options.db));
  line.clear();
  if (!verified) return complain(verified.error());
  AuditReport report = for_terminal(*verified);
  if (wrong_signature) {
    ++report.findings_total;
    report.findings.insert(
        report.findings.begin(),
        {.what = fmt::format("{}: the signature is not that of {}; the "
                             "checkpoint was not used",
                             options.checkpoint, options.public_key)});
  }
  print_findings(report, Paint{wants_colour(stdout)});
  print_counts(report);
  fmt::print("head {}\n", report.head);
  if (options.checkpoint.empty()) {
    fmt::print(
        "no checkpoint was given: a tail that was cut off, or a chain that was "
        "made anew, cannot be seen\n");
  } else if (checkpoint) {
    fmt::print("checkpoint of {}: link {}{}\n", escaped_text(checkpoint->time),
               with_thousands(checkpoint->links),
               report.checkpoint_part.empty()
                   ? ""
                   : " of the part " + report.checkpoint_part);
  }
  if (report.findings_total == 0) {
    fmt::print("everything is as it was written\n");
    return kExitDone;
  }
  fmt::print("{}\n", how_many(report.findings_total, "finding"));
  return kExitInput;
}

int checkpoint(const AuditOptions& options) {
  if (options.new_key) {
    Status made = make_signing_key(options.key);
    if (!made) return complain(made.error());
  }
  const auto key = public_key_of(options.key);
  if (!key) return complain(key.error());
  const auto now = checkpoint_of(options.db);
  if (!now) return complain(now.error());
  Status written = write_checkpoint(*now, options.output, options.key);
  if (!written) return complain(written.error());
  fmt::print("{}{}", text_of(*now), *key);
  return kExitDone;
}

int merge(const AuditOptions& options) {
  Progress line(!options.quiet);
  const auto result = merge_databases(options.dbs, options.output,
                                      progress_on(line, options.output));
  line.clear();
  if (!result) return complain(result.error());
  fmt::print("{}: {} in {}, {}, {}\n", options.output,
             how_many(result->parts, "part"), how_many(result->blocks, "block"),
             how_many(result->verdicts, "verdict"),
             how_many(result->errors, "unreadable record"));
  if (result->doubles > 0) {
    fmt::print(
        "{} left out: another part has the same bytes under the same "
        "ruleset\n",
        how_many(result->doubles, "block"));
  }
  fmt::print("head {}\n", result->head);
  return kExitDone;
}

}  // namespace

std::string user_name() {
  const passwd* user = ::getpwuid(::getuid());
  return user ? user->pw_name : fmt::format("user {}", ::getuid());
}

int run_audit(const AuditOptions& options) {
  switch (options.verb) {
    case AuditVerb::verify: return verify(options);
    case AuditVerb::checkpoint: return checkpoint(options);
    case AuditVerb::export_folder: return run_audit_export(options);
    case AuditVerb::merge: return merge(options);
    case AuditVerb::purge: return run_audit_purge(options);
    case AuditVerb::person: return run_audit_person(options);
    default: break;
  }
  return run_audit_people(options,
                          options.who.empty() ? user_name() : options.who);
}

}  // namespace simwarden
