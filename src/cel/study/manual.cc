// SPDX-License-Identifier: Apache-2.0
#include "cel/study/manual.h"

#include <algorithm>

#include "cel/library/library.h"
#include "cel/run/program.h"
#include "cel/syntax/bounds.h"
#include "cel/syntax/macros.h"
#include "cel/value/regex.h"
#include "cel/value/scratch.h"
#include "diag/check.h"

namespace cel {
namespace {

bool is_operator(std::string_view name) {
  return name.starts_with('_') || name.ends_with('_');
}

// "_?_:_" is written ?:
std::string symbol_of(std::string_view name) {
  std::string symbol(name);
  if (is_operator(name)) std::erase(symbol, '_');
  return symbol;
}

// "_+_(int, int) -> int" is written int + int -> int.
std::string operator_usage(std::string_view signature) {
  const auto read = read_signature(signature);
  CHECK(read.has_value(), "the tables of functions hold signatures");
  const std::string_view name = read->name;
  const bool spaced = name.ends_with('_') && name.starts_with('_');
  std::string usage;
  size_t operand = 0;
  for (const char c : name) {
    if (c != '_') {
      usage += c;
      continue;
    }
    if (spaced && operand > 0) usage += ' ';
    usage += read->params[operand++]->name;
    if (spaced && operand < read->params.size()) usage += ' ';
  }
  usage += ' ';
  return usage.append(signature.substr(signature.rfind("->")));
}

ManualEntry entry_of(const FunctionDoc& doc) {
  return {symbol_of(doc.name), {}, doc.says, doc.example, doc.result};
}

ManualSection section_of(const Family& family) {
  ManualSection section{family.title, {}};
  for (const FunctionDoc& doc : family.docs) {
    ManualEntry& entry = section.entries.emplace_back(entry_of(doc));
    for (const FunctionRow& row : family.rows) {
      const auto read = read_signature(row.signature);
      if (!read || read->name != doc.name) continue;
      entry.usages.push_back(is_operator(doc.name)
                                 ? operator_usage(row.signature)
                                 : std::string(row.signature));
    }
  }
  return section;
}

ManualSection section_of_macros() {
  ManualSection section{"Macros", {}};
  for (const FunctionDoc& doc : macro_docs()) {
    ManualEntry& entry = section.entries.emplace_back(entry_of(doc));
    for (const Macro& macro : macros()) {
      if (macro.name == doc.name) entry.usages.emplace_back(macro.usage);
    }
  }
  return section;
}

}  // namespace

std::vector<ManualSection> manual() {
  std::vector<ManualSection> sections = {section_of(operators()),
                                         section_of_macros()};
  for (const Family& family : families()) {
    sections.push_back(section_of(family));
  }
  return sections;
}

std::vector<ManualBound> bounds() {
  constexpr std::string_view kLoad = "the pack does not load (C101)";
  constexpr std::string_view kRun = "the condition is an error";
  return {
      {"Bytes of an expression", kSourceBytesMax, kLoad},
      {"Depth of an expression: brackets, operators, calls in each other",
       kDepthMax, kLoad},
      {"Parts of an expression: names, literals, operators, calls", kNodesMax,
       kLoad},
      {"Macros in each other", kLoopNestingMax, kLoad},
      {"Loop steps of one evaluation: elements visited, comparisons of each "
       "with each, pieces of long searches",
       kIterationsMax, kRun},
      {"Elements that a macro goes through though no loop step is left",
       kShortLoopMax, kRun},
      {"Steps that a condition can take at worst, by its text and the lengths "
       "of its facts",
       kCostMax, "the pack does not load (C121)"},
      {"Bytes of texts and lists made in one evaluation", kGrowthBytesMax,
       kRun},
      {"Parts of a value: what a list or map holds, and what that holds",
       kPartsMax, kRun},
      {"Bytes of memory of a constant pattern", kRegexMemoryMax,
       "the pack does not load (C116)"},
      {"Bytes of memory of a pattern that comes from a fact",
       kDynamicRegexMemoryMax, kRun},
      {"Bytes of a pattern that comes from a fact", kDynamicPatternBytesMax,
       kRun},
  };
}

}  // namespace cel
