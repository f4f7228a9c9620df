// SPDX-License-Identifier: Apache-2.0
#include "picture/painted.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <gif_lib.h>
#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>
#include <zlib.h>

#include "diag/check.h"
#include "picture/picture.h"

namespace simwarden::painted {
namespace {

ZXing::BarcodeFormat format_of(std::string_view kind) {
  std::string name(kind);
  std::erase(name, '_');
  return ZXing::BarcodeFormatFromString(name);
}

ZXing::BitMatrix modules(std::string_view content, std::string_view kind,
                         int size) {
  return ZXing::MultiFormatWriter(format_of(kind))
      .encode(std::string(content), size, is_bar_code(kind) ? 40 : size);
}

void append(png_structp png, png_bytep bytes, size_t size) {
  static_cast<std::string*>(png_get_io_ptr(png))
      ->append(reinterpret_cast<const char*>(bytes), size);
}

// `row(y)`: the bytes of a line.
template <typename Row>
std::string write_png(uint32_t width, uint32_t height, int colour,
                      bool interlaced, Row row) {
  std::string out;
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(png, &out, append, nullptr);
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  png_set_IHDR(png, info, width, height, 8, colour,
               interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  const int passes = png_set_interlace_handling(png);
  for (int pass = 0; pass < passes; ++pass) {
    for (uint32_t y = 0; y < height; ++y) png_write_row(png, row(y));
  }
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return out;
}

void append_number(std::string& out, uint32_t value, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) {
    out += static_cast<char>(value >> (8 * i) & 0xFF);
  }
}

}  // namespace

GreyPicture code(std::string_view content, std::string_view kind,
                 uint32_t module) {
  const ZXing::BitMatrix matrix = modules(content, kind, 0);
  GreyPicture out = sheet(static_cast<uint32_t>(matrix.width()) * module,
                          static_cast<uint32_t>(matrix.height()) * module);
  for (uint32_t y = 0; y < out.height; ++y) {
    for (uint32_t x = 0; x < out.width; ++x) {
      const bool black = matrix.get(static_cast<int>(x / module),
                                    static_cast<int>(y / module));
      if (black) out.row(y)[x] = 0;
    }
  }
  GreyPicture framed = sheet(out.width + 8 * module, out.height + 8 * module);
  put(framed, out, 4 * module, 4 * module);
  return framed;
}

GreyPicture turned(const GreyPicture& picture) {
  GreyPicture out(picture.height, picture.width, 255);
  for (uint32_t y = 0; y < out.height; ++y) {
    for (uint32_t x = 0; x < out.width; ++x) {
      out.row(y)[x] = picture.row(picture.height - 1 - x)[y];
    }
  }
  return out;
}

GreyPicture inverted(GreyPicture picture) {
  for (uint8_t& light : picture.light) light = static_cast<uint8_t>(~light);
  return picture;
}

GreyPicture sheet(uint32_t width, uint32_t height, uint8_t light) {
  return GreyPicture(width, height, light);
}

void put(GreyPicture& to, const GreyPicture& picture, uint32_t left,
         uint32_t top) {
  for (uint32_t y = 0; y < picture.height; ++y) {
    for (uint32_t x = 0; x < picture.width; ++x) {
      to.row(top + y)[left + x] = picture.row(y)[x];
    }
  }
}

GreyPicture slanted(const GreyPicture& picture, double degrees) {
  const double angle = degrees * M_PI / 180;
  const uint32_t side = (picture.width + picture.height) * 3 / 4;
  GreyPicture out = sheet(side, side);
  for (uint32_t y = 0; y < side; ++y) {
    for (uint32_t x = 0; x < side; ++x) {
      const double dx = x - side / 2.0;
      const double dy = y - side / 2.0;
      const double fx =
          dx * std::cos(angle) + dy * std::sin(angle) + picture.width / 2.0;
      const double fy =
          dy * std::cos(angle) - dx * std::sin(angle) + picture.height / 2.0;
      const bool inside =
          fx >= 0 && fy >= 0 && fx < picture.width && fy < picture.height;
      if (!inside) continue;
      out.row(y)[x] =
          picture.row(static_cast<uint32_t>(fy))[static_cast<uint32_t>(fx)];
    }
  }
  return out;
}

GreyPicture corners(uint32_t side, uint32_t module) {
  GreyPicture out = sheet(side, side);
  for (uint32_t y = 0; y < side; ++y) {
    for (uint32_t x = 0; x < side; ++x) {
      const int across = std::abs(static_cast<int>(x / module % 8) - 3);
      const int down = std::abs(static_cast<int>(y / module % 8) - 3);
      const int ring = std::max(across, down);
      if (ring <= 3 && ring != 2) out.row(y)[x] = 0;
    }
  }
  return out;
}

GreyPicture stripes(uint32_t side, std::span<const uint32_t> lengths) {
  GreyPicture out = sheet(side, side);
  for (uint32_t y = 0; y < side; ++y) {
    uint32_t x = 0;
    for (size_t i = 0; x < side; ++i) {
      const uint32_t count = std::min(lengths[i % lengths.size()], side - x);
      std::fill_n(out.row(y) + x, count, i % 2 == 0 ? 0 : 255);
      x += count;
    }
  }
  return out;
}

std::string png(const GreyPicture& picture, bool interlaced) {
  return write_png(picture.width, picture.height, PNG_COLOR_TYPE_GRAY,
                   interlaced, [&](uint32_t y) { return picture.row(y); });
}

std::string png_on_nothing(const GreyPicture& picture, uint8_t ink,
                           bool interlaced) {
  std::vector<uint8_t> line(size_t{picture.width} * 2);
  return write_png(picture.width, picture.height, PNG_COLOR_TYPE_GRAY_ALPHA,
                   interlaced, [&](uint32_t y) {
                     for (uint32_t x = 0; x < picture.width; ++x) {
                       line[2 * x] = ink;
                       line[2 * x + 1] =
                           static_cast<uint8_t>(255 - picture.row(y)[x]);
                     }
                     return line.data();
                   });
}

namespace {

void append_big(std::string& out, uint64_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += static_cast<char>(value >> shift & 0xFF);
  }
}

void append_chunk(std::string& out, std::string_view type,
                  std::string_view data) {
  append_big(out, data.size());
  const size_t begin = out.size();
  out.append(type).append(data);
  append_big(out, crc32(0, reinterpret_cast<const Bytef*>(&out[begin]),
                        static_cast<uInt>(out.size() - begin)));
}

// The first chunk of a type, with what is around it.
std::string_view find_chunk(std::string_view file, std::string_view type) {
  const size_t begin = file.find(type) - 4;
  size_t size = 0;
  for (size_t i = 0; i < 4; ++i) {
    size = size << 8 | static_cast<unsigned char>(file[begin + i]);
  }
  return file.substr(begin, size + 12);
}

void append_frame(std::string& out, const GreyPicture& ink,
                  std::string_view file, uint8_t disposal) {
  constexpr uint8_t kOver = 1;
  std::string control(4, '\0');
  for (const uint32_t one : {ink.width, ink.height, 10U, 20U, 0U}) {
    append_big(control, one);
  }
  control += static_cast<char>(disposal);
  control += static_cast<char>(kOver);
  append_chunk(out, "fcTL", control);
  const std::string_view data = find_chunk(file, "IDAT");
  append_chunk(
      out, "fdAT",
      std::string(4, '\0') + std::string(data.substr(8, data.size() - 12)));
}

}  // namespace

std::string animated_png(const GreyPicture& page, const GreyPicture& ink,
                         uint32_t black_before, uint8_t disposal) {
  const auto on_nothing = [](const GreyPicture& picture) {
    return png_on_nothing(picture, 0);
  };
  const std::string first = on_nothing(page);
  const GreyPicture black = sheet(ink.width, ink.height, 0);
  std::string out(first.substr(0, 8));
  out += find_chunk(first, "IHDR");
  append_chunk(out, "acTL", std::string(8, '\0'));
  out += find_chunk(first, "IDAT");
  for (uint32_t i = 0; i < black_before; ++i) {
    append_frame(out, black, on_nothing(black), disposal);
  }
  append_frame(out, ink, on_nothing(ink), disposal);
  append_chunk(out, "IEND", "");
  return out;
}

std::string blank_png(uint32_t width, uint32_t height) {
  const std::vector<uint8_t> line(width, 255);
  return write_png(width, height, PNG_COLOR_TYPE_GRAY, false,
                   [&](uint32_t) { return line.data(); });
}

std::string jpeg(const GreyPicture& picture, bool progressive) {
  jpeg_compress_struct out{};
  jpeg_error_mgr errors{};
  out.err = jpeg_std_error(&errors);
  jpeg_create_compress(&out);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&out, &bytes, &size);
  out.image_width = picture.width;
  out.image_height = picture.height;
  out.input_components = 1;
  out.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults(&out);
  if (progressive) jpeg_simple_progression(&out);
  jpeg_start_compress(&out, TRUE);
  for (uint32_t y = 0; y < picture.height; ++y) {
    std::vector<uint8_t> line(picture.row(y), picture.row(y) + picture.width);
    JSAMPROW row = line.data();
    jpeg_write_scanlines(&out, &row, 1);
  }
  jpeg_finish_compress(&out);
  jpeg_destroy_compress(&out);
  std::string file(reinterpret_cast<char*>(bytes), size);
  std::free(bytes);
  return file;
}

namespace {

// Frames of one colour, and the picture behind them, of which white may be
// transparent.
struct PlainFrame {
  GifPixelType colour = 1;
  int disposal = DISPOSAL_UNSPECIFIED;
};

void put_control(GifFileType* out, int disposal, int transparent) {
  const GraphicsControlBlock control{disposal, false, 0, transparent};
  GifByteType bytes[4];
  EGifGCBToExtension(&control, bytes);
  EGifPutExtension(out, GRAPHICS_EXT_FUNC_CODE, sizeof bytes, bytes);
}

std::string gif_of(const GreyPicture& picture,
                   const std::vector<PlainFrame>& before, int transparent) {
  std::string file;
  int error = 0;
  GifFileType* out = EGifOpen(
      &file,
      [](GifFileType* gif_file, const GifByteType* bytes, int size) {
        static_cast<std::string*>(gif_file->UserData)
            ->append(reinterpret_cast<const char*>(bytes),
                     static_cast<size_t>(size));
        return size;
      },
      &error);
  CHECK(out != nullptr, "it writes to memory");
  const GifColorType colours[] = {{0, 0, 0}, {255, 255, 255}};
  ColorMapObject* map = GifMakeMapObject(2, colours);
  const auto width = static_cast<int>(picture.width);
  const auto height = static_cast<int>(picture.height);
  EGifSetGifVersion(out, true);
  EGifPutScreenDesc(out, width, height, 1, 0, map);
  for (size_t frame = 0; frame <= before.size(); ++frame) {
    const bool last = frame == before.size();
    const PlainFrame plain = last ? PlainFrame() : before[frame];
    put_control(out, plain.disposal, last ? transparent : NO_TRANSPARENT_COLOR);
    EGifPutImageDesc(out, 0, 0, width, height, false, nullptr);
    for (uint32_t y = 0; y < picture.height; ++y) {
      std::vector<GifPixelType> line(picture.width, plain.colour);
      for (uint32_t x = 0; x < picture.width; ++x) {
        if (last) line[x] = picture.row(y)[x] / 128;
      }
      EGifPutLine(out, line.data(), width);
    }
  }
  EGifCloseFile(out, &error);
  GifFreeMapObject(map);
  return file;
}

}  // namespace

std::string gif(const GreyPicture& picture, uint32_t white_frames_before) {
  return gif_of(picture, std::vector<PlainFrame>(white_frames_before),
                NO_TRANSPARENT_COLOR);
}

std::string gif_behind_dark(const GreyPicture& picture, int disposal) {
  return gif_of(picture, {{0, disposal}}, 1);
}

std::string webp(const GreyPicture& picture) {
  std::vector<uint8_t> rgb;
  for (const uint8_t light : picture.light) rgb.insert(rgb.end(), 3, light);
  uint8_t* bytes = nullptr;
  const size_t size =
      WebPEncodeLosslessRGB(rgb.data(), static_cast<int>(picture.width),
                            static_cast<int>(picture.height),
                            static_cast<int>(picture.width) * 3, &bytes);
  std::string file(reinterpret_cast<char*>(bytes), size);
  WebPFree(bytes);
  return file;
}

std::string bmp(const GreyPicture& picture, uint32_t bits) {
  const uint32_t colours = bits <= 8 ? 1U << bits : 0;
  const uint32_t line = (picture.width * bits + 31) / 32 * 4;
  const uint32_t begin = 54 + colours * 4;
  std::string out = "BM";
  append_number(out, begin + line * picture.height, 4);
  append_number(out, 0, 4);
  append_number(out, begin, 4);
  append_number(out, 40, 4);
  append_number(out, picture.width, 4);
  append_number(out, picture.height, 4);
  append_number(out, 1, 2);
  append_number(out, bits, 2);
  for (int i = 0; i < 4; ++i) append_number(out, 0, 4);
  append_number(out, colours, 4);
  append_number(out, 0, 4);
  for (uint32_t i = 0; i < colours; ++i) {
    append_number(out, (i * 255 / (colours - 1)) * 0x010101, 4);
  }
  for (uint32_t y = picture.height; y-- > 0;) {
    std::string row(line, '\0');
    for (uint32_t x = 0; x < picture.width; ++x) {
      const uint32_t light = picture.row(y)[x];
      if (bits <= 8) {
        const uint32_t index = light * (colours - 1) / 255;
        auto& byte = row[size_t{x} * bits / 8];
        byte = static_cast<char>(static_cast<unsigned char>(byte) |
                                 index << (8 - bits - x * bits % 8));
      } else if (bits == 16) {
        const uint32_t five = light >> 3;
        const uint32_t pixel = five << 10 | five << 5 | five;
        row[2 * x] = static_cast<char>(pixel & 0xFF);
        row[2 * x + 1] = static_cast<char>(pixel >> 8);
      } else {
        for (uint32_t i = 0; i < 3; ++i) {
          row[x * bits / 8 + i] = static_cast<char>(light);
        }
      }
    }
    out += row;
  }
  return out;
}

std::string half_blocks(std::string_view content, bool light_on_dark) {
  const GreyPicture picture = code(content, "qr_code", 1);
  std::string out;
  for (uint32_t y = 0; y < picture.height; y += 2) {
    for (uint32_t x = 0; x < picture.width; ++x) {
      const bool lower_there = y + 1 < picture.height;
      const bool upper = (picture.row(y)[x] == 0) != light_on_dark;
      const bool lower =
          lower_there && (picture.row(y + 1)[x] == 0) != light_on_dark;
      out += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
    }
    out += '\n';
  }
  return out;
}

std::string signs(std::string_view content, std::string_view ink,
                  std::string_view paper, int times) {
  const GreyPicture picture = code(content, "qr_code", 1);
  std::string out;
  for (uint32_t y = 0; y < picture.height; ++y) {
    for (uint32_t x = 0; x < picture.width; ++x) {
      for (int i = 0; i < times; ++i) {
        out += picture.row(y)[x] == 0 ? ink : paper;
      }
    }
    out += '\n';
  }
  return out;
}

}  // namespace simwarden::painted
