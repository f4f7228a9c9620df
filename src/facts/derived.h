// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "cel/value/environment.h"
#include "facts/facts.h"

// Facts that no record carries as such: one row a fact. To add one, write its
// function and its row (derived_request.cc, derived_message.cc).
namespace simwarden {

// Object types of message facts; made once.
const cel::Type* link_type();
const cel::Type* contact_type();
const cel::Type* code_type();
const cel::Type* block_type();
const cel::Type* group_type(GroupId group);

// What the store keeps of a member of one of these types, by its position.
Keep keep_of_member(const cel::Type* type, size_t member);

// An object value over `members`, which must live in `scratch`, one for each
// field of `type`.
cel::Value make_object(const cel::Type* type,
                       std::span<const cel::Value> members,
                       cel::Scratch& scratch);

// Worked out of what a message leads to (Facts::followable()).
inline constexpr uint8_t kOfContacts = 1;
// The store keeps it: it cannot be worked out from what is kept of the fields
// (record/fields.h).
inline constexpr uint8_t kKept = 2;
// Worked out of what a mail does not show (Facts::unseen()).
inline constexpr uint8_t kOfUnseen = 4;
// With kKept: a text of which a pseudonym is kept.
inline constexpr uint8_t kAsToken = 8;

struct DerivedFact {
  Kind kind;
  std::string_view name;  // without the kind
  const cel::Type* (*type)();
  std::string_view doc;
  std::string_view example;
  cel::Value (*get)(Facts& facts, cel::Scratch& scratch);
  // kOfContacts and so on.
  uint8_t traits = 0;

  bool is(uint8_t trait) const { return (traits & trait) != 0; }
};

std::span<const DerivedFact> derived_request_facts();
std::span<const DerivedFact> derived_message_facts();

// A field that can be given or worked out: the function that prefers what
// can be worked out. Null for all other fields.
using WorkOut = cel::Value (*)(Facts& facts, cel::Scratch& scratch);
WorkOut work_out_of(FieldId id);
// Such a field that is worked out of texts which the store does not keep: it
// keeps what came out.
bool keeps_worked_out(FieldId id);

}  // namespace simwarden
