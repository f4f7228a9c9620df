// SPDX-License-Identifier: Apache-2.0
// Holds the eye against public data sets:
//
//   eye_conformance SET PATH [SHOWN] [REGION]
//
// SHOWN cases of each class are printed, 0 if none; REGION ("CN") is that of
// national telephone numbers.
//
// Exit code 0 when the set could be read; the figures say the rest.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "contact/conformance/report.h"

namespace simwarden::conformance {
namespace {

struct Set {
  std::string_view name;
  void (*run)(const std::filesystem::path&, Report&);
  std::string_view path;
};

constexpr std::array kSets = {
    Set{"url_wpt", run_url_wpt, "the folder of web-platform-tests' URL data"},
    Set{"idna", run_idna, "Unicode's IdnaTestV2.txt"},
    Set{"psl", run_psl, "the folder with test_psl.txt and tests.txt"},
    Set{"text_extraction", run_text_extraction,
        "the folder with twitter-text and linkify-it"},
    Set{"lookalikes", run_lookalikes, "a file of hosts or URLs"},
    Set{"messages", run_messages,
        "a file of JSON lines with text and label: contacts, look-alikes"},
};

int usage() {
  fmt::print(stderr, "usage: eye_conformance SET PATH [SHOWN] [REGION]\n");
  for (const Set& set : kSets) {
    fmt::print(stderr, "  {:16} {}\n", set.name, set.path);
  }
  return 3;
}

}  // namespace

void Report::print(size_t shown) const {
  for (const auto& [name, part] : parts_) {
    size_t different = 0;
    for (const auto& row : part.differences) different += row.second.size();
    fmt::print("{}: {} of {} agree\n", name, part.passed,
               part.passed + different);
    for (const auto& [why, cases] : part.differences) {
      fmt::print("  {:5} {}\n", cases.size(), why);
      for (size_t i = 0; i < std::min(shown, cases.size()); ++i) {
        fmt::print("          {}\n", cases[i]);
      }
    }
  }
  for (const std::string& line : figures_) fmt::print("{}\n", line);
}

}  // namespace simwarden::conformance

int main(int argc, char** argv) {
  using namespace simwarden::conformance;
  if (argc < 3) return usage();
  const std::string_view name = argv[1];
  const auto set = std::find_if(kSets.begin(), kSets.end(),
                                [&](const Set& s) { return s.name == name; });
  if (set == kSets.end()) return usage();
  if (!std::filesystem::exists(argv[2])) {
    fmt::print(stderr, "{} is not there\n", argv[2]);
    return 5;
  }
  Report report(argc > 4 ? argv[4] : "");
  set->run(argv[2], report);
  report.print(argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 0);
  return 0;
}
