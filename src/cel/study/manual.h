// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// The reference of the language, made from the tables of operators, functions
// and macros.
//
//   for (const cel::ManualSection& section : cel::manual())
//     for (const cel::ManualEntry& entry : section.entries) ...
namespace cel {

struct ManualEntry {
  std::string name;  // "math.abs", "exists", "+"
  std::vector<std::string>
      usages;             // "math.abs(int) -> int", "int + int -> int"
  std::string_view says;  // one sentence
  std::string_view example;
  std::string_view result;  // what the example answers, as to_text() writes it
};

struct ManualSection {
  std::string_view title;
  std::vector<ManualEntry> entries;
};

std::vector<ManualSection> manual();

// What an expression or an evaluation may come to.
struct ManualBound {
  std::string_view what;
  uint64_t most;
  std::string_view beyond;  // what happens then
};
std::vector<ManualBound> bounds();

}  // namespace cel
