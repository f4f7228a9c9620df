// SPDX-License-Identifier: Apache-2.0
#include "document/unpack.h"

#include <algorithm>

#include <zlib.h>

namespace simwarden {
namespace {

Unpacked unpack(std::string_view packed, size_t bytes_max, int window_bits) {
  Unpacked out;
  z_stream stream{};
  if (inflateInit2(&stream, window_bits) != Z_OK) return out;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  constexpr size_t kPiece = size_t{64} << 10;
  int status = Z_OK;
  while (status == Z_OK && out.bytes.size() < bytes_max) {
    const size_t before = out.bytes.size();
    const size_t room = std::min(kPiece, bytes_max - before);
    out.bytes.resize(before + room);
    stream.next_out = reinterpret_cast<Bytef*>(out.bytes.data() + before);
    stream.avail_out = static_cast<uInt>(room);
    status = inflate(&stream, Z_NO_FLUSH);
    out.bytes.resize(before + room - stream.avail_out);
    if (stream.avail_in == 0 && stream.avail_out > 0) break;
  }
  out.whole = status == Z_STREAM_END;
  out.full = status == Z_OK && out.bytes.size() >= bytes_max;
  inflateEnd(&stream);
  return out;
}

}  // namespace

bool may_be_zlib(std::string_view bytes) {
  if (bytes.size() < 2) return false;
  const auto first = static_cast<unsigned char>(bytes[0]);
  const auto second = static_cast<unsigned char>(bytes[1]);
  return (first & 0x0F) == Z_DEFLATED && (first * 256 + second) % 31 == 0;
}

Unpacked unpack_zlib(std::string_view packed, size_t bytes_max) {
  return unpack(packed, bytes_max, MAX_WBITS);
}

Unpacked unpack_deflate(std::string_view packed, size_t bytes_max) {
  return unpack(packed, bytes_max, -MAX_WBITS);
}

}  // namespace simwarden
