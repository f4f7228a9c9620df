// SPDX-License-Identifier: Apache-2.0
#include <regex>

#include "lint/desk.h"
#include "lint/lints.h"

// Mistakes that were planted, each said in the file itself: a line that ends in
//
//   #! L134 15, P145 20
//
// has those two, at these columns. All of them are found, and nothing else.
// What is shown about each folder is its golden.
namespace simwarden {
namespace {

namespace fs = std::filesystem;

const fs::path kPlanted = "tests/lint/planted";

using Mistake = std::tuple<std::string, uint32_t, uint32_t, std::string>;

std::string text_of(const Mistake& mistake) {
  const auto& [file, line, column, code] = mistake;
  return file + ":" + std::to_string(line) + ":" + std::to_string(column) +
         " " + code;
}

std::vector<fs::path> folders() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(kPlanted)) {
    if (entry.is_directory()) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::multiset<Mistake> planted_in(const fs::path& folder) {
  static const std::regex kMark("([A-Z][0-9]{3}) ([0-9]+)");
  std::multiset<Mistake> planted;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    std::istringstream lines(read_all(entry.path()));
    std::string line;
    for (uint32_t number = 1; std::getline(lines, line); ++number) {
      const size_t at = line.rfind("#! ");
      if (at == std::string::npos) continue;
      const std::string marks = line.substr(at);
      for (std::sregex_iterator i(marks.begin(), marks.end(), kMark), end;
           i != end; ++i) {
        planted.emplace(entry.path().string(), number,
                        uint32_t(std::stoul((*i)[2])), (*i)[1]);
      }
    }
  }
  return planted;
}

desk::Linted lint_folder(const fs::path& folder) {
  return desk::lint_files(*disk_files(), (folder / "policies").string());
}

BOOST_AUTO_TEST_CASE(all_planted_mistakes_are_found_and_nothing_else) {
  size_t count = 0;
  for (const fs::path& folder : folders()) {
    const std::multiset<Mistake> planted = planted_in(folder);
    std::multiset<Mistake> found;
    for (const Issue& issue : lint_folder(folder).issues) {
      found.emplace(issue.file, issue.place.line, issue.place.column,
                    issue.code);
    }
    for (const Mistake& mistake : planted) {
      BOOST_TEST(found.count(mistake) == planted.count(mistake),
                 "not found: " << text_of(mistake));
    }
    for (const Mistake& mistake : found) {
      BOOST_TEST(planted.contains(mistake),
                 "was not planted: " << text_of(mistake));
    }
    count += planted.size();
  }
  BOOST_TEST(count >= 40);
}

BOOST_AUTO_TEST_CASE(what_is_shown_is_what_the_golden_says) {
  for (const fs::path& folder : folders()) {
    Issues issues;
    for (const Issue& issue : lint_folder(folder).issues) issues.add(issue);
    golden::compare(folder.string() + ".yaml", render(issues));
  }
}

BOOST_AUTO_TEST_CASE(every_lint_has_a_planted_mistake) {
  std::set<std::string> codes;
  for (const fs::path& folder : folders()) {
    for (const Mistake& mistake : planted_in(folder)) {
      codes.insert(std::get<3>(mistake));
    }
  }
  for (const Lint& row : lints()) {
    BOOST_TEST(codes.contains(std::string(row.code)),
               row.code << " is planted nowhere");
  }
}

}  // namespace
}  // namespace simwarden
