// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "door/service.h"
#include "door/wire.h"

// The table of doors: a protocol is one file and one row. What the settings of
// such a door may say stands in the row, too; docs/serve.md prints it (test
// `door`).
namespace simwarden {

// Talks until the other side has nothing more, or must not go on.
using Conversation = Task<void> (*)(Wire& wire,
                                    const ListenerSettings& settings,
                                    Service& service);

struct DoorRow {
  std::string_view name = {};    // `door:` in the settings
  std::string_view doc = {};     // one line for the manual
  std::string_view manual = {};  // its page in docs/, without ".md"
  Conversation converse = nullptr;
  Conversation refuse = nullptr;  // says that there are too many
  // Keys of the settings that not every door has.
  std::span<const std::string_view> own_keys = {};
  bool takes_country = true;  // else its records say it
  bool takes_tokens = true;   // else its protocol has no place for one
  bool keeps = true;          // unless `keep` says otherwise
  // How long a connection may say nothing between two requests.
  std::chrono::milliseconds idle = DoorTimeouts().idle;

  bool has_key(std::string_view key) const;
};

std::span<const DoorRow> doors();
// Nullptr: there is none of that name.
const DoorRow* find_door(std::string_view name);
std::vector<std::string> door_names();

// Rows.
Task<void> converse_http(Wire& wire, const ListenerSettings& settings,
                         Service& service);
Task<void> refuse_http(Wire& wire, const ListenerSettings& settings,
                       Service& service);
Task<void> converse_rspamd(Wire& wire, const ListenerSettings& settings,
                           Service& service);
Task<void> refuse_rspamd(Wire& wire, const ListenerSettings& settings,
                         Service& service);
Task<void> converse_spamd(Wire& wire, const ListenerSettings& settings,
                          Service& service);
Task<void> refuse_spamd(Wire& wire, const ListenerSettings& settings,
                        Service& service);
Task<void> converse_rspamc(Wire& wire, const ListenerSettings& settings,
                           Service& service);
Task<void> refuse_rspamc(Wire& wire, const ListenerSettings& settings,
                         Service& service);
Task<void> converse_milter(Wire& wire, const ListenerSettings& settings,
                           Service& service);
Task<void> refuse_milter(Wire& wire, const ListenerSettings& settings,
                         Service& service);
Task<void> converse_postfix_policy(Wire& wire, const ListenerSettings& settings,
                                   Service& service);
Task<void> refuse_postfix_policy(Wire& wire, const ListenerSettings& settings,
                                 Service& service);
Task<void> converse_ios(Wire& wire, const ListenerSettings& settings,
                        Service& service);
Task<void> converse_jasmin(Wire& wire, const ListenerSettings& settings,
                           Service& service);
Task<void> converse_kannel(Wire& wire, const ListenerSettings& settings,
                           Service& service);
Task<void> converse_tg_spam(Wire& wire, const ListenerSettings& settings,
                            Service& service);

}  // namespace simwarden
