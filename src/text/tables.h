// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

// The data files of this room (data/*.tsv; each says what it holds and where
// it is from), as cmake/tables.cmake puts them into the library.
namespace simwarden {
namespace tables {

extern const std::string_view broken_names;
extern const std::string_view broken_words;
extern const std::string_view charsets;
extern const std::string_view emoji;
extern const std::string_view fancy;
extern const std::string_view html_entities;
extern const std::string_view lookalikes;
extern const std::string_view pictures;
extern const std::string_view pinyin;
extern const std::string_view separators;
extern const std::string_view simplified;
extern const std::string_view stand_ins;
extern const std::string_view styled;
extern const std::string_view variants;

}  // namespace tables

using TableRow = std::vector<std::string_view>;

// The rows of a table: lines that are not empty and do not begin with "#",
// cut at tabs. REQUIRES: every row has `cells` cells, since the files are ours.
std::vector<TableRow> rows_of(std::string_view table, size_t cells);

// "1F427". REQUIRES: it is a code point.
char32_t code_point_of(std::string_view hex);
// UTF-8. REQUIRES: it is valid.
std::u32string code_points_of(std::string_view text);
// The only character of a cell. REQUIRES: there is one.
char32_t character_of(std::string_view cell);

}  // namespace simwarden
