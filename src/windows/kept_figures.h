// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"
#include "windows/window.h"

// The figures that records were answered, as bytes: who reads a record again
// that was counted before gives it the same figures and counts it no more.
//
//   "SWF1"                      mark and version
//   varint number of windows, then of each 8 bytes identity, 1 byte kind,
//     1 byte: 1 where the record itself counts
//   varint number of records, each:
//     1 byte Timing; a window each:
//       1 byte State, and 128 where it failed; where it is known: share: 8
//       bytes of its IEEE 754 double, the lowest first; else: varint zigzag
//
// Nothing of a record is in them.
namespace simwarden {

struct FigureRow {
  Timing timing = Timing::in_time;
  std::span<const WindowValue> values;  // one a window
};

std::string write_figures(std::span<const Window> windows,
                          std::span<const FigureRow> rows);

// Of the windows that are asked for, in their order; one that was not there
// then has State::dropped.
struct KeptFigures {
  std::vector<Timing> timings;      // one a record
  std::vector<WindowValue> values;  // one a record and window
};

// Bytes from anywhere: an Error says what is wrong with them.
Result<KeptFigures> read_figures(std::string_view bytes,
                                 std::span<const Window> windows);

}  // namespace simwarden
