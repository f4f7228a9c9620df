// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace simwarden {

// Words of a plain view in an alphabet that no language has and that makers of
// "fancy text" put for Latin: "тєℓєgяαм", "丂乇ㄥㄥ" (data/fancy.tsv). Words of
// four and more different letters; the view has them as they are written.
//
//   fancy_words("ꮲꭼꮮꭼꮐꮢꭺꮇ @demo_x")  // 1
//
// Bytes that are not UTF-8 part words.
uint32_t fancy_words(std::string_view plain);

}  // namespace simwarden
