// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "facts/loaded.h"
#include "policy/sample.h"

namespace simwarden {

// A pack whose one rule asks a window.
inline constexpr char kDemoPack[] = R"(pack: demo
version: 1.0.0
asks: message
title: Demo
families: {a: A}
windows:
  sender_1h: {doc: d, count: messages, by: message.sender, over: 1h}
rules:
  - {id: A-1, title: T, family: a, severity: low, score: 1, flag: windows.sender_1h > 5, reason: R., remedy: D.}
)";

inline std::shared_ptr<const Ruleset> load_pack(std::string pack,
                                                const FactSchema& schema) {
  sample::MapFiles shelf;
  shelf.put("p/demo/pack.yaml", std::move(pack));
  return load_packs(shelf, "p", schema);
}

}  // namespace simwarden
