// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include <fmt/format.h>

#include "app/explain_stored.h"
#include "app/options.h"
#include "audit/checkpoint.h"
#include "audit/export.h"
#include "audit/export_verdict.h"
#include "audit/files.h"
#include "terminal/drawn_words.h"
#include "terminal/terminal.h"

// audit export: the evidence of a database, or of one verdict in it.
namespace simwarden {
namespace {

// What a key puts beside an export.
struct Seal {
  Checkpoint checkpoint;
  std::string public_key;
};

// The checkpoint is older than the chain that goes with it, so that the chain
// reaches it even while a run is writing. Nothing without a key.
Result<std::optional<Seal>> begin_seal(const AuditOptions& options) {
  if (options.key.empty()) return std::optional<Seal>();
  auto key = public_key_of(options.key);
  if (!key) return key.error();
  auto now = checkpoint_of(options.db);
  if (!now) return now.error();
  return std::optional<Seal>({*std::move(now), *std::move(key)});
}

Status add_seal(const std::optional<Seal>& seal, const AuditOptions& options) {
  if (!seal) return Done{};
  const std::string& folder = options.output;
  Status done = write_checkpoint(seal->checkpoint, folder + "/checkpoint.json",
                                 options.key);
  if (!done) return done;
  return write_new_file(folder + "/public_key.pem", seal->public_key, 0644);
}

int export_all(const AuditOptions& options) {
  const auto seal = begin_seal(options);
  if (!seal) return complain(seal.error());
  Status done = export_evidence(options.db, options.output, options.facts);
  if (done) done = add_seal(*seal, options);
  if (!done) return complain(done.error());
  fmt::print(
      "{}: the evidence of {}; whether its rows fit it, `simwarden audit "
      "verify` tells\n",
      options.output, options.db);
  return kExitDone;
}

ExplainOptions as_explained(const AuditOptions& options) {
  ExplainOptions explain;
  explain.db = options.db;
  explain.verdict = options.exported;
  explain.policy.language = options.language;
  return explain;
}

VerdictExport wanted_of(const AuditOptions& options, const ToldVerdict& told) {
  VerdictExport wanted{
      .verdict = told.found.verdict_id,
      .decisions = {},
      .text = told.text +
              std::string(drawn_word("\nWhat proves this lies beside it; how "
                                     "to check it: docs/audit.md of "
                                     "simwarden, “One verdict”\n",
                                     options.language)),
      .facts = options.facts};
  for (const StoredDecision& each : told.found.decisions) {
    wanted.decisions.push_back(each.decision_id);
  }
  return wanted;
}

// Handed out is only what is as it was written.
int export_one(const AuditOptions& options) {
  const ExplainOptions explain = as_explained(options);
  const auto seal = begin_seal(options);
  if (!seal) return complain(seal.error());
  const auto told = tell_stored(explain, Paint{});
  if (!told) return complain(told.error());
  if (Status fine = check_told(options.db, told->found); !fine) {
    return complain(fine.error());
  }
  const auto with_facts =
      export_verdict(options.db, options.output, wanted_of(options, *told));
  if (!with_facts) return complain(with_facts.error());
  Status done = add_seal(*seal, options);
  if (done && *seal) {
    done = sign_file(options.output + "/SHA256SUMS", options.key);
  }
  if (!done) return complain(done.error());
  fmt::print("{}: verdict {} of {} with what proves it\n", options.output,
             told->found.verdict_id, options.db);
  if (!*with_facts) say("no facts of its record are kept\n");
  const bool whole = !told->found.json.empty();
  return whole ? kExitDone : complain(no_longer_kept(explain));
}

}  // namespace

int run_audit_export(const AuditOptions& options) {
  return options.exported.empty() ? export_all(options) : export_one(options);
}

}  // namespace simwarden
