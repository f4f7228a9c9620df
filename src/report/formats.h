// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/document.h"

// How a report is written, one file a format. The same document gives the
// same bytes. What steers a terminal or turns a line is an escape in all that
// people read (see visible.h); JSON has texts as they are.
namespace simwarden {

// One file without scripts or remote parts, for screen (light and dark) and
// paper.
std::string to_html(const Document& document);

// {"title":…,"period":…,"generated_at":…,"sections":[{"number":…,"id":…,
// "title":…,"notes":[…],"tables":[{"id":…,"columns":[…],"rows":[{…}]}]}]}
// Keys are the same in every language; shares are 0 to 1; what is not there
// is null. Followed by a line break.
std::string to_json(const Document& document);

// CommonMark with tables; figures are their tables.
std::string to_markdown(const Document& document);

// table,row,column,value: one line a cell, so that all tables fit in one file.
std::string to_csv(const Document& document);
// One table under the keys of its columns; REQUIRES: find_table().
std::string to_csv(const ReportTable& table);

// In digits, whatever its size ("1000000"), for programs.
void append_count(std::string& out, double count);

// One without rows is found, too; null: the report has none of this name.
const ReportTable* find_table(const Document& document, std::string_view id);
std::vector<std::string> table_ids(const Document& document);

}  // namespace simwarden
