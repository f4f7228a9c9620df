// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "privacy/secrets.h"
#include "record/verdict.h"
#include "terminal/terminal.h"

// Verdicts as pictures for a person: the text with its flagged spans, the
// points and how they add up, the next step.
namespace simwarden {

// A span of a text that a finding stands on.
struct Mark {
  uint32_t begin;
  uint32_t end;
  std::string severity;
};

// `text` masked, also what `secrets` of it say, with the marked spans
// underlined in colour, or, without colours, with a line of carets below. A
// long text shows only the lines that have marks and what stands beside them.
std::string draw_text(std::string_view text, const std::vector<Mark>& marks,
                      const Paint& paint, std::span<const Secret> secrets = {});

using FamilyTitles = std::map<std::string, std::string>;

// What is not in a verdict and is shown with it.
struct BesideVerdict {
  std::string_view language = "en";  // of the labels ("en", "zh")
  // What families are called in it, by name; others are shown by that.
  FamilyTitles families = {};
  // What rules could not be decided without; of others only the id is shown.
  std::vector<OpenRule> open = {};
};

// Everything but the text: action, findings, arithmetic, what is not known
// and what would bring the action down. Nothing in it steers a terminal, and
// no text has a line of its own: a stored verdict is what somebody wrote.
std::string draw_verdict(const Verdict& told, std::string_view profile,
                         const Paint& paint, const BesideVerdict& beside = {});

}  // namespace simwarden
