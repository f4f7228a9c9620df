// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/document.h"

namespace simwarden {

// Counts from 1 to below this are not published.
inline constexpr double kSmallCount = 5;

// Makes a report fit to be published: small counts are hidden, and with them
// the next smallest of their row or column where the hidden one could be
// found by subtraction; shares beside a hidden count go too, and so do tables
// of single records and people. Sums over several tables are not looked at.
void hide_small_counts(Document& document);

}  // namespace simwarden
