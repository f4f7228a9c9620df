// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "notation/text_pen.h"
#include "record/verdict.h"

// A verdict as one JSON object, the form that batch output, the store and the
// doors share. The order of the keys is a contract; empty keys are left out.
namespace simwarden {

// What is the same for many verdicts.
struct VerdictOrigin {
  std::string_view source;  // name of the input; "" leaves `source` out
  std::string_view policy;  // of policy_json(); "" leaves it out
  std::string_view profile;
  // Of the daemon, part of `source`: by which the stored verdict is found, and
  // the caller's name for the request (which the store keeps without source).
  std::string_view stored_as = {};
  std::string_view correlator = {};
  // Of the daemon: it was given before, as `stored_as` says.
  bool repeated = false;
};

// What a verdict says of its ruleset and profile, the same for all by both.
// `packs`: "name@version".
std::string policy_json(std::string_view digest,
                        const std::vector<std::string>& packs,
                        std::string_view profile);

// Appends the object, without a line break.
void append_json(std::string& out, const Verdict& verdict,
                 const VerdictOrigin& origin);

// The same in two halves: what was found, and where it comes from. An output
// and a store that both take a verdict say the second differently.
void append_verdict_keys(TextPen& out, const Verdict& verdict);
// REQUIRES: `out` ends with what append_verdict_keys() wrote of the verdict,
// which is what is left when it is cut to its size of before.
void append_origin_keys(TextPen& out, const Verdict& verdict,
                        const VerdictOrigin& origin);

// {"error":{"code":…,"message":…,"line":…,"byte":…},"source":{"name":…}}
void append_error_json(std::string& out, std::string_view code,
                       std::string_view message, Position position,
                       std::string_view source);

}  // namespace simwarden
