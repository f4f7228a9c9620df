// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Pictures -> the QR and bar codes in them.
//
//   const auto read = read_pictures({{png_bytes, jpeg_bytes}});
//   read[0].codes[0].content           // "https://demo.example/a"
//
// PNG, JPEG, GIF, WebP and BMP, told by their first bytes, whatever their name
// says. Several codes a picture, in any direction, dark on light and light on
// dark, on what is seen through a transparent picture (white or black), in the
// first frames of an animation.
//
// Files are hostile: nothing is decoded before its header was held against the
// bounds, and the pictures of one message share one amount of work. The bounds
// count pixels and never time, so that the same bytes give the same answer on
// every machine. Nothing is thrown.
//
// Any thread.
namespace simwarden {

// Mails that people send end at 25 to 50 MiB, all files together.
inline constexpr size_t kPictureBytesMax = size_t{32} << 20;
// Long screenshots have some 20,000 lines.
inline constexpr uint32_t kPictureSideMax = 32768;
// What cameras of telephones take.
inline constexpr uint64_t kPicturePixelsMax = 50'000'000;
// Of one message: decoded, and looked through for codes. Ten photographs of 12
// million pixels are decoded; each is looked through at a third of its size.
// Paid before a picture is decoded, whatever comes of it: 25 ns each at most.
inline constexpr uint64_t kDecodedPixelsMax = 128'000'000;
inline constexpr uint64_t kSearchedPixelsMax = 16'000'000;
// Of one message: looked through for the words of PDF417 codes, behind each
// place where one seems to begin, 0.1 µs each at most. A photograph of 12
// million pixels with the code of a boarding pass takes 2 million.
inline constexpr uint64_t kPixelsBehindPdf417Max = 8'000'000;
// Of one message: along the edges of black and white for Data Matrix codes,
// 0.15 ns each at most (edges.h). A sheet of a spreadsheet in 12 million
// pixels, line beside line, takes 1.2 thousand million; stripes of a pixel 30.
inline constexpr uint64_t kStepsAlongEdgesMax = 4'000'000'000;
// Of an animation. Who scans a code needs it to stand still.
inline constexpr uint32_t kPictureFramesMax = 16;
// Scans of a progressive JPEG; encoders write about ten.
inline constexpr int kJpegScansMax = 30;
// Pictures and codes of one message; newsletters have some hundred pictures.
inline constexpr size_t kPicturesMax = 1000;
inline constexpr size_t kPictureCodesMax = 100;
// A file that would become more pixels a byte than this and is over a bound as
// well was made to be: a white page as PNG has some thousand.
inline constexpr uint64_t kBombPixelsPerByte = 200;
// Corners of QR codes in a picture, in all sizes: the time to put them together
// grows with their cube. Three a code.
inline constexpr size_t kFindersMax = 300;

// What came of looking into a file.
enum class FileReading : uint8_t {
  read,
  partly,          // its end is missing or broken, or there were more frames
  broken,          // nothing could be decoded
  too_large,       // over a bound
  bomb,            // over a bound, from few bytes
  crowded,         // more beginnings of codes than codes have: made to be slow
  left_out,        // the bounds of the message were reached before
  encrypted,       // a document
  not_looked_into  // no format that is read here
};
inline constexpr std::array<std::string_view, 9> kFileReadingNames = {
    "read",    "partly",   "broken",    "too_large",      "bomb",
    "crowded", "left_out", "encrypted", "not_looked_into"};

// Left, top and size of the box around a code, in pixels of its picture.
struct PictureBox {
  uint32_t left = 0;
  uint32_t top = 0;
  uint32_t width = 0;
  uint32_t height = 0;
  bool operator==(const PictureBox&) const = default;
};

struct PictureCode {
  std::string content;    // UTF-8
  std::string_view kind;  // "qr_code", "code_128", … of kCodeKinds
  uint32_t frame = 1;     // of an animation, from 1
  PictureBox box;
};

// Those that are looked for. Not ITF, Codabar and GS1 DataBar: they are digits
// for tills and warehouses, and photographs are full of stripes that look so.
inline constexpr std::array<std::string_view, 12> kPictureCodeKinds = {
    "qr_code", "micro_qr_code", "aztec", "data_matrix", "pdf417", "code_128",
    "code_39", "code_93",       "ean_8", "ean_13",      "upc_a",  "upc_e"};

// Whether the kind is stripes, most of whose contents are numbers of goods.
bool is_bar_code(std::string_view kind);

struct PictureReading {
  FileReading reading = FileReading::not_looked_into;
  uint32_t width = 0;
  uint32_t height = 0;
  std::vector<PictureCode> codes;
};

// All files of one message that may be pictures -> what is in each, in the same
// order.
std::vector<PictureReading> read_pictures(
    std::span<const std::string_view> files);

}  // namespace simwarden
