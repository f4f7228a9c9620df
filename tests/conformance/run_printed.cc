// SPDX-License-Identifier: Apache-2.0
#include "conformance/run_printed.h"

#include <optional>

#include <fmt/format.h>
#include <re2/re2.h>

#include "cel/syntax/parser.h"
#include "cel/value/typing.h"
#include "conformance/ast_text.h"
#include "conformance/codec.h"
#include "conformance/world.h"

namespace conformance {
namespace {

// The variables that cel-go's checker tests have without saying so.
void declare_defaults(World& world) {
  world.declare("is", cel::string_type());
  world.declare("ii", cel::int_type());
  world.declare("iu", cel::uint_type());
  world.declare("iz", cel::bool_type());
  world.declare("ib", cel::bytes_type());
  world.declare("id", cel::double_type());
  world.declare("ix", cel::null_type());
  world.declare(cel::Function{"fg_s", {}, cel::string_type(), {}, {}});
}

struct Spot {
  uint32_t line = 0;
  uint32_t column = 0;
};

// "ERROR: <input>:1:5: …"; nullopt when the error has no place.
std::optional<Spot> spot_of(const std::string& error) {
  Spot spot;
  if (!RE2::PartialMatch(error, R"(^ERROR: [^:]*:(\d+):(\d+):)", &spot.line,
                         &spot.column)) {
    return std::nullopt;
  }
  return spot;
}

// Ours is a range of columns, cel-go's one column: a call's is its bracket, a
// selection's its dot.
bool touches(const simwarden::Place& place, const Spot& spot) {
  return place.line == spot.line && place.column <= spot.column + 1 &&
         spot.column <= place.column + place.width;
}

struct Trees {
  std::string parsed;
  std::string checked;
  std::string type;
  simwarden::Issues issues;
};

Trees trees_of(const Case& test, const World& world) {
  cel::CompileOptions options;
  options.container = test.tree.find("original")->text_of("container");
  Trees trees;
  const cel::Origin origin;
  cel::Complaints complaints(test.expr, origin, trees.issues);
  cel::Ast ast;
  if (!cel::parse(test.expr, ast, complaints)) return trees;
  trees.parsed = ast_text(ast);
  const cel::Notes notes =
      cel::check(ast, world.environment(), options, complaints);
  if (complaints.count() > 0) return trees;
  trees.checked = ast_text(ast, &notes);
  trees.type = type_text(cel::settle(notes[ast.root].type));
  return trees;
}

std::string without_references(std::string tree) {
  RE2::GlobalReplace(&tree, R"(\^[\w@|]+)", "");
  return tree;
}

Answer different(std::string expected, std::string got) {
  return {false, false, std::move(expected), std::move(got)};
}

Answer compare_error(const std::string& error, const Trees& trees,
                     bool any_place) {
  if (!trees.issues.has_errors()) return different(error, "no error");
  const auto spot = spot_of(error);
  const simwarden::Issue first = trees.issues.sorted()[0];
  if (any_place || !spot || touches(first.place, *spot)) {
    return {true, true, {}, {}};
  }
  return {false, true, error, render(trees.issues)};
}

}  // namespace

Answer run_printed(const Case& test, const Leniency& lenient) {
  const Tree* original = test.tree.find("original");
  if (!original) return different("a case", "no original");
  World world(*original);
  if (test.file == "checking.jsonl" && !original->find("type_env")) {
    declare_defaults(world);
  }
  if (!world.problem().empty()) return different("a type", world.problem());
  const Trees trees = trees_of(test, world);
  const std::string parsed = test.tree.text_of("ast");
  if (!parsed.empty() && trees.parsed != parsed) {
    return different(
        parsed, trees.parsed.empty() ? render(trees.issues) : trees.parsed);
  }
  if (lenient.errors && !parsed.empty()) return {true, false, {}, {}};
  const std::string error = test.tree.text_of("error");
  if (!error.empty()) return compare_error(error, trees, lenient.places);
  if (trees.issues.has_errors()) return different("", render(trees.issues));
  const std::string checked =
      without_references(test.tree.text_of("checked_ast"));
  if (trees.checked != checked) return different(checked, trees.checked);
  const std::string type = test.tree.text_of("type");
  if (trees.type != type) return different(type, trees.type);
  return {true, false, {}, {}};
}

}  // namespace conformance
