// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/respelling.h"

// Hosts that are typed past filters, and that a reader types right.
namespace simwarden {

// "demo.c0m", "demo.c.o.m", "demo.c o m": `dot` stands on the dot.
bool may_be_typed_ending(std::string_view text, size_t dot);
bool read_typed_ending(std::string_view text, size_t dot, Respelling& out);

// "www demo-sim com", "www,demo-sim,com", "www-demo-sim-com" at `i`.
bool may_be_typed_www(std::string_view text, size_t i);
bool read_typed_www(std::string_view text, size_t i, Respelling& out);

// "demo-sim,com/reg", "demo-sim. com/reg": `slash` stands on the slash.
bool read_comma_host(std::string_view text, size_t slash, Respelling& out);

}  // namespace simwarden
