// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "contact/scene.h"

// Mail addresses whose at-sign is a word of prose or stands apart.
namespace simwarden {

// "write to bookings": a name that ends at `end`, and a word in front that
// asks for mail. Not "write to us".
bool is_mailed_name(std::string_view text, size_t end);

// "demo_x @ example.com", "kai@ example.com": the "@" at `i` with the space
// around it.
bool read_apart_at(std::string_view text, size_t i, Respelling& out);

}  // namespace simwarden
