// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "judge/judge.h"
#include "policy/ruleset.h"

// Which rules wait for figures over many records, where nobody counts them.
namespace simwarden {

// By rule: for each window that it or a waiver of it reads, the slot of the
// record's own counter, if there is one.
using WindowReaders =
    std::map<std::string, std::vector<std::optional<uint32_t>>>;
WindowReaders window_readers(const Ruleset& ruleset);

// Of the record that `judge` has judged last without any count: the rules that
// could come out otherwise with one. A sign that hits or is clear does so
// whatever was counted. REQUIRES: that record still lives.
std::set<std::string> waiting_for_counts(Judge& judge,
                                         const WindowReaders& readers);

}  // namespace simwarden
