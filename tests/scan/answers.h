// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

#include "scan/scanner.h"

// What scanners answer, as text that a row of a table can hold.
namespace simwarden {

inline std::string show(const std::vector<Hit>& hits) {
  std::string out;
  for (const Hit& hit : hits) {
    out += std::to_string(hit.pattern) + ":" + std::to_string(hit.begin) + "-" +
           std::to_string(hit.end) + " ";
  }
  return out;
}

inline std::string scan_once(const Scanner& scanner, std::string_view text) {
  const auto scratch = scanner.make_scratch();
  std::vector<Hit> hits;
  scanner.scan(text, *scratch, hits);
  return show(hits);
}

// What RE2 alone says, with no code of ours between.
inline std::string plain_answer(const std::vector<std::string>& patterns,
                                std::string_view text) {
  std::vector<Hit> hits;
  for (size_t i = 0; i < patterns.size(); ++i) {
    const re2::RE2 expression(patterns[i]);
    re2::StringPiece found;
    if (!expression.Match(text, 0, text.size(), re2::RE2::UNANCHORED, &found,
                          1)) {
      continue;
    }
    const uint32_t begin = uint32_t(found.data() - text.data());
    hits.push_back({uint32_t(i), begin, begin + uint32_t(found.size())});
  }
  return show(hits);
}

// Every pattern in a scanner of its own.
inline std::string one_by_one(const std::vector<std::string>& patterns,
                              std::string_view text) {
  std::vector<Hit> all;
  for (size_t i = 0; i < patterns.size(); ++i) {
    const auto scanner = build_scanner({patterns[i]});
    const auto scratch = scanner->make_scratch();
    std::vector<Hit> hits;
    scanner->scan(text, *scratch, hits);
    for (const Hit& hit : hits)
      all.push_back({uint32_t(i), hit.begin, hit.end});
  }
  return show(all);
}

}  // namespace simwarden
