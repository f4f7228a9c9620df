// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "cel/library/library.h"
#include "cel/value/code_points.h"
#include "cel/value/faults.h"
#include "cel/value/text_search.h"
#include "diag/ascii.h"
#include "diag/characters.h"

// Questions about a string and plain changes of it. Where it is cut into
// pieces: string_slices.cc.
namespace cel {
namespace {

Value size(Arguments a, Scratch&) {
  const size_t count = code_point_count(a[0].as_string());
  return Value::of_int(static_cast<int64_t>(count));
}

Value bytes_size(Arguments a, Scratch&) {
  return Value::of_int(static_cast<int64_t>(a[0].as_bytes().size()));
}

Value contains(Arguments a, Scratch&) {
  return Value::of_bool(find_text(a[0].as_string(), a[1].as_string()) !=
                        std::string_view::npos);
}

Value starts_with(Arguments a, Scratch&) {
  return Value::of_bool(a[0].as_string().starts_with(a[1].as_string()));
}

Value ends_with(Arguments a, Scratch&) {
  return Value::of_bool(a[0].as_string().ends_with(a[1].as_string()));
}

template <char (*kChange)(char)>
Value changed(Arguments a, Scratch& scratch) {
  std::string text(a[0].as_string());
  std::transform(text.begin(), text.end(), text.begin(), kChange);
  return scratch.make_string(text);
}

// White_Space of Unicode 15.
bool is_blank(uint32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

Value trim(Arguments a, Scratch&) {
  const std::string_view text = a[0].as_string();
  size_t begin = text.size();
  size_t end = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t bytes = code_point_bytes(text, at);
    if (!is_blank(decode_code_point(text, at).value_or(0))) {
      begin = std::min(begin, at);
      end = at + bytes;
    }
    at += bytes;
  }
  if (begin >= end) return Value::of_string({});
  return Value::of_string(text.substr(begin, end - begin));
}

Value reversed(Arguments a, Scratch& scratch) {
  const std::string_view text = a[0].as_string();
  std::string out;
  out.reserve(text.size());
  for (size_t end = text.size(); end > 0;) {
    size_t begin = end - 1;
    while (begin > 0 && end - begin < 4 &&
           simwarden::is_continuation(text[begin])) {
      --begin;
    }
    out += text.substr(begin, end - begin);
    end = begin;
  }
  return scratch.make_string(out);
}

// The text as a literal of double quotes.
Value quote(Arguments a, Scratch& scratch) {
  constexpr std::string_view kPlain = "\a\b\f\n\r\t\v\\\"";
  constexpr std::string_view kNames = "abfnrtv\\\"";
  std::string out = "\"";
  const std::string_view text = a[0].as_string();
  for (size_t at = 0; at < text.size();) {
    const size_t bytes = code_point_bytes(text, at);
    const size_t special = kPlain.find(text[at]);
    if (!decode_code_point(text, at)) {
      append_code_point(out, 0xFFFD);
    } else if (special != std::string::npos) {
      out += '\\';
      out += kNames[special];
    } else {
      out += text.substr(at, bytes);
    }
    at += bytes;
  }
  return scratch.make_string(out + '"');
}

constexpr FunctionRow kRows[] = {
    {"size(string) -> int", size},
    {"string.size() -> int", size},
    {"size(bytes) -> int", bytes_size},
    {"bytes.size() -> int", bytes_size},
    {"string.contains(string) -> bool", contains},
    {"string.startsWith(string) -> bool", starts_with},
    {"string.endsWith(string) -> bool", ends_with},
    {"string.lowerAscii() -> string", changed<simwarden::small_letter>},
    {"string.upperAscii() -> string", changed<simwarden::capital_letter>},
    {"string.trim() -> string", trim},
    {"string.reverse() -> string", reversed},
    {"strings.quote(string) -> string", quote},
};

constexpr FunctionDoc kDocs[] = {
    {"size", "The number of code points of a text, of octets of bytes.",
     "'补卡'.size()", "2"},
    {"contains", "Whether the other text stands in this one.",
     "'补卡找我'.contains('找我')", "true"},
    {"startsWith", "Whether the text begins with the other.",
     "'+12025550100'.startsWith('+1')", "true"},
    {"endsWith", "Whether the text ends with the other.",
     "'shop.example'.endsWith('.example')", "true"},
    {"lowerAscii", "A to Z become small; other letters stay as they are.",
     "'TacoCÆt'.lowerAscii()", "'tacocÆt'"},
    {"upperAscii", "a to z become capital; other letters stay as they are.",
     "'TacoCæt'.upperAscii()", "'TACOCæT'"},
    {"trim", "The text without white space (of Unicode) at its ends.",
     "'  \\t補卡 '.trim()", "'補卡'"},
    {"reverse", "The code points in reverse order.", "'gums'.reverse()",
     "'smug'"},
    {"strings.quote",
     "The text as a literal in double quotes; what is no UTF-8 becomes U+FFFD.",
     "strings.quote('say \"hi\"')", "'\"say \\\\\"hi\\\\\"\"'"},
};

}  // namespace

Family string_functions() {
  return {"Texts", kRows, kDocs};
}

}  // namespace cel
