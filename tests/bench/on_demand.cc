// SPDX-License-Identifier: Apache-2.0
#include "bench/on_demand.h"

#include <cstdio>
#include <cstdlib>

#include <simdjson.h>

namespace simwarden {
namespace {

namespace od = simdjson::ondemand;

// As many levels as records have, and some more.
constexpr int kLevelsMax = 16;

// What a value says, as the reader of a record would take it.
// NOLINTNEXTLINE(misc-no-recursion): counted
size_t taken(od::value value, int levels_left) {
  if (levels_left == 0) {
    std::fprintf(stderr, "no record is so deep\n");
    std::exit(1);
  }
  size_t sum = 0;
  switch (value.type()) {
    case od::json_type::object:
      for (auto field : value.get_object()) {
        sum += std::string_view(field.unescaped_key()).size();
        sum += taken(field.value(), levels_left - 1);
      }
      return sum;
    case od::json_type::array:
      for (auto item : value.get_array()) {
        sum += taken(item.value(), levels_left - 1);
      }
      return sum;
    case od::json_type::string:
      return std::string_view(value.get_string()).size();
    case od::json_type::number: return size_t(double(value.get_double()));
    case od::json_type::boolean: return bool(value.get_bool()) ? 1 : 0;
    case od::json_type::null: break;
  }
  return 0;
}

}  // namespace

struct OnDemand::Parser {
  od::parser parser;
};

OnDemand::OnDemand() : parser_(std::make_unique<Parser>()) {}
OnDemand::~OnDemand() = default;

size_t OnDemand::take(std::string_view line, size_t padding) {
  od::document document =
      parser_->parser.iterate(line.data(), line.size(), line.size() + padding);
  return taken(document.get_value(), kLevelsMax);
}

}  // namespace simwarden
