// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Where a JSON text is broken and how, for a person. The fast parser says
// only *that* it is broken; this one reads the text again, strictly as
// RFC 8259 has it, and stops at the exact byte.
namespace simwarden {

struct JsonFault {
  std::string code;  // J101 … J111, see intake.h
  std::string message;
  size_t byte = 0;
  std::string advice = {};  // BadRow::advice
};

// Records of the field nest five deep; more is somebody's attack.
inline constexpr size_t kJsonDepthMax = 64;

// Nullopt when `json` is one JSON object.
std::optional<JsonFault> find_fault(std::string_view json);

// The first byte that is no UTF-8; nullopt when all are.
std::optional<size_t> find_bad_utf8(std::string_view text);
// What a person is told of it; and what of a file can be done about it.
std::string describe_bad_utf8(char byte);
inline constexpr const char* kEncodingAdvice =
    "a file in another charset is read with --encoding NAME";

}  // namespace simwarden
