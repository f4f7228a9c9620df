// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cel/check/checker.h"
#include "cel/syntax/ast.h"

// Which parts of expressions say the same. Parts are numbered bottom up by
// what they are made of: two with one number have the same value over the same
// facts, whichever expressions they stand in.
//
//   Numbering numbering;
//   auto first = numbering.add(ast, notes);     // one number for each node
//   auto second = numbering.add(other, its_notes);
//   numbering.share();
//   numbering.place(first[id])                  // where its value is kept
namespace cel {

using PartNumber = uint32_t;
inline constexpr uint32_t kNoPlace = UINT32_MAX;

// What a part depends on: a bit for each variable of loops and binds, one for
// those beyond, and one for any fact.
using Dependence = uint64_t;
inline constexpr Dependence kOnFacts = Dependence{1} << 63;
inline constexpr Dependence kOnFarLocals = Dependence{1} << 62;

class Numbering {
 public:
  // The numbers of all nodes, by ExprId. The tree is read during the call only;
  // functions of the host are told apart by their address.
  std::vector<PartNumber> add(const Ast& ast, const Notes& notes);

  Dependence depends(PartNumber part) const { return parts_[part].depends; }
  // The number of a fact that was asked for somewhere.
  PartNumber fact(uint32_t slot) const { return facts_.at(slot); }

  // Gives a place to every part that depends on facts alone and is needed more
  // than once: by several parts or expressions, or inside a loop. What is only
  // needed by one shared part needs no place of its own.
  void share();
  uint32_t place(PartNumber part) const { return parts_[part].place; }
  uint32_t places() const { return places_; }

 private:
  struct Part {
    Dependence depends = 0;
    uint32_t uses = 0;
    uint32_t place = kNoPlace;
    bool literal = false;
    bool counted = false;  // what it needs was counted
  };

  PartNumber number(const Expr& expr, const Note& note,
                    const std::vector<PartNumber>& numbers);
  PartNumber number_of_fact(const Note& note);
  PartNumber intern(std::string key, Part part);
  Dependence dependence(const Expr& expr, const Note& note,
                        const std::vector<PartNumber>& numbers) const;
  void count(const Ast& ast, const Notes& notes,
             const std::vector<PartNumber>& numbers);
  void use(PartNumber part, bool again_and_again);

  std::unordered_map<std::string, PartNumber> known_;
  std::unordered_map<uint32_t, PartNumber> facts_;  // by slot
  std::vector<Part> parts_;
  uint32_t places_ = 0;
};

}  // namespace cel
