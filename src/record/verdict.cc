// SPDX-License-Identifier: Apache-2.0
#include "record/verdict.h"

namespace simwarden {

std::string_view name_of(Outcome outcome) {
  constexpr std::string_view kNames[] = {"hit", "clear", "not_applicable",
                                         "undetermined", "waived"};
  return kNames[size_t(outcome)];
}

namespace {

// "cut_depth, cut_text" as one word.
std::string joined(std::string_view words) {
  std::string out;
  for (const char c : words) {
    if (c != ' ') out += c == ',' ? '+' : c;
  }
  return out;
}

}  // namespace

std::string invalid_facts(const Verdict& verdict) {
  std::string facts;
  for (const InvalidField& field : verdict.invalid) {
    if (!facts.empty()) facts += ',';
    facts += field.fact;
    if (field.fact == kMailFaultsFact) facts += ':' + joined(field.value);
  }
  return facts;
}

}  // namespace simwarden
