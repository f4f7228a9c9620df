// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "notation/json_text.h"
#include "notation/text_pen.h"

namespace simwarden {

// Writes one JSON object, keys in the order of the calls, a comma where one is
// due. Keys are plain words of ours. (key | text | number | …)* close
//
//   JsonObject object(out);
//   object.text("name", "demo");
//   object.close();                      // {"name":"demo"}
template <typename Out>
class BasicJsonObject {
 public:
  // Appends to `out`, which must outlive it.
  explicit BasicJsonObject(Out& out) : out_(out) { out_ += '{'; }
  // Of an object that was begun in `out` and not closed.
  static BasicJsonObject begun(Out& out) { return BasicJsonObject(out, 0); }
  void close() { out_ += '}'; }

  // The value is for the caller to append.
  [[gnu::always_inline]] Out& key(std::string_view name) {
    append_json_key(out_, name);
    return out_;
  }
  // What is empty is left out, key and all.
  void text(std::string_view name, std::string_view value) {
    if (!value.empty()) append_json_string(key(name), value);
  }
  void number(std::string_view name, double value) {
    append_json_number(key(name), value);
  }
  void flag(std::string_view name, bool value) {
    key(name) += value ? "true" : "false";
  }
  void whole(std::string_view name, uint64_t value) {
    append_whole(key(name), value);
  }
  void texts(std::string_view name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    key(name) += '[';
    for (size_t i = 0; i < values.size(); ++i) {
      if (i > 0) out_ += ',';
      append_json_string(out_, values[i]);
    }
    out_ += ']';
  }
  // write(out, item) appends each.
  template <typename T, typename Write>
  void each(std::string_view name, const std::vector<T>& items, Write write) {
    if (items.empty()) return;
    key(name) += '[';
    for (size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_ += ',';
      write(out_, items[i]);
    }
    out_ += ']';
  }

 private:
  BasicJsonObject(Out& out, int) : out_(out) {}
  Out& out_;
};
using JsonObject = BasicJsonObject<std::string>;

}  // namespace simwarden
