// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cel/syntax/origin.h"
#include "diag/issue.h"

// Where mistakes of an expression are gathered, with their place in the file
// that the expression stands in.
namespace cel {

// Codes are stable: the manual and the tests name them.
inline constexpr const char* kTooComplicated = "C101";
inline constexpr const char* kSyntax = "C102";
inline constexpr const char* kLiteral = "C103";
inline constexpr const char* kMacro = "C104";
inline constexpr const char* kUnknownFact = "C110";
inline constexpr const char* kUnknownField = "C111";
inline constexpr const char* kUnknownFunction = "C112";
inline constexpr const char* kWrongArguments = "C113";
inline constexpr const char* kUnlikeTypes = "C114";
inline constexpr const char* kNotAChoice = "C115";
inline constexpr const char* kBadRegex = "C116";
inline constexpr const char* kBadArgument = "C117";
inline constexpr const char* kWrongResult = "C118";
inline constexpr const char* kConstant = "C119";
inline constexpr const char* kAlwaysFails = "C120";
inline constexpr const char* kTooCostly = "C121";

struct CodeTitle {
  const char* code;
  const char* title;
};
inline constexpr CodeTitle kComplaintCodes[] = {
    {kTooComplicated, "an expression is too long, too deep or too big"},
    {kSyntax, "the text is not an expression"},
    {kLiteral, "a literal cannot be read"},
    {kMacro, "a macro is used in another way than its own"},
    {kUnknownFact, "there is no such fact"},
    {kUnknownField, "a fact has no such part"},
    {kUnknownFunction, "there is no such function"},
    {kWrongArguments, "a function is not for these arguments"},
    {kUnlikeTypes, "things that are never equal are compared"},
    {kNotAChoice, "a fact never has that value"},
    {kBadRegex, "RE2 refuses a regular expression"},
    {kBadArgument, "a function refuses an argument"},
    {kWrongResult, "a condition is not true or false"},
    {kConstant, "a condition says the same of every record"},
    {kAlwaysFails, "a part always fails"},
    {kTooCostly, "a condition can take too long"},
};

// Bytes of the expression.
struct Range {
  size_t begin;
  size_t end;
};

struct Complaint {
  const char* code;
  Range at;
  std::string message;
  std::string label = {};
  std::string help = {};
};

class Complaints {
 public:
  // Keeps all three by reference.
  Complaints(std::string_view source, const Origin& origin,
             simwarden::Issues& issues);
  void add(Complaint complaint);
  size_t count() const { return count_; }

 private:
  simwarden::SourceText own_;
  const Origin& origin_;
  simwarden::Issues& issues_;
  size_t count_ = 0;
};

}  // namespace cel
