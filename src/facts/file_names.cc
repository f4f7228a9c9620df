// SPDX-License-Identifier: Apache-2.0
#include "facts/file_names.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "diag/ascii.h"
#include "diag/printable.h"
#include "link/program_files.h"
#include "text/views.h"

namespace simwarden {
namespace {

enum class Opens : uint8_t { document, page, program };

// What opening a file does, and which media types its first bytes may have.
struct Extension {
  std::string_view name;
  Opens opens;
  std::string_view detected;  // types, parted by a blank; kAnyBytes
};

constexpr std::string_view kZip = "application/zip";
constexpr std::string_view kOffice =
    "application/x-ole-storage application/zip text/rtf text/html";
// Those of today; an encrypted one is in the shell of the old ones. One with
// macros is opened by its name: elsewhere it is in disguise.
constexpr std::string_view kZipOffice =
    "application/zip application/x-ole-storage";
constexpr std::string_view kWordMacros =
    "application/zip application/x-ole-storage "
    "application/vnd.ms-word.document.macroenabled.12";
constexpr std::string_view kExcelMacros =
    "application/zip application/x-ole-storage "
    "application/vnd.ms-excel.sheet.macroenabled.12";
constexpr std::string_view kSlideMacros =
    "application/zip application/x-ole-storage "
    "application/vnd.ms-powerpoint.presentation.macroenabled.12";

// What is no program.
constexpr Extension kExtensions[] = {
    {"pdf", Opens::document, "application/pdf"},
    {"doc", Opens::document, kOffice},
    {"dot", Opens::document, kOffice},
    {"xls", Opens::document, kOffice},
    {"ppt", Opens::document, kOffice},
    {"pps", Opens::document, kOffice},
    {"rtf", Opens::document, "text/rtf"},
    {"docx", Opens::document, kZipOffice},
    {"docm", Opens::document, kWordMacros},
    {"dotm", Opens::document, kWordMacros},
    {"xlsx", Opens::document, kZipOffice},
    {"xlsm", Opens::document, kExcelMacros},
    {"xlsb", Opens::document, kExcelMacros},
    {"pptx", Opens::document, kZipOffice},
    {"pptm", Opens::document, kSlideMacros},
    {"ppsx", Opens::document, kZipOffice},
    {"ppsm", Opens::document, kSlideMacros},
    {"odt", Opens::document, kZip},
    {"ods", Opens::document, kZip},
    {"odp", Opens::document, kZip},
    {"txt", Opens::document, kAnyBytes},
    {"csv", Opens::document, kAnyBytes},
    {"jpg", Opens::document, "image/jpeg"},
    {"jpeg", Opens::document, "image/jpeg"},
    {"png", Opens::document, "image/png"},
    {"gif", Opens::document, "image/gif"},
    {"bmp", Opens::document, "image/bmp"},
    {"webp", Opens::document, "image/webp"},
    {"tif", Opens::document, "image/tiff"},
    {"tiff", Opens::document, "image/tiff"},
    {"heic", Opens::document, kAnyBytes},
    {"mp3", Opens::document, kAnyBytes},
    {"mp4", Opens::document, kAnyBytes},
    {"avi", Opens::document, kAnyBytes},
    {"wav", Opens::document, kAnyBytes},
    {"zip", Opens::document, kZip},
    {"rar", Opens::document, "application/vnd.rar"},
    {"7z", Opens::document, "application/x-7z-compressed"},
    {"gz", Opens::document, "application/gzip"},
    {"eml", Opens::document, kAnyBytes},
    {"ics", Opens::document, kAnyBytes},
    {"vcf", Opens::document, kAnyBytes},
    {"htm", Opens::page, "text/html"},
    {"html", Opens::page, "text/html"},
    {"shtml", Opens::page, "text/html"},
    {"xhtml", Opens::page, "text/html"},
    {"mht", Opens::page, kAnyBytes},
    {"svg", Opens::page, kAnyBytes},
};

// What a declared type must not hide; other types say little.
struct Declared {
  std::string_view begins;
  std::string_view detected;
};
constexpr Declared kDeclared[] = {
    {"application/pdf", "application/pdf"},
    {"image/", "image/"},
};

std::optional<Extension> find_extension(std::string_view name) {
  constexpr size_t kLongest = 16;
  if (name.size() > kLongest) return std::nullopt;
  std::array<char, kLongest> small{};
  std::transform(name.begin(), name.end(), small.begin(), small_letter);
  const std::string_view word(small.data(), name.size());
  for (const Extension& row : kExtensions) {
    if (row.name == word) return row;
  }
  const ProgramFile* program = find_program_file(word);
  if (!program || program->in == ProgramFile::In::link) return std::nullopt;
  return Extension{program->ending, Opens::program, program->detected};
}

// Windows leaves dots and blanks at the end of a name out.
std::string_view without_end(std::string_view name) {
  while (!name.empty() &&
         (name.back() == '.' || name.back() == ' ' || name.back() == '"')) {
    name.remove_suffix(1);
  }
  return name;
}

void append_utf8(std::string& out, UChar32 c) {
  std::array<uint8_t, U8_MAX_LENGTH> bytes{};
  size_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, c);
  out.append(reinterpret_cast<const char*>(bytes.data()), size);
}

// Each code point as `as` says it; what is no UTF-8 goes.
template <typename As>
std::string rewritten(std::string_view text, As as) {
  std::string out;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c < 0) continue;
    if (const UChar32 shown = as(c); shown != 0) append_utf8(out, shown);
  }
  return out;
}

bool is_all_shown(std::string_view name) {
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return c >= ' ' && c < 0x7F; });
}

// Which views read as a word: "📞".
bool is_picture(UChar32 c) {
  return c >= 0x80 &&
         u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) != 0 &&
         u_isUAlphabetic(c) == 0;
}

// As it stands before a person: without what no program shows, any sign that
// looks like a full stop as one, any blank as a space, letters as they are read
// (text/views.h).
std::string as_seen(std::string_view name) {
  if (is_all_shown(name)) return std::string(name);
  const std::string dotted = rewritten(name, [](UChar32 c) -> UChar32 {
    if (is_dot(static_cast<char32_t>(c))) return '.';
    if (is_picture(c)) return ' ';
    return u_charType(c) == U_FORMAT_CHAR ? 0 : c;
  });
  return see(dotted).plain.text;
}

// What follows the last dot; nothing without one. A dot between blanks parts
// the words of a title: "Demo · PDF.html".
std::optional<Extension> last_extension(std::string_view name) {
  name = without_end(name);
  const size_t dot = name.rfind('.');
  if (dot == name.npos) return std::nullopt;
  if (name.substr(0, dot).ends_with(' ') && name[dot + 1] == ' ') {
    return std::nullopt;
  }
  name.remove_prefix(dot + 1);
  while (name.starts_with(' ')) name.remove_prefix(1);
  return find_extension(name);
}

// What stands between a document's ending and the real one hides the latter,
// whatever it is: blanks, lines, brackets.
std::string_view without_signs_at_end(std::string_view shown) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(shown.data());
  auto end = static_cast<int32_t>(shown.size());
  while (end > 0) {
    int32_t begin = end;
    UChar32 c = 0;
    U8_PREV(bytes, 0, begin, c);
    if (c > 0 && u_isalnum(c)) break;
    end = begin;
  }
  return shown.substr(0, static_cast<size_t>(end));
}

// A letter of another script counts as the Latin one that it is taken for.
std::string in_latin(std::string_view shown) {
  if (is_all_shown(shown)) return std::string(shown);
  return rewritten(shown, [](UChar32 c) -> UChar32 {
    const char latin = latin_double(static_cast<char32_t>(c));
    return latin != '\0' ? latin : c;
  });
}

// Whether the name without its last extension seems to end as a document.
bool seems_document(std::string_view shown) {
  shown = without_end(shown);
  const size_t dot = shown.rfind('.');
  if (dot == shown.npos) return false;
  const auto before =
      last_extension(in_latin(without_signs_at_end(shown.substr(0, dot))));
  return before && before->opens == Opens::document;
}

bool is_in(std::string_view types, std::string_view type) {
  while (!types.empty()) {
    const size_t end = std::min(types.find(' '), types.size());
    if (types.substr(0, end) == type) return true;
    types.remove_prefix(std::min(end + 1, types.size()));
  }
  return false;
}

}  // namespace

FileName read_file_name(std::string_view name) {
  FileName found;
  found.reversed = turns_direction(name);
  const std::string shown = as_seen(name);
  auto last = last_extension(name);
  if (!last) last = last_extension(shown);
  if (!last) return found;
  found.known_extension = last->name;
  found.runs = last->opens == Opens::program;
  found.double_extension =
      last->opens != Opens::document && seems_document(shown);
  return found;
}

bool type_contradicts(std::string_view detected, const FileName& name,
                      std::string_view declared) {
  if (detected.empty()) return false;
  for (const Declared& row : kDeclared) {
    if (declared.starts_with(row.begins) && !detected.starts_with(row.detected))
      return true;
  }
  const auto known = find_extension(name.known_extension);
  if (!known) return false;
  const bool program =
      detected == "application/x-dosexec" || detected == "application/x-elf";
  if (known->detected == kAnyBytes) {
    return program && known->opens != Opens::program;
  }
  return !is_in(known->detected, detected);
}

}  // namespace simwarden
