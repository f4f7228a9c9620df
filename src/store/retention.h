// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diag/issue.h"

// How long what is kept of a record stays, by class. The first three are of
// blocks, and each takes what the ones above it take too.
//
//   retention:
//     excerpts: 6 months
//     subjects: 13 months
//     verdicts: 3 years
//     notes: 13 months
namespace simwarden {

enum class RetentionClass : uint8_t {
  excerpts,  // masked texts and evidence, the whole verdict's line, and the
             // kept facts
  subjects,  // and record ids and pseudonyms: the last personal details
  verdicts,  // the rows: the tally
  notes,     // the free text of decisions of people
  cases,     // texts in clear; each case has its own last day, and no age
};

struct RetentionRow {
  std::string_view name;
  std::string_view takes;      // for a person
  std::string_view customary;  // how long, where nothing else is ordered
};
// In the order of RetentionClass.
inline constexpr std::array<RetentionRow, 5> kRetentionClasses = {{
    {"excerpts", "masked texts, evidence and kept facts", "13 months"},
    {"subjects", "record ids and pseudonyms", "13 months"},
    {"verdicts", "the rows", "3 years"},
    {"notes", "notes of decisions", "13 months"},
    {"cases", "texts of cases whose day is over", ""},
}};
inline constexpr size_t kRetentionClassCount = kRetentionClasses.size();
inline constexpr size_t kBlockClassCount = 3;  // the first so many
inline constexpr size_t kAgedClassCount = 4;   // all but `cases`

// What a purge takes besides, as the log of purges calls it: events that no
// window looks at any more (counted_blocks.h). They go with every purge.
inline constexpr std::string_view kOutlivedEvents = "window events";

std::optional<RetentionClass> retention_class_of(std::string_view name);

// An age is a whole number of days, months or years: "13 months", "90days".
struct Age {
  int number = 0;
  enum class Unit : uint8_t { days, months, years } unit = Unit::days;
};
std::optional<Age> parse_age(std::string_view text);
std::string text_of(const Age& age);  // "13 months"
// The day, since 1970, before which something is older than that; the last of
// the month where the month is too short. Never before the year 1, in which
// nothing is older than anything.
int64_t day_before(int64_t today, const Age& age);

// Whether a purge that was done at the time `at` took, with all from before the
// day `before`, what was younger than the age `keep` that it names; without
// one, what was of a day that had not come.
bool takes_younger(std::string_view at, std::string_view before,
                   std::string_view keep);

// A class without an age is kept.
struct Retention {
  std::array<std::optional<Age>, kAgedClassCount> ages;
};
Retention customary_retention();
// What takes something along cannot go before it: "verdicts would go before
// subjects, and take them along"; empty when all is well.
std::string wrong_order(const Retention& retention);
// Null when it is wrong; issues say where and why (codes Y1xx, K101, K102).
std::optional<Retention> parse_retention(const SourceText& file,
                                         Issues& issues);

}  // namespace simwarden
