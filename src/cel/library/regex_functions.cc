// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "cel/library/library.h"
#include "cel/value/code_points.h"
#include "cel/value/faults.h"
#include "cel/value/regex.h"

// What RE2 is asked for. A pattern may match anywhere in the text; matches
// never overlap, and an empty one right after another does not count.
namespace cel {
namespace {

constexpr Fault kGroups{"more than one capture group: write (?:…) for others"};
constexpr Fault kRewrite{
    "a \\ in the replacement names no group of the pattern (\\\\ is a \\)"};

// Making a pattern costs as much as so many steps of a loop, whether or not
// it was made before: what a record costs must not depend on the last one.
constexpr uint64_t kRegexSteps = 100;
// Nobody has read such a pattern before. RE2 may have to follow all of its
// instructions at each byte ('(a{1,100}){9}' over 'aaa…'): so many of these
// cost a step.
constexpr uint64_t kInstructionsAStep = 8192;

template <RunPattern kRun>
Value on_pattern(Arguments a, Scratch& scratch) {
  if (!scratch.charge(kRegexSteps)) return fail(kTooManySteps);
  const re2::RE2* made = scratch.patterns().find(a[kPatternPlace].as_string());
  if (!made) return fail(kRegex);
  const uint64_t worst =
      a[0].as_string().size() * static_cast<uint64_t>(made->ProgramSize());
  if (!scratch.charge(worst / kInstructionsAStep)) return fail(kTooManySteps);
  return kRun(*made, a, scratch);
}

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}
Value text_of(const re2::StringPiece& part) {
  return Value::of_string({part.data(), part.size()});
}

Value matches(const re2::RE2& pattern, Arguments a, Scratch&) {
  return Value::of_bool(
      re2::RE2::PartialMatch(piece(a[0].as_string()), pattern));
}

// One match after the other. A search may read all of the text that is left
// before it gives up, so that it is charged for it.
class Matches {
 public:
  static constexpr size_t kGroupsMax = 10;  // \0 to \9
  static constexpr size_t kBytesAStep = size_t{4} << 10;

  Matches(const re2::RE2& pattern, std::string_view text, Scratch& scratch)
      : pattern_(pattern),
        text_(text.empty() ? std::string_view("") : text),
        scratch_(scratch) {}

  // False at the end, or when no step is left (then spent() is true).
  bool next() {
    while (at_ <= text_.size()) {
      spent_ = !scratch_.charge(1 + (text_.size() - at_) / kBytesAStep);
      if (spent_ || !search()) return false;
      const size_t size = groups_[0].size();
      const bool counts = size > 0 || begin() != last_end_;
      at_ = end();
      if (size == 0)
        at_ += at_ < text_.size() ? code_point_bytes(text_, at_) : 1;
      last_end_ = end();
      if (counts) return true;
    }
    return false;
  }

  bool spent() const { return spent_; }
  // Of the match that next() found. A group without a part is empty.
  re2::StringPiece group(size_t i) const { return groups_[i]; }
  size_t begin() const {
    return static_cast<size_t>(groups_[0].data() - text_.data());
  }
  size_t end() const { return begin() + groups_[0].size(); }

 private:
  bool search() {
    const auto groups = static_cast<size_t>(pattern_.NumberOfCapturingGroups());
    return pattern_.Match(piece(text_), at_, text_.size(), re2::RE2::UNANCHORED,
                          groups_.data(),
                          static_cast<int>(std::min(groups + 1, kGroupsMax)));
  }

  const re2::RE2& pattern_;
  std::string_view text_;
  Scratch& scratch_;
  std::array<re2::StringPiece, kGroupsMax> groups_;
  size_t at_ = 0;
  size_t last_end_ = std::string_view::npos;
  bool spent_ = false;
};

// An optional of the capture group, or of the whole when there is none. A
// group that took no part or caught nothing is none.
Value extract(const re2::RE2& pattern, Arguments a, Scratch& scratch) {
  const int groups = pattern.NumberOfCapturingGroups();
  if (groups > 1) return fail(kGroups);
  Matches found(pattern, a[0].as_string(), scratch);
  if (!found.next()) {
    return found.spent() ? fail(kTooManySteps) : Value::of_optional(nullptr);
  }
  const re2::StringPiece part = found.group(static_cast<size_t>(groups));
  if (groups == 1 && part.empty()) return Value::of_optional(nullptr);
  return scratch.make_optional(text_of(part));
}

Value extract_all(const re2::RE2& pattern, Arguments a, Scratch& scratch) {
  const int groups = pattern.NumberOfCapturingGroups();
  if (groups > 1) return fail(kGroups);
  std::vector<Value> parts;
  Matches found(pattern, a[0].as_string(), scratch);
  while (found.next()) {
    const re2::StringPiece part = found.group(static_cast<size_t>(groups));
    if (groups == 0 || !part.empty()) parts.push_back(text_of(part));
  }
  return found.spent() ? fail(kTooManySteps) : scratch.make_list(parts);
}

// --- replace -----------------------------------------------------------------

bool is_rewrite(std::string_view text, int groups) {
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') continue;
    if (++at == text.size()) return false;
    const bool names_group =
        text[at] >= '0' && text[at] - '0' <= groups && text[at] <= '9';
    if (text[at] != '\\' && !names_group) return false;
  }
  return true;
}

// False when the text grows beyond its bound. REQUIRES is_rewrite().
bool append_rewritten(std::string_view rewrite, const Matches& match,
                      std::string& out) {
  for (size_t at = 0; at < rewrite.size(); ++at) {
    if (rewrite[at] != '\\' || rewrite[++at] == '\\') {
      out += rewrite[at];
    } else {
      const auto part = match.group(static_cast<size_t>(rewrite[at] - '0'));
      out.append(part.data(), part.size());
    }
    if (out.size() > kGrowthBytesMax) return false;
  }
  return true;
}

// A negative limit is none.
Value replace_at_most(const re2::RE2& pattern, Arguments a, int64_t limit,
                      Scratch& scratch) {
  const std::string_view text = a[0].as_string();
  const std::string_view rewrite = a[2].as_string();
  if (!is_rewrite(rewrite, pattern.NumberOfCapturingGroups())) {
    return fail(kRewrite);
  }
  std::string out;
  size_t copied = 0;
  Matches found(pattern, text, scratch);
  for (; limit != 0 && found.next(); --limit) {
    out += text.substr(copied, found.begin() - copied);
    copied = found.end();
    if (!append_rewritten(rewrite, found, out)) return fail(kTooBig);
  }
  if (found.spent()) return fail(kTooManySteps);
  return scratch.make_string(out += text.substr(copied));
}

Value replace(const re2::RE2& pattern, Arguments a, Scratch& scratch) {
  return replace_at_most(pattern, a, -1, scratch);
}
Value replace_limited(const re2::RE2& pattern, Arguments a, Scratch& scratch) {
  return replace_at_most(pattern, a, a[3].as_int(), scratch);
}

template <RunPattern kRun>
constexpr FunctionRow row(std::string_view signature) {
  return {signature, on_pattern<kRun>, kRun};
}

constexpr FunctionRow kRows[] = {
    row<matches>("string.matches(string) -> bool"),
    row<matches>("matches(string, string) -> bool"),
    row<extract>("regex.extract(string, string) -> optional(string)"),
    row<extract_all>("regex.extractAll(string, string) -> list(string)"),
    row<replace>("regex.replace(string, string, string) -> string"),
    row<replace_limited>(
        "regex.replace(string, string, string, int) -> string"),
};

constexpr FunctionDoc kDocs[] = {
    {"matches",
     "Whether the pattern matches somewhere in the text; ^ and $ stand for its "
     "ends.",
     "'补卡 13800138000'.matches('^补卡 [0-9]+$')", "true"},
    {"regex.extract",
     "The first match, or what its capture group caught, if there is one; a "
     "pattern has one group at most.",
     "regex.extract('id:123, id:456', r'id:(\\d+)')", "optional.of('123')"},
    {"regex.extractAll",
     "All matches, or what the capture group caught in each; a pattern has one "
     "group at most.",
     "regex.extractAll('id:123, id:456', r'id:\\d+')", "['id:123', 'id:456']"},
    {"regex.replace",
     "The text with its matches replaced, at most as many as a limit says; \\1 "
     "to \\9 stand for capture groups, \\0 for the match.",
     "regex.replace('foo bar', '(fo)o (ba)r', r'\\2 \\1')", "'ba fo'"},
};

}  // namespace

Family regex_functions() {
  return {"Regular expressions (RE2)", kRows, kDocs};
}

}  // namespace cel
