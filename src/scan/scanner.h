// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"
#include "scan/memory.h"
#include "scan/pattern.h"

// Many regular expressions over one text: which of them match, and where.
// All expressions are RE2's syntax, case-sensitive unless they say (?i)
// (views are case-folded already), UTF-8.
namespace simwarden {

struct Hit {
  uint32_t pattern;  // index in the order of add()
  uint32_t begin;    // bytes of the scanned text; the first match
  uint32_t end;
};

struct ScanOptions {
  bool prefilter = true;  // off: every pattern one by one; same answer
  // Of all scanners that share it; null: kScanMemoryMax for this one.
  std::shared_ptr<ScanMemory> memory = nullptr;
};

// Expressions are compiled at their first question: a scanner of a thousand
// patterns takes a few megabytes until then.
// Immutable after build(); safe for many threads, each with its own scratch.
class Scanner {
 public:
  struct Scratch;  // of one thread, and of one text at a time
  virtual ~Scanner() = default;
  virtual size_t size() const = 0;

  // The patterns that may match, in order of index; no other one does. Bytes
  // that are not UTF-8 match nothing. Time is linear in the text. What is
  // returned, and the two questions below, hold until the next look with the
  // same scratch. REQUIRES: text.size() <= kScanBytesMax, and it stays.
  virtual std::span<const uint32_t> look(std::string_view text,
                                         Scratch& scratch) const = 0;
  // Whether one of these does: several times as much as the look asks for all,
  // so ask where the answer counts. REQUIRES: look() named the pattern.
  virtual bool matches(uint32_t pattern, const Scratch& scratch) const = 0;
  // Its leftmost match; up to twice as much. REQUIRES: as above.
  virtual std::optional<Hit> first_match(uint32_t pattern,
                                         const Scratch& scratch) const = 0;

  // All of it: every pattern that matches, in order of index, with its leftmost
  // match. Replaces what `hits` held. REQUIRES: as look() does.
  void scan(std::string_view text, Scratch& scratch,
            std::vector<Hit>& hits) const;
  // Every match of one pattern, from left to right, not overlapping, at most
  // `max`: for asking what stands near what. An empty match moves on by one
  // character. Time: up to one walk of the text a match, so keep `max` small.
  // REQUIRES: pattern < size().
  virtual void find_all(uint32_t pattern, std::string_view text, size_t max,
                        std::vector<Hit>& hits) const = 0;
  virtual std::unique_ptr<Scratch, void (*)(Scratch*)> make_scratch() const = 0;
  // How many texts the automaton of the patterns without words had no memory
  // for; they were answered pattern by pattern. Grows.
  virtual uint64_t exhausted() const = 0;
  // What its expressions may take, patterns and alternatives of them: how many
  // got less than half of what they asked for, and may be slower.
  virtual const ScanMemory& memory() const = 0;
};

// Offsets are 32 bits; and nobody reads a text of 1 GiB.
inline constexpr size_t kScanBytesMax = size_t{1} << 30;

// Bytes of a compiled pattern's program; bigger ones are refused, because a
// counted repeat over a Unicode class can take megabytes.
inline constexpr int64_t kPatternMemoryMax = int64_t{8} << 20;

// Whether a pattern is run only where a literal of its own, digits enough or a
// mark that it needs is in the text. REQUIRES: it has no error.
bool waits(const Pattern& pattern);

// How long RE2's program of a pattern's text is: a step of a text that is
// scanned can take so many instructions. Compiles it, which is most of what it
// costs to look at a pattern. REQUIRES: it passed pattern_error().
int instructions_of(const std::string& pattern);

// REQUIRES: no pattern has an error. Keeps no shape of them.
std::unique_ptr<const Scanner> build_scanner(
    const std::vector<Pattern>& patterns, const ScanOptions& options = {});
// The same, of texts that were not read before.
std::unique_ptr<const Scanner> build_scanner(
    const std::vector<std::string>& texts, const ScanOptions& options = {});

}  // namespace simwarden
