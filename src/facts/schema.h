// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/value/environment.h"
#include "record/fields.h"

// Everything a rule may ask about a record: the fields of the record table
// plus the facts that we work out from them. One row a fact; type checking,
// the `facts` command and the docs read this table and no other.
//
// Slots, by which programs and Facts know a fact:
//   [0, fields)                 fields(), members of groups included
//   [fields, fields + groups)   repeated groups as lists of objects
//   after that                  derived facts, in the order of their table
namespace simwarden {

struct FactRow {
  Kind kind;
  std::string name;  // "request.channel.type"
  std::string type;  // "string", "list(link)"
  std::string doc;
  std::vector<std::string> choices;
  std::string example;
  std::string source;
  bool derived = false;
  bool mandatory = false;
};

struct DerivedFact;

class FactSchema {
 public:
  FactSchema();

  // What conditions of a pack that asks for `kind` may use.
  const cel::Environment& environment(Kind kind) const {
    return kind == Kind::request ? request_ : message_;
  }
  // All slots are below this.
  uint32_t slots() const { return slots_; }
  // The full name of a slot: "request.auth.factors[].type".
  const std::string& name(uint32_t slot) const { return names_[slot]; }
  // The field behind a slot; null for groups and derived facts.
  const Field* field_of(uint32_t slot) const;
  uint32_t group_slot(GroupId group) const;
  uint32_t derived_slot(size_t index) const;
  // The row of a derived fact; null for fields and groups.
  const DerivedFact* derived_of(uint32_t slot) const;

  // The catalogue, in slot order, requests first.
  std::vector<FactRow> rows() const;

 private:
  void add_fields();
  void add_groups();
  void add_derived();

  cel::Environment request_;
  cel::Environment message_;
  std::vector<std::string> names_;
  uint32_t slots_ = 0;
};

}  // namespace simwarden
