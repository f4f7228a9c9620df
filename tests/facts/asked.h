// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <boost/test/unit_test.hpp>

#include "cel/run/program.h"
#include "facts/facts.h"

namespace simwarden {

// What an expression says about one record, as CEL would write it; a fact
// that is missing reads "missing <name>".
inline std::string asked(const Record& record, const Registry& registry,
                         const std::string& what) {
  static const FactSchema schema;
  Issues issues;
  const auto program =
      cel::compile(what, schema.environment(record.kind()), {}, issues);
  BOOST_REQUIRE_MESSAGE(program != nullptr, render(issues));
  Facts facts(schema, registry);
  facts.look_at(record, "CN");
  cel::Scratch scratch;
  const cel::Value value = program->evaluate(facts, scratch);
  if (value.is(cel::Tag::missing)) {
    return "missing " + schema.name(value.as_missing().slot);
  }
  return cel::to_text(value);
}

}  // namespace simwarden
