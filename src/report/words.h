// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

// Every text of a report, in each language, a table a file: the heads of
// columns (words_columns.cc), what people decided (words_people.cc), what is
// known of every request (words_records.cc), fields, clusters and messages
// (words_kept.cc), the tables for authorities (words_authorities.cc) and all
// others (words.cc).
namespace simwarden {

struct Word {
  std::string_view id;
  std::string_view en;
  std::string_view zh;
};

std::span<const Word> text_words();
std::span<const Word> column_words();
std::span<const Word> people_words();
std::span<const Word> record_words();
std::span<const Word> kept_words();
std::span<const Word> authority_words();

bool has_word(std::string_view id);

// In "zh", else in English. REQUIRES: `id` is in the table.
std::string_view word(std::string_view language, std::string_view id);

}  // namespace simwarden
