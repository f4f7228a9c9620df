// SPDX-License-Identifier: Apache-2.0
#include "cel/check/numbering.h"

#include <span>
#include <utility>

// Hash-consing without building the consed tree: the key of a part is its kind,
// its name and the numbers of its operands. Nodes stand behind their operands
// in the tree's vector, so one walk forwards numbers them and one backwards
// counts who needs whom; nothing recurses.
namespace cel {
namespace {

constexpr uint32_t kLocalBits = 62;

// A loop's operands behind the first, and a bind's second, are evaluated where
// its variables are set.
bool binds(const Expr& expr) {
  return expr.kind == ExprKind::loop || expr.kind == ExprKind::bind;
}

class Key {
 public:
  template <typename T>
  Key& number(T value) {
    text_.append(reinterpret_cast<const char*>(&value), sizeof(value));
    return *this;
  }
  Key& text(std::string_view text) {
    number(text.size());
    text_.append(text);
    return *this;
  }
  // Two NaN are two parts, as they are two values.
  Key& value(const Value& value) {
    number(value.tag());
    switch (value.tag()) {
      case Tag::boolean: return number(value.as_bool());
      case Tag::number: return number(value.as_number());
      case Tag::string: return text(value.as_string());
      case Tag::bytes: return text(value.as_bytes());
      case Tag::null: return *this;
      default: return number(value.as_int());
    }
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

Dependence on_local(uint32_t index) {
  return index < kLocalBits ? Dependence{1} << index : kOnFarLocals;
}

}  // namespace

std::vector<PartNumber> Numbering::add(const Ast& ast, const Notes& notes) {
  std::vector<PartNumber> numbers(ast.nodes.size());
  for (ExprId id = 0; id < ast.nodes.size(); ++id) {
    numbers[id] = number(ast[id], notes[id], numbers);
  }
  count(ast, notes, numbers);
  return numbers;
}

PartNumber Numbering::number(const Expr& expr, const Note& note,
                             const std::vector<PartNumber>& numbers) {
  if (note.is == Note::Is::fact && expr.kind != ExprKind::test &&
      !expr.optional) {
    return number_of_fact(note);
  }
  Key key;
  key.number(expr.kind).number(expr.loop).number(expr.member);
  key.number(expr.optional).number(note.is).number(note.index);
  key.number(note.named).number(note.fault).number(note.host.get());
  // 'a' and "a" are one text, 16 and 0x10 one number.
  const bool literal = expr.kind == ExprKind::literal;
  key.number(note.qualified).text(literal ? "" : expr.name);
  key.number(expr.names.size());
  // math.abs and an abs elsewhere are told apart by their rows.
  if (!note.overloads.empty()) key.number(note.overloads[0]);
  if (literal) key.value(expr.value);
  if (note.is == Note::Is::fact) key.number(number_of_fact(note));
  for (const ExprId operand : operands(expr, note)) {
    key.number(numbers[operand]);
  }
  for (const size_t place : expr.maybe) key.number(place);
  return intern(key.take(), {.depends = dependence(expr, note, numbers),
                             .literal = literal});
}

PartNumber Numbering::number_of_fact(const Note& note) {
  const auto known = facts_.find(note.index);
  if (known != facts_.end()) return known->second;
  const PartNumber made = intern(Key().text("fact").number(note.index).take(),
                                 {.depends = kOnFacts});
  facts_.emplace(note.index, made);
  return made;
}

PartNumber Numbering::intern(std::string key, Part part) {
  const auto next = static_cast<PartNumber>(parts_.size());
  const auto [found, fresh] = known_.try_emplace(std::move(key), next);
  if (fresh) parts_.push_back(part);
  return found->second;
}

Dependence Numbering::dependence(const Expr& expr, const Note& note,
                                 const std::vector<PartNumber>& numbers) const {
  if (note.is == Note::Is::fact) return kOnFacts;
  if (note.is == Note::Is::local) return on_local(note.index);
  const std::span<const ExprId> needs = operands(expr, note);
  Dependence all = 0;
  for (const ExprId operand : needs) all |= parts_[numbers[operand]].depends;
  if (!binds(expr) || needs.empty()) return all;
  // Its own variables are set inside; no operand of the range can see them.
  for (uint32_t i = 0; i < expr.names.size(); ++i) {
    const Dependence own = on_local(note.index + i);
    if (own != kOnFarLocals) all &= ~own;
  }
  return all | parts_[numbers[needs[0]]].depends;
}

void Numbering::count(const Ast& ast, const Notes& notes,
                      const std::vector<PartNumber>& numbers) {
  std::vector<bool> reached(ast.nodes.size());
  reached[ast.root] = true;
  use(numbers[ast.root], false);
  for (ExprId next = ast.root + 1; next > 0; --next) {
    const ExprId id = next - 1;
    if (!reached[id]) continue;
    const Expr& expr = ast[id];
    const Note& note = notes[id];
    Part& part = parts_[numbers[id]];
    const bool first = !std::exchange(part.counted, true);
    const bool is_wrapped_fact = note.is == Note::Is::fact &&
                                 (expr.kind == ExprKind::test || expr.optional);
    if (first && is_wrapped_fact) use(fact(note.index), false);
    const bool moves = (part.depends & ~kOnFacts) != 0;
    const std::span<const ExprId> needs = operands(expr, note);
    for (size_t i = 0; i < needs.size(); ++i) {
      reached[needs[i]] = true;
      const bool in_loop = expr.kind == ExprKind::loop && i > 0;
      if (first) use(numbers[needs[i]], moves || in_loop);
    }
  }
}

void Numbering::use(PartNumber part, bool again_and_again) {
  parts_[part].uses += again_and_again ? 2 : 1;
}

void Numbering::share() {
  for (Part& part : parts_) {
    if (part.uses < 2 || part.depends != kOnFacts || part.literal) continue;
    if (part.place == kNoPlace) part.place = places_++;
  }
}

}  // namespace cel
