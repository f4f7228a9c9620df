// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <string>
#include <utility>
#include <variant>

// What went wrong in the world (disk, network, database), as a value.
//
//   Result<std::string> text = read_file(path);
//   if (!text) return text.error();
//   use(*text);
//
// An author's mistakes are not an Error but Issues (issue.h); odd data is a
// value of its own kind (an invalid slot, a CEL error, a bad line). A bug of
// ours is a CHECK (check.h).
namespace simwarden {

// Whose trouble it is; main turns it into the exit code.
enum class Trouble {
  usage,        // the command line asks for something that cannot be: exit 3
  policy,       // a policy is wrong; the Issues were shown: exit 2
  input,        // an input could not be read: exit 4
  environment,  // disk, database, port: exit 5
  interrupted,  // the user stopped the run: exit 130
};

// `what` names the thing and says what to do next where that is known:
// "out.db: cannot be written: Permission denied".
struct Error {
  Trouble trouble = Trouble::environment;
  std::string what;
};

// A value or an Error. REQUIRES for `*` and `->`: ok().
template <typename T>
class [[nodiscard]] Result {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor)
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return held_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& operator*() & { return *std::get_if<0>(&held_); }
  const T& operator*() const& { return *std::get_if<0>(&held_); }
  T&& operator*() && { return std::move(*std::get_if<0>(&held_)); }
  T* operator->() { return std::get_if<0>(&held_); }
  const T* operator->() const { return std::get_if<0>(&held_); }
  const Error& error() const { return *std::get_if<1>(&held_); }

 private:
  std::variant<T, Error> held_;
};

// Success without a value.
struct Done {};
using Status = Result<Done>;

}  // namespace simwarden
