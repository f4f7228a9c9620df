// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <zlib.h>

// ZIP archives and office files for tests, honest and hostile ones.
namespace simwarden::packed {

struct File {
  std::string name;
  std::string bytes;
  uint16_t method = 8;  // 0: stored
  uint16_t flags = 0x800;
  std::string name_of_its_own;  // "": the same
  bool sizes_behind = false;    // in a data descriptor
  std::string extra;            // extra fields, in the table
};

inline std::string deflated(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), 0);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string number(uint64_t value, size_t bytes) {
  std::string out;
  for (size_t i = 0; i < bytes; ++i) {
    out += static_cast<char>(value >> (8 * i) & 0xFF);
  }
  return out;
}

// Method, time, sum, sizes and the length of the name, which heads and rows of
// the table have alike.
inline std::string head(const File& file, size_t packed, size_t name,
                        bool sizes, size_t extra = 0) {
  return number(20, 2) + number(file.flags, 2) + number(file.method, 2) +
         number(0, 8) + number(sizes ? packed : 0, 4) +
         number(sizes ? file.bytes.size() : 0, 4) + number(name, 2) +
         number(extra, 2);
}

struct Parts {
  std::string files;
  std::string table;
  size_t count = 0;
};

inline void add(File file, Parts& to) {
  const std::string packed =
      file.method == 8 ? deflated(file.bytes) : file.bytes;
  const size_t at = to.files.size();
  if (file.sizes_behind) file.flags |= 8;
  const std::string own =
      file.name_of_its_own.empty() ? file.name : file.name_of_its_own;
  to.files += "PK\x03\x04" +
              head(file, packed.size(), own.size(), !file.sizes_behind) + own +
              packed;
  if (file.sizes_behind) {
    to.files += "PK\x07\x08" + number(0, 4) + number(packed.size(), 4) +
                number(file.bytes.size(), 4);
  }
  to.table +=
      "PK\x01\x02" + number(20, 2) +
      head(file, packed.size(), file.name.size(), true, file.extra.size()) +
      number(0, 10) + number(at, 4) + file.name + file.extra;
  ++to.count;
}

inline std::string whole(const Parts& parts, std::string_view comment = "") {
  return parts.files + parts.table + "PK\x05\x06" + number(0, 4) +
         number(parts.count & 0xFFFF, 2) + number(parts.count & 0xFFFF, 2) +
         number(parts.table.size(), 4) + number(parts.files.size(), 4) +
         number(comment.size(), 2) + std::string(comment);
}

inline Parts parts(const std::vector<File>& files) {
  Parts out;
  for (const File& file : files) add(file, out);
  return out;
}

inline std::string zip(const std::vector<File>& files) {
  return whole(parts(files));
}

// A file of Word with this in its body, and what else is to be in it.
inline std::string docx(std::string_view body, std::vector<File> others = {}) {
  std::vector<File> files = {
      {"[Content_Types].xml",
       "<?xml version=\"1.0\"?><Types><Default Extension=\"xml\" "
       "ContentType=\"application/xml\"/></Types>"},
      {"word/document.xml",
       "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document><w:body>" +
           std::string(body) + "</w:body></w:document>"}};
  files.insert(files.end(), others.begin(), others.end());
  return zip(files);
}

}  // namespace simwarden::packed
