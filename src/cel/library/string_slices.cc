// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include "cel/library/library.h"
#include "cel/value/code_points.h"
#include "cel/value/faults.h"
#include "cel/value/text_search.h"

// Positions in strings. They count code points, so each is turned into a byte
// first; an index outside of 0 to size is an error.
namespace cel {
namespace {

std::optional<size_t> byte_at(std::string_view text, const Value& index) {
  if (index.as_int() < 0) return std::nullopt;
  return byte_of_code_point(text, static_cast<size_t>(index.as_int()));
}

Value code_points_before(std::string_view text, size_t byte) {
  const size_t count = code_point_count(text.substr(0, byte));
  return Value::of_int(static_cast<int64_t>(count));
}

Value char_at(Arguments a, Scratch&) {
  const std::string_view text = a[0].as_string();
  const auto at = byte_at(text, a[1]);
  if (!at) return fail(kIndex);
  if (*at == text.size()) return Value::of_string({});
  return Value::of_string(text.substr(*at, code_point_bytes(text, *at)));
}

Value index_from(Arguments a, std::optional<size_t> from) {
  const std::string_view text = a[0].as_string();
  if (!from) return fail(kIndex);
  const size_t found = find_text(text, a[1].as_string(), *from);
  if (found == std::string::npos) return Value::of_int(-1);
  return code_points_before(text, found);
}

Value index_of(Arguments a, Scratch&) {
  return index_from(a, 0);
}
Value index_of_from(Arguments a, Scratch&) {
  return index_from(a, byte_at(a[0].as_string(), a[2]));
}

Value last_index_from(Arguments a, std::optional<size_t> from) {
  const std::string_view text = a[0].as_string();
  if (!from) return fail(kIndex);
  const size_t found = find_last_text(text, a[1].as_string(), *from);
  if (found == std::string::npos) return Value::of_int(-1);
  return code_points_before(text, found);
}

Value last_index_of(Arguments a, Scratch&) {
  return last_index_from(a, a[0].as_string().size());
}
Value last_index_of_from(Arguments a, Scratch&) {
  return last_index_from(a, byte_at(a[0].as_string(), a[2]));
}

Value substring_from(Arguments a, Scratch&) {
  const std::string_view text = a[0].as_string();
  const auto begin = byte_at(text, a[1]);
  if (!begin) return fail(kIndex);
  return Value::of_string(text.substr(*begin));
}

Value substring(Arguments a, Scratch&) {
  const std::string_view text = a[0].as_string();
  const auto begin = byte_at(text, a[1]);
  const auto end = byte_at(text, a[2]);
  if (!begin || !end || *begin > *end) return fail(kIndex);
  return Value::of_string(text.substr(*begin, *end - *begin));
}

// The next piece and what is left; an empty separator cuts code points.
size_t piece_size(std::string_view rest, std::string_view separator) {
  if (separator.empty()) return code_point_bytes(rest, 0);
  return std::min(find_text(rest, separator), rest.size());
}

Value split_at_most(Arguments a, int64_t limit, Scratch& scratch) {
  std::string_view rest = a[0].as_string();
  const std::string_view separator = a[1].as_string();
  std::vector<Value> pieces;
  const bool by_character = separator.empty();
  if (limit == 0 || (by_character && rest.empty())) {
    return scratch.make_list(pieces);
  }
  while (limit < 0 || static_cast<int64_t>(pieces.size()) + 1 < limit) {
    if (by_character && rest.empty()) break;
    const size_t size = piece_size(rest, separator);
    if (!by_character && size == rest.size()) break;
    if (!scratch.afford(sizeof(Value))) return fail(kTooBig);
    pieces.push_back(Value::of_string(rest.substr(0, size)));
    rest.remove_prefix(size + separator.size());
  }
  if (!by_character || !rest.empty()) pieces.push_back(Value::of_string(rest));
  return scratch.make_list(pieces);
}

Value split(Arguments a, Scratch& scratch) {
  return split_at_most(a, -1, scratch);
}
Value split_limited(Arguments a, Scratch& scratch) {
  return split_at_most(a, a[2].as_int(), scratch);
}

Value join_with(std::span<const Value> items, std::string_view separator,
                Scratch& scratch) {
  std::string out;
  for (size_t i = 0; i < items.size(); ++i) {
    if (is_void(items[i])) return items[i];
    if (!items[i].is(Tag::string)) return fail(kNoOverload);
    if (i > 0) out += separator;
    out += items[i].as_string();
    if (out.size() > kGrowthBytesMax) return fail(kTooBig);
  }
  return scratch.make_string(out);
}

Value join(Arguments a, Scratch& scratch) {
  return join_with(a[0].as_list(), {}, scratch);
}
Value join_separated(Arguments a, Scratch& scratch) {
  return join_with(a[0].as_list(), a[1].as_string(), scratch);
}

// An empty `old` stands before each code point and at the end.
Value replace_at_most(Arguments a, int64_t limit, Scratch& scratch) {
  std::string_view rest = a[0].as_string();
  const std::string_view old = a[1].as_string();
  const std::string_view fresh = a[2].as_string();
  std::string out;
  for (; limit != 0; --limit) {
    const size_t found = find_text(rest, old);
    if (found == std::string::npos) break;
    out += rest.substr(0, found);
    out += fresh;
    rest.remove_prefix(found + old.size());
    if (out.size() > kGrowthBytesMax) return fail(kTooBig);
    if (!old.empty()) continue;
    if (rest.empty()) break;
    const size_t bytes = code_point_bytes(rest, 0);
    out += rest.substr(0, bytes);
    rest.remove_prefix(bytes);
  }
  out += rest;
  return scratch.make_string(out);
}

Value replace(Arguments a, Scratch& scratch) {
  return replace_at_most(a, -1, scratch);
}
Value replace_limited(Arguments a, Scratch& scratch) {
  return replace_at_most(a, a[3].as_int(), scratch);
}

constexpr FunctionRow kRows[] = {
    {"string.charAt(int) -> string", char_at},
    {"string.indexOf(string) -> int", index_of},
    {"string.indexOf(string, int) -> int", index_of_from},
    {"string.lastIndexOf(string) -> int", last_index_of},
    {"string.lastIndexOf(string, int) -> int", last_index_of_from},
    {"string.substring(int) -> string", substring_from},
    {"string.substring(int, int) -> string", substring},
    {"string.split(string) -> list(string)", split},
    {"string.split(string, int) -> list(string)", split_limited},
    {"list(string).join() -> string", join},
    {"list(string).join(string) -> string", join_separated},
    {"string.replace(string, string) -> string", replace},
    {"string.replace(string, string, int) -> string", replace_limited},
};

constexpr FunctionDoc kDocs[] = {
    {"charAt", "The character at a position; the empty text at the very end.",
     "'补卡'.charAt(1)", "'卡'"},
    {"indexOf",
     "Where the other text first stands, at or after a position; -1 if "
     "nowhere.",
     "'hello mellow'.indexOf('ello', 2)", "7"},
    {"lastIndexOf",
     "Where the other text last stands, at or before a position; -1 if "
     "nowhere.",
     "'hello mellow'.lastIndexOf('ello')", "7"},
    {"substring", "The part from a position up to another, or to the end.",
     "'tacocat'.substring(4, 6)", "'ca'"},
    {"split",
     "The pieces between separators, at most as many as a limit says; an empty "
     "separator cuts after each character.",
     "'a,b,c'.split(',', 2)", "['a', 'b,c']"},
    {"join", "The texts of a list in one, with a separator between them.",
     "['a', 'b'].join('-')", "'a-b'"},
    {"replace",
     "The text with one part replaced by another, at most as often as a limit "
     "says.",
     "'hello hello'.replace('he', 'we', 1)", "'wello hello'"},
};

}  // namespace

Family string_slice_functions() {
  return {"Parts of texts", kRows, kDocs};
}

}  // namespace cel
