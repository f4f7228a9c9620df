// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "contact/finders.h"
#include "contact/scene.h"
#include "spelling/labels.h"

namespace simwarden {

// Of a service that nothing names.
inline constexpr Label kNamelessLabel{"", "handle", 0};
inline constexpr LabelHit kNameless{{}, &kNamelessLabel, false, false, false};

// The account `value` of a kind that stands at `whole`, but for how it is
// disguised.
Contact account_at(const Scene& scene, Range whole, std::string kind,
                   std::string value);

// Takes accounts beside the names of their services, each place once.
class FoundAccounts {
 public:
  FoundAccounts(Scene& scene, Followable& found)
      : scene_(scene), found_(found) {}

  // The account at `value` of the service named at `hit`, both within `whole`.
  void add(const LabelHit& hit, Range whole, Range value,
           std::string canonical);

 private:
  std::string disguise(const LabelHit& hit, Range whole, Range value) const;

  Scene& scene_;
  Followable& found_;
};

}  // namespace simwarden
