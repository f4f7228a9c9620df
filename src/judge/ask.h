// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "cel/value/value.h"
#include "policy/pack.h"
#include "record/verdict.h"

// How one rule comes out, from what its guard and its condition say: what a
// fact that was not recorded does to a duty and to a sign.
namespace simwarden {

struct Reply {
  Outcome outcome = Outcome::not_applicable;
  cel::Value guard;      // true when there is none
  cel::Value condition;  // null when it was not asked
};

// A duty is clear only when it is proven: by its condition, or by a guard that
// says it does not apply. Neither a missing fact nor an error proves anything.
inline Outcome duty_outcome(const cel::Value& condition) {
  return condition.is_true() ? Outcome::clear : Outcome::hit;
}

inline Outcome sign_outcome(const cel::Value& guard,
                            const cel::Value& condition) {
  if (condition.is_false()) return Outcome::clear;
  const bool proven = condition.is_true() && guard.is_true();
  return proven ? Outcome::hit : Outcome::undetermined;
}

// Why it could not be decided though no fact is missing: the error in which the
// guard or else the condition ended ("unknown time zone"); "" where neither
// did. Lives as long as their values.
inline std::string_view failure_of(const Reply& reply) {
  const bool open =
      reply.outcome == Outcome::hit || reply.outcome == Outcome::undetermined;
  if (!open || reply.guard.is(cel::Tag::missing) ||
      reply.condition.is(cel::Tag::missing)) {
    return {};
  }
  if (reply.guard.is(cel::Tag::error)) return reply.guard.as_error().what;
  if (reply.condition.is(cel::Tag::error)) {
    return reply.condition.as_error().what;
  }
  return {};
}

// `ask_guard()` and `ask_condition()` answer values; each is called at most
// once, the condition only where the guard lets it.
template <typename AskGuard, typename AskCondition>
Reply ask_rule(bool duty, AskGuard&& ask_guard, AskCondition&& ask_condition) {
  Reply reply;
  reply.guard = ask_guard();
  if (reply.guard.is_false()) return reply;
  reply.condition = ask_condition();
  reply.outcome = duty ? duty_outcome(reply.condition)
                       : sign_outcome(reply.guard, reply.condition);
  return reply;
}

}  // namespace simwarden
