// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document/budget.h"

// A file of Rich Text Format -> what a person reads in it and where it leads.
//
//   DocumentBudget budget;
//   if (is_rtf(bytes)) read_rtf(bytes, budget).links  //
//   {"https://demo.example"}
//
// RTF 1.9.1. Words, their fields and the template that is fetched from
// elsewhere; no pictures, no objects. Nothing is laid out: the work is linear
// in the bytes, of which the first kRtfBytesMax are read.
//
// Any thread.
namespace simwarden {

// Those of many pages; pictures in hexadecimal make more.
inline constexpr size_t kRtfBytesMax = size_t{16} << 20;
// Groups inside each other; programs refuse more.
inline constexpr size_t kRtfGroupsMax = 256;

struct RtfReading {
  FileReading reading = FileReading::read;  // or partly
  std::string text;                         // UTF-8, a line for each paragraph
  std::string hidden;                       // letters that are set hidden
  std::vector<std::string> links;
};

bool is_rtf(std::string_view bytes);
// REQUIRES: is_rtf(bytes).
RtfReading read_rtf(std::string_view bytes, DocumentBudget& budget);

}  // namespace simwarden
