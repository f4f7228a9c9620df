// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "lists/word_set.h"

namespace simwarden {

class LookalikeIndex;
class PhraseWeights;

// Official contacts and lists of the ruleset, for the eye. A plain value;
// hosts and handles lower case, hosts in punycode, numbers digits only with
// an optional leading "+".
struct Registry {
  WordSet official_domains;   // registrable domains
  WordSet official_hosts;     // exact hosts
  WordSet official_hotlines;  // "10086", "+18005550100"
  WordSet official_handles;   // "telegram:demo_operator"
  WordSet shorteners;
  WordSet free_hosting;
  WordSet image_hosts;
  // Brand token ("chinamobile", "10086") -> the official domain it stands for.
  std::unordered_map<std::string, std::string> brands;
  // Short brands that need a telecom word beside them ("ee", "o2", "three").
  WordSet short_brands;
  // Hosts of throw-away mail addresses.
  WordSet disposable_mail;
  // Of scams, for the likeness of a text; null without such a list.
  std::shared_ptr<const PhraseWeights> scam_phrases;
  // What prepare() made of the lists above.
  std::shared_ptr<const LookalikeIndex> lookalikes;
};

// Makes the names ready to be compared with hosts. To be called when the lists
// are full; without it, each link costs time in proportion to the lists.
void prepare(Registry& registry);

}  // namespace simwarden
