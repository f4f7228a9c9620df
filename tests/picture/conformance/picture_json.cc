// SPDX-License-Identifier: Apache-2.0
// Pictures as JSON, one line a file, for comparing with public sets.
//
//   picture_json FILE...
//
// One thread; reads what it is given and nothing else.
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "notation/json_text.h"
#include "picture/picture.h"

namespace simwarden {
namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string code_json(const PictureCode& code) {
  return fmt::format(
      R"({{"content":{},"kind":{},"frame":{},"box":[{},{},{},{}]}})",
      quoted(code.content), quoted(code.kind), code.frame, code.box.left,
      code.box.top, code.box.width, code.box.height);
}

void print_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const std::string_view one = bytes;
  const std::clock_t before = std::clock();
  const PictureReading read = read_pictures({&one, 1})[0];
  const double seconds =
      static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
  std::string codes;
  for (const PictureCode& code : read.codes) {
    if (!codes.empty()) codes += ',';
    codes += code_json(code);
  }
  fmt::print(
      R"({{"file":{},"reading":{},"width":{},"height":{},"seconds":{:.3f},"codes":[{}]}})"
      "\n",
      quoted(path), quoted(kFileReadingNames[size_t(read.reading)]), read.width,
      read.height, seconds, codes);
}

}  // namespace
}  // namespace simwarden

int main(int count, char** arguments) {
  for (int i = 1; i < count; ++i) simwarden::print_file(arguments[i]);
  return 0;
}
