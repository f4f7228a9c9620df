// SPDX-License-Identifier: Apache-2.0
// Our half of a differential test: tools/cel_differential feeds it.
//
//   {"expr": "i + 1", "bindings": {"i": "41"}}      one a line, bindings in CEL
//   value 42                                        one a line, as to_text()
//   error integer overflow
//   missing                                         a variable without binding
//   invalid C103                                    does not compile
#include <cstdio>
#include <iostream>
#include <map>
#include <string>

#include <simdjson.h>

#include "cel/run/program.h"
#include "cel/value/scratch.h"

namespace {

// The variables that an expression may use. cel_differential's table says the
// same; one that is missing there is merely not used.
struct Declared {
  const char* name;
  const cel::Type* type;
};

cel::Environment make_environment() {
  const Declared kDeclared[] = {
      {"b", cel::bool_type()},
      {"i", cel::int_type()},
      {"j", cel::int_type()},
      {"u", cel::uint_type()},
      {"d", cel::double_type()},
      {"s", cel::string_type()},
      {"t", cel::string_type()},
      {"y", cel::bytes_type()},
      {"at", cel::timestamp_type()},
      {"wait", cel::duration_type()},
      {"numbers", cel::list_type(cel::int_type())},
      {"words", cel::list_type(cel::string_type())},
      {"ages", cel::map_type(cel::string_type(), cel::int_type())},
      {"any", cel::dyn_type()},
  };
  cel::Environment environment;
  for (const Declared& declared : kDeclared) {
    const auto slot = static_cast<uint32_t>(environment.variables().size());
    environment.add(cel::Variable{declared.name, declared.type, slot, {}});
  }
  return environment;
}

// Bindings are expressions without variables; `keep` holds their values.
class Bindings : public cel::Activation {
 public:
  explicit Bindings(const cel::Environment& environment)
      : environment_(environment) {}

  void clear() {
    values_.clear();
    programs_.clear();
    keep_.clear();
  }
  bool bind(std::string_view name, std::string_view source) {
    const cel::Variable* variable = environment_.find(name);
    simwarden::Issues issues;
    cel::CompileOptions options;
    options.checked = false;
    auto program = cel::compile(source, {}, {}, issues, options);
    if (!variable || !program) return false;
    values_[variable->slot] = program->evaluate(*this, keep_);
    programs_.push_back(std::move(program));
    return true;
  }
  cel::Value fact(uint32_t slot, cel::Scratch& scratch) override {
    const auto found = values_.find(slot);
    if (found != values_.end()) return found->second;
    return scratch.make_missing(slot, 0);
  }

 private:
  const cel::Environment& environment_;
  std::map<uint32_t, cel::Value> values_;
  // Constants live in their programs.
  std::vector<std::unique_ptr<const cel::Program>> programs_;
  cel::Scratch keep_;
};

std::string code_of(const simwarden::Issues& issues) {
  for (const simwarden::Issue& issue : issues.sorted()) {
    if (issue.severity == simwarden::Severity::error) return issue.code;
  }
  return "unknown";
}

std::string answer(std::string_view source, const cel::Environment& environment,
                   Bindings& bindings, cel::Scratch& scratch,
                   const cel::CompileOptions& options) {
  simwarden::Issues issues;
  const auto program = cel::compile(source, environment, {}, issues, options);
  if (!program) return "invalid " + code_of(issues);
  scratch.clear();
  const cel::Value value = program->evaluate(bindings, scratch);
  if (value.is(cel::Tag::error)) {
    return "error " + std::string(value.as_error().what);
  }
  if (value.is(cel::Tag::missing)) return "missing";
  return "value " + cel::to_text(value);
}

int wrong_usage() {
  std::fputs("usage: cel_eval [--checked] [--no-fold] < LINES\n", stderr);
  return 3;
}

}  // namespace

int main(int argc, char** argv) {
  cel::CompileOptions options;
  options.checked = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--checked") {
      options.checked = true;
    } else if (option == "--no-fold") {
      options.fold = false;
    } else {
      return wrong_usage();
    }
  }
  const cel::Environment environment = make_environment();
  Bindings bindings(environment);
  cel::Scratch scratch;
  simdjson::dom::parser parser;
  for (std::string line; std::getline(std::cin, line);) {
    simdjson::dom::element row;
    std::string_view source;
    if (parser.parse(line).get(row) || row["expr"].get(source)) {
      std::cout << "invalid line\n";
      continue;
    }
    bindings.clear();
    bool bound = true;
    simdjson::dom::object values;
    if (!row["bindings"].get(values)) {
      for (const auto& [name, value] : values) {
        std::string_view text;
        bound = bound && !value.get(text) && bindings.bind(name, text);
      }
    }
    std::cout << (bound
                      ? answer(source, environment, bindings, scratch, options)
                      : "invalid binding")
              << '\n';
  }
  return std::cout.flush() ? 0 : 5;
}
