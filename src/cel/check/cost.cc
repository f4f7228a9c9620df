// SPDX-License-Identifier: Apache-2.0
#include "cel/check/cost.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <vector>

// Downwards goes how often a part is evaluated, upwards how long its value can
// be. Loops inside loops share one budget of steps (scratch.h), so that no part
// is evaluated more often than that; short ones, which go on when it is spent,
// add fewer passes than it has.
namespace cel {
namespace {

// Bytes of a text, or elements of a list, that go by in the time of one step.
constexpr uint64_t kBytesAStep = 16;
// RE2 looks at each byte; finding a part and comparing look at many at once.
constexpr uint64_t kRegexBytesAStep = 2;
// So do functions that cut a text into its characters.
constexpr uint64_t kCharacterBytesAStep = 2;
constexpr uint64_t kScalarBytes = 32;   // the longest number or time as text
constexpr uint64_t kNumberBytes = 512;  // and with all digits that can be asked
// A sum of products may not wrap.
constexpr uint64_t kSizeMax = kGrowthBytesMax;

bool one_of(std::string_view name,
            std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The type of what an optional holds; else the type itself.
const Type* held(const Type* type) {
  while (type->kind == TypeKind::optional) type = type->element;
  return type;
}

Extent sized(uint64_t size, uint64_t element) {
  return {std::min(size, kSizeMax), std::min(element, kSizeMax)};
}

class Estimator {
 public:
  Estimator(const Ast& ast, const Notes& notes)
      : ast_(ast),
        notes_(notes),
        totals_(ast.nodes.size()),
        locals_(notes.locals) {}

  Estimate run() {
    visit(ast_.root, 1);
    Estimate made{totals_[ast_.root], ast_.root, totals_[ast_.root]};
    for (bool deeper = true; deeper;) {
      deeper = false;
      const ExprId whole = made.dominant;
      for (const ExprId part : operands(ast_[whole], notes_[whole])) {
        if (totals_[part] * 2 <= made.steps) continue;
        made.dominant = part;
        deeper = true;
      }
    }
    made.dominant_steps = totals_[made.dominant];
    return made;
  }

 private:
  // Recursion is bounded by kDepthMax.
  Extent visit(ExprId id, uint64_t times) {
    const Expr& expr = ast_[id];
    const Note& note = notes_[id];
    spend(id, 1, times);
    if (note.is == Note::Is::local) return locals_[note.index];
    if (note.is != Note::Is::plain) return extent_of(note);
    switch (expr.kind) {
      case ExprKind::literal: return extent_of(expr.value);
      case ExprKind::select: return visit_select(id, times);
      case ExprKind::call: return visit_call(id, times);
      case ExprKind::loop: return visit_loop(id, times);
      case ExprKind::bind: return visit_bind(id, times);
      default: return gathered(visit_parts(id, times));
    }
  }

  void spend(ExprId id, uint64_t steps, uint64_t times) {
    totals_[id] += std::min(steps, kSizeMax) * times;
  }

  std::vector<Extent> visit_parts(ExprId id, uint64_t times) {
    std::vector<Extent> extents;
    for (const ExprId part : operands(ast_[id], notes_[id])) {
      extents.push_back(visit_part(id, part, times));
    }
    return extents;
  }

  Extent visit_part(ExprId whole, ExprId part, uint64_t times) {
    const Extent extent = visit(part, times);
    totals_[whole] += totals_[part];
    return extent;
  }

  // Of a list or a map that is written out, or of one of several answers.
  static Extent gathered(const std::vector<Extent>& parts) {
    Extent all{parts.size(), 0};
    for (const Extent& part : parts) {
      all.size = std::max(all.size, part.size);
      all.element = std::max({all.element, part.size, part.element});
    }
    return all;
  }

  // A field of a fact is as long as the schema says, an entry of a map as long
  // as any in it.
  Extent visit_select(ExprId id, uint64_t times) {
    const Extent owner = visit_parts(id, times)[0];
    const Extent field = extent_of(notes_[id]);
    if (notes_[id].extent.size > 0) return field;
    return {std::max(field.size, owner.element),
            std::max(field.element, owner.element)};
  }

  Extent visit_call(ExprId id, uint64_t times) {
    const Expr& expr = ast_[id];
    const std::vector<Extent> parts = visit_parts(id, times);
    if (takes_one(id)) {
      const uint64_t one = parts[0].element;
      return {one, held(notes_[id].type) == string_type() ? 0 : one};
    }
    uint64_t bytes = 0;
    uint64_t element = 0;
    for (const Extent& part : parts) {
      bytes += part.size * std::max<uint64_t>(part.element, 1);
      element = std::max({element, part.element, part.size});
    }
    bytes = std::min(bytes, kSizeMax);
    if (is_comparison(expr) && parts.size() == 2) {
      // Equal texts are as long as the shorter one.
      bytes = std::min(parts[0].size, parts[1].size) *
              std::max<uint64_t>({parts[0].element, parts[1].element, 1});
    }
    const bool counts =
        expr.name == "size" && parts.size() == 1 && parts[0].element > 0;
    if (counts) bytes = 0;  // a list knows its length
    const uint64_t made = std::min(made_of(id, parts, bytes), kSizeMax);
    spend(id, std::max(bytes, made) / bytes_a_step(id), times);
    if (keeps_elements(id)) return sized(elements_of(parts), element);
    return result_of(id, made, element);
  }

  // One element of a list is taken out of it as it is.
  bool takes_one(ExprId id) const {
    const Expr& expr = ast_[id];
    const bool index = !expr.member && one_of(expr.name, {"[]", "[?]"});
    return index || one_of(function(id), {"first", "last"});
  }

  // Answers a list of what its lists had as elements.
  bool keeps_elements(ExprId id) const {
    return notes_[id].type->kind == TypeKind::list &&
           one_of(function(id),
                  {"_+_", "distinct", "sort", "reverse", "slice"});
  }

  static uint64_t elements_of(const std::vector<Extent>& parts) {
    uint64_t elements = 0;
    for (const Extent& part : parts) elements += part.size;
    return elements;
  }

  std::string_view function(ExprId id) const {
    const auto& functions = notes_[id].overloads;
    if (functions.empty()) return {};
    return functions[0]->signature.name;
  }

  uint64_t bytes_a_step(ExprId id) const {
    const auto& functions = notes_[id].overloads;
    if (!functions.empty() && functions[0]->run_pattern) {
      return kRegexBytesAStep;
    }
    const bool characters =
        one_of(function(id), {"trim", "split", "replace", "strings.quote"}) ||
        (function(id) == "reverse" && notes_[id].type == string_type());
    return characters ? kCharacterBytesAStep : kBytesAStep;
  }

  // How long that is what a function makes of `bytes`: they and no more, of
  // nearly all functions.
  uint64_t made_of(ExprId id, const std::vector<Extent>& parts,
                   uint64_t bytes) const {
    const std::string_view name = function(id);
    if (name == "lists.range") return kIterationsMax;
    if (name == "replace") return replaced(parts, least_size(id, 1));
    if (name == "regex.replace") return replaced(parts, 0);
    if (name == "join" && parts.size() == 2) {
      return bytes + parts[0].size * parts[1].size;
    }
    // A byte that is no UTF-8 becomes three.
    if (name == "strings.quote") return bytes * 3;
    if (name == "base64.encode") return bytes * 2;
    if (name == "format") return bytes * 3 + parts.back().size * kNumberBytes;
    return bytes;
  }

  // Each of the parts that are replaced has `old` bytes or more.
  static uint64_t replaced(const std::vector<Extent>& parts, uint64_t old) {
    const uint64_t text = parts[0].size;
    const uint64_t fresh = parts[2].size;
    if (old == 0) return (text + 1) * (fresh + 1);
    return text * std::max<uint64_t>(1, (fresh + old - 1) / old);
  }

  uint64_t least_size(ExprId call, size_t operand) const {
    const Expr& arg = ast_[operands(ast_[call], notes_[call])[operand]];
    if (arg.kind != ExprKind::literal) return 0;
    return extent_of(arg.value).size;
  }

  static bool is_comparison(const Expr& expr) {
    return !expr.member && (is_equality(expr.name) || is_ordering(expr.name));
  }

  Extent result_of(ExprId id, uint64_t bytes, uint64_t element) const {
    const Type* type = notes_[id].type;
    switch (type->kind) {
      case TypeKind::string:
      case TypeKind::bytes: return sized(bytes + kScalarBytes, 0);
      case TypeKind::list:
      case TypeKind::map:
      case TypeKind::dyn:
      case TypeKind::optional: return sized(bytes, element);
      default: return {};
    }
  }

  Extent visit_loop(ExprId id, uint64_t times) {
    const Expr& expr = ast_[id];
    const Extent range = visit_part(id, expr.args[0], times);
    const bool once =
        expr.loop == Loop::opt_map || expr.loop == Loop::opt_flat_map;
    const uint64_t rounds = once ? 1 : std::max<uint64_t>(range.size, 1);
    const uint64_t inner = std::min(times * rounds, kIterationsMax);
    for (size_t i = 0; i < expr.names.size(); ++i) {
      locals_[notes_[id].index + i] =
          once ? held_by(range) : element_of(expr.args[0], range);
    }
    Extent made;
    for (size_t i = 1; i < expr.args.size(); ++i) {
      made = visit_part(id, expr.args[i], inner);
    }
    spend(id, 1, inner);
    if (notes_[id].type == bool_type()) return {};
    const bool keeps = expr.loop == Loop::filter || expr.loop == Loop::sort_by;
    return keeps ? range : sized(rounds, made.size);
  }

  static Extent held_by(const Extent& optional) {
    return {std::max(optional.size, optional.element), optional.element};
  }

  // An Extent looks two levels deep; below, all are taken for the longest.
  Extent element_of(ExprId id, const Extent& range) const {
    const Type* element = notes_[id].type->element;
    const bool nested = element && (element->kind == TypeKind::list ||
                                    element->kind == TypeKind::map);
    return {range.element, nested ? range.element : 0};
  }

  Extent visit_bind(ExprId id, uint64_t times) {
    const Expr& expr = ast_[id];
    locals_[notes_[id].index] = visit_part(id, expr.args[0], times);
    return visit_part(id, expr.args[1], times);
  }

  static Extent extent_of(const Value& literal) {
    if (literal.is(Tag::string)) return {literal.as_string().size(), 0};
    if (literal.is(Tag::bytes)) return {literal.as_bytes().size(), 0};
    return {};
  }

  // What the schema says of a fact or a field, else what is assumed.
  static Extent extent_of(const Note& note) {
    const Type* type = held(note.type);
    const bool text =
        type->kind == TypeKind::string || type->kind == TypeKind::bytes;
    const bool many =
        type->kind == TypeKind::list || type->kind == TypeKind::map;
    if (text) return {note.extent.size ? note.extent.size : kTextAssumed, 0};
    if (!many && type->kind != TypeKind::dyn) return {};
    return {note.extent.size ? note.extent.size : kListAssumed,
            note.extent.element ? note.extent.element : kTextAssumed};
  }

  const Ast& ast_;
  const Notes& notes_;
  std::vector<uint64_t> totals_;  // by ExprId
  std::vector<Extent> locals_;
};

}  // namespace

Estimate estimate(const Ast& ast, const Notes& notes) {
  return Estimator(ast, notes).run();
}

}  // namespace cel
