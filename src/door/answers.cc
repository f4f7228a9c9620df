// SPDX-License-Identifier: Apache-2.0
#include "door/answers.h"

namespace simwarden {

std::optional<Told> told_of(std::string_view name) {
  for (size_t i = 0; i < kToldNames.size(); ++i) {
    if (kToldNames[i] == name) return Told(i);
  }
  return std::nullopt;
}

Told MailAnswers::of(Action action) const {
  switch (action) {
    case Action::pass: return Told::no_action;
    case Action::review: return review;
    case Action::hold: return hold;
    case Action::refuse: return refuse;
  }
  return Told::no_action;
}

}  // namespace simwarden
