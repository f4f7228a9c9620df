// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/respelling.h"

// Hosts that are written apart around a word for a dot. Of some the text says
// that they are one: "demo shop dot com, all one word", "demo shop at gmail dot
// com, no spaces".
namespace simwarden {

// The host whose last label and ending stand around `dot`, a word for a dot,
// written anew as "demoshop.com" or "demoshop@gmail.com".
// REQUIRES: an ending of hosts stands behind `dot`.
bool read_joined_host(std::string_view text, Range dot, Respelling& out);

// "w a punto m e", "l i n e 点 m e": the letters around `dot` stand apart.
bool read_spaced_host(std::string_view text, Range dot, Respelling& out);

}  // namespace simwarden
