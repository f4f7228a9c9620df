// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/tally.h"
#include "intake/intake.h"
#include "policy/ruleset.h"
#include "terminal/terminal.h"
#include "windows/window_counts.h"

// What a run says at its end, to a person.
namespace simwarden {

struct RunFigures {
  double seconds = 0;
  std::string output;    // where the verdicts went; "" for stdout
  std::string db;        // "" for none
  std::string policies;  // "contact-and-link@1.0.0, …"
};

// A source: "requests.jsonl: seen 70 = judged 69 + unreadable 1 + duplicate 0".
// Says so when the counts do not add up or the source is not whole; below it
// stands the first row that cannot be read.
std::string completeness_line(const SourceTally& counts,
                              std::string_view language = "en");

// Which row cannot be read, and why: "line 17: J102 a key in quotes is
// missing".
std::string line_about(const BadRow& bad);

// How the source's bytes were read: "inbox.txt: read as gb18030 (detected,
// confidence 100)", with what is odd about it. Empty for UTF-8.
std::string decoding_line(const std::string& name, const Decoding& decoding);
// The same of all sources, a line each; those that are alike and not odd are
// one: "a.csv and 348 more: read as windows-1252 (detected, confidence 71 to
// 100)".
std::string decoding_lines(const std::vector<SourceTally>& sources);

// What of windows was not exact, a line each; "" when everything was.
std::string window_lines(const WindowFigures& figures);
// Whether texts or patterns had to do with less memory than they asked for, and
// were answered the slow way. Empty when none had.
std::string scan_memory_line(const Ruleset& ruleset);

// Counts by action, top rules, the worst records with reasons and the next
// step, the rate, and where everything lies. In the language of the reasons.
std::string summary(const Tally& tally, const std::vector<SourceTally>& sources,
                    const RunFigures& figures, const Paint& paint,
                    std::string_view language);

}  // namespace simwarden
