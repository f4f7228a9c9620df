// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "door/service.h"
#include "door/wire.h"

// The table of doors: a protocol is one file and one row.
namespace simwarden {

// Talks until the other side has nothing more, or must not go on.
using Conversation = Task<void> (*)(Wire& wire,
                                    const ListenerSettings& settings,
                                    Service& service);

struct DoorRow {
  std::string_view name;  // `door:` in the settings
  std::string_view doc;   // one line for the manual
  Conversation converse;
  Conversation refuse;  // says that there are too many
};

std::span<const DoorRow> doors();
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
