// SPDX-License-Identifier: Apache-2.0
// Patterns (a line each, up to a line of equals signs) over a text: with the
// prefilter and without it the hits are the same.
#include "fuzz/input.h"
#include "scan/scanner.h"

using namespace simwarden;

namespace {

// More patterns only make the fuzzer slow.
constexpr size_t kPatternsMax = 16;

std::vector<std::string> patterns_of(std::string_view lines) {
  std::vector<std::string> patterns;
  while (!lines.empty() && patterns.size() < kPatternsMax) {
    const size_t end = std::min(lines.find('\n'), lines.size());
    std::string pattern(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (Pattern(pattern).error().empty()) {
      patterns.push_back(std::move(pattern));
    }
  }
  return patterns;
}

// Whether and where are asked of different automata.
std::vector<Hit> hits_of(const std::vector<std::string>& patterns,
                         std::string_view text, bool prefilter) {
  const auto scanner = build_scanner(patterns, {.prefilter = prefilter});
  const auto scratch = scanner->make_scratch();
  std::vector<Hit> hits;
  scanner->scan(text, *scratch, hits);
  size_t matching = 0;
  for (const uint32_t pattern : scanner->look(text, *scratch)) {
    matching += scanner->matches(pattern, *scratch);
  }
  CHECK(matching == hits.size(), "a match has a place");
  return hits;
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto parts = fuzz::parts_of(fuzz::as_text(data, size), 2);
  const std::vector<std::string> patterns = patterns_of(parts[0]);
  const auto fast = hits_of(patterns, parts[1], true);
  const auto slow = hits_of(patterns, parts[1], false);
  CHECK(fast.size() == slow.size(), "as many hits");
  for (size_t i = 0; i < fast.size(); ++i) {
    CHECK(fast[i].pattern == slow[i].pattern &&
              fast[i].begin == slow[i].begin && fast[i].end == slow[i].end,
          "the same hit");
    CHECK(fast[i].begin <= fast[i].end && fast[i].end <= parts[1].size(),
          "inside the text");
  }
  return 0;
}
