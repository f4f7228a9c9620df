// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "intake/intake.h"
#include "intake/mapping.h"

// What a row is, a request or a message. First of these that says so: the
// row's own `kind`, --kind, the mapping's `kind`, and at last its keys: each
// that only requests have speaks for a request, each that only messages have
// for a message.
namespace simwarden {

class KindVotes {
 public:
  explicit KindVotes(const Mapping* mapping) : mapping_(mapping) {}
  // A key or column at the top of the row, in the source's own words.
  void count(std::string_view key);
  // Nullopt when neither, or both alike.
  std::optional<Kind> winner() const;
  // Says what was found and what to do, for a row without a winner.
  BadRow complaint(std::string code, Position start) const;

 private:
  const Mapping* mapping_;
  int requests_ = 0;
  int messages_ = 0;
};

std::optional<Kind> kind_named(std::string_view word);
// What --kind or the mapping says; nullopt when the keys are to decide.
std::optional<Kind> kind_told(const IntakeOptions& options);

}  // namespace simwarden
