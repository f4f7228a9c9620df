// SPDX-License-Identifier: Apache-2.0
// Files that show nothing, and were made to cost time or memory.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <sys/resource.h>
#include <zlib.h>

#include "picture/painted.h"
#include "picture/picture.h"

using namespace simwarden;

namespace {

constexpr std::string_view kLink = "https://demo.test/esim";

// "broken broken left_out"
std::string readings(const std::string& file, size_t times) {
  const std::vector<std::string_view> files(times, file);
  std::string out;
  for (const PictureReading& one : read_pictures(files)) {
    if (!out.empty()) out += ' ';
    out += kFileReadingNames[size_t(one.reading)];
  }
  return out;
}

std::string number(uint32_t value, int bytes, bool big) {
  std::string out;
  for (int i = 0; i < bytes; ++i) {
    out += char(value >> 8 * (big ? bytes - 1 - i : i));
  }
  return out;
}

std::string packed(const std::string& text) {
  uLongf size = ::compressBound(text.size());
  std::string out(size, '\0');
  BOOST_REQUIRE(::compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                            reinterpret_cast<const Bytef*>(text.data()),
                            text.size(), Z_BEST_COMPRESSION) == Z_OK);
  out.resize(size);
  return out;
}

std::string png_chunk(const std::string& type_and_data) {
  constexpr size_t kType = 4;
  const auto crc =
      ::crc32(0, reinterpret_cast<const Bytef*>(type_and_data.data()),
              uInt(type_and_data.size()));
  return number(uint32_t(type_and_data.size() - kType), 4, true) +
         type_and_data + number(uint32_t(crc), 4, true);
}

int64_t peak_bytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return int64_t{usage.ru_maxrss} * 1024;
}

// Of a side of 7,000 pixels two are decoded, of 6,300 three.
static_assert(kDecodedPixelsMax / (7000 * 7000) == 2);
static_assert(kDecodedPixelsMax / (6300 * 6300) == 3);

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile)

// libpng would keep a thousand of them.
BOOST_AUTO_TEST_CASE(packed_texts_of_a_png_are_not_unpacked) {
  using namespace std::string_literals;
  const std::string text = packed(std::string(4'100'000, 'a'));
  const std::string chunks[] = {
      png_chunk("zTXtk\0\0"s + text), png_chunk("iTXtk\0\1\0\0\0"s + text),
      png_chunk("tEXtk\0"s + std::string(1'000'000, 'a'))};
  for (const std::string& chunk : chunks) {
    std::string many;
    for (int i = 0; i < 200; ++i) many += chunk;
    std::string file = painted::png(painted::code(kLink));
    constexpr size_t kHeaderEnd = 33;
    file.insert(kHeaderEnd, many.substr(0, kPictureBytesMax / 2 / chunk.size() *
                                               chunk.size()));
    const int64_t before = peak_bytes();
    const std::string_view one = file;
    const auto read = read_pictures({&one, 1});
    BOOST_REQUIRE_EQUAL(read[0].codes.size(), 1U);
    BOOST_TEST(read[0].codes[0].content == kLink);
    BOOST_TEST(peak_bytes() - before < 64 << 20);
  }
}

BOOST_AUTO_TEST_CASE(a_file_without_a_picture_is_paid_for) {
  const std::string gif = "GIF89a" + number(6300, 2, false) +
                          number(6300, 2, false) + std::string(15, '\0') + ";";
  BOOST_TEST(readings(gif, 5) == "broken broken broken left_out left_out");
  std::string bitmap = "BM";
  for (const uint32_t field :
       {0U, 0U, 5'000'000U, 40U, 7000U, 7000U, 1U | 24U << 16, 0U}) {
    bitmap += number(field, 4, false);
  }
  bitmap += std::string(24, '\0');
  BOOST_TEST(readings(bitmap, 4) == "broken broken left_out left_out");
}

BOOST_AUTO_TEST_CASE(samples_of_two_bytes_are_paid_twice) {
  const auto blank = [](uint32_t side, char depth) {
    const std::string row(1 + side * size_t(depth / 8), '\0');
    std::string rows;
    for (uint32_t y = 0; y < side; ++y) rows += row;
    std::string header = "IHDR" + number(side, 4, true) + number(side, 4, true);
    header += depth;
    return "\x89PNG\r\n\x1a\n" + png_chunk(header + std::string(4, '\0')) +
           png_chunk("IDAT" + packed(rows)) + png_chunk("IEND");
  };
  BOOST_TEST(readings(blank(6300, 8), 4) == "read read read left_out");
  BOOST_TEST(readings(blank(6300, 16), 3) == "read left_out left_out");
}

BOOST_AUTO_TEST_CASE(a_frame_larger_than_its_picture_is_paid_for) {
  std::string gif = painted::gif(painted::sheet(7000, 7000));
  gif.replace(6, 4, number(1, 2, false) + number(1, 2, false));
  BOOST_TEST(readings(gif, 4) == "read read left_out left_out");
  // A second one in the same file.
  std::string two = painted::gif(painted::sheet(7000, 7000), 2);
  two.replace(6, 4, number(1, 2, false) + number(1, 2, false));
  BOOST_TEST(readings(two, 1) == "partly");
}

BOOST_AUTO_TEST_SUITE_END()
