// SPDX-License-Identifier: Apache-2.0
#include "trial/junit.h"

#include <fmt/format.h>

#include "notation/markup_text.h"

namespace simwarden {
namespace {

struct Suite {
  std::string name;
  size_t tests = 0;
  size_t failures = 0;
  size_t errors = 0;
  double seconds = 0;
  std::string body;

  std::string head(std::string_view element) const {
    return fmt::format(
        "<{} name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" "
        "time=\"{:.6f}\">\n",
        element, markup_escaped(name), tests, failures, errors, seconds);
  }
};

std::string joined(const std::vector<std::string>& lines) {
  return fmt::format("{}", fmt::join(lines, "; "));
}

void add_case(const CaseResult& result, const std::string& explained,
              Suite& suite) {
  ++suite.tests;
  suite.seconds += result.seconds;
  suite.body += fmt::format(
      "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\" "
      "time=\"{:.6f}\"",
      markup_escaped(result.pack), markup_escaped(result.wanted->name),
      markup_escaped(result.wanted->file), result.wanted->place.line,
      result.seconds);
  if (result.passed()) {
    suite.body += "/>\n";
    return;
  }
  const bool judged = result.verdict.has_value();
  ++(judged ? suite.failures : suite.errors);
  const char* element = judged ? "failure" : "error";
  suite.body += fmt::format(
      ">\n      <{0} message=\"{1}\" type=\"{2}\">{3}</{0}>\n"
      "    </testcase>\n",
      element, markup_escaped(joined(result.differences)),
      judged ? "expectation" : "record", markup_escaped(explained));
}

void add_issue(const Issue& issue, Suite& suite) {
  ++suite.tests;
  ++suite.errors;
  suite.body += fmt::format(
      "    <testcase classname=\"{0}\" name=\"{1}\" file=\"{0}\" line=\"{2}\" "
      "time=\"0\">\n"
      "      <error message=\"{3}\" type=\"{4}\">{5}</error>\n"
      "    </testcase>\n",
      markup_escaped(issue.file),
      markup_escaped(fmt::format("{}:{} {}", issue.place.line,
                                 issue.place.column, issue.code)),
      issue.place.line, markup_escaped(issue.message),
      markup_escaped(issue.code), markup_escaped(render(issue)));
}

}  // namespace

std::string junit_xml(
    const std::vector<CaseResult>& results, const Issues& issues,
    const std::function<std::string(const CaseResult&)>& explain) {
  std::vector<Suite> suites;
  Suite all{.name = "simwarden policy test"};
  for (const CaseResult& result : results) {
    if (suites.empty() || suites.back().name != result.pack) {
      suites.push_back({.name = result.pack});
    }
    add_case(result, result.passed() ? "" : explain(result), suites.back());
  }
  Suite mistakes{.name = "mistakes in the files"};
  for (const Issue& issue : issues.sorted()) {
    if (issue.severity == Severity::error) add_issue(issue, mistakes);
  }
  if (mistakes.tests > 0) suites.push_back(std::move(mistakes));
  for (const Suite& suite : suites) {
    all.tests += suite.tests;
    all.failures += suite.failures;
    all.errors += suite.errors;
    all.seconds += suite.seconds;
    all.body +=
        "  " + suite.head("testsuite") + suite.body + "  </testsuite>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
         all.head("testsuites") + all.body + "</testsuites>\n";
}

}  // namespace simwarden
