// SPDX-License-Identifier: Apache-2.0
// cel_conformance [--verbose] [--skips FILE] PATH...
//
// Runs the CEL conformance cases below each PATH and prints what passed,
// failed and was skipped. Exit 1 when a case fails, when a line of the skip
// list matches nothing or when a skipped case would pass.
#include <cstdio>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "conformance/case.h"
#include "conformance/own.h"
#include "conformance/run_printed.h"
#include "conformance/run_simple.h"
#include "conformance/skips.h"
#include "conformance/table.h"

namespace conformance {
namespace {

struct Options {
  bool verbose = false;
  std::filesystem::path skips = CONFORMANCE_DIR "/skips.txt";
  std::vector<std::filesystem::path> paths;
};

class Run {
 public:
  explicit Run(const Options& options, Skips skips)
      : options_(options), skips_(std::move(skips)) {}

  bool path(const std::filesystem::path& path) {
    if (has_own_cases(path)) return own(path);
    const auto cases = read_cases(path);
    if (!cases) {
      fmt::print(stderr, "{}\n", cases.error().what);
      return false;
    }
    for (const Case& test : *cases) one(test);
    if (!std::filesystem::is_directory(path)) return true;
    for (const Skip* skip : skips_.unused(*cases)) {
      fmt::print("skips.txt:{}: no case falls under {} | {} | {}\n", skip->line,
                 skip->file, skip->part, skip->pattern);
      ++stale_;
    }
    return true;
  }

  bool finish() {
    fmt::print("{}{}\n{}", table_.text(), table_.reasons(), scopes_.text());
    const bool well = table_.failures() == 0 && stale_ == 0;
    if (!well) {
      fmt::print("not passed: {} failed, {} told above the table\n",
                 table_.failures(), stale_);
    }
    return well;
  }

 private:
  bool own(const std::filesystem::path& path) {
    const auto failures = run_own(path, table_);
    if (!failures) {
      fmt::print(stderr, "{}\n", failures.error().what);
      return false;
    }
    for (const std::string& failure : *failures) fmt::print("{}\n", failure);
    stale_ += failures->size();
    return true;
  }

  void one(const Case& test) {
    const Skip* skip = skips_.find(test);
    const Leniency lenient{!skip && skips_.lenient(test, "places"),
                           !skip && skips_.lenient(test, "errors"),
                           !skip && skips_.lenient(test, "early")};
    const Answer answer = test.kind == Kind::simple
                              ? run_simple(test, lenient)
                              : run_printed(test, lenient);
    if (!test.scope.empty()) {
      count(scopes_, "cases.jsonl, scope " + test.scope, skip, answer);
    }
    count(table_, test.file, skip, answer);
    if (skip) {
      if (!answer.passed || answer.error_wanted) return;
      fmt::print("skips.txt:{}: {} {} is skipped and would pass: {}\n",
                 skip->line, test.file, test.name, test.expr);
      ++stale_;
    } else if (!answer.passed && options_.verbose) {
      fmt::print("{} {}\n  {}\n  expected: {}\n  got:      {}\n", test.file,
                 test.name, test.expr, answer.expected, answer.got);
    }
  }

  static void count(Table& table, const std::string& row, const Skip* skip,
                    const Answer& answer) {
    if (skip) {
      table.skipped(row, skip->reason);
    } else if (answer.passed) {
      table.passed(row);
    } else {
      table.failed(row);
    }
  }

  const Options& options_;
  Skips skips_;
  Table table_;
  Table scopes_;  // of cases.jsonl, which says what each case needs
  size_t stale_ = 0;
};

int run(const Options& options) {
  auto skips = Skips::read(options.skips);
  if (!skips) {
    fmt::print(stderr, "{}\n", skips.error().what);
    return 2;
  }
  Run run(options, *std::move(skips));
  for (const auto& path : options.paths) {
    if (!run.path(path)) return 2;
  }
  return run.finish() ? 0 : 1;
}

}  // namespace
}  // namespace conformance

int main(int count, char** words) {
  conformance::Options options;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "--verbose") {
      options.verbose = true;
    } else if (word == "--skips" && i + 1 < count) {
      options.skips = words[++i];
    } else {
      options.paths.emplace_back(word);
    }
  }
  if (options.paths.empty()) {
    fmt::print(stderr, "cel_conformance [--verbose] [--skips FILE] PATH...\n");
    return 2;
  }
  return conformance::run(options);
}
