// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/value/environment.h"
#include "notation/yaml.h"
#include "policy/pack.h"

namespace simwarden {

// Of WindowKind, in its order: keys of a window, of which it has one.
inline constexpr std::array<std::string_view, 4> kWindowKindNames = {
    "count", "distinct", "share", "since"};

// "24h" in microseconds: a whole number and s, m, h or d; nothing for what is
// none, or beyond `longest`.
std::optional<int64_t> span_of(std::string_view text, int64_t longest);

struct WindowContext {
  const cel::Environment* facts = nullptr;  // with parameters and lists
  uint32_t schema_slots = 0;
  std::string asks;  // of the pack
};

// A window and where its name stands.
struct WindowDraft {
  DeclaredWindow window;
  Place place;
};

// `windows:` of a pack. With issues the result is what could be read: every
// one with a name, so that rules that use it are not wrong as well.
std::vector<WindowDraft> read_windows(YamlReader& reader, const YamlNode& pack,
                                      const WindowContext& context);

}  // namespace simwarden
