// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace simwarden {

// Every code that `policy check` can show, by code: those of YAML (Y), of
// conditions (C), of policies (P) and of lints (L).
struct CodeRow {
  std::string_view code;
  std::string_view severity;  // error, warning or note
  std::string_view title;
  std::string_view help;  // of lints; empty for the others
};
std::span<const CodeRow> all_codes();
// Null when there is none.
const CodeRow* find_code(std::string_view code);

}  // namespace simwarden
