// SPDX-License-Identifier: Apache-2.0
// What the eye finds in labelled messages, counted. A program, not a test: the
// sets that it is for are not ours to hand out.
//
//   measure_eye [--region CC] [--list] FILE.jsonl...
//
// A line of a file is {"id", "text", "label"}, perhaps "country", and, where
// somebody marked the messages, "url", "email" and "phone", each "yes" or "no"
// (tests/measure/make_sets writes some from conformance files). Printed are for
// each file and label the messages with a contact of each kind, the agreement
// with the marks, and with --list every contact and every message about which
// the marks disagree.
#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "contact/contact.h"
#include "facts/schema.h"
#include "judge/plan.h"
#include "policy/ruleset.h"
#include "text/views.h"

using namespace simwarden;

namespace {

struct Message {
  std::string id;
  std::string text;
  std::string label;
  std::string country;
  std::array<std::string, 3> marks;  // url email phone
};

constexpr std::array<const char*, 3> kMarks = {"url", "email", "phone"};

std::string text_of(const simdjson::dom::element& row, const char* key) {
  std::string_view value;
  return row[key].get(value) == simdjson::SUCCESS ? std::string(value) : "";
}

std::vector<Message> read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  simdjson::dom::parser parser;
  std::vector<Message> messages;
  for (std::string line; std::getline(in, line);) {
    simdjson::dom::element row;
    if (parser.parse(line).get(row) != simdjson::SUCCESS) continue;
    Message m{text_of(row, "id"),
              text_of(row, "text"),
              text_of(row, "label"),
              text_of(row, "country"),
              {}};
    const std::string subject = text_of(row, "subject");
    if (!subject.empty()) m.text = subject + "\n\n" + m.text;
    for (size_t i = 0; i < kMarks.size(); ++i) {
      m.marks[i] = text_of(row, kMarks[i]);
      std::transform(m.marks[i].begin(), m.marks[i].end(), m.marks[i].begin(),
                     [](unsigned char c) { return std::tolower(c); });
    }
    messages.push_back(std::move(m));
  }
  return messages;
}

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  std::replace(text.begin(), text.end(), '\t', ' ');
  std::replace(text.begin(), text.end(), '\r', ' ');
  return text;
}

class Tally {
 public:
  Tally(const Registry& registry, std::string region, bool list)
      : registry_(registry), region_(std::move(region)), list_(list) {}

  void look_through(const std::string& path) {
    const std::vector<Message> messages = read(path);
    size_t bytes = 0;
    const auto begin = std::chrono::steady_clock::now();
    for (const Message& message : messages) {
      bytes += message.text.size();
      look(message);
    }
    const std::chrono::duration<double> took =
        std::chrono::steady_clock::now() - begin;
    fmt::print("{}: {} messages, {} bytes, {:.1f} MB/s\n", path,
               messages.size(), bytes,
               static_cast<double>(bytes) / 1e6 / took.count());
    print();
  }

 private:
  void look(const Message& message) {
    const Views views = see(message.text);
    const Followable found = find_followable(
        views, registry_, message.country.empty() ? region_ : message.country);
    ++messages_[message.label];
    std::map<std::string, size_t> kinds;
    for (const Contact& contact : found.contacts) {
      ++kinds[contact.kind];
      if (list_) list(message, contact);
    }
    for (const auto& kind : kinds) ++with_[message.label][kind.first];
    if (!kinds.empty()) ++with_[message.label]["any"];
    const std::array<bool, 3> seen = {
        std::any_of(found.links.begin(), found.links.end(),
                    [](const Link& l) {
                      return l.kind != "mail" && l.kind != "phone";
                    }),
        kinds.contains("email"),
        kinds.contains("phone") || kinds.contains("whatsapp")};
    for (size_t i = 0; i < kMarks.size(); ++i) compare(message, i, seen[i]);
  }

  void compare(const Message& message, size_t mark, bool seen) {
    const std::string& told = message.marks[mark];
    if (told != "yes" && told != "no") return;
    ++agreement_[mark][told == "yes"][seen];
    if (!list_ || (told == "yes") == seen) return;
    fmt::print("{}\t{}\t{} {}\t{}\n", message.id, message.label,
               seen ? "only we see" : "we do not see", kMarks[mark],
               one_line(message.text));
  }

  void list(const Message& message, const Contact& contact) const {
    const size_t from = contact.span.begin > 24 ? contact.span.begin - 24 : 0;
    fmt::print(
        "{}\t{}\t{}={}{}{}\t{}\n", message.id, message.label, contact.kind,
        contact.value, contact.disguise.empty() ? "" : "~" + contact.disguise,
        contact.official ? "!" : "",
        one_line(message.text.substr(from, contact.span.end + 24 - from)));
  }

  void print() {
    for (const auto& [label, count] : messages_) {
      std::string kinds;
      for (const auto& [kind, with] : with_[label]) {
        kinds += fmt::format(" {} {}", kind, with);
      }
      fmt::print("  {}: {} messages, with contact:{}\n",
                 label.empty() ? "-" : label, count, kinds);
    }
    for (size_t i = 0; i < kMarks.size(); ++i) {
      const auto& a = agreement_[i];
      if (a[0][0] + a[0][1] + a[1][0] + a[1][1] == 0) continue;
      fmt::print("  {}: both {}, neither {}, only marked {}, only seen {}\n",
                 kMarks[i], a[1][1], a[0][0], a[1][0], a[0][1]);
    }
    messages_.clear();
    with_.clear();
    agreement_ = {};
  }

  const Registry& registry_;
  std::string region_;
  bool list_;
  std::map<std::string, size_t> messages_;
  std::map<std::string, std::map<std::string, size_t>> with_;
  // By mark; marked or not; seen or not.
  std::array<std::array<std::array<size_t, 2>, 2>, 3> agreement_{};
};

std::shared_ptr<const Ruleset> shipped(const FactSchema& schema) {
  LoadOptions options;
  options.paths = {SIMWARDEN_SOURCE_DIR "/policies"};
  options.request_facts = &schema.environment(Kind::request);
  options.message_facts = &schema.environment(Kind::message);
  options.schema_slots = schema.slots();
  Issues issues;
  const auto ruleset = load_ruleset(*disk_files(), options, issues);
  return ruleset ? *ruleset : nullptr;
}

}  // namespace

int main(int argc, char** argv) {
  const FactSchema schema;
  const auto ruleset = shipped(schema);
  if (ruleset == nullptr) return 2;
  const Registry registry = make_registry(*ruleset);
  std::string region;
  bool list = false;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--list") {
      list = true;
    } else if (argument == "--region" && i + 1 < argc) {
      region = argv[++i];
    } else {
      Tally(registry, region, list).look_through(argument);
    }
  }
  return 0;
}
