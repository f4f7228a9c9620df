// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

// What an unquoted YAML scalar is, by the core schema of YAML 1.2, and which
// words other readers of YAML would take for something else.
namespace simwarden {

enum class PlainKind : uint8_t { null, boolean, integer, number, text };

// "" ~ null · true false (in three spellings) · 12 -3 0x1F 0o17 · 1.5 1e3.
// `.inf`, `.nan` and what no double holds (1e999) are texts: no format of ours
// can carry them on.
PlainKind plain_kind(std::string_view scalar);

// yes no on off y n in any case: YAML 1.1 reads a bool, YAML 1.2 a text.
bool is_yes_or_no(std::string_view scalar);

// 0123: a text to people (a telephone number), 83 to YAML 1.1, 123 to 1.2.
bool has_leading_zero(std::string_view scalar);

// The value of an `integer` or `number`. REQUIRES: plain_kind says so.
double plain_number(std::string_view scalar);

}  // namespace simwarden
