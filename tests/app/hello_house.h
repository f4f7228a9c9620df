// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include <boost/test/unit_test.hpp>

#include "files.h"
#include "house/house.h"

// A house whose one rule hits messages that are "Hello".
inline constexpr std::string_view kHelloPack = R"(pack: demo
version: 1.0.0
asks: message
title: Demo
families: {a: A}
rules:
  - {id: A-1, title: T, family: a, severity: low, score: 30, flag: "message.text == 'Hello'", reason: R., remedy: D.}
)";

// Writes the pack into the folder.
inline std::unique_ptr<simwarden::House> hello_house(
    const simwarden::TestFolder& folder) {
  folder.write("demo/pack.yaml", kHelloPack);
  simwarden::Issues issues;
  auto house = simwarden::House::load({.paths = {folder / "demo"}}, issues);
  BOOST_REQUIRE_MESSAGE(house.ok(), render(issues));
  return std::move(*house);
}
