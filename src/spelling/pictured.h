// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "spelling/respelling.h"

namespace simwarden {

// The pictures in `raw` that are written for a word (text/pictures.h), where
// its plain view has them: 进👗 is 进裙.
std::vector<Respelling> respelled_pictures(const View& plain,
                                           std::string_view raw);

// A service in circled or squared letters that is glued to a name: 🅥demo_x is
// "v:demo_x", ⓣⓖdemo_x "tg:demo_x".
std::vector<Respelling> circled_services(const View& plain,
                                         std::string_view raw);

}  // namespace simwarden
