// SPDX-License-Identifier: Apache-2.0
#include "report/tally_message.h"

#include <algorithm>

namespace simwarden {
namespace {

// Places in facts_of_messages().
enum Fact : size_t {
  kTransport,
  kLanguage,
  kContactKind,
  kContactOfficial,
  kLinkHost,
  kLinkLookalike,
  kSigns,  // one of each of kLinkSigns
};

// What a link is, as docs/facts.md names it.
constexpr std::array<std::string_view, 7> kLinkSigns = {
    "official", "shortener",    "image_host", "free_hosting",
    "is_ip",    "mixed_script", "disguised"};

// A message has few; a flood of them is one sign.
constexpr size_t kItemsMax = 100;

std::string_view text_of(const KeptFact& fact) {
  return fact.is_text() ? fact.text : std::string_view();
}

}  // namespace

std::vector<std::string> facts_of_messages() {
  std::vector<std::string> names = {"transport",       "language",
                                    "contacts[].kind", "contacts[].official",
                                    "links[].host",    "links[].lookalike_of"};
  for (const std::string_view sign : kLinkSigns) {
    names.push_back("links[]." + std::string(sign));
  }
  return names;
}

MessageTally::MessageTally(MessageNumbers& numbers, size_t facts_begin)
    : numbers_(numbers),
      begin_(facts_begin),
      languages_(numbers.languages, kChoicesMax),
      transports_(numbers.transports, kChoicesMax),
      contacts_(numbers.contacts, kChoicesMax),
      link_signs_(numbers.link_signs, kChoicesMax),
      lookalikes_(numbers.lookalikes, kLookalikesMax) {}

void MessageTally::count(Counts& counts, std::string_view value) const {
  auto& place = counts.find(value);
  if (place.record == record_) return;
  place.record = record_;
  ++place.value->by[size_t(action_)];
}

void MessageTally::add(const KeptLine& facts, const WalkedVerdict& verdict) {
  ++record_;
  ++numbers_.known;
  action_ = verdict.action;
  count(transports_, text_of(facts.fact(begin_ + kTransport)));
  count(languages_, text_of(facts.fact(begin_ + kLanguage)));
  add_contacts(facts);
  add_links(facts);
  add_lookalikes(facts);
}

void MessageTally::add_contacts(const KeptLine& facts) {
  const auto kinds = facts.items(begin_ + kContactKind);
  const auto official = facts.items(begin_ + kContactOfficial);
  for (size_t i = 0; i < std::min(kinds.size(), kItemsMax); ++i) {
    count(contacts_, official[i].is_true() ? "official" : text_of(kinds[i]));
  }
}

void MessageTally::add_links(const KeptLine& facts) {
  const size_t links = facts.items(begin_ + kLinkHost).size();
  if (links > 0) count(link_signs_, "any");
  for (size_t sign = 0; sign < kLinkSigns.size(); ++sign) {
    for (const KeptFact& fact : facts.items(begin_ + kSigns + sign)) {
      if (fact.is_true()) count(link_signs_, kLinkSigns[sign]);
    }
  }
}

void MessageTally::add_lookalikes(const KeptLine& facts) {
  const auto hosts = facts.items(begin_ + kLinkHost);
  const auto of = facts.items(begin_ + kLinkLookalike);
  for (size_t i = 0; i < std::min(of.size(), kItemsMax); ++i) {
    const std::string_view imitated = text_of(of[i]);
    if (imitated.empty()) continue;
    count(link_signs_, "lookalike");
    count(lookalikes_,
          std::string(text_of(hosts[i])) + "\n" + std::string(imitated));
  }
}

}  // namespace simwarden
