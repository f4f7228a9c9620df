// SPDX-License-Identifier: Apache-2.0
#include "cel/study/changes.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "cel/study/decisions.h"

// Changes are made in the text and compiled anew: what comes out is a condition
// that the author could have written, checked like any other. An operand is
// dropped by putting what decides nothing in its place, so that brackets stay
// as they are.
namespace cel {
namespace {

struct Opposite {
  std::string_view name;
  std::string_view negated;
  std::string_view bound;  // "" for none
};
constexpr Opposite kOpposites[] = {
    {"==", "!=", ""}, {"!=", "==", ""},  {"<", ">=", "<="},
    {"<=", ">", "<"}, {">", "<=", ">="}, {">=", "<", ">"},
};

class Changer {
 public:
  Changer(const Compiled& program, std::span<const uint32_t> settings)
      : program_(program),
        ast_(program.ast()),
        notes_(program.notes()),
        settings_(settings) {}

  std::vector<Change> run() {
    const Decisions decisions = decisions_of(program_);
    for (const Decision& atom : decisions.atoms) change_atom(atom);
    for (const Operand& operand : decisions.operands) drop(operand);
    std::stable_sort(
        made_.begin(), made_.end(),
        [](const Change& a, const Change& b) { return a.begin < b.begin; });
    return std::move(made_);
  }

 private:
  const Opposite* opposite(const Expr& expr) const {
    if (expr.kind != ExprKind::call || expr.member) return nullptr;
    for (const Opposite& row : kOpposites) {
      if (row.name == expr.name) return &row;
    }
    return nullptr;
  }

  // The whole atom, with [begin, end) replaced.
  std::string atom_with(ExprId atom, size_t begin, size_t end,
                        std::string_view by) const {
    const Expr& expr = ast_[atom];
    const std::string_view source = program_.source();
    std::string changed(source.substr(expr.begin, begin - expr.begin));
    changed += by;
    changed += source.substr(end, expr.end - end);
    return on_one_line(changed);
  }

  void change_within(ChangeKind kind, ExprId atom, std::pair<size_t, size_t> at,
                     std::string by) {
    std::string shown = atom_with(atom, at.first, at.second, by);
    made_.push_back(
        {kind, at.first, at.second, std::move(by), at.first, std::move(shown)});
  }

  void change_atom(const Decision& atom) {
    negate(atom);
    const Expr& expr = ast_[atom.id];
    const Opposite* row = opposite(expr);
    if (row && !row->bound.empty() && !reads_settings_alone(atom.id)) {
      change_within(ChangeKind::bound, atom.id,
                    {expr.word_begin, expr.word_end}, std::string(row->bound));
      shift_sides(atom.id);
    }
    const bool among = expr.kind == ExprKind::call && !expr.member &&
                       expr.name == "in" && expr.args.size() == 2;
    if (among) drop_elements(atom.id, expr.args[1]);
  }

  // What an operator sets has no values of its own to try.
  bool reads_settings_alone(ExprId id) const {
    const Note& note = notes_[id];
    if (note.is == Note::Is::local) return false;
    if (note.is == Note::Is::fact) {
      return std::binary_search(settings_.begin(), settings_.end(), note.index);
    }
    const auto parts = operands(ast_[id], note);
    return std::all_of(parts.begin(), parts.end(), [this](ExprId part) {
      return reads_settings_alone(part);
    });
  }

  void negate(const Decision& atom) {
    const Expr& expr = ast_[atom.id];
    const std::string plain(ast_.text_of(atom.id));
    if (atom.negation != kNoExpr) {
      const Expr& whole = ast_[atom.negation];
      made_.push_back({ChangeKind::negated, whole.begin, whole.end,
                       bracketed(ast_.text_of(atom.id)), whole.begin,
                       "drop the ! of " + on_one_line(plain)});
      return;
    }
    if (const Opposite* row = opposite(expr)) {
      change_within(ChangeKind::negated, atom.id,
                    {expr.word_begin, expr.word_end},
                    std::string(row->negated));
      return;
    }
    const bool short_enough = expr.kind == ExprKind::ident ||
                              expr.kind == ExprKind::select ||
                              expr.kind == ExprKind::test ||
                              (expr.kind == ExprKind::call && expr.member);
    const std::string shown =
        "!" + on_one_line(short_enough ? plain : "(" + plain + ")");
    made_.push_back({ChangeKind::negated, expr.begin, expr.end,
                     "!" + bracketed(ast_.text_of(atom.id)), expr.begin,
                     shown});
  }

  void drop(const Operand& operand) {
    const Expr& expr = ast_[operand.id];
    made_.push_back({ChangeKind::dropped, expr.begin, expr.end,
                     operand.is_and ? "true" : "false", expr.begin,
                     "drop " + on_one_line(ast_.text_of(operand.id))});
  }

  void drop_elements(ExprId atom, ExprId home) {
    const Expr& list = ast_[home];
    if (list.kind != ExprKind::list || list.args.size() < 2) return;
    if (!list.maybe.empty()) return;
    for (const ExprId left_out : list.args) {
      std::string rest;
      for (const ExprId item : list.args) {
        if (item == left_out) continue;
        if (!rest.empty()) rest += ", ";
        rest += ast_.text_of(item);
      }
      const std::string_view item = ast_.text_of(ast_[atom].args[0]);
      made_.push_back({ChangeKind::element, list.begin, list.end,
                       "[" + rest + "]", ast_[left_out].begin,
                       on_one_line(fmt::format("{} in [...] without {}", item,
                                               ast_.text_of(left_out)))});
    }
  }

  // a < n: the bound moved is a <= n, which is a < n + 1 of whole numbers; what
  // is left is a < n - 1.
  void shift_sides(ExprId atom) {
    const Expr& expr = ast_[atom];
    const bool wants_more = expr.name == "<=" || expr.name == ">";
    shift(atom, expr.args[1], wants_more);
    shift(atom, expr.args[0], !wants_more);
  }

  void shift(ExprId atom, ExprId side, bool up) {
    const Expr& expr = ast_[side];
    const Note& note = notes_[side];
    if (note.type == int_type() && note.is == Note::Is::fact) {
      if (!std::binary_search(settings_.begin(), settings_.end(), note.index)) {
        return;
      }
      return change_within(
          ChangeKind::shifted, atom, {expr.begin, expr.end},
          fmt::format("({} {} 1)", ast_.text_of(side), up ? "+" : "-"));
    }
    if (expr.kind == ExprKind::literal && note.type == int_type()) {
      return shift_literal(atom, expr, up);
    }
    const bool computed = expr.kind == ExprKind::call && !expr.member;
    if (!computed || note.host) return;
    for (const ExprId part : operands(expr, note)) {
      if (ast_[part].kind != ExprKind::literal) shift(atom, part, up);
    }
  }

  // Neighbours of the ends of int are no slip that anybody makes.
  void shift_literal(ExprId atom, const Expr& expr, bool up) {
    const int64_t number = expr.value.as_int();
    if (number == INT64_MAX || number == INT64_MIN) return;
    change_within(ChangeKind::shifted, atom, {expr.begin, expr.end},
                  std::to_string(up ? number + 1 : number - 1));
  }

  const Compiled& program_;
  const Ast& ast_;
  const Notes& notes_;
  std::span<const uint32_t> settings_;
  std::vector<Change> made_;
};

std::string in_brackets(const Program& program) {
  return "(" + std::string(program.source()) + "\n)";
}

}  // namespace

std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

std::vector<Change> changes_of(const Program& program,
                               std::span<const uint32_t> settings) {
  return Changer(compiled_of(program), settings).run();
}

struct Alike::Known {
  Numbering numbering;
  std::set<PartNumber> shown;
};

Alike::Alike() : known_(std::make_unique<Known>()) {}
Alike::~Alike() = default;

uint32_t Alike::number(const Program& program) {
  const Compiled& made = compiled_of(program);
  return known_->numbering.add(made.ast(), made.notes())[made.ast().root];
}

bool Alike::is_new(const Program& program) {
  return known_->shown.insert(number(program)).second;
}

bool never_differ(const Twins& twins, const Matters& matters) {
  std::string text = in_brackets(twins.one) + " && " + in_brackets(twins.other);
  if (twins.beside) text += " && " + in_brackets(*twins.beside);
  simwarden::Issues unheard;
  const auto all =
      compile(text, twins.environment, {}, unheard, {.keeps_choices = true});
  if (!all) return false;
  const Compiled& made = compiled_of(*all);
  if (made.can_differ({}, matters)) return false;
  const auto slots = made.slots();
  return std::none_of(slots.begin(), slots.end(), [&](uint32_t slot) {
    return std::ranges::binary_search(twins.may_be_absent, slot) &&
           made.can_differ(slot, matters);
  });
}

}  // namespace cel
