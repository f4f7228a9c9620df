// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include <webp/decode.h>
#include <webp/demux.h>

#include "picture/decoders.h"

namespace simwarden {
namespace {

// The library keeps two canvases and a frame, each of four bytes a pixel, twice
// what a still picture takes.
constexpr uint64_t kAnimationPixelsMax = 13'000'000;

const uint8_t* start_of(std::string_view bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

// `rgba`: four bytes a pixel of the first `lines` lines; the others are
// missing.
Frame frame_of(const uint8_t* rgba, uint32_t width, uint32_t height,
               uint32_t lines, bool has_alpha) {
  Frame frame;
  frame.on_white = GreyPicture(width, height, 0xFF);
  if (has_alpha) frame.on_black = GreyPicture(width, height, 0);
  for (size_t i = 0; i < size_t{width} * lines; ++i, rgba += 4) {
    const uint32_t light = grey_of(rgba[0], rgba[1], rgba[2]);
    const uint32_t alpha = has_alpha ? rgba[3] : 255U;
    const uint32_t dark = light * alpha / 255;
    frame.on_white.light[i] = static_cast<uint8_t>(dark + 255 - alpha);
    if (has_alpha) frame.on_black.light[i] = static_cast<uint8_t>(dark);
  }
  return frame;
}

FileReading decode_animation(std::string_view bytes,
                             const PictureDecoding& decoding) {
  const WebPData data{start_of(bytes), bytes.size()};
  WebPAnimDecoderOptions options;
  if (WebPAnimDecoderOptionsInit(&options) == 0) return FileReading::broken;
  options.color_mode = MODE_RGBA;
  const std::unique_ptr<WebPAnimDecoder, decltype(&WebPAnimDecoderDelete)>
      decoder(WebPAnimDecoderNew(&data, &options), &WebPAnimDecoderDelete);
  WebPAnimInfo info;
  if (!decoder || WebPAnimDecoderGetInfo(decoder.get(), &info) == 0) {
    return FileReading::broken;
  }
  uint32_t frames = 0;
  while (WebPAnimDecoderHasMoreFrames(decoder.get()) != 0) {
    if (frames == kPictureFramesMax) return FileReading::partly;
    const uint64_t pixels = uint64_t{info.canvas_width} * info.canvas_height;
    if (frames > 0 && !decoding.pay(pixels)) return FileReading::partly;
    uint8_t* rgba = nullptr;
    int when = 0;
    if (WebPAnimDecoderGetNext(decoder.get(), &rgba, &when) == 0) {
      return frames == 0 ? FileReading::broken : FileReading::partly;
    }
    ++frames;
    if (!decoding.take(frame_of(rgba, info.canvas_width, info.canvas_height,
                                info.canvas_height, true))) {
      return FileReading::partly;
    }
  }
  return frames == 0 ? FileReading::broken : FileReading::read;
}

}  // namespace

std::optional<PictureSize> webp_size(std::string_view bytes) {
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(start_of(bytes), bytes.size(), &features) !=
      VP8_STATUS_OK) {
    return {};
  }
  return PictureSize{static_cast<uint32_t>(features.width),
                     static_cast<uint32_t>(features.height)};
}

FileReading decode_webp(std::string_view bytes,
                        const PictureDecoding& decoding) {
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0) return FileReading::broken;
  const std::unique_ptr<WebPDecBuffer, decltype(&WebPFreeDecBuffer)> free(
      &config.output, &WebPFreeDecBuffer);
  if (WebPGetFeatures(start_of(bytes), bytes.size(), &config.input) !=
      VP8_STATUS_OK) {
    return FileReading::broken;
  }
  if (config.input.has_animation != 0) {
    const PictureSize size{static_cast<uint32_t>(config.input.width),
                           static_cast<uint32_t>(config.input.height)};
    return size.pixels() > kAnimationPixelsMax
               ? FileReading::too_large
               : decode_animation(bytes, decoding);
  }
  config.output.colorspace = MODE_RGBA;
  const std::unique_ptr<WebPIDecoder, decltype(&WebPIDelete)> decoder(
      WebPIDecode(nullptr, 0, &config), &WebPIDelete);
  if (!decoder) return FileReading::broken;
  const VP8StatusCode status =
      WebPIUpdate(decoder.get(), start_of(bytes), bytes.size());
  int lines = 0;
  const uint8_t* rgba =
      WebPIDecGetRGB(decoder.get(), &lines, nullptr, nullptr, nullptr);
  const bool whole = status == VP8_STATUS_OK;
  if ((!whole && status != VP8_STATUS_SUSPENDED) || rgba == nullptr ||
      lines <= 0) {
    return FileReading::broken;
  }
  decoding.take(frame_of(rgba, static_cast<uint32_t>(config.input.width),
                         static_cast<uint32_t>(config.input.height),
                         static_cast<uint32_t>(lines),
                         config.input.has_alpha != 0));
  return whole ? FileReading::read : FileReading::partly;
}

}  // namespace simwarden
