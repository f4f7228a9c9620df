// SPDX-License-Identifier: Apache-2.0
// Masked text has as many code points as the text, leaves no long number in
// clear, and does not change when it is masked again.
#include "fuzz/input.h"
#include "notation/utf8.h"
#include "privacy/masks.h"

using namespace simwarden;

namespace {

size_t code_points(std::string_view text) {
  return size_t(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  }));
}

bool is_utf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t size = utf8_size_at(text, at);
    if (size == 0) return false;
    at += size;
  }
  return true;
}

// Shorter numbers are prices, dates and hotlines.
constexpr int kDigitsInClearMax = 6;

bool has_long_number(std::string_view text) {
  int run = 0;
  for (const char c : text) {
    run = c >= '0' && c <= '9' ? run + 1 : 0;
    if (run > kDigitsInClearMax) return true;
  }
  return false;
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text = fuzz::as_text(data, size);
  const std::string masked = mask_text(text);
  CHECK(!has_long_number(masked), "no long number in clear");
  if (is_utf8(text)) {
    CHECK(code_points(masked) == code_points(text), "spans line up");
    CHECK(is_utf8(masked), "no character is cut");
  }
  for (int mask = 0; mask <= int(Mask::free_text); ++mask) {
    (void)mask_value(text, Mask(mask));
  }
  if (size < 2) return 0;
  const size_t begin = data[0] % size;
  (void)mask_excerpt(text, begin, begin + data[1] % (size - begin + 1));
  return 0;
}
