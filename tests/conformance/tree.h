// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"

// A conformance case as it was written, from either notation: fields in
// order, a repeated field several times, names in snake_case.
namespace conformance {

struct Field;

struct Tree {
  bool message = false;  // else a scalar
  std::string text;      // of a scalar, unescaped
  std::vector<Field> fields;

  static Tree scalar(std::string text);
  Tree& add(std::string name, Tree value);
  // The first field of that name; null when there is none.
  const Tree* find(std::string_view name) const;
  std::vector<const Tree*> all(std::string_view name) const;
  // The text of a scalar field; empty when there is none.
  std::string text_of(std::string_view name) const;
  bool is_true(std::string_view name) const { return text_of(name) == "true"; }
  // One line: name:"text" name{…}. What the rules of skips.txt look at.
  std::string one_line() const;
};

struct Field {
  std::string name;
  Tree value;
};

// One JSON object. REQUIRES: `line` is one of cel-spec's tests: bytesValue is
// base64, bindings is an object by name.
simwarden::Result<Tree> read_json(std::string_view line);

// A whole .textproto file.
simwarden::Result<Tree> read_textproto(std::string_view text);

}  // namespace conformance
