// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "conformance/tree.h"

// One test of a file: what is written about it and what it is called.
namespace conformance {

// How its answer is judged.
enum class Kind {
  simple,   // cel-spec's SimpleTest: evaluated
  printed,  // cel-go's parser and checker tests: the trees are printed
};

struct Case {
  Kind kind = Kind::simple;
  std::string file;  // "cases.jsonl:basic", "logic.textproto"
  std::string name;  // "section/name"; of a printed case: its line
  std::string scope;
  std::string expr;
  Tree tree;
  std::string data;  // all of `tree` but name and expression, in one line
};

// The cases of cases.jsonl, *.textproto and parsing, checking and
// comprehension.jsonl below `path`, or of one such file.
simwarden::Result<std::vector<Case>> read_cases(
    const std::filesystem::path& path);

}  // namespace conformance
