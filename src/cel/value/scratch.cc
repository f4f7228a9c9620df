// SPDX-License-Identifier: Apache-2.0
#include "cel/value/scratch.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <new>

#include "cel/value/faults.h"
#include "cel/value/regex.h"

// Blocks are filled from the front and the first ones kept, so that after the
// first few records an evaluation asks the system for no memory at all. What
// lasts for a record and what passes with an evaluation lie in different ones.
namespace cel {

// The constants of one expression fit the first block. Each further one is
// twice as big, up to one that holds what a usual record needs; a bigger wish
// gets its own.
constexpr size_t kFirstBlockBytes = 512;
constexpr size_t kBlockBytesMax = size_t{64} << 10;

struct Arena::Block {
  std::unique_ptr<std::byte[]> memory;
  size_t size;
};

Arena::Arena() = default;
Arena::~Arena() = default;

void* Arena::allocate(size_t bytes, size_t align) {
  auto& [at, used] = place_;
  while (at < blocks_.size()) {
    const size_t begin = (used + align - 1) / align * align;
    if (begin + bytes <= blocks_[at]->size) {
      used = begin + bytes;
      return blocks_[at]->memory.get() + begin;
    }
    ++at;
    used = 0;
  }
  const size_t usual = blocks_.empty()
                           ? kFirstBlockBytes
                           : std::min(blocks_.back()->size * 2, kBlockBytesMax);
  const size_t size = std::max(usual, bytes);
  auto block = std::make_unique<Block>();
  block->memory = std::make_unique_for_overwrite<std::byte[]>(size);
  block->size = size;
  blocks_.push_back(std::move(block));
  bytes_ += size;
  used = bytes;
  return blocks_.back()->memory.get();
}

// Last ones first: those before the place are in use.
void Arena::give_back() {
  while (bytes_ > kKeptBytes && blocks_.size() > place_.block + 1) {
    bytes_ -= blocks_.back()->size;
    blocks_.pop_back();
  }
  const bool unused = place_.used == 0 && blocks_.size() == place_.block + 1;
  if (bytes_ <= kKeptBytes || !unused) return;
  bytes_ -= blocks_.back()->size;
  blocks_.pop_back();
}

Scratch::Scratch() = default;
Scratch::~Scratch() = default;

void Scratch::clear() {
  passing_.rewind({});
  lasting_.rewind({});
  begin_evaluation();
}

std::span<Value> Scratch::values(size_t count) {
  if (count == 0) return {};
  void* memory = allocate(count * sizeof(Value), alignof(Value));
  auto* first = static_cast<Value*>(memory);
  std::uninitialized_default_construct_n(first, count);
  return {first, count};
}

std::string_view Scratch::copy(std::string_view text) {
  if (text.empty()) return {};
  auto* chars = static_cast<char*>(allocate(text.size(), 1));
  std::memcpy(chars, text.data(), text.size());
  return {chars, text.size()};
}

Value Scratch::make_string(std::string_view text) {
  if (!afford(text.size())) return fail(kTooBig);
  return Value::of_string(copy(text));
}

Value Scratch::make_bytes(std::string_view octets) {
  if (!afford(octets.size())) return fail(kTooBig);
  return Value::of_bytes(copy(octets));
}

uint64_t parts_of(const Value& value) {
  constexpr uint64_t kTextBytesAPart = 16;
  const Value* part = &value;
  uint64_t wrapped = 1;  // optionals of optionals
  for (; part->is(Tag::optional) && part->as_optional(); ++wrapped) {
    part = part->as_optional();
  }
  switch (part->tag()) {
    case Tag::list:
      return wrapped +
             std::max<uint64_t>(part->as_list().size(), part->list_parts());
    case Tag::map:
      return wrapped + std::max(uint64_t{2} * part->as_map().size,
                                uint64_t{part->as_map().parts});
    case Tag::string:
    case Tag::bytes:
      return wrapped + part->as_string().size() / kTextBytesAPart;
    default: return wrapped;
  }
}

namespace {

uint64_t parts_of_all(std::span<const Value> values) {
  uint64_t parts = 0;
  for (const Value& value : values) parts += parts_of(value);
  return parts;
}

}  // namespace

Value Scratch::make_list(std::span<const Value> items) {
  const uint64_t parts = parts_of_all(items);
  if (parts > kPartsMax || !afford(items.size_bytes())) return fail(kTooBig);
  const std::span<Value> copied = values(items.size());
  std::copy(items.begin(), items.end(), copied.begin());
  void* memory = allocate(sizeof(List), alignof(List));
  return Value::of_list(
      ::new (memory) List{copied.data(), static_cast<uint32_t>(copied.size()),
                          static_cast<uint32_t>(parts)});
}

Value Scratch::make_map(std::span<const Value> keys,
                        std::span<const Value> entries) {
  const uint64_t parts =
      parts_of_all(keys) + parts_of_all(entries.first(keys.size()));
  if (parts > kPartsMax || !afford(keys.size_bytes() * 2)) {
    return fail(kTooBig);
  }
  const std::span<Value> key_copy = values(keys.size());
  const std::span<Value> entry_copy = values(keys.size());
  std::copy(keys.begin(), keys.end(), key_copy.begin());
  std::copy_n(entries.begin(), keys.size(), entry_copy.begin());
  void* memory = allocate(sizeof(Map), alignof(Map));
  return Value::of_map(::new (memory) Map{
      key_copy.data(), entry_copy.data(),
      static_cast<uint32_t>(key_copy.size()), static_cast<uint32_t>(parts)});
}

Value Scratch::make_optional(const Value& held) {
  const std::span<Value> place = values(1);
  place[0] = held;
  return Value::of_optional(place.data());
}

Value Scratch::make_error(std::string_view what) {
  void* memory = allocate(sizeof(Fault), alignof(Fault));
  return Value::of_error(::new (memory) Fault{copy(what)});
}

Value Scratch::make_missing(uint32_t slot, uint8_t why) {
  void* memory = allocate(sizeof(Missing), alignof(Missing));
  return Value::of_missing(::new (memory) Missing{slot, why, nullptr, nullptr});
}

Value Scratch::join_missing(const Value& left, const Value& right) {
  const Missing& l = left.as_missing();
  const Missing& r = right.as_missing();
  if (&l == &r) return left;
  const bool r_leaf = r.left == nullptr && r.right == nullptr;
  if (r_leaf && l.slot == r.slot) return left;
  void* memory = allocate(sizeof(Missing), alignof(Missing));
  return Value::of_missing(::new (memory) Missing{l.slot, l.why, &l, &r});
}

PatternCache& Scratch::patterns() {
  if (!patterns_) patterns_ = std::make_unique<PatternCache>();
  return *patterns_;
}

bool Scratch::charge_walk(const Value& value, uint64_t times) {
  if (!value.is(Tag::list) && !value.is(Tag::map)) return true;
  return charge(parts_of(value) / kPartsAStep * times);
}

bool Scratch::charge(uint64_t steps) {
  charged_ += std::min(steps, kIterationsMax + 1);
  return steps == 0 || charged_ <= kIterationsMax;
}

Scratch::Spent Scratch::spent() const {
  return {static_cast<uint32_t>(std::min(charged_, kIterationsMax + 1)),
          static_cast<uint32_t>(std::min(grown_, kGrowthBytesMax + 1))};
}

bool Scratch::afford(size_t bytes) {
  if (growth_ == Growth::is_free) return true;
  grown_ += std::min(bytes, kGrowthBytesMax + 1);
  return grown_ <= kGrowthBytesMax;
}

}  // namespace cel
