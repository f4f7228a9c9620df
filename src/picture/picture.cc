// SPDX-License-Identifier: Apache-2.0
// The pictures of a message are taken from the smallest to the largest, and
// each gets an even share of what may still be looked through: one large
// picture never keeps a small one from being read.
#include "picture/picture.h"

#include <algorithm>
#include <numeric>

#include "picture/codes.h"
#include "picture/decoders.h"

namespace simwarden {
namespace {

struct Candidate {
  size_t index;
  const PictureFormat* format;
  PictureSize size;
};

bool is_bomb(PictureSize size, std::string_view bytes) {
  return size.pixels() / kBombPixelsPerByte > bytes.size();
}

class Reader {
 public:
  explicit Reader(std::span<const std::string_view> files)
      : files_(files), readings_(files.size()) {}

  std::vector<PictureReading> read() {
    for (size_t i = 0; i < files_.size(); ++i) examine(i);
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [](const Candidate& a, const Candidate& b) {
                       return a.size.pixels() < b.size.pixels();
                     });
    for (size_t i = 0; i < candidates_.size(); ++i) {
      look_into(candidates_[i], candidates_.size() - i);
    }
    return std::move(readings_);
  }

 private:
  void examine(size_t index) {
    PictureReading& reading = readings_[index];
    const std::string_view bytes = files_[index];
    const PictureFormat* format = picture_format(bytes);
    if (format == nullptr) return;
    if (bytes.size() > kPictureBytesMax) {
      reading.reading = FileReading::too_large;
      return;
    }
    const auto size = format->size(bytes);
    if (!size || size->pixels() == 0) {
      reading.reading = FileReading::broken;
      return;
    }
    reading.width = size->width;
    reading.height = size->height;
    if (size->pixels() > format->pixels_max || size->width > kPictureSideMax ||
        size->height > kPictureSideMax) {
      reading.reading =
          is_bomb(*size, bytes) ? FileReading::bomb : FileReading::too_large;
      return;
    }
    if (candidates_.size() >= kPicturesMax) {
      reading.reading = FileReading::left_out;
      return;
    }
    candidates_.push_back({index, format, *size});
  }

  void look_into(const Candidate& candidate, size_t still) {
    PictureReading& reading = readings_[candidate.index];
    const uint64_t share = budget_.searched / still;
    const uint32_t factor = factor_for(candidate.size, share);
    if (candidate.size.pixels() > budget_.decoded || factor == 0 ||
        budget_.codes == 0) {
      reading.reading = FileReading::left_out;
      return;
    }
    // Before it is decoded: what comes to nothing in the end costs as much.
    budget_.decoded -= candidate.size.pixels();
    const PayPixels pay = [&](uint64_t pixels) {
      if (pixels > budget_.decoded) return false;
      budget_.decoded -= pixels;
      return true;
    };
    FileReading found = FileReading::read;
    uint32_t frame = 0;
    const TakeFrame take = [&](const Frame& decoded) {
      ++frame;
      bool enough = true;
      for (const GreyPicture* picture :
           {&decoded.on_white, &decoded.on_black}) {
        if (picture->empty()) continue;
        if (picture == &decoded.on_black && is_same(decoded)) continue;
        enough = enough && search(*picture, {candidate.size, factor, frame},
                                  found, reading);
      }
      return enough;
    };
    reading.reading =
        candidate.format->decode(files_[candidate.index], {factor, pay, take});
    if (found != FileReading::read) reading.reading = found;
  }

  static bool is_same(const Frame& frame) {
    return frame.on_white.light == frame.on_black.light;
  }

  // What a decoded picture is of.
  struct Origin {
    PictureSize size;     // before it was reduced
    uint32_t factor = 1;  // by which it is to be
    uint32_t frame = 0;
  };

  // False when nothing is left to be spent.
  bool search(const GreyPicture& decoded, const Origin& origin,
              FileReading& found, PictureReading& reading) {
    const uint32_t already =
        std::max<uint32_t>(1, origin.size.width / std::max(1U, decoded.width));
    const uint32_t rest = std::max<uint32_t>(1, origin.factor / already);
    const bool small = decoded.width < rest || decoded.height < rest;
    if (small) return true;
    GreyPicture smaller;
    const GreyPicture* picture = &decoded;
    if (rest > 1) {
      smaller = reduced(decoded, rest);
      picture = &smaller;
    }
    if (picture->pixels() > budget_.searched) return false;
    budget_.searched -= picture->pixels();
    const FileReading now = find_codes(*picture, already * rest, origin.frame,
                                       budget_, reading.codes);
    // A later frame hides nothing of an earlier one.
    if (found != FileReading::crowded && now != FileReading::read) found = now;
    return true;
  }

  // By how much a picture is reduced to have no more pixels than `share`; 0
  // when nothing would be left of it.
  static uint32_t factor_for(PictureSize size, uint64_t share) {
    uint32_t factor = 1;
    while (factor <= std::min(size.width, size.height)) {
      const uint64_t pixels =
          uint64_t{size.width / factor} * (size.height / factor);
      if (pixels <= share) return factor;
      ++factor;
    }
    return size.pixels() <= share ? 1 : 0;
  }

  std::span<const std::string_view> files_;
  std::vector<PictureReading> readings_;
  std::vector<Candidate> candidates_;
  PictureBudget budget_;
};

}  // namespace

std::vector<PictureReading> read_pictures(
    std::span<const std::string_view> files) {
  return Reader(files).read();
}

}  // namespace simwarden
