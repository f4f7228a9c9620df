// SPDX-License-Identifier: Apache-2.0
#include <cctype>

#include <simdjson.h>

#include "conformance/tree.h"

// protobuf's JSON notation of a case -> Tree.
namespace conformance {
namespace {

namespace ondemand = simdjson::ondemand;
using simwarden::Error;
using simwarden::Result;
using simwarden::Trouble;

constexpr int kDepthMax = 64;  // our recursion; no case nests deeper

std::string snake_case(std::string_view camel) {
  std::string snake;
  for (const char c : camel) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isupper(byte)) snake += '_';
    snake += static_cast<char>(std::tolower(byte));
  }
  return snake;
}

std::string from_base64(std::string_view text) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const size_t digit = kDigits.find(c);
    if (digit == std::string::npos) break;
    bits = (bits << 6 | static_cast<uint32_t>(digit)) & 0xFFFF;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push_back(static_cast<char>(bits >> count & 0xFF));
  }
  return bytes;
}

// On-demand parsing, since a double may be written as an integer too big for
// any: numbers are kept as their text.
class Converter {
 public:
  bool failed() const { return failed_; }

  void object(ondemand::object from, Tree& to) {
    to.message = true;
    each(from, [&](const std::string& key, ondemand::value value) {
      field(key, value, to);
    });
  }

 private:
  template <typename Take>
  void each(ondemand::object from, Take take) {
    failed_ = failed_ || ++depth_ > kDepthMax;
    for (auto item : from) {
      std::string_view key;
      ondemand::value value;
      failed_ =
          failed_ || item.unescaped_key().get(key) || item.value().get(value);
      if (failed_) return;
      take(std::string(key), value);
    }
    --depth_;
  }

  void field(const std::string& key, ondemand::value value, Tree& to) {
    if (key == "bindings") return bindings(value, to);
    const std::string name = snake_case(key);
    ondemand::array items;
    if (value.get_array().get(items)) return one(name, value, to);
    for (auto item : items) {
      ondemand::value element;
      failed_ = failed_ || item.get(element);
      if (failed_) return;
      one(name, element, to);
    }
  }

  void bindings(ondemand::value value, Tree& to) {
    ondemand::object by_name;
    failed_ = failed_ || value.get_object().get(by_name);
    if (failed_) return;
    each(by_name, [&](const std::string& name, ondemand::value bound) {
      Tree& entry = to.add("bindings", {true, {}, {}});
      entry.add("key", Tree::scalar(name));
      one("value", bound, entry);
    });
  }

  void one(const std::string& name, ondemand::value value, Tree& to) {
    ondemand::object inner;
    std::string_view text;
    if (!value.get_object().get(inner)) {
      object(inner, to.add(name, {true, {}, {}}));
    } else if (!value.get_string().get(text)) {
      to.add(name, Tree::scalar(name == "bytes_value" ? from_base64(text)
                                                      : std::string(text)));
    } else {
      text = value.raw_json_token();
      text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
      to.add(name, Tree::scalar(std::string(text)));
    }
  }

  int depth_ = 0;
  bool failed_ = false;
};

}  // namespace

Result<Tree> read_json(std::string_view line) {
  ondemand::parser parser;
  const simdjson::padded_string padded(line);
  ondemand::document document;
  ondemand::object object;
  if (parser.iterate(padded).get(document) ||
      document.get_object().get(object)) {
    return Error{Trouble::input, "it is no JSON object"};
  }
  Tree tree;
  Converter converter;
  converter.object(object, tree);
  if (converter.failed()) return Error{Trouble::input, "it is broken"};
  return tree;
}

}  // namespace conformance
