// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scan/stops.h"

// Cuts a regular expression of RE2's syntax into what stands in it, one after
// the other. It reads what patterns are made of in practice; at anything else
// (\x, \Q, [[:alpha:]], named groups, (?U)) it stops, and the caller asks
// RE2. So it must never accept what RE2 refuses.
namespace simwarden {

struct RegexFlags {
  bool fold = false;  // (?i)
  bool line = false;  // (?m)
  bool dot = false;   // (?s)
};

// RE2 refuses more.
inline constexpr uint32_t kRegexCountMax = 1000;

struct RegexCount {
  bool given = false;
  uint32_t least = 1;
  uint32_t most = 1;  // UINT32_MAX: without end
  bool lazy = false;
};

struct RegexAtom {
  enum class Is : uint8_t {
    characters,  // one of `characters`
    wide,        // one of many characters
    edge,        // \b \B
    anchor,      // ^ $ \A \z
  };
  Is is = Is::characters;
  std::vector<std::string> characters;  // UTF-8, as written
  uint32_t width_least = 1;             // of a wide one, bytes
  uint32_t width_most = 4;
  bool inside = false;        // \B
  bool digit = false;         // a wide one: only 0 to 9
  Stops stops = kAnyStop;     // a wide one: no others than these
  uint32_t instructions = 1;  // RE2 needs not more
};

enum class RegexGroup : uint8_t { opened, flags_only, unknown };

class RegexReader {
 public:
  explicit RegexReader(std::string_view pattern) : pattern_(pattern) {}

  size_t at() const { return at_; }
  std::string_view between(size_t begin, size_t end) const {
    return pattern_.substr(begin, end - begin);
  }
  bool at_end() const { return at_ == pattern_.size(); }
  // Up to the next bar, whatever it stands in.
  std::string_view row_ahead() const {
    const std::string_view rest = pattern_.substr(at_);
    return rest.substr(0, rest.find('|'));
  }
  char peek() const { return at_end() ? '\0' : pattern_[at_]; }
  bool take(char c);

  const RegexFlags& flags() const { return flags_; }
  // False once something was read that RE2 may yet refuse: \p{Name}.
  bool sure() const { return sure_; }
  void set_flags(const RegexFlags& flags) { flags_ = flags; }

  // What stands ahead and means itself in every case, up to the last before a
  // count; empty under (?i).
  std::string_view letters_ahead() const;
  // Goes behind `letters`. How many instructions RE2 needs for them, at most.
  uint32_t skip(std::string_view letters);

  // All of these: false (unknown) at what is not read here.
  RegexGroup read_group_head();  // behind '('
  bool read_atom(RegexAtom& atom);
  bool read_count(RegexCount& count);  // `given` is false without one
  bool at_count() const;

 private:
  struct Range {
    uint32_t first;
    uint32_t last;
  };

  bool read_rune(uint32_t& rune);
  bool read_escape(RegexAtom& atom);
  bool read_class(RegexAtom& atom);
  bool read_property(RegexAtom& atom);
  bool read_class_end(uint32_t& rune);
  bool read_braces(RegexCount& count);
  bool read_number(uint32_t& number);
  void put(uint32_t rune, RegexAtom& atom) const;
  bool put(const std::vector<Range>& ranges, bool negated,
           RegexAtom& atom) const;

  std::string_view pattern_;
  size_t at_ = 0;
  RegexFlags flags_;
  bool sure_ = true;
};

}  // namespace simwarden
