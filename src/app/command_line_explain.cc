// SPDX-License-Identifier: Apache-2.0
#include "app/command_options.h"

// The options of `explain`.
namespace simwarden {
namespace {

// A stored verdict stands as it was told: all that is left to say is the
// language of what stands around it.
void add_stored_verdict(CLI::App* app, ExplainOptions& o) {
  const std::vector<CLI::Option*> others = app->get_options();
  auto* db = app->add_option("--db", o.db,
                             "Show a verdict of this database, as it was told")
                 ->type_name("FILE");
  auto* verdict =
      app->add_option("--verdict", o.verdict,
                      "Which one: its verdict_id, or what stored_as says")
          ->type_name("ID")
          ->needs(db);
  verdict->excludes(app->get_option("--id"));
  for (CLI::Option* other : others) {
    const bool goes_along = other == app->get_help_ptr() ||
                            other->check_lname("language") ||
                            other->check_lname("id");
    if (!goes_along) db->excludes(other);
  }
}

}  // namespace

void add_explain(CLI::App& top, ExplainOptions& o, int& exit_code) {
  CLI::App* app = top.add_subcommand(
      "explain", "Show one record to a person: spans, points, next step");
  add_policy(app, o.policy);
  add_reading(app, o.reading);
  auto* text = app->add_option("--text", o.text, "A message, as it is")
                   ->type_name("TEXT");
  auto* line =
      app->add_option("--line", o.line, "The record that begins on this line")
          ->type_name("N")
          ->check(counted_from_one)
          ->excludes(text);
  app->add_option("--id", o.id,
                  "The record with this id, of INPUT or of the database")
      ->type_name("ID")
      ->excludes(text)
      ->excludes(line);
  auto* input = app->add_option("INPUT", o.input,
                                "A file (its first record, or --line, --id); "
                                "- is stdin")
                    ->type_name("");
  input->excludes(text);
  add_stored_verdict(app, o);
  app->footer(
      "Examples:\n"
      "  simwarden explain --text 'Your SIM will be blocked, call +1 555 555 "
      "0101'\n"
      "  simwarden explain --id demo-r-001 requests.jsonl\n"
      "  simwarden explain --language zh --line 3 inbox.txt\n"
      "  simwarden explain --db verdicts.db --verdict 17\n"
      "  simwarden explain --db verdicts.db --id demo-r-001 --language zh\n\n"
      "Exit codes: 0 shown, 2 a policy is wrong, 3 wrong usage or no such "
      "verdict,\n4 the record cannot be read, is not there or is not as it was "
      "written,\n5 the database cannot be read.");
  app->callback([&o, &exit_code, text, input] {
    o.has_text = text->count() > 0;
    if (!o.has_text && input->count() == 0 && o.db.empty()) {
      throw CLI::RequiredError("INPUT, --text or --db");
    }
    if (!o.db.empty() && o.verdict.empty() && o.id.empty()) {
      throw CLI::RequiredError("--verdict or --id");
    }
    if (o.has_text && o.reading.kind == KindChoice::request) {
      throw CLI::ValidationError("--text", "is a message, not a request");
    }
    exit_code = run_explain(o);
  });
}

}  // namespace simwarden
