// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

// The parts of a host whose dots may be spelled: "chat punto demo-x dot com".
namespace simwarden {

// Labels of a host behind an at-sign or a dash.
inline constexpr size_t kHostLabelsMax = 4;

// The label before a dot: "t", "demo-1"; not "8". It tells itself from a word
// of prose by a sign or a digit.
struct LabelBefore {
  size_t begin = 0;
  bool letter = false;
  bool telling = false;
};
LabelBefore label_before(std::string_view text, size_t i);

// Behind a label at `i`, or `i`.
size_t behind_label(std::string_view text, size_t i);

// The letters at `i`, as many as an ending has.
std::string_view ending_letters(std::string_view text, size_t i);

// Behind a word for an at-sign any ending will do.
enum class Endings : uint8_t { of_adverts, all };
bool is_ending(std::string_view text, size_t i, Endings endings);

// A host with a dot, in whatever spelling, stands at `i`.
bool is_host_at(std::string_view text, size_t i,
                Endings endings = Endings::of_adverts);

}  // namespace simwarden
