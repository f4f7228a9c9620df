// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/document.h"

namespace simwarden {

// Counts from 1 to below this are not published.
inline constexpr double kSmallCount = 5;

inline bool is_small_count(double count) {
  return count > 0 && count < kSmallCount;
}

// Makes a report fit to be published: small counts are hidden, and with them
// the next smallest of their row or column until every hidden one could be at
// least two numbers, whatever else the table says (see ReportTable::parts_begin
// and ::groups); so is a count that leaves a small rest of the whole of its
// share, and what a table beside another would tell of it (::beside). Shares
// beside a hidden count go too, and so do tables of single records and people.
// Sums over other tables are not looked at.
void hide_small_counts(Document& document);

// The same of one table, `personal` or not. Where all counts of a column or of
// a group of it are hidden, nothing is left to hide: their sum must not be
// shown elsewhere.
void hide_small_counts(ReportTable& table);

}  // namespace simwarden
