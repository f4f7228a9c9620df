// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// CEL counts strings in code points; we keep them as UTF-8. Everything here
// takes any bytes: a byte that begins no valid sequence counts as one.
namespace cel {

// The bytes of the code point that begins at text[at]. REQUIRES at < size.
size_t code_point_bytes(std::string_view text, size_t at);
// Its number; nullopt when the bytes are not valid UTF-8.
std::optional<uint32_t> decode_code_point(std::string_view text, size_t at);
size_t code_point_count(std::string_view text);
// The byte at which code point `index` begins; nullopt beyond the end. The
// end itself (index == count) is text.size().
std::optional<size_t> byte_of_code_point(std::string_view text, size_t index);
bool is_utf8(std::string_view text);
// Surrogates and numbers beyond U+10FFFF are not code points: false then.
bool append_code_point(std::string& text, uint32_t code_point);

}  // namespace cel
