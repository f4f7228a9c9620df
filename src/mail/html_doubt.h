// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace simwarden {

// The pieces of a page's shown text that some programs may hide: salt in words
// that a filter reads and a person does not.
//
//   DoubtfulText doubt(text);
//   text = "sa"; text += "qq"; doubt.add(2); text += "le";
//   doubt.lines_without()      // "sale"
class DoubtfulText {
 public:
  explicit DoubtfulText(const std::string& text) : text_(text) {}

  // What was written behind `begin` is one.
  void add(size_t begin);
  // Each line that is more than such pieces and has salt, without them; "" when
  // there is none.
  std::string lines_without() const;

 private:
  struct Piece {
    size_t begin;
    size_t end;
  };
  bool is_salt(const Piece& piece) const;
  std::string without(size_t begin, size_t end, size_t& piece) const;

  const std::string& text_;
  std::vector<Piece> pieces_;
};

}  // namespace simwarden
