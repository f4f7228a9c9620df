// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "cel/environment.h"
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

// An object value over `members`, which must live in `scratch`, one for each
// field of `type`.
cel::Value make_object(const cel::Type* type,
                       std::span<const cel::Value> members,
                       cel::Scratch& scratch);

struct DerivedFact {
  Kind kind;
  std::string_view name;  // without the kind
  const cel::Type* (*type)();
  std::string_view doc;
  std::string_view example;
  cel::Value (*get)(Facts& facts, cel::Scratch& scratch);
  // Worked out of what a message leads to (Facts::followable()).
  bool of_contacts = false;
};

std::span<const DerivedFact> derived_request_facts();
std::span<const DerivedFact> derived_message_facts();

// A field that can be given or worked out: the function that prefers what
// can be worked out. Null for all other fields.
using WorkOut = cel::Value (*)(Facts& facts, cel::Scratch& scratch);
WorkOut work_out_of(FieldId id);

}  // namespace simwarden
