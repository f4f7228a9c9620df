// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// A CEL value: 16 bytes, trivially copyable. Scalars are inside; strings,
// lists, maps and objects are views of memory that somebody else keeps: the
// program (constants), the facts, or the Scratch of the evaluation. A value
// must not outlive them.
//
// Two kinds are ours beside CEL's: `error` (CEL's error value: data's
// oddities, absorbed by && || all exists) and `missing` (CEL's unknown: a
// fact that was not recorded; absorbed likewise, and it says which fact).
namespace cel {

// Kinds from `error` on are no data: see is_void() of faults.h.
enum class Tag : uint8_t {
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
  error,
  missing,
};

class Value;
struct Type;

// Contiguous elements. `parts` is what a walk through all of it visits: a part
// that stands in it twice counts twice, a text one for each 16 bytes. A host
// that makes flat lists of its own leaves it out.
struct List {
  const Value* items;
  uint32_t size;
  uint32_t parts = 0;
};

// Entries in insertion order; keys are bool, int, uint or string.
struct Map {
  const Value* keys;
  const Value* values;
  uint32_t size;
  uint32_t parts = 0;  // likewise
};

// A record-like value of the host (a link, an authentication factor): fields
// in the order of its Type. A field may be `missing`.
struct Object {
  const Type* type;
  const Value* fields;
};

// An IP address (net.IP), or a range of them (net.CIDR).
struct Address {
  std::array<uint8_t, 16> octets;  // of IPv4 the first four, the rest zero
  uint8_t bits;                    // 32 or 128
  uint8_t prefix;                  // of a range; of an address as many as bits

  friend bool operator==(const Address&, const Address&) = default;
};

// Why a value is an error; `what` is static text or lives in the Scratch.
struct Fault {
  std::string_view what;  // "division by zero", "no such key"
};

// What may still be said of a value that the host withholds.
struct Withheld {
  // Two values with one token are the same, with two tokens they are not; "":
  // it has none.
  std::string_view token;
  int64_t size = -1;  // what size() answers; -1: not known
  // An empty text is not withheld, unless nobody knows what it is.
  bool may_be_empty = false;
};

// Facts that were asked for and not recorded: a small tree, so that joining
// two is one node.
struct Missing {
  uint32_t slot;         // the fact
  uint8_t why;           // the host's code (absent, null, invalid)
  const Missing* left;   // may be null
  const Missing* right;  // may be null
  // Not null: it was recorded, has() says yes, and only its value is not here.
  const Withheld* withheld = nullptr;
};

class Value {
 public:
  Value() : tag_(Tag::null) {}
  static Value of_bool(bool b) {
    Value v(Tag::boolean);
    v.bool_ = b;
    return v;
  }
  static Value of_int(int64_t i) {
    Value v(Tag::integer);
    v.int_ = i;
    return v;
  }
  static Value of_uint(uint64_t u) {
    Value v(Tag::uinteger);
    v.uint_ = u;
    return v;
  }
  static Value of_number(double d) {
    Value v(Tag::number);
    v.number_ = d;
    return v;
  }
  static Value of_string(std::string_view s) { return text(Tag::string, s); }
  static Value of_bytes(std::string_view s) { return text(Tag::bytes, s); }
  // Seconds since the epoch and nanoseconds 0 to 999,999,999.
  static Value of_timestamp(int64_t seconds, uint32_t nanos) {
    Value v(Tag::timestamp);
    v.int_ = seconds;
    v.size_ = nanos;
    return v;
  }
  static Value of_duration(int64_t nanos) {
    Value v(Tag::duration);
    v.int_ = nanos;
    return v;
  }
  static Value of_list(const List* l) {
    Value v(Tag::list);
    v.list_ = l;
    return v;
  }
  static Value of_map(const Map* m) {
    Value v(Tag::map);
    v.map_ = m;
    return v;
  }
  static Value of_object(const Object* o) {
    Value v(Tag::object);
    v.object_ = o;
    return v;
  }
  static Value of_type(const Type* t) {
    Value v(Tag::type);
    v.type_ = t;
    return v;
  }
  // What an optional holds; null for none.
  static Value of_optional(const Value* held) {
    Value v(Tag::optional);
    v.held_ = held;
    return v;
  }
  static Value of_ip(const Address* a) {
    Value v(Tag::ip);
    v.address_ = a;
    return v;
  }
  static Value of_cidr(const Address* a) {
    Value v(Tag::cidr);
    v.address_ = a;
    return v;
  }
  static Value of_error(const Fault* f) {
    Value v(Tag::error);
    v.fault_ = f;
    return v;
  }
  static Value of_missing(const Missing* m) {
    Value v(Tag::missing);
    v.missing_ = m;
    return v;
  }

  Tag tag() const { return tag_; }
  bool is(Tag tag) const { return tag_ == tag; }
  bool is_true() const { return tag_ == Tag::boolean && bool_; }
  bool is_false() const { return tag_ == Tag::boolean && !bool_; }

  // REQUIRES: the tag that the name says.
  bool as_bool() const { return bool_; }
  int64_t as_int() const { return int_; }
  uint64_t as_uint() const { return uint_; }
  double as_number() const { return number_; }
  std::string_view as_string() const { return {chars_, size_}; }
  std::string_view as_bytes() const { return {chars_, size_}; }
  int64_t timestamp_seconds() const { return int_; }
  uint32_t timestamp_nanos() const { return size_; }
  int64_t duration_nanos() const { return int_; }
  std::span<const Value> as_list() const;
  // REQUIRES: a list.
  uint32_t list_parts() const { return list_->parts; }
  const Map& as_map() const { return *map_; }
  const Object& as_object() const { return *object_; }
  const Type* as_type() const { return type_; }
  const Value* as_optional() const { return held_; }
  const Address& as_address() const { return *address_; }  // ip, cidr
  const Fault& as_error() const { return *fault_; }
  const Missing& as_missing() const { return *missing_; }
  // Neither here nor withheld.
  bool is_absent() const {
    return tag_ == Tag::missing && missing_->withheld == nullptr;
  }

 private:
  explicit Value(Tag tag) : tag_(tag) {}
  static Value text(Tag tag, std::string_view s) {
    Value v(tag);
    v.chars_ = s.data();
    v.size_ = static_cast<uint32_t>(s.size());
    return v;
  }

  Tag tag_;
  uint32_t size_ = 0;
  // NOLINTBEGIN(readability-identifier-naming): private, whatever the union
  union {
    bool bool_;
    int64_t int_ = 0;
    uint64_t uint_;
    double number_;
    const char* chars_;
    const List* list_;
    const Map* map_;
    const Object* object_;
    const Type* type_;
    const Value* held_;
    const Address* address_;
    const Fault* fault_;
    const Missing* missing_;
  };
  // NOLINTEND(readability-identifier-naming)
};
static_assert(sizeof(Value) == 16);

// The parts of a list, a map or what an optional holds; 1 of a scalar.
uint64_t parts_of(const Value& value);

inline std::span<const Value> Value::as_list() const {
  return {list_->items, list_->size};
}

// The value as CEL would write it: 'lost', 12u, [1, 2.0], timestamp('…').
// For evidence and tests. An error is error('…'), a missing one missing(7).
std::string to_text(const Value& value);

// The slots that a missing value names, sorted, each once.
std::vector<uint32_t> missing_slots(const Missing& missing);
// Those of them that were recorded and are withheld.
std::vector<uint32_t> withheld_slots(const Missing& missing);

}  // namespace cel
