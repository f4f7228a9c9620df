// SPDX-License-Identifier: Apache-2.0
#include "door/doors.h"

namespace simwarden {
namespace {

constexpr DoorRow kDoors[] = {
    {"http", "HTTP/1.1 with JSON: /v1/screen and what belongs to it",
     converse_http, refuse_http},
    {"rspamd", "rspamd's HTTP: /checkv2 and the paths of its controller",
     converse_rspamd, refuse_rspamd},
    {"spamd", "SpamAssassin's SPAMC/1.2 to 1.5", converse_spamd, refuse_spamd},
    {"rspamc", "RSPAMC/1.3: Exim's variant=rspamd", converse_rspamc,
     refuse_rspamc},
    {"milter", "a mail filter of Postfix or Sendmail", converse_milter,
     refuse_milter},
    {"postfix_policy", "Postfix' check_policy_service: envelopes only",
     converse_postfix_policy, refuse_postfix_policy},
    {"ios", "the message filter of iOS", converse_ios, refuse_http},
    {"jasmin", "the SMS gateway Jasmin: deliveries and interceptors",
     converse_jasmin, refuse_http},
    {"kannel", "the SMS gateway Kannel: get-url of an sms-service",
     converse_kannel, refuse_http},
    {"tg_spam", "tg-spam's /check, for bots of chats", converse_tg_spam,
     refuse_http},
};

}  // namespace

std::span<const DoorRow> doors() {
  return kDoors;
}

const DoorRow* find_door(std::string_view name) {
  for (const DoorRow& row : kDoors) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::vector<std::string> door_names() {
  std::vector<std::string> names;
  for (const DoorRow& row : kDoors) names.emplace_back(row.name);
  return names;
}

}  // namespace simwarden
