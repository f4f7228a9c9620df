// SPDX-License-Identifier: Apache-2.0
// libjpeg leaves a broken file with longjmp: everything that must be destroyed
// lives in JpegReader, outside of the functions that are jumped out of.
#include <csetjmp>
#include <cstdio>

#include <jerror.h>
#include <jpeglib.h>

#include "picture/decoders.h"

namespace simwarden {
namespace {

// A progressive picture is kept as coefficients, two bytes each, up to four
// for a pixel.
constexpr long kWorkBytesMax = 256L << 20;

class JpegReader {
 public:
  explicit JpegReader(std::string_view bytes) : bytes_(bytes) {
    jpeg_.err = jpeg_std_error(&errors_);
    jpeg_.client_data = this;
    errors_.error_exit = [](j_common_ptr jpeg) { self(jpeg).leave(); };
    errors_.output_message = [](j_common_ptr) {};
    errors_.emit_message = [](j_common_ptr jpeg, int level) {
      if (level < 0) self(jpeg).warned_ = true;
    };
    progress_.progress_monitor = [](j_common_ptr jpeg) {
      const int scan = self(jpeg).jpeg_.input_scan_number;
      if (scan > kJpegScansMax) self(jpeg).leave();
    };
    made_ = make();
  }
  ~JpegReader() { jpeg_destroy_decompress(&jpeg_); }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  std::optional<PictureSize> size() {
    if (!made_ || !read_header()) return {};
    return PictureSize{jpeg_.image_width, jpeg_.image_height};
  }

  FileReading read(const PictureDecoding& decoding) {
    if (!made_ || !read_header()) return FileReading::broken;
    for (uint32_t part = 8; part > 1; part /= 2) {
      if (decoding.factor < part) continue;
      jpeg_.scale_denom = part;
      break;
    }
    if (!start()) return why_stopped();
    row_.resize(size_t{jpeg_.output_width} *
                static_cast<size_t>(jpeg_.output_components));
    frame_.on_white =
        GreyPicture(jpeg_.output_width, jpeg_.output_height, 0x80);
    const bool whole = read_rows();
    if (!whole && jpeg_.output_scanline == 0) return FileReading::broken;
    decoding.take(std::move(frame_));
    return whole && !warned_ ? FileReading::read : FileReading::partly;
  }

 private:
  static JpegReader& self(j_common_ptr jpeg) {
    return *static_cast<JpegReader*>(jpeg->client_data);
  }
  [[noreturn]] void leave() { longjmp(jump_, 1); }

  bool make() {
    if (setjmp(jump_) != 0) return false;
    jpeg_create_decompress(&jpeg_);
    return true;
  }

  FileReading why_stopped() const {
    if (jpeg_.input_scan_number > kJpegScansMax) return FileReading::bomb;
    const bool memory = errors_.msg_code == JERR_OUT_OF_MEMORY ||
                        errors_.msg_code == JERR_NO_BACKING_STORE;
    return memory ? FileReading::too_large : FileReading::broken;
  }

  bool read_header() {
    if (setjmp(jump_) != 0) return false;
    jpeg_.mem->max_memory_to_use = kWorkBytesMax;
    jpeg_.progress = &progress_;
    jpeg_mem_src(&jpeg_, reinterpret_cast<const unsigned char*>(bytes_.data()),
                 bytes_.size());
    return jpeg_read_header(&jpeg_, TRUE) == JPEG_HEADER_OK;
  }

  bool start() {
    if (setjmp(jump_) != 0) return false;
    // Four inks cannot become grey inside the library.
    const bool inks = jpeg_.jpeg_color_space == JCS_CMYK ||
                      jpeg_.jpeg_color_space == JCS_YCCK;
    jpeg_.out_color_space = inks ? JCS_CMYK : JCS_GRAYSCALE;
    return jpeg_start_decompress(&jpeg_) != FALSE;
  }

  bool read_rows() {
    if (setjmp(jump_) != 0) return false;
    while (jpeg_.output_scanline < jpeg_.output_height) {
      const uint32_t y = jpeg_.output_scanline;
      JSAMPROW row = row_.data();
      if (jpeg_read_scanlines(&jpeg_, &row, 1) != 1) return false;
      show(frame_.on_white.row(y));
    }
    return true;
  }

  void show(uint8_t* to) const {
    const auto step = static_cast<size_t>(jpeg_.output_components);
    for (size_t x = 0; x < jpeg_.output_width; ++x) {
      const uint8_t* from = row_.data() + x * step;
      // Adobe writes inks the other way round, and everybody as Adobe.
      to[x] = step == 4
                  ? grey_of(from[0] * from[3] / 255U, from[1] * from[3] / 255U,
                            from[2] * from[3] / 255U)
                  : from[0];
    }
  }

  std::string_view bytes_;
  jpeg_decompress_struct jpeg_{};
  jpeg_error_mgr errors_{};
  jpeg_progress_mgr progress_{};
  jmp_buf jump_{};
  bool made_ = false;
  bool warned_ = false;
  std::vector<uint8_t> row_;
  Frame frame_;
};

}  // namespace

std::optional<PictureSize> jpeg_size(std::string_view bytes) {
  return JpegReader(bytes).size();
}

FileReading decode_jpeg(std::string_view bytes,
                        const PictureDecoding& decoding) {
  return JpegReader(bytes).read(decoding);
}

}  // namespace simwarden
