// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "door/http_message.h"
#include "door/mail_judging.h"
#include "door/rspamd_request.h"

// Verdicts as rspamd's clients read them, keys in rspamd's order.
namespace simwarden {

struct RspamdForm {
  bool legacy = false;  // of /check, /symbols and their like: under "default"
  std::vector<std::string> forged = {};  // forged_fields(): to be taken away
};
// `scores`: of the profile.
std::string rspamd_json(const MailAnswer& answer, const RspamdRequest& request,
                        const MailAnswers& answers, const ActionScores& scores,
                        const RspamdForm& form);

// {"error":…,"error_domain":…} with rspamd's historic status: 500 and the last
// two digits; those of rights and of load stay as they are.
HttpReply rspamd_error(const HttpReply& problem);

}  // namespace simwarden
