// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "notation/text_pen.h"
#include "notation/yaml.h"

// Writing JSON: the one place for the whole program.
namespace simwarden {

// "text", quotes included. Control characters and U+2028/2029 are escaped (so
// that a line stays a line), bytes that are not UTF-8 become U+FFFD.
void append_json_string(std::string& out, std::string_view text);
void append_json_string(TextPen& out, std::string_view text);

// The shortest text that reads back as the same double: 60, 61.5, 1e+300. JSON
// has no word for infinities and NaN: null.
void append_json_number(std::string& out, double number);
void append_json_number(TextPen& out, double number);

// A key of an object with its colon, and the comma that parts it from what
// stands before. `name`: a plain word. REQUIRES: the object is begun.
inline void append_json_key(std::string& out, std::string_view name) {
  out += out.back() == '{' ? "\"" : ",\"";
  out += name;
  out += "\":";
}
inline void append_json_key(TextPen& out, std::string_view name) {
  const bool first = out.back() == '{';
  char* const begin = out.room(name.size() + 4);
  char* at = begin;
  *at = ',';
  at += first ? 0 : 1;
  *at++ = '"';
  TextPen::put(at, name);
  at += name.size();
  *at++ = '"';
  *at++ = ':';
  out.wrote(size_t(at - begin));
}

// Its decimal digits.
template <typename Out, typename Whole>
void append_whole(Out& out, Whole number) {
  const fmt::format_int digits(number);
  out += std::string_view(digits.data(), digits.size());
}

// A tree as one line of JSON. Quoted scalars are strings; plain ones are what
// YAML's core schema says.
std::string to_json(const YamlNode& node);

}  // namespace simwarden
