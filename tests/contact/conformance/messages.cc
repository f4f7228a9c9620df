// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <fstream>
#include <map>
#include <set>

#include <fmt/format.h>
#include <simdjson.h>

#include "contact/conformance/report.h"
#include "contact/conformance/shipped.h"
#include "contact/contact.h"

// Labelled messages against the shipped lists: how many hold a contact of each
// kind, and how many a link that is said to imitate somebody. Among ham each
// look-alike is false, or an operator's host that the lists do not know.
//
// A line is {"id", "text", "label"}, perhaps "subject", "country" and, where
// somebody marked the messages, "url", "email" and "phone", each "yes" or "no"
// (make_sets writes some from files of others): agreement with the marks is
// counted, too.
namespace simwarden::conformance {
namespace {

constexpr std::array<std::string_view, 3> kMarks = {"url", "email", "phone"};
constexpr size_t kContextBytes = 24;

struct Message {
  std::string id;
  std::string text;
  std::string label;
  std::string country;
  std::array<std::string, kMarks.size()> marks;
};

std::string text_of(const simdjson::dom::element& row, std::string_view key) {
  std::string_view value;
  return row[key].get(value) == simdjson::SUCCESS ? std::string(value) : "";
}

Message message_of(const simdjson::dom::element& row) {
  Message m{text_of(row, "id"),
            text_of(row, "text"),
            text_of(row, "label"),
            text_of(row, "country"),
            {}};
  const std::string subject = text_of(row, "subject");
  if (!subject.empty()) m.text = subject + "\n\n" + m.text;
  if (m.label.empty()) m.label = "unknown";
  for (size_t i = 0; i < kMarks.size(); ++i) {
    m.marks[i] = text_of(row, kMarks[i]);
    std::transform(m.marks[i].begin(), m.marks[i].end(), m.marks[i].begin(),
                   [](unsigned char c) { return std::tolower(c); });
  }
  return m;
}

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
  return text;
}

class Tally {
 public:
  explicit Tally(Report& report) : report_(report) {}

  void look(const Message& message) {
    const std::string_view region =
        message.country.empty() ? report_.region() : message.country;
    const Followable found =
        find_followable(see(message.text), registry_, region);
    Count& count = counts_[message.label];
    ++count.messages;
    count.links += found.links.size();
    look_at_links(message, found, count);
    look_at_contacts(message, found, count);
  }

  void print(size_t bytes, double seconds) {
    report_.figure(
        fmt::format("{:.1f} MB/s", static_cast<double>(bytes) / 1e6 / seconds));
    for (const auto& [label, count] : counts_) {
      std::string kinds;
      for (const auto& [kind, with] : count.with) {
        kinds += fmt::format(" {} {}", kind, with);
      }
      report_.figure(
          fmt::format("{}: {} messages, {} links, {} with a look-alike, with "
                      "contact:{}",
                      label, count.messages, count.links, count.flagged,
                      kinds.empty() ? " 0" : kinds));
    }
  }

 private:
  struct Count {
    size_t messages = 0;
    size_t links = 0;
    size_t flagged = 0;
    std::map<std::string, size_t> with;  // messages by kind of contact
  };

  void look_at_links(const Message& message, const Followable& found,
                     Count& count) {
    bool flagged = false;
    bool link = false;
    for (const Link& one : found.links) {
      link = link || (one.kind != "mail" && one.kind != "phone");
      if (one.lookalike_of.empty()) continue;
      flagged = true;
      report_.differ(message.label, "look-alike: " + one.lookalike_reason,
                     one.url + " of " + one.lookalike_of);
    }
    count.flagged += flagged ? 1 : 0;
    if (!flagged) report_.pass(message.label);
    compare(message, 0, link);
  }

  void look_at_contacts(const Message& message, const Followable& found,
                        Count& count) {
    std::set<std::string> kinds;
    for (const Contact& one : found.contacts) {
      kinds.insert(one.kind);
      report_.differ(message.label + ", contacts", one.kind,
                     told(message, one));
    }
    if (kinds.empty()) report_.pass(message.label + ", contacts");
    for (const std::string& kind : kinds) ++count.with[kind];
    if (!kinds.empty()) ++count.with["any"];
    compare(message, 1, kinds.contains("email"));
    compare(message, 2, kinds.contains("phone") || kinds.contains("whatsapp"));
  }

  static std::string told(const Message& message, const Contact& contact) {
    const size_t from = contact.span.begin > kContextBytes
                            ? contact.span.begin - kContextBytes
                            : 0;
    const size_t size = contact.span.end + kContextBytes - from;
    return fmt::format("{} {}{}{}  {}", message.id, contact.value,
                       contact.disguise.empty() ? "" : "~" + contact.disguise,
                       contact.official ? "!" : "",
                       one_line(message.text.substr(from, size)));
  }

  void compare(const Message& message, size_t mark, bool seen) {
    const std::string& told = message.marks[mark];
    if (told != "yes" && told != "no") return;
    const std::string part = fmt::format("marked {}", kMarks[mark]);
    if ((told == "yes") == seen) return report_.pass(part);
    report_.differ(part, seen ? "only seen" : "only marked",
                   message.id + " " + one_line(message.text));
  }

  Report& report_;
  const Registry registry_ = shipped_registry();
  std::map<std::string, Count> counts_;
};

}  // namespace

void run_messages(const std::filesystem::path& file, Report& report) {
  Tally tally(report);
  std::ifstream in(file);
  simdjson::dom::parser parser;
  size_t bytes = 0;
  std::chrono::duration<double> took{};
  for (std::string line; std::getline(in, line);) {
    simdjson::dom::element row;
    std::string_view text;
    if (parser.parse(line).get(row) != simdjson::SUCCESS ||
        row["text"].get(text) != simdjson::SUCCESS) {
      report.differ("messages", "cannot be read", line.substr(0, 60));
      continue;
    }
    const Message message = message_of(row);
    bytes += message.text.size();
    const auto begin = std::chrono::steady_clock::now();
    tally.look(message);
    took += std::chrono::steady_clock::now() - begin;
  }
  tally.print(bytes, took.count());
}

}  // namespace simwarden::conformance
