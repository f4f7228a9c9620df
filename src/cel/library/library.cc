// SPDX-License-Identifier: Apache-2.0
#include "cel/library/library.h"

#include <algorithm>
#include <utility>

#include "cel/value/typing.h"
#include "diag/ascii.h"
#include "diag/check.h"

// Signatures are read once, when the first expression is compiled.
namespace cel {
namespace {

using simwarden::is_ascii_word;

const Type* named_type(std::string_view name) {
  if (name == "A" || name == "B" || name == "N" || name == "O")
    return parameter_type(std::string(name));
  return name == "dyn" ? dyn_type() : type_named(name);
}

// type := name | 'list(' type ')' | 'map(' type ',' type ')' | …
class SignatureReader {
 public:
  explicit SignatureReader(std::string_view text) : rest_(text) {}

  std::optional<Signature> run() {
    Signature read;
    const std::string_view whole = rest_;
    const Type* receiver = type();
    if (receiver && accept(".")) {
      read.member = true;
      read.params.push_back(receiver);
    } else {
      rest_ = whole;
    }
    const size_t open = rest_.find('(');
    if (open == std::string::npos) return std::nullopt;
    read.name = std::string(rest_.substr(0, open));
    rest_.remove_prefix(open + 1);
    while (!accept(")")) {
      const Type* param = type();
      if (!param) return std::nullopt;
      read.params.push_back(param);
      read.variadic = accept("...");
      accept(",");
    }
    if (!accept("->")) return std::nullopt;
    read.result = type();
    return read.result ? std::optional(std::move(read)) : std::nullopt;
  }

 private:
  bool accept(std::string_view symbol) {
    while (rest_.starts_with(' ')) rest_.remove_prefix(1);
    if (!rest_.starts_with(symbol)) return false;
    rest_.remove_prefix(symbol.size());
    return true;
  }

  static size_t word_size(std::string_view text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_ascii_word);
    return static_cast<size_t>(end - text.begin());
  }

  // The longest that names a type: "net.IP" of net.IP.family().
  std::string_view type_name() const {
    const size_t word = word_size(rest_);
    if (word == rest_.size() || rest_[word] != '.') {
      return rest_.substr(0, word);
    }
    const size_t longer = word + 1 + word_size(rest_.substr(word + 1));
    const std::string_view dotted = rest_.substr(0, longer);
    return type_named(dotted) ? dotted : rest_.substr(0, word);
  }

  const Type* type() {
    accept(" ");
    const std::string_view name = type_name();
    rest_.remove_prefix(name.size());
    if (!rest_.starts_with('(')) return named_type(name);
    rest_.remove_prefix(1);
    const Type* first = type();
    const Type* second = accept(",") ? type() : nullptr;
    if (!first || !accept(")")) return nullptr;
    if (name == "list") return list_type(first);
    if (name == "optional") return optional_type(first);
    if (name == "type") return type_type_of(first);
    return name == "map" && second ? map_type(first, second) : nullptr;
  }

  std::string_view rest_;
};

}  // namespace

std::optional<Signature> read_signature(std::string_view text) {
  return SignatureReader(text).run();
}

TagMask mask_of(const Type* type) {
  const auto bit = [](Tag tag) { return 1u << static_cast<unsigned>(tag); };
  switch (type->kind) {
    case TypeKind::null: return bit(Tag::null);
    case TypeKind::boolean: return bit(Tag::boolean);
    case TypeKind::integer: return bit(Tag::integer);
    case TypeKind::uinteger: return bit(Tag::uinteger);
    case TypeKind::number: return bit(Tag::number);
    case TypeKind::string: return bit(Tag::string);
    case TypeKind::bytes: return bit(Tag::bytes);
    case TypeKind::timestamp: return bit(Tag::timestamp);
    case TypeKind::duration: return bit(Tag::duration);
    case TypeKind::list: return bit(Tag::list);
    case TypeKind::map: return bit(Tag::map);
    case TypeKind::object: return bit(Tag::object);
    case TypeKind::type: return bit(Tag::type);
    case TypeKind::optional: return bit(Tag::optional);
    case TypeKind::ip: return bit(Tag::ip);
    case TypeKind::cidr: return bit(Tag::cidr);
    case TypeKind::parameter:
      if (type->name != "N") return bit(Tag::error) - 1;
      return bit(Tag::integer) | bit(Tag::uinteger) | bit(Tag::number);
    default: return bit(Tag::error) - 1;
  }
}

std::span<const Family> families() {
  static const Family all[] = {
      arithmetic_functions(),   ordering_functions(), string_functions(),
      string_slice_functions(), format_functions(),   regex_functions(),
      collection_functions(),   optional_functions(), conversion_functions(),
      time_functions(),         math_functions(),     encoder_functions(),
      network_functions()};
  return all;
}

Library::Library() {
  for (const Family& family : families()) add(family.rows);
  for (const auto& entry : functions_) names_.push_back(entry.first);
  for (const auto& entry : methods_) names_.push_back(entry.first);
  std::erase_if(names_, [](const std::string& name) {
    return !is_ascii_word(name[0]) || name[0] == '_';
  });
}

void Library::add(std::span<const FunctionRow> rows) {
  for (const FunctionRow& row : rows) {
    std::optional<Signature> read = read_signature(row.signature);
    CHECK(read.has_value(), "the tables of functions hold signatures");
    auto& home = read->member ? methods_ : functions_;
    Overload overload;
    for (const Type* param : read->params) {
      overload.masks.push_back(mask_of(param));
    }
    overload.run = row.run;
    overload.run_pattern = row.run_pattern;
    overload.signature = *std::move(read);
    home[overload.signature.name].push_back(std::move(overload));
  }
}

const std::vector<Overload>* Library::find(std::string_view name,
                                           bool member) const {
  const auto& home = member ? methods_ : functions_;
  const auto found = home.find(name);
  return found == home.end() ? nullptr : &found->second;
}

std::vector<const Overload*> Library::all() const {
  std::vector<const Overload*> rows;
  for (const auto* home : {&functions_, &methods_}) {
    for (const auto& entry : *home) {
      for (const Overload& overload : entry.second) rows.push_back(&overload);
    }
  }
  return rows;
}

bool takes_zone(const Overload& overload) {
  const auto& params = overload.signature.params;
  return params.size() == 2 && params[0] == timestamp_type() &&
         params[1] == string_type() && overload.signature.member;
}

const Library& library() {
  static const Library functions;
  return functions;
}

}  // namespace cel
