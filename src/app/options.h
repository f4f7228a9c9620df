// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "house/policy_options.h"
#include "intake/intake.h"
#include "record/verdict.h"
#include "store/case_texts.h"
#include "store/decisions.h"
#include "store/store_key.h"
#include "windows/event_order.h"

// What the command line asks for; plain values, filled by the files
// command_line*.cc. One struct a command.
namespace simwarden {

// How records are read.
struct ReadingOptions {
  KindChoice kind = KindChoice::automatic;
  Format format = Format::automatic;
  std::string map;                  // --map FILE
  std::optional<Charset> encoding;  // --encoding NAME
  std::string authserv_id;          // --authserv-id HOST
};

enum class OutputFormat { ndjson, table, csv };

struct ScreenOptions {
  PolicyOptions policy;
  ReadingOptions reading;
  std::string output = "-";
  OutputFormat output_format = OutputFormat::ndjson;
  std::string db;          // --db FILE
  bool keep_facts = true;  // --keep facts: with the verdicts in the database
  OtherKey key_change = OtherKey::refused;  // --new-site-key
  CaseFile case_file;                       // --case and what goes with it
  uint32_t jobs = 0;                        // 0: one a core
  // --lateness SPAN: records may be so much older than one before them.
  int64_t lateness = kLatenessDefault;
  std::optional<Action> fail_on;  // --fail-on ACTION
  bool summary = false;
  bool quiet = false;
  bool prefilter = true;
  bool gates = true;
  std::vector<std::string> inputs;
  std::string command;  // as typed, for the run's record
};

struct ExplainOptions {
  PolicyOptions policy;
  ReadingOptions reading;
  std::string input;
  std::string text;
  bool has_text = false;
  uint64_t line = 0;    // --line: the record that begins there
  std::string id;       // --id: the record of that name
  std::string db;       // --db: a stored verdict instead
  std::string verdict;  // --verdict: its number, or what stored_as says
};

enum class PolicyVerb { check, test, list, show };

struct PolicyCommandOptions {
  PolicyVerb verb = PolicyVerb::check;
  PolicyOptions policy;
  std::vector<std::string> rules;  // only these: --rule ID
  // Of show: what is asked in which order, of all kinds or of one.
  bool plan = false;
  std::optional<Kind> plan_kind;
  bool verbose = false;
  bool coverage = false;
  bool mutants = false;
  bool suggest = false;
  std::string junit;  // --junit FILE
  // Of check.
  std::string format = "text";  // or one of issue_formats()
  std::string as_of;            // --as-of DATE; empty: today
  bool strict = false;
  bool notes = false;  // shown as text too
};

enum class ReportFormat { text, json, csv };

// What of a replay is worth the exit code 1.
enum class ReplayAlarm { raised, lowered, changed };

// Folders of lists that lie over one side only, above those of both.
struct ListsOfSides {
  std::vector<std::string> before;  // --old-lists
  std::vector<std::string> after;   // --new-lists
};

struct ReplayOptions {
  std::vector<std::string> old_paths;
  std::vector<std::string> new_paths;
  ListsOfSides lists;
  PolicyOptions policy;  // of both: lists, waivers, profile, language
  ReadingOptions reading;
  std::string db;           // replays what this database has verdicts of
  bool read_again = false;  // from their files, not from what it keeps
  int64_t verdict = 0;      // --verdict: only this one; 0: all
  std::string from;         // --from, --to: a day or a time; "": open
  std::string to;
  std::vector<std::string> inputs;
  ReportFormat format = ReportFormat::text;
  size_t examples = 3;  // shown of each kind of change
  uint32_t jobs = 0;    // 0: one a core
  std::optional<ReplayAlarm> fail_on;
  bool quiet = false;
};

enum class ReportOutput { html, json, csv, markdown };

struct ReportCommandOptions {
  PolicyOptions policy;  // whose obligations; its language is the report's
  std::vector<std::string> dbs;
  std::string retention;  // a file, "customary", or empty
  std::string from;       // a day or a time with its zone; "": open
  std::string to;
  ReportOutput format = ReportOutput::html;
  std::string table;  // of csv: only this one
  std::string output = "-";
  std::string generated_at;  // "": when the newest run ended
  size_t cases = 50;
  uint64_t seed = 1;  // of the sample
  bool publish = false;
  bool unverified = false;    // the databases are not held against their chains
  std::string operator_name;  // for the cover, as given
  std::string ordered_by;
  uint64_t lines = 0;  // that the operator has; 0: nobody said
};

struct PolicyDiffOptions {
  PolicyOptions policy;  // lists and waivers of both
  ListsOfSides lists;
  std::string old_path;
  std::string new_path;
  bool json = false;
  bool fail_on_change = false;
};

struct FormatOptions {
  std::vector<std::string> paths;
  bool check = false;
  bool to_stdout = false;
};

struct LearnOptions {
  std::vector<std::string> scams;     // --scam INPUT
  std::vector<std::string> honest;    // --honest INPUT
  std::vector<std::string> labelled;  // --labelled FOLDER: with a labels.tsv
  std::string output = "-";
  std::optional<Charset> encoding;  // --encoding NAME
  bool quiet = false;
};

struct DocsOptions {
  PolicyOptions policy;
  std::string output;  // --output FOLDER
};

enum class AuditVerb {
  verify,
  checkpoint,
  export_folder,
  person,
  merge,
  purge,
  decide,
  cases,
  open
};

enum class ListFormat { table, csv, json };

struct AuditOptions {
  AuditVerb verb = AuditVerb::verify;
  std::string db;
  std::vector<std::string> dbs;  // of merge and person
  std::string key;               // --key of checkpoint
  bool new_key = false;          // --new-key
  std::string output;            // of checkpoint a file, of export a folder
  std::string checkpoint;        // --checkpoint of verify
  std::string public_key;        // --public-key of verify
  bool facts = false;            // --facts of export
  std::string exported;          // --verdict of export
  std::string language = "en";   // of that
  std::string before;            // --before of purge: a day
  std::string purge_class = "subjects";
  std::string retention;                // a file, or "customary"
  std::vector<std::string> older_than;  // "subjects=13 months"
  std::string today;                    // a day; empty: the clock's
  std::string who;
  std::string reason = "retention";
  bool dry_run = false;
  bool quiet = false;
  // Of decide.
  int64_t verdict = 0;
  std::string record_id;  // --id: that of the verdict's record, instead
  std::string outcome;
  std::string state;
  std::string at;
  std::string note;
  std::string owner;
  std::string due;
  std::string from;        // --from FILE: many
  bool four_eyes = false;  // --four-eyes
  // Of cases.
  ListFormat format = ListFormat::table;
  CaseChoice cases = CaseChoice::open;
  size_t limit = 1000;
  // Of person.
  std::vector<std::string> numbers;    // --number; "-": standard input
  std::vector<std::string> site_keys;  // --site-key
  // Of open.
  std::string case_number;
  std::string why;
};

enum class FactsFormat { text, json, markdown };

struct FactsOptions {
  FactsFormat format = FactsFormat::text;
  bool csv_header = false;
  std::string kind;  // "", request, message
  bool functions = false;
  std::string function;  // --functions NAME: a part of its name
};

struct ServeOptions {
  std::string config;                       // --config FILE
  bool check = false;                       // --check
  OtherKey key_change = OtherKey::refused;  // --new-site-key
};

// The commands; each returns its exit code and has said on stderr what went
// wrong. `version` is the program's.
int run_screen(const ScreenOptions& options);
int run_explain(const ExplainOptions& options);
int run_policy(const PolicyCommandOptions& options);
int run_policy_format(const FormatOptions& options);
int run_policy_docs(const DocsOptions& options);
int run_policy_learn(const LearnOptions& options);
int run_facts(const FactsOptions& options);
int run_policy_diff(const PolicyDiffOptions& options);
int run_replay(const ReplayOptions& options);
// From what a database keeps (replay_kept.cc); run_replay() calls it.
int run_replay_kept(const ReplayOptions& options);
int run_audit(const AuditOptions& options);
int run_audit_purge(const AuditOptions& options);
int run_audit_export(const AuditOptions& options);
int run_audit_person(const AuditOptions& options);
// Its verbs decide, cases and open. `who` is the one at the keyboard unless
// the options name another.
int run_audit_people(const AuditOptions& options, const std::string& who);
// The login of the one who runs this.
std::string user_name();
int run_serve(const ServeOptions& options);
int run_report(const ReportCommandOptions& options);

// Parses the command line and runs the command that it names.
int run_command_line(int argc, char** argv);

}  // namespace simwarden
