// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "contact/finders.h"
#include "contact/scene.h"

// What people get wrong when they write a link and readers see through:
// a broken scheme, a host that runs into the next sentence.
namespace simwarden {

struct SlippedScheme {
  size_t begin = 0;
  bool found = false;
  bool named = false;  // "http" is in it
};

// The scheme whose "//" stands at `slash`, with something between: "https ://",
// "http(s)://", "h.t.t.p.s://", "[https]://", "https//"; or nothing but the
// colon: "://".
SlippedScheme slipped_scheme(std::string_view text, size_t slash);

// "demo.com.Thanks": where the dot of the sentence stands; host.end when none
// does. A capital behind it and small letters before it tell it from a host.
size_t sentence_begin(const Scene& scene, Range host);

// A capital and a small letter stand at `i`, as they were written.
bool begins_sentence(const Scene& scene, size_t i);

// "main.cc:120:15" of a compiler.
bool is_place_in_source(std::string_view text, const UrlParts& parts);

}  // namespace simwarden
