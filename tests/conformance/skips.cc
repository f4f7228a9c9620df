// SPDX-License-Identifier: Apache-2.0
#include "conformance/skips.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>
#include <re2/re2.h>

namespace conformance {
namespace {

using simwarden::Error;
using simwarden::Result;
using simwarden::Trouble;

std::string trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// The bar stands between blanks, since patterns have bars too.
std::vector<std::string> columns_of(const std::string& line) {
  std::vector<std::string> columns;
  size_t begin = 0;
  for (size_t bar; columns.size() < 3 &&
                   (bar = line.find(" | ", begin)) != std::string::npos;) {
    columns.push_back(trimmed(line.substr(begin, bar - begin)));
    begin = bar + 3;
  }
  columns.push_back(trimmed(line.substr(begin)));
  return columns;
}

bool is_file(const Skip& skip, const std::string& file) {
  std::string pattern = RE2::QuoteMeta(skip.file);
  RE2::GlobalReplace(&pattern, R"(\\\*)", ".*");
  return RE2::FullMatch(file, pattern);
}

const std::string& part_of(const Case& test, const std::string& part) {
  if (part == "name") return test.name;
  if (part == "scope") return test.scope;
  return part == "data" ? test.data : test.expr;
}

}  // namespace

Result<Skips> Skips::read(const std::filesystem::path& path) {
  std::ifstream in(path);
  if (!in) return Error{Trouble::input, path.string() + ": cannot be read"};
  Skips skips;
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> columns = columns_of(line);
    const bool whole = columns.size() == 4 && !columns[3].empty();
    if (!whole || !RE2(columns[2]).ok()) {
      return Error{
          Trouble::input,
          fmt::format("{}:{}: a line is FILE | PART | PATTERN | REASON",
                      path.string(), number)};
    }
    skips.skips_.push_back(
        {columns[0], columns[1], columns[2], columns[3], number, 0});
  }
  return skips;
}

bool Skips::matches(Skip& skip, const Case& test) const {
  if (!is_file(skip, test.file)) return false;
  if (!RE2::PartialMatch(part_of(test, skip.part), skip.pattern)) return false;
  ++skip.matched;
  return true;
}

const Skip* Skips::find(const Case& test) {
  for (Skip& skip : skips_) {
    const bool no_skip =
        skip.part == "places" || skip.part == "errors" || skip.part == "early";
    if (!no_skip && matches(skip, test)) return &skip;
  }
  return nullptr;
}

bool Skips::lenient(const Case& test, std::string_view part) {
  return std::any_of(skips_.begin(), skips_.end(), [&](Skip& skip) {
    return skip.part == part && matches(skip, test);
  });
}

std::vector<const Skip*> Skips::unused(const std::vector<Case>& cases) const {
  std::vector<const Skip*> lines;
  for (const Skip& skip : skips_) {
    const bool asked =
        std::any_of(cases.begin(), cases.end(),
                    [&](const Case& test) { return is_file(skip, test.file); });
    if (asked && skip.matched == 0) lines.push_back(&skip);
  }
  return lines;
}

}  // namespace conformance
