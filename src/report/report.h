// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "report/document.h"
#include "report/numbers.h"

// What a store holds about a period, as sixteen sections for an auditor.
//
//   const Result<Numbers> numbers = count_stores({path}, question);
//   const Document report = write_report({*numbers, question, duties,
//   options}); std::string html = to_html(report);                       //
//   formats.h
//
// A section that the store holds nothing for says so, and what to store to
// get it; no number is guessed. The same store and options give the same
// bytes: no clock is read.
namespace simwarden {

// One obligation of an instrument, in the language of the report.
struct Obligation {
  std::string control;  // "us-fcc-64.2010"
  std::string clause;   // "h-4"; "": the instrument as a whole
  std::string instrument;
  std::string title;
  std::string confidence;
  std::string not_checkable;          // why no rule can; "" when one can
  std::vector<std::string> profiles;  // where it holds; empty: everywhere
  std::vector<std::string> rules;     // active ones that serve it
  bool asks_requests = false;         // of its rules
  bool asks_messages = false;

  // As rules name it.
  std::string reference() const {
    return clause.empty() ? control : control + "/" + clause;
  }
};

// What a rule says, in the language of the report and in every one: as it may
// stand in the store.
struct RuleTitle {
  std::string shown;
  std::set<std::string> known = {};
};

struct Obligations {
  std::string digest;  // of the policies that they were read from
  std::vector<std::string> packs;
  std::map<std::string, RuleTitle> rule_titles = {};  // by rule
  // What families are called in another language than English, by name.
  std::map<std::string, std::string> family_titles = {};
  std::vector<Obligation> rows =
      {};  // in order of control, then as the law has it
};

// What holding a database against its own chain came to.
struct StoreCheck {
  uint64_t links = 0;     // that were looked at
  uint64_t findings = 0;  // 0: everything is as it was written
};

struct ReportOptions {
  std::string language = "en";
  std::string generated_at;  // "": when the newest run of the store ended
  bool publish = false;      // hide small counts, leave out single cases
  // How long each class is to be kept; without an age: as the log says.
  Retention retention = {};
  // What no store knows; as given.
  std::string operator_name = {};
  std::string ordered_by = {};
  uint64_t lines = 0;  // of the operator; 0: not said
  // By the name of the database; one that is not there was not checked.
  std::map<std::string, StoreCheck> checks = {};
};

struct ReportInput {
  const Numbers& numbers;
  const Question& question;
  const Obligations& obligations;
  const ReportOptions& options;
};

Document write_report(const ReportInput& input);

}  // namespace simwarden
