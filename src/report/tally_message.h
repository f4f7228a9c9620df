// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "report/places.h"
#include "report/records.h"

namespace simwarden {

// The facts that are read of messages, in order.
std::vector<std::string> facts_of_messages();

// Counts languages, transports, contacts and links of messages.
class MessageTally {
 public:
  // `numbers` outlives it. `facts_begin`: where facts_of_messages() begin
  // among the facts of the lines.
  MessageTally(MessageNumbers& numbers, size_t facts_begin);
  MessageTally(const MessageTally&) = delete;
  MessageTally& operator=(const MessageTally&) = delete;
  ~MessageTally() = default;

  void add(const KeptLine& facts, const WalkedVerdict& verdict);

 private:
  using Counts = Places<ActionCounts>;
  // Once a record, however often it has the value.
  void count(Counts& counts, std::string_view value) const;
  void add_contacts(const KeptLine& facts);
  void add_links(const KeptLine& facts);
  void add_lookalikes(const KeptLine& facts);

  MessageNumbers& numbers_;
  size_t begin_;
  Counts languages_;
  Counts transports_;
  Counts contacts_;
  Counts link_signs_;
  Counts lookalikes_;
  // Of the record at hand.
  Action action_ = Action::pass;
  uint64_t record_ = 0;
};

}  // namespace simwarden
