// SPDX-License-Identifier: Apache-2.0
#include "door/doors.h"

#include <algorithm>

namespace simwarden {
namespace {

constexpr std::string_view kHttpKeys[] = {"kind"};
constexpr std::string_view kMailKeys[] = {"answers", "authserv_id"};
constexpr std::string_view kLearningMailKeys[] = {"answers", "authserv_id",
                                                  "learn"};
constexpr std::string_view kJasminKeys[] = {"alphabet"};
constexpr std::string_view kKannelKeys[] = {"replies"};

// A mail server keeps its connection while its own client is slow: Sendmail
// waits an hour for a command (libmilter 7210 s), Postfix keeps one to a
// policy service for 1,000 s.
constexpr std::chrono::minutes kMilterIdle{121};
constexpr std::chrono::minutes kPostfixIdle{20};

constexpr DoorRow kDoors[] = {
    {.name = "http",
     .doc = "HTTP/1.1 with JSON: /v1/screen and what belongs to it",
     .manual = "serve",
     .converse = converse_http,
     .refuse = refuse_http,
     .own_keys = kHttpKeys,
     .takes_country = false},
    {.name = "rspamd",
     .doc = "rspamd's HTTP: /checkv2 and the paths of its controller",
     .manual = "serve_rspamd",
     .converse = converse_rspamd,
     .refuse = refuse_rspamd,
     .own_keys = kLearningMailKeys},
    {.name = "spamd",
     .doc = "SpamAssassin's SPAMC/1.2 to 1.5",
     .manual = "serve_spamd",
     .converse = converse_spamd,
     .refuse = refuse_spamd,
     .own_keys = kLearningMailKeys,
     .takes_tokens = false},
    {.name = "rspamc",
     .doc = "RSPAMC/1.3: Exim's variant=rspamd",
     .manual = "serve_rspamd",
     .converse = converse_rspamc,
     .refuse = refuse_rspamc,
     .own_keys = kMailKeys,
     .takes_tokens = false},
    {.name = "milter",
     .doc = "a mail filter of Postfix or Sendmail",
     .manual = "serve_milter",
     .converse = converse_milter,
     .refuse = refuse_milter,
     .own_keys = kMailKeys,
     .takes_tokens = false,
     .idle = kMilterIdle},
    {.name = "postfix_policy",
     .doc = "Postfix' check_policy_service: envelopes only",
     .manual = "serve_milter",
     .converse = converse_postfix_policy,
     .refuse = refuse_postfix_policy,
     .own_keys = kMailKeys,
     .takes_tokens = false,
     .idle = kPostfixIdle},
    // What a telephone asks about is its owner's: nothing else is done with it.
    {.name = "ios",
     .doc = "the message filter of iOS",
     .manual = "serve_sms",
     .converse = converse_ios,
     .refuse = refuse_http,
     .keeps = false},
    {.name = "jasmin",
     .doc = "the SMS gateway Jasmin: deliveries and interceptors",
     .manual = "serve_sms",
     .converse = converse_jasmin,
     .refuse = refuse_http,
     .own_keys = kJasminKeys},
    {.name = "kannel",
     .doc = "the SMS gateway Kannel: get-url of an sms-service",
     .manual = "serve_sms",
     .converse = converse_kannel,
     .refuse = refuse_http,
     .own_keys = kKannelKeys},
    {.name = "tg_spam",
     .doc = "tg-spam's /check, for bots of chats",
     .manual = "serve_sms",
     .converse = converse_tg_spam,
     .refuse = refuse_http},
};

}  // namespace

bool DoorRow::has_key(std::string_view key) const {
  return std::find(own_keys.begin(), own_keys.end(), key) != own_keys.end();
}

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
