// SPDX-License-Identifier: Apache-2.0
#include "cel/study/look_reader.h"

#include <algorithm>

#include "cel/library/time_parts.h"

namespace cel {
std::optional<Scale> scale_of(const Type* type) {
  if (type == int_type()) return Scale::whole;
  if (type == double_type()) return Scale::real;
  const bool time = type == timestamp_type() || type == duration_type();
  return time ? std::optional(Scale::time) : std::nullopt;
}

std::optional<uint32_t> LookReader::plain_fact(ExprId id) const {
  const Expr& expr = ast_[id];
  if (expr.kind == ExprKind::test || expr.optional) return std::nullopt;
  if (notes_[id].is == Note::Is::fact) return notes_[id].index;
  const bool select =
      notes_[id].is == Note::Is::plain && expr.kind == ExprKind::select;
  return select ? member(expr) : std::nullopt;
}

// Where a member of the element is looked at that a loop is at.
std::optional<uint32_t> LookReader::member(const Expr& expr) const {
  const ExprId owner = expr.args[0];
  const bool of_element = list_ != kNoSlot && !expr.optional &&
                          notes_[owner].is == Note::Is::local &&
                          notes_[owner].index == local_;
  if (!of_element || notes_[owner].type->kind != TypeKind::object) {
    return std::nullopt;
  }
  const auto& fields = notes_[owner].type->fields;
  const auto field =
      std::find_if(fields.begin(), fields.end(),
                   [&](const TypeField& one) { return one.name == expr.name; });
  const auto& slots = states_(list_)->members;
  const auto at = static_cast<size_t>(field - fields.begin());
  if (at >= slots.size() || slots[at] == kNoSlot) return std::nullopt;
  return slots[at];
}

std::optional<Look> LookReader::look_of(ExprId id) const {
  const Expr& expr = ast_[id];
  if (const auto slot = plain_fact(id)) {
    const auto scale = scale_of(notes_[id].type);
    if (!scale || !states_(*slot)) return std::nullopt;
    return Look{Look::Is::value, *scale, *slot};
  }
  const bool call = expr.kind == ExprKind::call &&
                    notes_[id].is == Note::Is::plain && !notes_[id].qualified;
  if (!call) return std::nullopt;
  if (expr.name == "size" && expr.args.size() == 1) return look_counted(expr);
  if (!expr.member) return look_between(expr);
  return expr.args.size() == 1 ? look_got(expr) : std::nullopt;
}

std::optional<Look> LookReader::look_counted(const Expr& expr) const {
  const auto slot = plain_fact(expr.args[0]);
  const FactStates* states = slot ? states_(*slot) : nullptr;
  if (!states || states->is != FactStates::Is::list) return std::nullopt;
  return Look{.is = Look::Is::size, .slot = *slot};
}

// later - earlier
std::optional<Look> LookReader::look_between(const Expr& expr) const {
  if (expr.name != "-" || expr.args.size() != 2) return std::nullopt;
  const auto later = plain_fact(expr.args[0]);
  const auto earlier = plain_fact(expr.args[1]);
  for (const ExprId arg : expr.args) {
    if (notes_[arg].type != timestamp_type()) return std::nullopt;
  }
  const bool known = later && earlier && states_(*later) && states_(*earlier);
  if (!known) return std::nullopt;
  return Look{Look::Is::since, Scale::time, *later, *earlier};
}

// moment.getHours(), (later - earlier).getHours()
std::optional<Look> LookReader::look_got(const Expr& expr) const {
  auto look = look_of(expr.args[0]);
  const TimePart* part = find_time_part(expr.name);
  if (!look || part == nullptr || part->unit_nanos == 0) return std::nullopt;
  const bool hour = look->is == Look::Is::value &&
                    notes_[expr.args[0]].type == timestamp_type() &&
                    expr.name == "getHours";
  if (hour) return Look{Look::Is::hour, Scale::whole, look->slot};
  const bool span = notes_[expr.args[0]].type == duration_type() &&
                    look->scale == Scale::time && look->unit == 1;
  if (!span) return std::nullopt;
  look->scale = Scale::whole;
  look->unit = part->unit_nanos;
  return look;
}

// Reads settings and nothing else. Recursion is bounded by kDepthMax.
bool LookReader::is_setting(ExprId id) const {
  const Expr& expr = ast_[id];
  const Note& note = notes_[id];
  if (constants_[id]) return true;
  if (note.is == Note::Is::fact) {
    const FactStates* states = states_(note.index);
    return states && states->setting;
  }
  const bool loops = expr.kind == ExprKind::loop || expr.kind == ExprKind::bind;
  if (note.is != Note::Is::plain || loops || note.host) return false;
  const auto parts = operands(expr, note);
  return std::all_of(parts.begin(), parts.end(),
                     [this](ExprId part) { return is_setting(part); });
}

}  // namespace cel
