// SPDX-License-Identifier: Apache-2.0
#include "picture/picture.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <sys/resource.h>
#include <zlib.h>

#include "picture/binary.h"
#include "picture/edges.h"
#include "picture/painted.h"
#include "picture/pdf417.h"

using namespace simwarden;

namespace {

constexpr std::string_view kLink = "https://demo.test/esim";

PictureReading read_one(std::string_view bytes) {
  return read_pictures({&bytes, 1})[0];
}

// "read: https://demo.test/esim"
std::string shown(std::string_view bytes) {
  const PictureReading reading = read_one(bytes);
  std::string out(kFileReadingNames[size_t(reading.reading)]);
  out += ":";
  for (const PictureCode& code : reading.codes) out += " " + code.content;
  return out;
}

const std::string& read_link() {
  static const std::string text = "read: " + std::string(kLink);
  return text;
}

std::string big_endian(uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += char(number >> shift);
  return bytes;
}

// A text behind the header of a PNG file, that says of itself that it has
// `claimed` bytes.
std::string with_text(std::string file, const std::string& text,
                      uint32_t claimed) {
  constexpr size_t kHeaderEnd = 33;
  const std::string chunk = "tEXt" + text;
  const auto crc = ::crc32(0, reinterpret_cast<const Bytef*>(chunk.data()),
                           uInt(chunk.size()));
  file.insert(kHeaderEnd,
              big_endian(claimed) + chunk + big_endian(uint32_t(crc)));
  return file;
}

// The most memory that this program ever took.
int64_t peak_bytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return int64_t{usage.ru_maxrss} * 1024;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(picture)

BOOST_AUTO_TEST_CASE(a_code_is_read_from_a_file_of_each_format) {
  const GreyPicture code = painted::code(kLink);
  BOOST_TEST(shown(painted::png(code)) == read_link());
  BOOST_TEST(shown(painted::png(code, true)) == read_link());
  BOOST_TEST(shown(painted::jpeg(code)) == read_link());
  BOOST_TEST(shown(painted::jpeg(code, true)) == read_link());
  BOOST_TEST(shown(painted::gif(code)) == read_link());
  BOOST_TEST(shown(painted::webp(code)) == read_link());
  for (const uint32_t bits : {1U, 4U, 8U, 16U, 24U, 32U}) {
    BOOST_TEST(shown(painted::bmp(code, bits)) == read_link(), bits);
  }
}

BOOST_AUTO_TEST_CASE(a_code_of_each_kind_is_read) {
  const struct {
    std::string_view kind;
    std::string_view content;
  } cases[] = {{"qr_code", kLink},     {"aztec", kLink},
               {"data_matrix", kLink}, {"pdf417", kLink},
               {"code_128", kLink},    {"code_39", "DEMO-39"},
               {"code_93", "DEMO93"},  {"ean_13", "2000000000008"},
               {"ean_8", "20000004"},  {"upc_a", "200000000004"}};
  for (const auto& one : cases) {
    const auto read =
        read_one(painted::png(painted::code(one.content, one.kind)));
    BOOST_REQUIRE_MESSAGE(read.codes.size() == 1, one.kind);
    BOOST_TEST(read.codes[0].content == one.content);
    BOOST_TEST(read.codes[0].kind == one.kind);
  }
}

BOOST_AUTO_TEST_CASE(a_code_is_read_in_every_direction_and_light_on_dark) {
  GreyPicture code = painted::code(kLink);
  for (int quarter = 0; quarter < 4; ++quarter) {
    BOOST_TEST(shown(painted::png(code)) == read_link(), quarter);
    BOOST_TEST(shown(painted::png(painted::inverted(code))) == read_link());
    code = painted::turned(code);
  }
  for (const double degrees : {10., 33., 45., 71.}) {
    BOOST_TEST(
        shown(painted::png(painted::slanted(code, degrees))) == read_link(),
        degrees);
  }
}

BOOST_AUTO_TEST_CASE(a_pale_code_on_white_is_read) {
  for (const int ink : {160, 200, 212}) {
    for (const uint32_t module : {4U, 12U}) {
      GreyPicture code = painted::code(kLink, "qr_code", module);
      for (uint8_t& light : code.light) light = std::max(light, uint8_t(ink));
      BOOST_TEST(shown(painted::png(code)) == read_link(),
                 ink << " " << module);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_shines_through_a_picture_is_white_or_black) {
  const GreyPicture code = painted::code(kLink);
  BOOST_TEST(shown(painted::png_on_nothing(code, 0)) == read_link());
  BOOST_TEST(shown(painted::png_on_nothing(code, 255)) == read_link());
}

BOOST_AUTO_TEST_CASE(several_codes_of_one_picture_are_read_with_their_places) {
  GreyPicture page = painted::sheet(900, 500);
  painted::put(page, painted::code("https://demo.test/a"), 10, 20);
  painted::put(page, painted::code("https://demo.test/b"), 400, 300);
  painted::put(page, painted::inverted(painted::code("https://demo.test/c")),
               600, 40);
  const auto read = read_one(painted::png(page));
  BOOST_REQUIRE(read.codes.size() == 3);
  std::vector<std::string> places;
  for (const PictureCode& code : read.codes) {
    places.push_back(fmt::format("{} {} {}", code.content, code.box.left / 50,
                                 code.box.top / 50));
  }
  std::sort(places.begin(), places.end());
  // Behind the margin, in steps of 50 pixels.
  const std::vector<std::string> wanted = {"https://demo.test/a 0 1",
                                           "https://demo.test/b 8 6",
                                           "https://demo.test/c 12 1"};
  BOOST_TEST(places == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_small_code_on_a_large_page_and_a_large_code_are_read) {
  GreyPicture page = painted::sheet(2000, 3000);
  painted::put(page, painted::code(kLink, "qr_code", 2), 1500, 2500);
  BOOST_TEST(shown(painted::png(page)) == read_link());
  BOOST_TEST(shown(painted::png(painted::code(kLink, "qr_code", 60))) ==
             read_link());
}

BOOST_AUTO_TEST_CASE(a_code_in_a_later_frame_says_which) {
  const auto read = read_one(painted::gif(painted::code(kLink), 3));
  BOOST_REQUIRE(read.codes.size() == 1);
  BOOST_TEST(read.codes[0].frame == 4);
}

BOOST_AUTO_TEST_CASE(frames_beyond_the_bound_are_not_looked_at) {
  const std::string file =
      painted::gif(painted::code(kLink), kPictureFramesMax);
  BOOST_TEST(shown(file) == "partly:");
}

BOOST_AUTO_TEST_CASE(a_file_that_ends_early_is_read_as_far_as_it_goes) {
  GreyPicture page = painted::sheet(400, 1200);
  painted::put(page, painted::code(kLink), 20, 20);
  for (uint32_t y = 600; y < page.height; ++y) {
    for (uint32_t x = 0; x < page.width; ++x) {
      page.row(y)[x] = static_cast<uint8_t>((x * 7919 + y * 104729) >> 3);
    }
  }
  const std::string partly = "partly: " + std::string(kLink);
  for (const std::string& file :
       {painted::png(page), painted::jpeg(page), painted::webp(page)}) {
    const std::string cut = file.substr(0, file.size() * 4 / 5);
    BOOST_TEST(shown(cut) == partly);
  }
  const std::string bitmap = painted::bmp(painted::code(kLink));
  BOOST_TEST(
      shown(bitmap.substr(0, bitmap.size() - 300)).starts_with("partly"));
}

BOOST_AUTO_TEST_CASE(every_beginning_of_a_file_is_read_or_broken) {
  const GreyPicture code = painted::code("demo", "qr_code", 2);
  for (const std::string& file :
       {painted::png(code), painted::png(code, true), painted::jpeg(code, true),
        painted::gif(code), painted::webp(code), painted::bmp(code, 8)}) {
    for (size_t size = 0; size < file.size(); size += 1 + size / 16) {
      read_one(std::string_view(file).substr(0, size));
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_picture_is_not_looked_into) {
  BOOST_TEST(shown("") == "not_looked_into:");
  BOOST_TEST(shown("BM is a word") == "not_looked_into:");
  BOOST_TEST(shown("%PDF-1.7") == "not_looked_into:");
  BOOST_TEST(shown("\x89PNG\r\n\x1a\n") == "broken:");
}

BOOST_AUTO_TEST_CASE(a_picture_over_a_bound_is_not_decoded) {
  const GreyPicture thin = painted::sheet(1, 100'000);
  BOOST_TEST(shown(painted::png(thin)) == "bomb:");
  // A header that promises what the file cannot hold.
  std::string promise = painted::png(painted::code("demo"));
  promise[16] = promise[20] = 0x7F;
  BOOST_TEST(shown(promise) == "bomb:");
}

BOOST_AUTO_TEST_CASE(what_a_file_says_of_its_parts_takes_no_memory) {
  const std::string code = painted::png(painted::code(kLink));
  const int64_t before = peak_bytes();
  BOOST_TEST(shown(with_text(code, "a", 0x2000'0000)) == "broken:");
  BOOST_TEST(peak_bytes() - before < 64 << 20);
}

// All rows are kept until the last pass: in the place of the picture, not
// beside it.
BOOST_AUTO_TEST_CASE(an_interlaced_picture_takes_three_bytes_a_pixel) {
  GreyPicture page = painted::sheet(6000, 6000);
  painted::put(page, painted::code(kLink), 100, 100);
  const std::string file = painted::png_on_nothing(page, 0, true);
  const int64_t before = peak_bytes();
  BOOST_TEST(shown(file) == read_link());
  BOOST_TEST(peak_bytes() - before < 4 * int64_t(page.pixels()));
  BOOST_TEST(shown(painted::png_on_nothing(painted::sheet(6500, 6500), 0,
                                           true)) == "too_large:");
}

BOOST_AUTO_TEST_CASE(of_a_large_animated_png_the_first_picture_is_read) {
  GreyPicture page = painted::sheet(5000, 5000);
  painted::put(page, painted::code(kLink), 100, 100);
  const std::string file =
      painted::animated_png(page, painted::code("demo"), 1, 0);
  BOOST_TEST(shown(file) == "partly: " + std::string(kLink));
}

BOOST_AUTO_TEST_CASE(a_long_text_in_a_file_hides_no_code) {
  const std::string text(5 << 20, 'a');
  BOOST_TEST(shown(with_text(painted::png(painted::code(kLink)), text,
                             uint32_t(text.size()))) == read_link());
}

BOOST_AUTO_TEST_CASE(few_bytes_that_become_many_pixels_are_a_bomb) {
  const std::string bomb = painted::blank_png(9000, 9000);
  BOOST_TEST(bomb.size() < kPicturePixelsMax / kBombPixelsPerByte);
  const auto read = read_one(bomb);
  BOOST_TEST((read.reading == FileReading::bomb));
  BOOST_TEST(read.width == 9000);
  BOOST_TEST(read.height == 9000);
}

// A GIF file tells its size behind its first six bytes.
BOOST_AUTO_TEST_CASE(formats_that_take_more_memory_have_fewer_pixels) {
  BOOST_TEST(shown(painted::webp(painted::sheet(6000, 5000))) == "bomb:");
  std::string gif = painted::gif(painted::sheet(10, 10));
  gif.replace(6, 4, "\x40\x1F\x70\x17");  // 8000 by 6000
  BOOST_TEST(shown(gif) == "bomb:");
}

BOOST_AUTO_TEST_CASE(a_wall_of_corners_is_found_out_before_it_costs_time) {
  // The corners of QR codes, side by side: thousands of them.
  GreyPicture wall = painted::sheet(700, 700);
  for (uint32_t y = 0; y < wall.height; ++y) {
    for (uint32_t x = 0; x < wall.width; ++x) {
      const int a = std::abs(static_cast<int>(x % 9) - 3);
      const int b = std::abs(static_cast<int>(y % 9) - 3);
      const int ring = std::max(a, b);
      if (ring <= 3 && ring != 2) wall.row(y)[x] = 0;
    }
  }
  BOOST_TEST(count_finders(black_and_white(wall), 100'000) > 5000);
  BOOST_TEST(shown(painted::png(wall)) == "crowded:");
}

// What one picture of the size of the wall shows is hidden by none of its
// smaller sizes, where a module has little more than a pixel.
BOOST_AUTO_TEST_CASE(small_corners_are_counted_as_often_as_large_ones) {
  constexpr uint32_t kSide = 1000;
  constexpr uint32_t kModule = 5;
  constexpr uint32_t kPitch = 8 * kModule;
  const GreyPicture wall = painted::corners(kSide, kModule);
  const size_t all = (kSide / kPitch) * (kSide / kPitch);
  for (const uint32_t by : {1U, 2U, 4U}) {
    BOOST_TEST(count_finders(black_and_white(reduced(wall, by)), 10'000) >= all,
               by);
  }
}

BOOST_AUTO_TEST_CASE(corners_are_counted_at_least_as_often_as_they_are_there) {
  for (const uint32_t module : {1U, 2U, 3U, 7U, 20U}) {
    for (const double degrees : {0., 12., 45.}) {
      const GreyPicture code =
          painted::slanted(painted::code(kLink, "qr_code", module), degrees);
      const size_t count = count_finders(black_and_white(code), 1000);
      if (module > 1) BOOST_TEST(count >= 3, module << " " << degrees);
      BOOST_TEST(count < 60, module << " " << degrees);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_wall_of_beginnings_of_pdf417_is_found_out) {
  const uint32_t start[] = {8, 1, 1, 1, 1, 1, 1, 3};
  const uint32_t with_stop[] = {8, 1, 1, 1, 1, 1, 1, 3, 7,
                                1, 1, 3, 1, 1, 1, 2, 1, 5};
  GreyPicture wall = painted::stripes(1000, start);
  // In each of the four directions, and light on dark.
  for (int quarter = 0; quarter < 4; ++quarter) {
    BOOST_TEST(shown(painted::png(wall)) == "crowded:", quarter);
    BOOST_TEST(shown(painted::png(painted::inverted(wall))) == "crowded:");
    wall = painted::turned(wall);
  }
  BOOST_TEST(shown(painted::png(painted::stripes(1000, with_stop))) ==
             "crowded:");
  // A line of them in so many costs as all.
  const uint64_t all = pixels_behind_pdf417(wall);
  for (uint32_t y = 0; y < wall.height; ++y) {
    if (y % 24 != 0) std::fill_n(wall.row(y), wall.width, 255);
  }
  BOOST_TEST(pixels_behind_pdf417(wall) > all * 9 / 10);
}

BOOST_AUTO_TEST_CASE(some_beginnings_are_paid_for) {
  const uint32_t start[] = {8, 1, 1, 1, 1, 1, 1, 3, 40, 40};
  const std::string small = painted::png(painted::stripes(200, start));
  const std::vector<std::string_view> files(100, small);
  const auto read = read_pictures(files);
  BOOST_TEST((read.front().reading == FileReading::read));
  BOOST_TEST((read.back().reading == FileReading::left_out));
}

BOOST_AUTO_TEST_CASE(many_pdf417_codes_are_no_wall) {
  const GreyPicture code = painted::code("https://demo.test/a", "pdf417", 2);
  GreyPicture page = painted::sheet(code.width * 3, code.height * 5);
  for (uint32_t i = 0; i < 15; ++i) {
    painted::put(page, code, i % 3 * code.width, i / 3 * code.height);
  }
  const auto read = read_one(painted::png(page));
  BOOST_TEST((read.reading == FileReading::read));
  BOOST_TEST(read.codes.size() == 15U);
}

// ZXing follows each of them to its end.
BOOST_AUTO_TEST_CASE(stripes_from_end_to_end_are_not_paid_for) {
  const uint32_t fine[] = {1, 1};
  GreyPicture stripes = painted::stripes(2500, fine);
  for (const bool upright : {false, true}) {
    BOOST_TEST(shown(painted::png(stripes)) == "left_out:", upright);
    stripes = painted::turned(stripes);
  }
  // Slanted, and as squares that touch at their corners.
  for (const uint32_t wide : {1U, 4U}) {
    GreyPicture slanted = painted::sheet(3000, 3000);
    for (uint32_t y = 0; y < slanted.height; ++y) {
      for (uint32_t x = 0; x < slanted.width; ++x) {
        if ((x + y) / wide % 2 == 0) slanted.row(y)[x] = 0;
      }
    }
    BOOST_TEST(shown(painted::png(slanted)) == "left_out:", wide);
  }
}

BOOST_AUTO_TEST_CASE(an_edge_of_twice_the_length_costs_four_times_as_much) {
  const uint32_t fine[] = {1, 1};
  const auto price = [&](uint32_t side) {
    return steps_along_edges(painted::stripes(side, fine), UINT64_MAX);
  };
  // Twice as many of them, too.
  BOOST_TEST(price(800) / price(400) == 8, boost::test_tools::tolerance(0.1));
  BOOST_TEST(steps_along_edges(painted::sheet(800, 800), UINT64_MAX) == 0U);
}

// Ruled like a spreadsheet, which is edges from end to end as well.
BOOST_AUTO_TEST_CASE(a_code_on_a_ruled_sheet_is_read) {
  GreyPicture sheet = painted::sheet(3000, 2000);
  for (uint32_t y = 0; y < sheet.height; ++y) {
    for (uint32_t x = 0; x < sheet.width; ++x) {
      if (y % 40 == 0 || x % 200 == 0) sheet.row(y)[x] = 0;
    }
  }
  const GreyPicture code = painted::code(kLink, "data_matrix", 8);
  painted::put(sheet, code, 1410, 910);
  BOOST_TEST(shown(painted::png(sheet)) == read_link());
}

BOOST_AUTO_TEST_CASE(noise_is_no_crowd) {
  GreyPicture noise = painted::sheet(800, 600);
  uint32_t state = 1;
  for (uint8_t& light : noise.light) {
    state = state * 1664525 + 1013904223;
    light = static_cast<uint8_t>(state >> 24);
  }
  BOOST_TEST(shown(painted::png(noise)) == "read:");
}

BOOST_AUTO_TEST_CASE(large_pictures_leave_room_for_small_ones) {
  const std::string large = painted::blank_png(7000, 7000);
  const std::string small = painted::png(painted::code(kLink));
  const std::vector<std::string_view> files = {large, large, large, small};
  const auto read = read_pictures(files);
  BOOST_TEST((read[0].reading == FileReading::read));
  BOOST_TEST((read[1].reading == FileReading::read));
  BOOST_TEST((read[2].reading == FileReading::left_out));
  BOOST_REQUIRE(read[3].codes.size() == 1);
  BOOST_TEST(read[3].codes[0].content == kLink);
}

BOOST_AUTO_TEST_CASE(a_frame_is_taken_away_as_it_says) {
  constexpr int kToBackground = 2;
  constexpr int kToPrevious = 3;
  for (const int disposal : {kToBackground, kToPrevious}) {
    const auto read =
        read_one(painted::gif_behind_dark(painted::code(kLink), disposal));
    BOOST_REQUIRE_EQUAL(read.codes.size(), 1U);
    BOOST_TEST(read.codes[0].content == kLink);
    BOOST_TEST(read.codes[0].frame == 2U);
  }
}

BOOST_AUTO_TEST_CASE(the_frames_of_an_animated_png_are_read) {
  const GreyPicture code = painted::code(kLink);
  const GreyPicture page =
      painted::sheet(code.width + 20, code.height + 30, 255);
  for (const uint8_t disposal : {uint8_t{0}, uint8_t{1}, uint8_t{2}}) {
    for (const uint32_t black_before : {0U, 1U}) {
      const auto read =
          read_one(painted::animated_png(page, code, black_before, disposal));
      const bool seen = black_before == 0 || disposal != 0;
      BOOST_REQUIRE_EQUAL(read.codes.size(), seen ? 1U : 0U);
      BOOST_TEST((read.reading == FileReading::read));
      if (!seen) continue;
      BOOST_TEST(read.codes[0].content == kLink);
      BOOST_TEST(read.codes[0].frame == black_before + 2);
    }
  }
  const auto many =
      read_one(painted::animated_png(page, code, kPictureFramesMax, 0));
  BOOST_TEST((many.reading == FileReading::partly));
  const std::string file = painted::animated_png(page, code, 1, 2);
  for (size_t size = 0; size < file.size(); size += 7) {
    read_one(std::string_view(file).substr(0, size));
  }
}

BOOST_AUTO_TEST_SUITE_END()
