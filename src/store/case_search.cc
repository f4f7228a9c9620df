// SPDX-License-Identifier: Apache-2.0
#include "store/case_search.h"

#include <algorithm>

#include <simdjson.h>
#include <unicode/uchar.h>

#include "diag/ascii.h"
#include "privacy/number_runs.h"
#include "privacy/signs.h"
#include "record/person.h"

namespace simwarden {
namespace {

namespace dom = simdjson::dom;

// Telephone numbers have at least five digits, and no other letters.
constexpr size_t kNumberDigitsMin = 5;
// Shorter ones stand by chance in others.
constexpr size_t kPartDigitsMin = 7;
// A record has groups of fields in groups, no more.
constexpr int kDepthMax = 12;

std::string digits_in(std::string_view run) {
  std::string digits;
  for (size_t at = 0; at < run.size();) {
    const int32_t digit = u_charDigitValue(UChar32(take_code_point(run, at)));
    if (digit >= 0) digits += static_cast<char>('0' + digit);
  }
  return digits;
}

std::string_view without_zeros(std::string_view digits) {
  return digits.starts_with("00") ? digits.substr(2) : digits;
}

bool is_of_word(std::string_view text, size_t at) {
  return at < text.size() && (is_ascii_letter(text[at]) || is_digit(text[at]));
}

bool stands_in(std::string_view text, std::string_view word) {
  for (size_t at = text.find(word); at != text.npos;
       at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !is_of_word(text, at - 1);
    if (begins && !is_of_word(text, at + word.size())) return true;
  }
  return false;
}

// NOLINTNEXTLINE(misc-no-recursion): counted
bool stands_in(const dom::element& at, const ClearSearch& search, int depth) {
  if (depth > kDepthMax) return false;
  dom::array items;
  if (at.get(items) == simdjson::SUCCESS) {
    for (const dom::element each : items) {
      if (stands_in(each, search, depth + 1)) return true;
    }
    return false;
  }
  dom::object members;
  if (at.get(members) == simdjson::SUCCESS) {
    for (const auto& [key, value] : members) {
      if (stands_in(value, search, depth + 1)) return true;
    }
    return false;
  }
  std::string_view text;
  return at.get(text) == simdjson::SUCCESS ? search.finds(text)
                                           : search.finds(simdjson::minify(at));
}

}  // namespace

std::string digits_of_number(std::string_view text) {
  constexpr std::string_view kBetween = "+ -.()/";
  std::string digits;
  for (const char c : text) {
    if (is_digit(c)) {
      digits += c;
    } else if (kBetween.find(c) == std::string_view::npos) {
      return {};
    }
  }
  return digits.size() < kNumberDigitsMin ? std::string() : digits;
}

ClearSearch::ClearSearch(std::span<const std::string> identifiers) {
  for (const std::string& identifier : identifiers) {
    const std::string digits = digits_of_number(identifier);
    if (!digits.empty()) {
      numbers_.emplace_back(without_zeros(digits));
    } else if (std::string word = person_key(identifier); !word.empty()) {
      words_.push_back(std::move(word));
    }
  }
}

bool ClearSearch::finds_number(std::string_view key) const {
  if (numbers_.empty()) return false;
  for (const ByteRange& run : find_number_runs(key)) {
    const std::string digits =
        digits_in(key.substr(run.begin, run.end - run.begin));
    for (const std::string& number : numbers_) {
      const bool is_part = number.size() >= kPartDigitsMin &&
                           digits.find(number) != std::string::npos;
      if (is_part || without_zeros(digits) == number) return true;
    }
  }
  return false;
}

bool ClearSearch::finds(std::string_view text) const {
  const std::string key = person_key(text);
  return finds_number(key) || std::any_of(words_.begin(), words_.end(),
                                          [&](const std::string& word) {
                                            return stands_in(key, word);
                                          });
}

Result<CasesOfVerdicts> find_in_cases(
    Database& database, std::span<const std::string> identifiers) {
  const ClearSearch search(identifiers);
  CasesOfVerdicts found;
  dom::parser parser;
  // By the tables themselves: a view can be made to pass over some.
  const Status read = database.each_row(
      "SELECT verdict_id, text, number FROM case_text_row NOT INDEXED "
      "LEFT JOIN case_file USING (case_id) WHERE text <> '' "
      "ORDER BY text_id",
      [&](const Statement& at) {
        const std::string_view text = at.text(1);
        dom::element record;
        const bool is_json =
            parser.parse(text.data(), text.size()).get(record) ==
            simdjson::SUCCESS;
        if (is_json ? stands_in(record, search, 0) : search.finds(text)) {
          found[at.integer(0)].emplace(at.text(2));
        }
      });
  if (!read) return read.error();
  return found;
}

}  // namespace simwarden
