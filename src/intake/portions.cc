// SPDX-License-Identifier: Apache-2.0
#include "intake/portions.h"

namespace simwarden {

size_t portions_of(const Chunk& chunk) {
  return chunk.portions.size() + 1;
}

Chunk portion(const Chunk& chunk, size_t index) {
  const bool is_last = index == chunk.portions.size();
  const Position begin = index == 0
                             ? Position{chunk.first_line, chunk.first_byte}
                             : chunk.portions[index - 1];
  const uint64_t end = is_last ? chunk.first_byte + chunk.bytes.size()
                               : chunk.portions[index].byte;
  Chunk made;
  made.bytes.assign(chunk.bytes, begin.byte - chunk.first_byte,
                    end - begin.byte);
  made.first_byte = begin.byte;
  made.first_line = begin.line;
  made.header = chunk.header;
  made.delimiter = chunk.delimiter;
  made.charset = chunk.charset;
  if (is_last) made.too_long = chunk.too_long;
  return made;
}

}  // namespace simwarden
