// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "door/mail_judging.h"

// The two line protocols of spam filters, as texts: SPAMC/1.2 to 1.5 of
// SpamAssassin (spamd/PROTOCOL) and RSPAMC/1.3, which Exim speaks to rspamd.
// Pure; any thread.
namespace simwarden {

// "CHECK SPAMC/1.5" and its fields; the body follows.
struct SpamRequest {
  std::string command;  // as it came: "CHECK"
  uint32_t minor = 0;   // of the version: 5
  struct Field {
    std::string name;
    std::string value;
  };
  std::vector<Field> fields;
  std::optional<uint64_t> length;  // Content-length

  // The first field of that name, in any case; empty when there is none.
  std::string_view field(std::string_view name) const;
};

// Where the head ends: behind the first empty line; npos when it has none yet.
size_t spam_head_end(std::string_view bytes);

// What is wrong is said as spamd says it.
struct SpamHead {
  std::optional<SpamRequest> request;
  std::string wrong;
};
// `protocol`: "SPAMC" or "RSPAMC". Lines end with LF or CR LF.
SpamHead read_spam_head(std::string_view head, std::string_view protocol);
// More lines than any client sends; each could be a recipient.
inline constexpr size_t kSpamFieldsMax = 10'000;

// What SPAMC tells of an answer, by the profile's scores.
struct SpamVerdict {
  bool spam = false;
  double score = 0;
  double required = 0;
};
SpamVerdict spam_verdict(const MailAnswer& answer, const MailAnswers& answers,
                         const ActionScores& scores);

// The reply to CHECK, SYMBOLS, REPORT, REPORT_IFSPAM, PROCESS and HEADERS.
// REQUIRES: the command is one of them.
std::string spamd_reply(const SpamRequest& request, std::string_view mail,
                        const MailAnswer& answer, const SpamVerdict& verdict);
// The table of rules that clients parse.
std::string spamd_report(const MailAnswer& answer, const SpamVerdict& verdict);
bool is_spamd_check(std::string_view command);
// Its reply has that table.
bool is_report(const SpamRequest& request);

// The reply to CHECK, SYMBOLS, REPORT and PROCESS.
std::string rspamc_reply(const MailAnswer& answer, const ActionScores& scores);

// The one line of a reply that is none: sysexits' number and words.
std::string spam_trouble(std::string_view protocol, int code,
                         std::string_view why);
inline constexpr int kSpamProtocol = 76;  // EX_PROTOCOL
inline constexpr int kSpamTempfail = 75;  // EX_TEMPFAIL
inline constexpr const char* kSpamBusy = "Too much at a time; try again";
inline constexpr int kSpamUnavailable = 69;  // EX_UNAVAILABLE

}  // namespace simwarden
