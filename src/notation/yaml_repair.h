// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diag/issue.h"

// What could be meant where YAML cannot be read on: changes to its text that
// keep its size, so that all offsets stay, and what is told about each of them.
// Whether one helps is for the caller to try.
namespace simwarden {

struct YamlRepair {
  size_t begin = 0;  // of the bytes that are replaced
  std::string by;    // as many
  std::string code;
  size_t at = 0;        // the byte that the issue points at
  std::string message;  // empty: another of the same try says it
  std::string help;
};
// Those of one try.
using YamlRepairs = std::vector<YamlRepair>;

// Where a parser stopped, and why, in libyaml's words.
struct YamlRefusal {
  size_t at = 0;
  std::string problem;
  bool behind_long_quote = false;  // a text in quotes of several lines
};

// The likeliest first; REQUIRES: `text` is UTF-8.
std::vector<YamlRepairs> repairs_of(std::string_view text,
                                    const YamlRefusal& refusal);

// The repair of a full-width sign at `at`; see diag/wide_signs.h.
YamlRepair repair_of_sign(std::string_view text, size_t at);

// The text with the repairs made.
std::string repaired(std::string text, const YamlRepairs& repairs);

// What to look for where no repair helps; empty where libyaml's words say it.
std::string help_for(const YamlRefusal& refusal);

}  // namespace simwarden
