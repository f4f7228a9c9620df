// SPDX-License-Identifier: Apache-2.0
#include <map>

#include <fmt/format.h>
#include <simdjson.h>

#include "contact/conformance/report.h"
#include "contact/conformance/shipped.h"
#include "contact/contact.h"

// Labelled messages against the shipped lists: how many hold a link that is
// said to imitate somebody. Among ham each is false, or an operator's host
// that the lists do not know.
namespace simwarden::conformance {

void run_messages(const std::filesystem::path& file, Report& report) {
  struct Count {
    size_t messages = 0;
    size_t links = 0;
    size_t flagged = 0;
  };
  const Registry registry = shipped_registry();
  std::map<std::string, Count> counts;
  std::ifstream in(file);
  simdjson::dom::parser parser;
  for (std::string line; std::getline(in, line);) {
    simdjson::dom::element row;
    std::string_view text;
    std::string_view label = "unknown";
    if (parser.parse(line).get(row) != simdjson::SUCCESS ||
        row["text"].get(text) != simdjson::SUCCESS) {
      report.differ("messages", "cannot be read", line.substr(0, 60));
      continue;
    }
    if (row["label"].get(label) != simdjson::SUCCESS) label = "unknown";
    Count& count = counts[std::string(label)];
    ++count.messages;
    bool flagged = false;
    for (const Link& link : find_followable(see(text), registry, "").links) {
      ++count.links;
      if (link.lookalike_of.empty()) continue;
      flagged = true;
      report.differ(label, link.lookalike_reason,
                    link.url + " of " + link.lookalike_of);
    }
    if (flagged) {
      ++count.flagged;
    } else {
      report.pass(label);
    }
  }
  for (const auto& [label, count] : counts) {
    report.figure(fmt::format("{}: {} messages, {} links, {} with a look-alike",
                              label, count.messages, count.links,
                              count.flagged));
  }
}

}  // namespace simwarden::conformance
