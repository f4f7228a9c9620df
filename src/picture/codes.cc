// SPDX-License-Identifier: Apache-2.0
// ZXing-C++ reads codes; this is the only file that sees it. It gets pictures
// in black and white: for light codes on dark it would need another pass, too.
#include "picture/codes.h"

#include <algorithm>

#define ZX_USE_UTF8
#include <ZXing/ReadBarcode.h>

#include "picture/binary.h"
#include "picture/edges.h"
#include "picture/pdf417.h"
#include "text/charset.h"

namespace simwarden {
namespace {

using ZXing::BarcodeFormat;

struct Kind {
  BarcodeFormat format;
  std::string_view name;
};
constexpr std::array kKinds = {
    Kind{BarcodeFormat::QRCode, kPictureCodeKinds[0]},
    Kind{BarcodeFormat::MicroQRCode, kPictureCodeKinds[1]},
    Kind{BarcodeFormat::Aztec, kPictureCodeKinds[2]},
    Kind{BarcodeFormat::DataMatrix, kPictureCodeKinds[3]},
    Kind{BarcodeFormat::PDF417, kPictureCodeKinds[4]},
    Kind{BarcodeFormat::Code128, kPictureCodeKinds[5]},
    Kind{BarcodeFormat::Code39, kPictureCodeKinds[6]},
    Kind{BarcodeFormat::Code93, kPictureCodeKinds[7]},
    Kind{BarcodeFormat::EAN8, kPictureCodeKinds[8]},
    Kind{BarcodeFormat::EAN13, kPictureCodeKinds[9]},
    Kind{BarcodeFormat::UPCA, kPictureCodeKinds[10]},
    Kind{BarcodeFormat::UPCE, kPictureCodeKinds[11]},
};
static_assert(kKinds.size() == kPictureCodeKinds.size());
constexpr size_t kDataMatrix = 3;
constexpr size_t kPdf417 = 4;
constexpr size_t kFirstBarCode = 5;

ZXing::BarcodeFormats formats(size_t from, size_t to) {
  ZXing::BarcodeFormats out;
  for (size_t i = from; i < to; ++i) out |= kKinds[i].format;
  return out;
}
ZXing::BarcodeFormats with_finders() {
  return formats(0, 2);
}
ZXing::BarcodeFormats other_matrix_codes() {
  return formats(2, kDataMatrix);
}
ZXing::BarcodeFormats bar_codes() {
  return formats(kFirstBarCode, kKinds.size());
}

std::string_view name_of(BarcodeFormat format) {
  const auto* found =
      std::find_if(kKinds.begin(), kKinds.end(),
                   [&](const Kind& kind) { return kind.format == format; });
  return found == kKinds.end() ? std::string_view() : found->name;
}

// Smaller sizes are looked through while the picture has so many pixels a side.
constexpr uint32_t kSmallerFrom = 200;
constexpr uint32_t kSmallerBy = 2;
// Bar codes are wide: more pixels help nobody and cost most.
constexpr size_t kBarPixelsMax = 2'000'000;
// Behind beginnings of PDF417 codes, for each pixel of a picture. A page full
// of small codes has five.
constexpr uint64_t kPdf417PerPixelMax = 16;
// A micro QR code has 11 modules, and stripes are longer.
constexpr uint32_t kSideMin = 11;

class Search {
 public:
  Search(uint32_t frame, PictureBudget& budget, std::vector<PictureCode>& codes)
      : frame_(frame), budget_(budget), codes_(codes) {}

  FileReading run(const GreyPicture& picture, uint32_t scale) {
    GreyPicture smaller = with_contrast(picture);
    const GreyPicture* now = smaller.empty() ? &picture : &smaller;
    bool bars_done = false;
    while (std::min(now->width, now->height) >= kSideMin) {
      scale_ = scale;
      matrix_codes(*now);
      const bool last = std::min(now->width, now->height) < kSmallerFrom;
      if (!bars_done && (last || now->pixels() <= kBarPixelsMax)) {
        read(*now, bar_codes(), ZXing::Binarizer::LocalAverage);
        bars_done = true;
      }
      if (last) break;
      smaller = reduced(*now, kSmallerBy);
      now = &smaller;
      scale *= kSmallerBy;
    }
    return reading_;
  }

 private:
  void matrix_codes(const GreyPicture& picture) {
    GreyPicture bits = black_and_white(picture);
    // Light on dark has the same edges.
    const bool along_edges = can_follow_edges(bits);
    for (const bool light_on_dark : {false, true}) {
      if (light_on_dark) invert(bits);
      ZXing::BarcodeFormats wanted = other_matrix_codes();
      if (along_edges) wanted |= formats(kDataMatrix, kPdf417);
      const size_t finders = count_finders(bits, kFindersMax + 1);
      if (finders > kFindersMax) {
        reading_ = FileReading::crowded;
      } else if (finders > 0 && pay_for(finders)) {
        wanted |= with_finders();
      }
      if (can_look_for_pdf417(bits)) wanted |= formats(kPdf417, kFirstBarCode);
      read(bits, wanted, ZXing::Binarizer::BoolCast);
    }
  }

  // Putting three corners together takes about 75 ns for each three of them,
  // and a pixel 50 ns.
  bool pay_for(size_t finders) {
    const uint64_t price = uint64_t{finders} * finders * finders / 4;
    if (price > budget_.searched) {
      if (reading_ == FileReading::read) reading_ = FileReading::left_out;
      return false;
    }
    budget_.searched -= price;
    return true;
  }

  bool can_follow_edges(const GreyPicture& bits) {
    const uint64_t price = steps_along_edges(bits, budget_.along_edges);
    if (price > budget_.along_edges) {
      if (reading_ == FileReading::read) reading_ = FileReading::left_out;
      return false;
    }
    budget_.along_edges -= price;
    return true;
  }

  bool can_look_for_pdf417(const GreyPicture& bits) {
    const uint64_t price = pixels_behind_pdf417(bits);
    if (price / kPdf417PerPixelMax > bits.pixels()) {
      reading_ = FileReading::crowded;
      return false;
    }
    if (price > budget_.behind_pdf417) {
      if (reading_ == FileReading::read) reading_ = FileReading::left_out;
      return false;
    }
    budget_.behind_pdf417 -= price;
    return true;
  }

  void read(const GreyPicture& picture, ZXing::BarcodeFormats wanted,
            ZXing::Binarizer binarizer) {
    const auto left = std::min<size_t>(budget_.codes, UINT8_MAX);
    if (left == 0) return;
    ZXing::DecodeHints hints;
    hints.setFormats(wanted)
        .setBinarizer(binarizer)
        .setTryHarder(true)
        .setTryRotate(true)
        .setTryDownscale(false)
        .setMaxNumberOfSymbols(static_cast<uint8_t>(left));
    const ZXing::ImageView view(
        picture.light.data(), static_cast<int>(picture.width),
        static_cast<int>(picture.height), ZXing::ImageFormat::Lum);
    try {
      for (const ZXing::Result& result : ZXing::ReadBarcodes(view, hints)) {
        if (result.isValid()) add(result);
      }
    } catch (const std::exception&) {
      // It throws at what it cannot decode: then there is no code.
    }
  }

  void add(const ZXing::Result& result) {
    PictureCode code;
    code.content = result.text();
    code.kind = name_of(result.format());
    code.frame = frame_;
    code.box = box_of(result.position());
    const bool known = std::any_of(
        codes_.begin(), codes_.end(), [&](const PictureCode& other) {
          return other.content == code.content && other.kind == code.kind &&
                 overlap(other.box, code.box);
        });
    const bool is_text = count_utf8(code.content).bad == 0;
    if (known || code.content.empty() || !is_text || budget_.codes == 0) return;
    --budget_.codes;
    codes_.push_back(std::move(code));
  }

  PictureBox box_of(const ZXing::Position& corners) const {
    const auto limits = [&](auto member) {
      int low = INT32_MAX;
      int high = 0;
      for (const auto& corner : corners) {
        const int at = std::max(0, corner.*member);
        low = std::min(low, at);
        high = std::max(high, at);
      }
      return std::pair{static_cast<uint32_t>(low) * scale_,
                       static_cast<uint32_t>(high) * scale_};
    };
    const auto [left, right] = limits(&ZXing::PointI::x);
    const auto [top, bottom] = limits(&ZXing::PointI::y);
    return {left, top, right - left, bottom - top};
  }

  static bool overlap(const PictureBox& a, const PictureBox& b) {
    return a.left <= b.left + b.width && b.left <= a.left + a.width &&
           a.top <= b.top + b.height && b.top <= a.top + a.height;
  }

  uint32_t frame_;
  PictureBudget& budget_;
  std::vector<PictureCode>& codes_;
  uint32_t scale_ = 1;
  FileReading reading_ = FileReading::read;
};

}  // namespace

bool is_bar_code(std::string_view kind) {
  const auto bars = std::span(kPictureCodeKinds).subspan(kFirstBarCode);
  return std::find(bars.begin(), bars.end(), kind) != bars.end();
}

FileReading find_codes(const GreyPicture& picture, uint32_t scale,
                       uint32_t frame, PictureBudget& budget,
                       std::vector<PictureCode>& codes) {
  return Search(frame, budget, codes).run(picture, scale);
}

}  // namespace simwarden
