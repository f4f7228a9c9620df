// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/value/scratch.h"
#include "cel/value/value.h"

// What an expression may talk about: typed variables (facts) and functions.
// The host fills an Environment once; compile() (program.h) reads it.
namespace cel {

// Types are compared by pointer; make them with the functions below, which
// intern for the life of the process (their number is bounded by the schema).
struct TypeField {
  std::string name;
  const Type* type;
  std::span<const std::string_view>
      choices;  // closed set of a string, or empty
  std::string doc;
  uint64_t bytes_max = 0;  // of a text; 0: kTextAssumed
};

// How long a value can be at most, as the host enforces it.
struct Extent {
  uint64_t size = 0;     // bytes of a text, elements of a list; 0: assumed
  uint64_t element = 0;  // bytes of a text in a list
};
// What is assumed where nobody says: an identifier, a short list.
inline constexpr uint64_t kTextAssumed = 256;
inline constexpr uint64_t kListAssumed = 50;
enum class TypeKind : uint8_t {
  dyn,
  null,
  boolean,
  integer,
  uinteger,
  number,
  string,
  bytes,
  timestamp,
  duration,
  list,
  map,
  object,
  type,
  optional,
  ip,
  cidr,
  opaque,     // of the host, known by its name and its parts alone
  parameter,  // A, B, N, O in the signature of a function; never of a value
};
struct Type {
  TypeKind kind;
  std::string name;               // "int", "list(string)", "link"
  const Type* element = nullptr;  // list, optional; value of a map
  const Type* key = nullptr;      // map
  std::vector<TypeField> fields;  // object
  // What stands in the brackets of the name: map(string, int) has two.
  std::vector<const Type*> parts = {};
};
const Type* dyn_type();
const Type* null_type();
const Type* bool_type();
const Type* int_type();
const Type* uint_type();
const Type* double_type();
const Type* string_type();
const Type* bytes_type();
const Type* timestamp_type();
const Type* duration_type();
const Type* type_type();
// The type of a type that is known: type(int) of `int` and of type(1).
const Type* type_type_of(const Type* named);
const Type* ip_type();    // net.IP
const Type* cidr_type();  // net.CIDR
const Type* list_type(const Type* element);
const Type* map_type(const Type* key, const Type* value);
const Type* optional_type(const Type* element);
const Type* opaque_type(std::string_view name, std::vector<const Type*> parts);
// An object type. Names are unique in a process: asked for again with the
// same fields it is the same type; with other fields it is a bug.
const Type* object_type(std::string name, const std::vector<TypeField>& fields);

// A fact: a dotted name with a type and a slot that the host knows it by.
struct Variable {
  std::string name;  // "request.channel.type"
  const Type* type = nullptr;
  uint32_t slot = 0;
  // A string that can only be one of these: comparing it with anything else
  // is a compile error. Of a list(string): its elements. Empty: open.
  std::vector<std::string> choices;
  Extent extent = {};
};

// A function of the host. Pure: same arguments, same result.
struct Function {
  std::string name;                 // "in_list"
  std::vector<const Type*> params;  // dyn_type() takes anything
  const Type* result = nullptr;
  std::function<Value(std::span<const Value>, Scratch&)> run;
  // Called at compile time with the arguments that are constants (nullopt for
  // the others). A text returned is an error at that argument:
  // {argument index, message, help}.
  struct Complaint {
    size_t argument;
    std::string message;
    std::string help;
  };
  std::function<std::optional<Complaint>(std::span<const std::optional<Value>>)>
      check;
};

class Environment {
 public:
  void add(Variable variable);
  void add(Function function);
  // What to say of a group that has no facts here, and why: "profile".
  void explain(std::string group, std::string why);
  const std::string* explained(std::string_view group) const;
  const Variable* find(std::string_view dotted_name) const;
  // Shared: what was compiled against it keeps it. Null when there is none.
  std::shared_ptr<const Function> find_function(std::string_view name) const;
  // True when some variable's name begins with `dotted_name` + ".".
  bool is_prefix(std::string_view dotted_name) const;
  std::span<const Variable> variables() const { return variables_; }
  std::span<const std::shared_ptr<const Function>> functions() const {
    return functions_;
  }
  std::vector<std::string> variable_names() const;

 private:
  std::vector<Variable> variables_;
  std::vector<std::shared_ptr<const Function>> functions_;
  std::map<std::string, size_t, std::less<>> by_name_;
  std::map<std::string, std::string, std::less<>> explained_;
};

}  // namespace cel
