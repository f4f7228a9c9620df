// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include <simdjson.h>

#include "cel/value/value.h"
#include "kept/kept_record.h"

// The JSON of a kept record, for the two files that look into it.
namespace simwarden {

namespace dom = simdjson::dom;

// An element of the line; the one that the record owns has the parser too.
struct KeptRecord::Json {
  dom::element element;
  std::unique_ptr<dom::parser> parser = nullptr;

  std::optional<std::string_view> text() const {
    std::string_view found;
    if (element.get(found) != simdjson::SUCCESS) return std::nullopt;
    return found;
  }
  // A member of an object; nothing when it is none or has no such.
  std::optional<dom::element> at(std::string_view key) const {
    dom::object object;
    dom::element found;
    if (element.get(object) != simdjson::SUCCESS) return std::nullopt;
    if (object.at_key(key).get(found) != simdjson::SUCCESS) return std::nullopt;
    return found;
  }
  // The same down a name with dots.
  std::optional<dom::element> down(std::string_view name) const {
    Json here{element};
    while (true) {
      const size_t dot = name.find('.');
      const auto next = here.at(name.substr(0, dot));
      if (!next || dot == std::string_view::npos) return next;
      here.element = *next;
      name.remove_prefix(dot + 1);
    }
  }
  int64_t number(std::string_view key, int64_t otherwise) const {
    const auto found = at(key);
    int64_t number = 0;
    if (!found || found->get(number) != simdjson::SUCCESS) return otherwise;
    return number;
  }
  bool is_object() const { return element.is_object(); }
  bool is_invalid() const { return at("invalid").has_value(); }
  cel::Withheld withheld() const {
    cel::Withheld out;
    std::string_view token;
    const auto found = at("token");
    if (found && found->get(token) == simdjson::SUCCESS) out.token = token;
    out.size = number("size", number("count", -1));
    return out;
  }
};

}  // namespace simwarden
