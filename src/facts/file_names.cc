// SPDX-License-Identifier: Apache-2.0
#include "facts/file_names.h"

#include <algorithm>
#include <array>
#include <optional>

#include "contact/program_files.h"
#include "diag/ascii.h"

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

// U+202A to U+202E, U+2066 to U+2069, U+200E, U+200F in UTF-8.
bool turns_direction(std::string_view name) {
  for (size_t i = 0; i + 2 < name.size(); ++i) {
    const auto at = [&](size_t k) {
      return static_cast<unsigned char>(name[i + k]);
    };
    if (at(0) != 0xE2) continue;
    const bool override_mark = at(1) == 0x80 && at(2) >= 0xAA && at(2) <= 0xAE;
    const bool isolate = at(1) == 0x81 && at(2) >= 0xA6 && at(2) <= 0xA9;
    if (override_mark || isolate) return true;
  }
  return false;
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
  name = without_end(name);
  const size_t dot = name.rfind('.');
  if (dot == name.npos) return found;
  const auto last = find_extension(name.substr(dot + 1));
  if (!last) return found;
  found.known_extension = last->name;
  found.runs = last->opens == Opens::program;
  if (last->opens == Opens::document) return found;
  const std::string_view before = without_end(name.substr(0, dot));
  const size_t second = before.rfind('.');
  if (second == before.npos) return found;
  const auto shown = find_extension(before.substr(second + 1));
  found.double_extension = shown && shown->opens == Opens::document;
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
