// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

// One regular expression, read once for everything that is asked of its text.
//
//   const Pattern pattern("otp|one[- ]time code");
//   if (pattern.error().empty()) build_scanner({pattern});
namespace simwarden {

struct Shape;

// A value; copies share what was read.
class Pattern {
 public:
  explicit Pattern(std::string text);

  const std::string& text() const { return text_; }
  // Why RE2 refuses it; empty when it accepts. Its offending part, as RE2
  // names it.
  const std::string& error() const { return error_; }
  const std::string& offending() const { return offending_; }
  // Whether the empty text matches, and so every text. REQUIRES: no error.
  bool matches_empty() const;
  // What its matches must hold; null when that is not read.
  const Shape* shape() const { return shape_.get(); }

 private:
  std::string text_;
  std::string error_;
  std::string offending_;
  std::shared_ptr<const Shape> shape_;
};

}  // namespace simwarden
