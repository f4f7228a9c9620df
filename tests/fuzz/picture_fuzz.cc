// SPDX-License-Identifier: Apache-2.0
// Pictures, and codes drawn in texts. What comes out is UTF-8, stands inside
// the picture or the text, and is the same again; two files give what each
// gives by itself. The first byte 't' reads the rest as a text.
#include "fuzz/input.h"
#include "picture/decoders.h"
#include "picture/drawn.h"
#include "picture/picture.h"
#include "text/charset.h"

using namespace simwarden;

namespace {

// A header of many pixels over few bytes: the decoders see the same as in a
// small picture, a hundred times slower.
bool is_slow(std::string_view bytes) {
  constexpr uint64_t kPixelsMax = 40'000;
  const PictureFormat* format = picture_format(bytes);
  const auto size = format ? format->size(bytes) : std::nullopt;
  return size && size->pixels() > kPixelsMax &&
         size->pixels() <= kPicturePixelsMax;
}

void check_drawn(std::string_view text) {
  if (count_utf8(text).bad != 0) return;
  const DrawnCodes drawn = find_drawn_codes(text);
  for (const DrawnCode& code : drawn.codes) {
    CHECK(code.begin < code.end && code.end <= text.size(), "it stands there");
    CHECK(count_utf8(code.content).bad == 0, "a content is UTF-8");
  }
}

void check_reading(const PictureReading& reading) {
  CHECK(reading.codes.size() <= kPictureCodesMax, "codes are bounded");
  for (const PictureCode& code : reading.codes) {
    CHECK(!code.content.empty(), "a code says something");
    CHECK(count_utf8(code.content).bad == 0, "a content is UTF-8");
    CHECK(!code.kind.empty(), "its kind has a name");
    CHECK(code.frame >= 1 && code.frame <= kPictureFramesMax, "of a frame");
    CHECK(code.box.left <= reading.width, "it stands in the picture");
    CHECK(code.box.top <= reading.height, "it stands in the picture");
  }
}

void check_same(const PictureReading& a, const PictureReading& b) {
  CHECK(a.reading == b.reading, "the same came of it");
  CHECK(a.codes.size() == b.codes.size(), "as many codes");
  for (size_t i = 0; i < a.codes.size(); ++i) {
    CHECK(a.codes[i].content == b.codes[i].content, "the same content");
    CHECK(a.codes[i].box == b.codes[i].box, "at the same place");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view bytes = fuzz::as_text(data, size);
  if (bytes.starts_with('t')) {
    check_drawn(bytes.substr(1));
    return 0;
  }
  if (is_slow(bytes)) return 0;
  const auto alone = read_pictures({&bytes, 1});
  check_reading(alone[0]);
  const std::string_view both[] = {bytes, "no picture"};
  const auto again = read_pictures(both);
  check_same(alone[0], again[0]);
  return 0;
}
