// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <libpsl.h>

#include "contact/conformance/report.h"
#include "contact/contact.h"
#include "files.h"
#include "link/url.h"

// The Public Suffix List's own tests: "domain registrable" a line in
// tests.txt, checkPublicSuffix('domain', 'registrable') in test_psl.txt. The
// list that is built into libpsl may be older than the tests.
namespace simwarden::conformance {
namespace {

std::string ascii_of(const std::string& name) {
  return name == "null" ? "" : domain_to_ascii(name).value_or(name);
}

void check(std::string_view part, const std::string& domain,
           const std::string& wanted, const std::string& newer,
           Report& report) {
  const std::string got = domain == "null" ? "" : registrable_domain(domain);
  if (got == ascii_of(wanted)) return report.pass(part);
  const std::string line =
      fmt::format("{} -> {}, wanted {}", domain, got, wanted);
  // Would the list beside the tests have said it?
  const std::string ending = wanted.substr(wanted.find('.') + 1);
  const bool unknown_here =
      newer.find("\n" + ending + "\n") != newer.npos &&
      psl_is_public_suffix(psl_builtin(), ascii_of(ending).c_str()) == 0;
  report.differ(part, unknown_here ? "the built-in list is older" : "other",
                line);
}

std::vector<std::string> in_quotes(const std::string& line) {
  std::vector<std::string> words;
  for (size_t i = line.find('\''); i != line.npos; i = line.find('\'', i)) {
    const size_t end = line.find('\'', i + 1);
    if (end == line.npos) break;
    words.push_back(line.substr(i + 1, end - i - 1));
    i = end + 1;
  }
  return words;
}

}  // namespace

void run_psl(const std::filesystem::path& folder, Report& report) {
  const std::string newer = read_all(folder / "public_suffix_list.dat");
  std::istringstream plain(read_all(folder / "tests.txt"));
  for (std::string line; std::getline(plain, line);) {
    if (line.empty() || line.rfind("//", 0) == 0) continue;
    std::istringstream words(line);
    std::string domain;
    std::string wanted;
    words >> domain >> wanted;
    check("tests.txt", domain, wanted, newer, report);
  }
  std::istringstream calls(read_all(folder / "test_psl.txt"));
  for (std::string line; std::getline(calls, line);) {
    if (line.rfind("checkPublicSuffix(", 0) != 0) continue;
    const auto words = in_quotes(line);
    const bool null_domain = line.find("(null") != line.npos;
    const std::string domain = null_domain ? "null" : words.at(0);
    const bool null_answer = words.size() < (null_domain ? 1U : 2U);
    check("test_psl.txt", domain, null_answer ? "null" : words.back(), newer,
          report);
  }
  report.figure(fmt::format("libpsl's list: {} suffixes of {}",
                            psl_suffix_count(psl_builtin()),
                            psl_get_version()));
}

}  // namespace simwarden::conformance
