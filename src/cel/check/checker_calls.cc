// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cel/check/checker_state.h"
#include "cel/syntax/macros.h"
#include "cel/value/faults.h"
#include "cel/value/times.h"
#include "cel/value/typing.h"

// Calls: which overloads fit, and the mistakes that types alone do not show:
// a text compared with something that it can never be, a pattern that is none.
namespace cel {
namespace {

struct Operator {
  std::string_view symbol;
  std::string_view function;
};
// By the name and the number of its operands, since - is two operators.
constexpr Operator kBinary[] = {{"+", "_+_"},   {"-", "_-_"}, {"*", "_*_"},
                                {"/", "_/_"},   {"%", "_%_"}, {"<", "_<_"},
                                {"<=", "_<=_"}, {">", "_>_"}, {">=", "_>=_"}};
constexpr Operator kUnary[] = {{"!", "!_"}, {"-_", "-_"}};

std::string_view operator_function(std::string_view name, size_t operands) {
  const std::span<const Operator> table =
      operands == 2 ? std::span<const Operator>(kBinary)
                    : std::span<const Operator>(kUnary);
  for (const Operator& op : table) {
    if (op.symbol == name) return op.function;
  }
  return {};
}

constexpr const char* kNothingConverts =
    "nothing is converted by itself: write int(x), double(x), string(x), "
    "duration('1h') or timestamp('2026-03-02T00:00:00Z')";

// The signature without its code: "string.contains(string)".
std::string usage(const Overload& overload) {
  std::vector<std::string> params;
  for (const Type* param : overload.signature.params) {
    params.push_back(param->name);
  }
  std::string receiver;
  if (overload.signature.member) {
    receiver = params[0] + ".";
    params.erase(params.begin());
  }
  return fmt::format("{}{}({}{})", receiver, overload.signature.name,
                     fmt::join(params, ", "),
                     overload.signature.variadic ? ", …" : "");
}

constexpr size_t kChoicesShown = 12;
constexpr size_t kUsagesShown = 4;

}  // namespace

std::string Checker::types_of(const Expr& expr, size_t first) const {
  std::vector<std::string> names;
  for (size_t i = first; i < expr.args.size(); ++i) {
    names.push_back(settle(type_of(expr.args[i]))->name);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

const Type* Checker::visit_call(ExprId id) {
  const Expr& expr = ast_[id];
  if (!expr.member) {
    if (expr.name == "==" || expr.name == "!=") return visit_equality(id);
    if (expr.name == "in") return visit_in(id);
    if (expr.name == "[]" || expr.name == "[?]") return visit_index(id);
    const auto function = operator_function(expr.name, expr.args.size());
    if (!function.empty()) {
      for (const ExprId arg : expr.args) visit(arg);
      if (is_ordering(expr.name)) check_order(id);
      return fit(id, *library().find(function, false), 0);
    }
  }
  return visit_function(id);
}

// The whole name of a function, looked for in the container first; empty when
// there is none.
std::string Checker::find_function(const std::string& name) const {
  std::string space = options_.container;
  for (;;) {
    std::string whole = space.empty() ? name : space + "." + name;
    if (library().find(whole, false) || environment_.find_function(whole)) {
      return whole;
    }
    if (space.empty()) return {};
    const size_t dot = space.rfind('.');
    space.resize(dot == std::string::npos ? 0 : dot);
  }
}

// math.abs(x) is a function in a namespace, x.abs() a method; a variable of a
// loop hides a namespace of its name.
const Type* Checker::visit_function(ExprId id) {
  const Expr& expr = ast_[id];
  std::string name(expr.name);
  const auto space = expr.member ? path_of(expr.args[0]) : std::nullopt;
  std::string free_name;  // of a function that is no method
  if (space) free_name = find_function(*space + "." + name);
  if (!expr.member) free_name = find_function(name);
  const bool qualified = expr.member && !free_name.empty();
  if (!free_name.empty()) name = free_name;
  const size_t first = qualified ? 1 : 0;
  notes_.of[id].qualified = qualified;
  const bool method = expr.member && !qualified;
  // An unknown namespace is one mistake, not two.
  if (method && space && !library().find(name, true) &&
      !find_variable(*space, rooted(expr.args[0])) &&
      !prefix_is_known(expr.args[0])) {
    return unknown_function(id, *space + "." + name);
  }
  for (size_t i = first; i < expr.args.size(); ++i) visit(expr.args[i]);
  if (!method) {
    if (auto host = environment_.find_function(name)) {
      return visit_host(id, std::move(host), first);
    }
  }
  const std::vector<Overload>* all = library().find(name, method);
  if (!all) return unknown_function(id, name);
  const Type* result = fit(id, *all, first);
  take_pattern(id, first);
  check_zone(id, first);
  return result;
}

const Type* Checker::fit(ExprId id, const std::vector<Overload>& all,
                         size_t first) {
  const Expr& expr = ast_[id];
  const size_t count = expr.args.size() - first;
  Note& note = notes_.of[id];
  const Type* result = nullptr;
  for (const Overload& overload : all) {
    if (!overload.takes_count(count)) continue;
    Bindings bindings;
    bool fits = true;
    for (size_t i = 0; i < count && fits; ++i) {
      const auto& params = overload.signature.params;
      const Type* formal = params[std::min(i, params.size() - 1)];
      fits = accepts(formal, type_of(expr.args[first + i]), bindings);
    }
    if (!fits && options_.checked) continue;
    note.overloads.push_back(&overload);
    const Type* one = substitute(overload.signature.result, bindings);
    result = result && result != one ? dyn_type() : one;
  }
  if (note.overloads.empty()) return no_overload(id, all, first);
  if (note.overloads.size() > 1) return result;
  const auto& params = note.overloads[0]->signature.params;
  for (size_t i = 0; i < count; ++i) {
    use_as(expr.args[first + i], params[std::min(i, params.size() - 1)]);
  }
  return result;
}

// '2026-01-01' beside a time is meant as one.
std::string Checker::how_to_order(const Expr& comparison) const {
  for (const size_t place : {0, 1}) {
    const Type* beside = type_of(comparison.args[1 - place]);
    const Expr& text = ast_[comparison.args[place]];
    if (text.kind != ExprKind::literal || !text.value.is(Tag::string)) continue;
    const std::string written(text.value.as_string());
    if (beside == duration_type() && read_duration(written)) {
      return fmt::format("write duration('{}')", written);
    }
    if (beside != timestamp_type()) continue;
    for (const char* rest : {"", "Z", "T00:00:00Z"}) {
      if (!read_timestamp(written + rest)) continue;
      return fmt::format("write timestamp('{}{}')", written, rest);
    }
  }
  return kNothingConverts;
}

// Of an operator whose operands are of wrong types.
std::string Checker::how_to_reckon(const Expr& expr) const {
  if (expr.args.size() == 1) return {};
  const bool duration = std::ranges::any_of(expr.args, [&](ExprId arg) {
    return settle(type_of(arg)) == duration_type();
  });
  const bool product = expr.name == "*" || expr.name == "/" || expr.name == "%";
  if (!duration || !product) return kNothingConverts;
  return "durations are added and taken off only: write how long it is, as in "
         "duration('90m')";
}

const Type* Checker::no_overload(ExprId id, const std::vector<Overload>& all,
                                 size_t first) {
  const Expr& expr = ast_[id];
  const std::string types = types_of(expr, first);
  if (is_ordering(expr.name)) {
    return complain(id, kNoOverload,
                    {kUnlikeTypes, word(id),
                     fmt::format("{} cannot order {}", expr.name, types),
                     "unlike types", how_to_order(expr)});
  }
  if (all[0].signature.name.find('_') == 0 ||
      all[0].signature.name.ends_with('_')) {
    const std::string_view symbol = expr.name == "-_" ? "-" : expr.name;
    return complain(id, kNoOverload,
                    {kWrongArguments, word(id),
                     fmt::format("{} does not take {}", symbol, types),
                     expr.args.size() == 1 ? "wrong type" : "unlike types",
                     how_to_reckon(expr)});
  }
  std::vector<std::string> usages;
  for (const Overload& overload : all) {
    if (usages.size() < kUsagesShown) usages.push_back(usage(overload));
  }
  const bool method = all[0].signature.member;
  const std::string called =
      method
          ? fmt::format("{} of {} does not take ({})", expr.name,
                        with_article(type_of(expr.args[0])), types_of(expr, 1))
          : fmt::format("{} does not take ({})", all[0].signature.name, types);
  return complain(id, kNoOverload,
                  {kWrongArguments, word(id), called, "wrong arguments",
                   fmt::format("it is {}", fmt::join(usages, " or "))});
}

namespace {

// "match" for "matches": too far for a slip, and begun as it should be.
std::string longer_name(std::string_view name,
                        std::span<const std::string> names) {
  constexpr size_t kBytesMin = 4;
  if (name.size() < kBytesMin) return {};
  for (const std::string& longer : names) {
    if (!longer.starts_with(name) || longer == name) continue;
    return fmt::format("did you mean {}?", longer);
  }
  return {};
}

// Functions of other languages.
std::string_view help_for_foreign(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> kMeant[] = {
      {"not", "write ! before it: !(…)"},
      {"len", "write size(…)"},
      {"length", "write size(…)"},
      {"count", "write size(…), or x.filter(v, …).size()"},
      {"any", "write x.exists(v, …)"},
      {"every", "write x.all(v, …)"},
      {"lower", "write x.lowerAscii()"},
      {"toLowerCase", "write x.lowerAscii()"},
      {"toUpperCase", "write x.upperAscii()"},
      {"now",
       "a record has its own time: request.created_at, "
       "message.received_at"},
  };
  for (const auto& [word, help] : kMeant) {
    if (word == name) return help;
  }
  return {};
}

}  // namespace

const Type* Checker::unknown_function(ExprId id, const std::string& name) {
  std::vector<std::string> names = library().names();
  for (const auto& function : environment_.functions()) {
    names.push_back(function->name);
  }
  for (const Macro& macro : macros()) names.emplace_back(macro.name);
  std::string help(help_for_foreign(name));
  if (help.empty()) help = simwarden::did_you_mean(name, names);
  if (help.empty()) help = longer_name(name, names);
  Range at = word(id);
  if (name.find('.') != std::string::npos) at.begin = ast_[id].begin;
  const bool known = std::find(names.begin(), names.end(), name) != names.end();
  if (known) {
    const bool method = library().find(name, true) != nullptr;
    help = method ? fmt::format("it is written x.{}(…)", name)
                  : "look at its arguments: this is not how it is called";
  }
  return complain(id, kNoFunction,
                  {kUnknownFunction, at,
                   known ? fmt::format("{} cannot be called so", name)
                         : fmt::format("there is no function {}", name),
                   known ? "here" : "no such function", std::move(help)});
}

const Type* Checker::visit_host(ExprId id,
                                std::shared_ptr<const Function> function,
                                size_t first) {
  const Expr& expr = ast_[id];
  Note& note = notes_.of[id];
  const Function& host = *function;
  const size_t count = expr.args.size() - first;
  Bindings bindings;
  bool fits = count == host.params.size();
  for (size_t i = 0; fits && i < count; ++i) {
    fits = accepts(host.params[i], type_of(expr.args[first + i]), bindings);
  }
  note.host = std::move(function);
  if (fits) return substitute(host.result, bindings);
  std::vector<std::string> params;
  for (const Type* param : host.params) params.push_back(param->name);
  return complain(
      id, kNoOverload,
      {kWrongArguments, word(id),
       fmt::format("{} does not take ({})", host.name, types_of(expr, first)),
       "wrong arguments",
       fmt::format("it is {}({})", host.name, fmt::join(params, ", "))});
}

// --- comparisons -----------------------------------------------------------

// x == 'yes' of a bool, x == true of a text.
std::string Checker::how_to_compare_truth(const Expr& expr) const {
  for (const ExprId arg : expr.args) {
    const Note& note = notes_[arg];
    if (note.choices.empty()) continue;
    std::vector<std::string> all = note.choices.all();
    if (all.size() > kChoicesShown) all.resize(kChoicesShown);
    return fmt::format("it is a text, one of '{}'", fmt::join(all, "', '"));
  }
  return "a bool is compared with true or false, without quotes";
}

const Type* Checker::visit_equality(ExprId id) {
  const Expr& expr = ast_[id];
  const Type* left = visit(expr.args[0]);
  const Type* right = visit(expr.args[1]);
  check_choice(notes_[expr.args[0]], expr.args[0], expr.args[1]);
  check_choice(notes_[expr.args[1]], expr.args[1], expr.args[0]);
  if (comparable(left, right) || !options_.checked) return bool_type();
  const bool null = left == null_type() || right == null_type();
  const bool truth = left == bool_type() || right == bool_type();
  complain(id, kNoOverload,
           {kUnlikeTypes, word(id),
            fmt::format("{} is never equal to {}", with_article(left),
                        with_article(right)),
            "unlike types",
            null    ? "a fact that is not recorded is asked for with has(fact)"
            : truth ? how_to_compare_truth(expr)
                    : "compare values of one type"});
  return bool_type();
}

const Type* Checker::visit_in(ExprId id) {
  const Expr& expr = ast_[id];
  const Type* item = visit(expr.args[0]);
  const Type* home = visit(expr.args[1]);
  const Expr& list = ast_[expr.args[1]];
  if (list.kind == ExprKind::list) {
    for (const ExprId element : list.args) {
      check_choice(notes_[expr.args[0]], expr.args[0], element);
    }
  } else {
    check_choice(notes_[expr.args[1]], expr.args[1], expr.args[0]);
  }
  if (!options_.checked || is_dyn(home)) return bool_type();
  const bool is_list = home->kind == TypeKind::list;
  const bool is_map = home->kind == TypeKind::map;
  if (!is_list && !is_map) {
    complain(id, kNoOverload,
             {kWrongArguments, whole(expr.args[1]),
              fmt::format("in looks into a list or a map, this is {}",
                          with_article(home)),
              with_article(home),
              home == string_type()
                  ? "a part of a text is found by text.contains('part')"
                  : ""});
  } else if (!comparable(item, is_list ? home->element : home->key)) {
    complain(id, kNoOverload,
             {kUnlikeTypes, word(id),
              fmt::format("{} is never in {}", with_article(item),
                          with_article(home)),
              "unlike types",
              item == bool_type() ? how_to_compare_truth(expr)
                                  : "compare values of one type"});
  }
  return bool_type();
}

const Type* Checker::visit_index(ExprId id) {
  const Expr& expr = ast_[id];
  const Type* home = visit(expr.args[0]);
  const Type* index = visit(expr.args[1]);
  bool optional = expr.name == "[?]";
  if (home->kind == TypeKind::optional) {
    optional = true;
    home = home->element;
  }
  if (is_dyn(home)) return optional ? optional_type(home) : home;
  const bool is_list = home->kind == TypeKind::list;
  const bool is_map = home->kind == TypeKind::map;
  const bool fits = is_list  ? is_dyn(index) || index == int_type()
                    : is_map ? comparable(home->key, index)
                             : false;
  if (fits || (!options_.checked && (is_list || is_map))) {
    return optional ? optional_type(home->element) : home->element;
  }
  return complain(id, kNoOverload,
                  {kWrongArguments, whole(expr.args[1]),
                   fmt::format("{} cannot be indexed by {}", with_article(home),
                               with_article(index)),
                   with_article(index)});
}

// `text` is what is known of the node `subject`; `value` may be a literal that
// it can never be.
void Checker::check_choice(const Note& text, ExprId subject, ExprId value) {
  const Expr& literal = ast_[value];
  if (text.choices.empty() || literal.kind != ExprKind::literal) return;
  if (!literal.value.is(Tag::string) || !options_.checked) return;
  const std::string written(literal.value.as_string());
  if (text.choices.has(written)) return;
  std::vector<std::string> all = text.choices.all();
  std::string help = simwarden::did_you_mean(written, all);
  if (help.empty()) {
    const bool more = all.size() > kChoicesShown;
    if (more) all.resize(kChoicesShown);
    help = fmt::format("it is one of {}{}", fmt::join(all, ", "),
                       more ? ", …" : "");
  }
  complaints_.add(
      {kNotAChoice, whole(value),
       fmt::format("{} is never '{}'", ast_.text_of(subject), written),
       "not one of its values", std::move(help)});
}

void Checker::check_zone(ExprId id, size_t first) {
  const Note& note = notes_[id];
  if (note.overloads.empty() || !takes_zone(*note.overloads[0])) return;
  if (!options_.checked || !options_.result) return;
  const ExprId place = ast_[id].args[first + 1];
  const Expr& zone = ast_[place];
  if (zone.kind != ExprKind::literal || !zone.value.is(Tag::string)) return;
  if (zone_offset(zone.value.as_string(), 0)) return;
  complaints_.add(
      {kBadArgument, whole(place),
       fmt::format("there is no time zone '{}'", zone.value.as_string()),
       "unknown", kZoneHelp});
}

// 'none' lies behind 'IAL2' in the alphabet.
void Checker::check_order(ExprId id) {
  if (!options_.checked) return;
  for (const ExprId arg : ast_[id].args) {
    const Note& note = notes_[arg];
    if (note.choices.empty() || note.type != string_type()) continue;
    std::vector<std::string> all = note.choices.all();
    const bool more = all.size() > kChoicesShown;
    if (more) all.resize(kChoicesShown);
    complaints_.add({kNotAChoice, whole(arg),
                     fmt::format("{} would order {} by the alphabet",
                                 ast_[id].name, ast_.text_of(arg)),
                     "one of fixed values",
                     fmt::format("name those that will do: {} in ['{}'{}]",
                                 ast_.text_of(arg), fmt::join(all, "', '"),
                                 more ? ", …" : "")});
    return;
  }
}

// A constant pattern is compiled here, once. One that RE2 rejects is left to
// evaluation when the expression is to be taken unchecked.
void Checker::take_pattern(ExprId id, size_t first) {
  const Expr& expr = ast_[id];
  Note& note = notes_.of[id];
  if (note.overloads.empty() || !note.overloads[0]->run_pattern) return;
  const ExprId place = expr.args[first + kPatternPlace];
  const Expr& pattern = ast_[place];
  if (pattern.kind != ExprKind::literal) return;
  if (!pattern.value.is(Tag::string)) return;
  if (options_.checked) check_backspace(place);
  Regex regex = make_regex(pattern.value.as_string());
  note.pattern = std::move(regex.compiled);
  if (note.pattern) {
    try_pattern(id, first);
  } else if (options_.checked) {
    wrong_pattern(place, regex);
  }
}

// '\bx' is the control character U+0008 and an x: only r'\bx' is an edge.
void Checker::check_backspace(ExprId literal) {
  if (ast_[literal].value.as_string().find('\b') == std::string_view::npos) {
    return;
  }
  complaints_.add({kBadRegex, whole(literal),
                   "\\b in a text is the control character U+0008",
                   "no edge of a word",
                   "write r before the quote: r'\\bword\\b'"});
}

void Checker::wrong_pattern(ExprId literal, const Regex& regex) {
  // The piece itself, when it stands in the literal just as RE2 names it.
  Range at = whole(literal);
  const size_t piece =
      ast_.source.substr(at.begin, at.end - at.begin).find(regex.piece);
  if (!regex.piece.empty() && piece != std::string::npos) {
    at = {at.begin + piece, at.begin + piece + regex.piece.size()};
  }
  complaints_.add(
      {kBadRegex, at,
       fmt::format("the pattern is no RE2 expression: {}", regex.problem),
       "wrong pattern", std::string(regex.help)});
}

// Runs the function once on an empty text: what it says of the pattern and of
// a constant replacement then, it says of every text.
void Checker::try_pattern(ExprId id, size_t first) {
  if (!options_.checked) return;
  const Expr& expr = ast_[id];
  const Overload& function = *notes_[id].overloads[0];
  std::vector<Value> args;
  ExprId blamed = expr.args[first + kPatternPlace];
  for (size_t i = first; i < expr.args.size(); ++i) {
    const Expr& arg = ast_[expr.args[i]];
    const Type* param = function.signature.params[i - first];
    if (param != string_type()) {
      args.push_back(Value::of_int(-1));
    } else if (arg.kind == ExprKind::literal && i > first) {
      args.push_back(arg.value);
      blamed = expr.args[i];
    } else {
      args.push_back(Value::of_string({}));
    }
  }
  Scratch scratch;
  const Value tried = function.run_pattern(*notes_[id].pattern, args, scratch);
  if (!tried.is(Tag::error)) return;
  complaints_.add({kBadRegex, whole(blamed),
                   fmt::format("{} always fails: {}", function.signature.name,
                               tried.as_error().what),
                   "wrong here"});
}

}  // namespace cel
