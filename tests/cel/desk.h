// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "cel/run/program.h"
#include "cel/run/suite.h"
#include "diag/issue.h"

// A small schema and its values, for tests that compile and run expressions.
//
//   reason: string, one of lost stolen damaged     amount, tariff: double
//   count: int   big: uint   ok: bool   text: string   raw: bytes   any: dyn
//   at: timestamp   wait: duration   tags: list(string)   ages: map(string,
//   int)   essay: a string of at most 8 MiB   request.channel.type,
//   request.channel.id, request.links: list(demo_link) demo_link: url string,
//   kind string (web phone mail), port int
// Functions: in_list(string, string), which knows the list 'shops' only.
namespace cel {

class Desk : public Activation {
 public:
  Desk();

  const Environment& environment() const { return environment_; }
  Environment& environment() { return environment_; }
  // Recorded from now on; the value must outlive the desk.
  void set(const std::string& name, const Value& value);
  void forget(const std::string& name);
  uint32_t slot(const std::string& name) const;
  Scratch& keep() { return keep_; }
  size_t questions() const { return questions_; }

  // The answer as text; the rendered issues when it does not compile. Held
  // against a suite that has the expression twice: once worked out, once kept.
  std::string run(std::string_view source, const CompileOptions& options = {});
  // The rendered issues.
  std::string issues(std::string_view source,
                     const CompileOptions& options = {});

  Value fact(uint32_t slot, Scratch& scratch) override;

 private:
  void compare_with_suite(const Program& program, const std::string& answer);
  void declare(const std::string& name, const Type* type,
               std::vector<std::string> choices = {});
  void declare_links();

  Environment environment_;
  std::map<uint32_t, Value> values_;
  Scratch keep_;     // of the values
  Scratch scratch_;  // of evaluations
  size_t questions_ = 0;
};

// An expression and what it answers, as text.
struct AnswerRow {
  const char* source;
  const char* answer;
};
// Every row runs twice on a fresh desk, with constant parts worked out at
// compile time and at run time: the answers must agree.
void check_rows(std::span<const AnswerRow> rows);

}  // namespace cel
