// SPDX-License-Identifier: Apache-2.0
#include "cel/value/value_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_set>

#include <fmt/format.h>

#include "cel/value/addresses.h"
#include "cel/value/code_points.h"
#include "cel/value/environment.h"
#include "cel/value/times.h"
#include "cel/value/typing.h"

namespace cel {
namespace {

// Deeper values than any honest one are cut with an ellipsis.
constexpr int kTextDepthMax = 64;

void write(const Value& value, int depth, std::string& out);

void write_quoted(std::string_view text, bool bytes, std::string& out) {
  constexpr std::string_view kPlain = "\a\b\f\n\r\t\v\\'";
  constexpr std::string_view kNames = "abfnrtv\\'";
  out += bytes ? "b'" : "'";
  for (size_t at = 0; at < text.size();) {
    const size_t size = code_point_bytes(text, at);
    const auto byte = static_cast<unsigned char>(text[at]);
    const size_t special = kPlain.find(text[at]);
    if (special != std::string::npos) {
      out += '\\';
      out += kNames[special];
    } else if (byte < 0x20 || byte == 0x7F || !decode_code_point(text, at)) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += text.substr(at, size);
    }
    at += size;
  }
  out += '\'';
}

void write_items(std::span<const Value> items, int depth, std::string& out) {
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += ", ";
    write(items[i], depth, out);
  }
}

void write_map(const Map& map, int depth, std::string& out) {
  out += '{';
  for (uint32_t i = 0; i < map.size; ++i) {
    if (i > 0) out += ", ";
    write(map.keys[i], depth, out);
    out += ": ";
    write(map.values[i], depth, out);
  }
  out += '}';
}

void write_object(const Object& object, int depth, std::string& out) {
  out += object.type->name + "{";
  for (size_t i = 0; i < object.type->fields.size(); ++i) {
    if (i > 0) out += ", ";
    out += object.type->fields[i].name + ": ";
    write(object.fields[i], depth, out);
  }
  out += '}';
}

void write_number(double number, std::string& out) {
  if (!std::isfinite(number)) {
    out += fmt::format("double('{}')", number_text(number));
    return;
  }
  const std::string text = number_text(number);
  out += text;
  if (text.find_first_of(".e") == std::string::npos) out += ".0";
}

void write_missing(const Missing& missing, std::string& out) {
  out += fmt::format("missing({})", fmt::join(missing_slots(missing), ", "));
}

void write(const Value& value, int depth, std::string& out) {
  if (depth > kTextDepthMax) {
    out += "…";
    return;
  }
  switch (value.tag()) {
    case Tag::null: out += "null"; break;
    case Tag::boolean: out += value.as_bool() ? "true" : "false"; break;
    case Tag::integer: out += std::to_string(value.as_int()); break;
    case Tag::uinteger: out += std::to_string(value.as_uint()) + "u"; break;
    case Tag::number: write_number(value.as_number(), out); break;
    case Tag::string: write_quoted(value.as_string(), false, out); break;
    case Tag::bytes: write_quoted(value.as_bytes(), true, out); break;
    case Tag::timestamp:
      out += fmt::format("timestamp('{}')", write_timestamp(value));
      break;
    case Tag::duration:
      out += fmt::format("duration('{}')", write_duration(value));
      break;
    case Tag::list:
      out += '[';
      write_items(value.as_list(), depth + 1, out);
      out += ']';
      break;
    case Tag::map: write_map(value.as_map(), depth + 1, out); break;
    case Tag::object: write_object(value.as_object(), depth + 1, out); break;
    case Tag::type: out += value.as_type()->name; break;
    case Tag::optional:
      if (!value.as_optional()) {
        out += "optional.none()";
        break;
      }
      out += "optional.of(";
      write(*value.as_optional(), depth + 1, out);
      out += ')';
      break;
    case Tag::ip:
      out += fmt::format("ip('{}')", write_ip(value.as_address()));
      break;
    case Tag::cidr:
      out += fmt::format("cidr('{}')", write_cidr(value.as_address()));
      break;
    case Tag::error:
      out += "error(";
      write_quoted(value.as_error().what, false, out);
      out += ')';
      break;
    case Tag::missing: write_missing(value.as_missing(), out); break;
  }
}

}  // namespace

std::string number_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  char digits[32];
  char* const room = digits + sizeof digits;
  // From 0.0001 up to a million in full, as cel-go does.
  const double size = std::abs(number);
  const bool in_full = size >= 1e-4 && size < 1e6;
  const auto end =
      in_full ? std::to_chars(digits, room, number, std::chars_format::fixed)
              : std::to_chars(digits, room, number);
  return {digits, end.ptr};
}

std::string to_text(const Value& value) {
  std::string out;
  write(value, 0, out);
  return out;
}

namespace {

std::vector<uint32_t> slots_in(const Missing& missing, bool only_withheld) {
  std::vector<uint32_t> slots;
  if (!missing.left && !missing.right) {  // most often
    if (!only_withheld || missing.withheld) slots.push_back(missing.slot);
    return slots;
  }
  std::unordered_set<const Missing*> seen;
  std::vector<const Missing*> waiting = {&missing};
  while (!waiting.empty()) {
    const Missing* next = waiting.back();
    waiting.pop_back();
    if (!next || !seen.insert(next).second) continue;
    if (!only_withheld || next->withheld) slots.push_back(next->slot);
    waiting.push_back(next->left);
    waiting.push_back(next->right);
  }
  std::sort(slots.begin(), slots.end());
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
  return slots;
}

}  // namespace

std::vector<uint32_t> missing_slots(const Missing& missing) {
  return slots_in(missing, false);
}

std::vector<uint32_t> withheld_slots(const Missing& missing) {
  return slots_in(missing, true);
}

}  // namespace cel
