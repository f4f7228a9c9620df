// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "door/mail_judging.h"
#include "door/wire.h"

namespace simwarden {

struct Learned {
  bool done = false;
  std::string why;  // not done
};

struct HandedIn {
  std::string_view mail;
  const Envelope& envelope;
  bool spam = false;
  std::string by;  // who says so
};

// A client hands in a mail that a person called spam or not: it is judged and
// stored, and what the person said is a decision about that verdict (`refused`
// for spam, `approved` for what passed and is none, `false_alarm` for what did
// not pass; docs/audit.md). Nothing else is learnt; without a store there is
// nowhere to keep it.
// All are kept by reference until it ends.
Task<Learned> learn(const HandedIn& handed, const ListenerSettings& settings,
                    Service& service, const InForce& rules);

}  // namespace simwarden
