// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/prefixes.h"
#include "spelling/respelling.h"

// Hosts of messengers that are written broken in front of a path: "t . me /",
// "t.m e/", "wa | me/", "т.ме/", "t.m.e/", "tme/demo_x", "discord gg/", ".gg/".
namespace simwarden {

// The host whose "/" is the range `slash`, written anew with the slash as
// "t.me/"; what stands around a word for a slash is part of its range.
bool read_broken_host(std::string_view text, Range slash, Respelling& out);

// "https://demo,com", "https://demo com": a comma or a space for the dots of
// the host behind the "/" at `i`.
bool read_gapped_host(std::string_view text, size_t i, Respelling& out);

// Words in front of a word for a slash that such a host may end with.
void add_broken_endings(Prefixes& prefixes);

}  // namespace simwarden
