// SPDX-License-Identifier: Apache-2.0
#include "mail/file_types.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "mail/words.h"
#include "text/charset.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

struct Magic {
  size_t at;
  std::string_view bytes;
  std::string_view type;
};

// The more telling ones first.
constexpr Magic kMagic[] = {
    {0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
    {0, "\xFF\xD8\xFF"sv, "image/jpeg"},
    {0, "GIF87a"sv, "image/gif"},
    {0, "GIF89a"sv, "image/gif"},
    {8, "WEBP"sv, "image/webp"},
    {0, "II*\0"sv, "image/tiff"},
    {0, "MM\0*"sv, "image/tiff"},
    {0, "%PDF-"sv, "application/pdf"},
    {0, "PK\x03\x04"sv, "application/zip"},
    {0, "Rar!\x1a\x07"sv, "application/vnd.rar"},
    {0, "7z\xBC\xAF\x27\x1C"sv, "application/x-7z-compressed"},
    {0, "\x1F\x8B"sv, "application/gzip"},
    {0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "application/x-ole-storage"},
    {0, "{\\rtf"sv, "text/rtf"},
    {0,
     "\x7F"
     "ELF"sv,
     "application/x-elf"},
};

// "MZ" and "BM" are two letters of ordinary words: a second look is needed.
bool is_dos_program(std::string_view bytes) {
  constexpr size_t kHeader = 64;
  return bytes.starts_with("MZ"sv) && bytes.size() >= kHeader &&
         bytes.substr(0, kHeader).find('\0') != bytes.npos;
}

bool is_bitmap(std::string_view bytes) {
  constexpr size_t kHeader = 14;
  return bytes.starts_with("BM"sv) && bytes.size() > kHeader &&
         bytes.substr(6, 4) == "\0\0\0\0"sv;
}

bool is_page(std::string_view bytes) {
  constexpr size_t kFront = 256;
  const std::string_view front =
      behind_utf8_mark(without_blanks(bytes.substr(0, kFront)));
  return same_word(front.substr(0, 14), "<!doctype html") ||
         same_word(front.substr(0, 5), "<html");
}

// With which programs begin a mail that they save.
bool begins_as_mail(std::string_view bytes) {
  constexpr std::string_view kFields[] = {
      "received:",      "return-path:",    "delivered-to:", "from:",
      "date:",          "message-id:",     "mime-version:", "subject:",
      "x-original-to:", "dkim-signature:", "arc-seal:",     "to:"};
  const std::string_view front = behind_utf8_mark(bytes);
  for (const std::string_view one : kFields) {
    if (same_word(front.substr(0, one.size()), one)) return true;
  }
  return false;
}

}  // namespace

bool is_mail_file(std::string_view name, std::string_view type,
                  std::string_view bytes) {
  const std::string small = small_letters(without_blanks(name));
  for (const std::string_view ending : {".eml", ".mht", ".mhtml"}) {
    if (small.ends_with(ending)) return true;
  }
  const bool says_nothing = type.empty() || type == "application/octet-stream";
  return says_nothing && begins_as_mail(bytes);
}

bool is_plain_text(std::string_view bytes) {
  constexpr std::string_view kMadeForPrograms[] = {"-----BEGIN ", "%!"};
  const std::string_view front = bytes.substr(0, kDetectBytesMax);
  const bool is_made = std::any_of(
      std::begin(kMadeForPrograms), std::end(kMadeForPrograms),
      [&](std::string_view begin) { return front.starts_with(begin); });
  const bool has_control = std::any_of(front.begin(), front.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7F || (byte < ' ' && !is_blank_char(c) && c != '\x1b');
  });
  if (front.empty() || is_made || has_control) return false;
  return count_utf8(front).is_utf8() || detect_charset(front);
}

std::string_view text_type_by_name(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> kRows[] = {
      {".txt", "text/plain"},     {".text", "text/plain"},
      {".log", "text/plain"},     {".md", "text/plain"},
      {".csv", "text/plain"},     {".url", "text/plain"},
      {".website", "text/plain"}, {".webloc", "text/plain"},
      {".inetloc", "text/plain"}, {".desktop", "text/plain"},
      {".ics", "text/calendar"},  {".vcs", "text/calendar"},
      {".vcf", "text/vcard"},     {".vcard", "text/vcard"}};
  const std::string small = small_letters(without_blanks(name));
  for (const auto& [ending, type] : kRows) {
    if (small.ends_with(ending)) return type;
  }
  return {};
}

std::string_view detect_file_type(std::string_view bytes) {
  for (const Magic& magic : kMagic) {
    if (bytes.size() >= magic.at &&
        bytes.substr(magic.at).starts_with(magic.bytes))
      return magic.type;
  }
  if (is_dos_program(bytes)) return "application/x-dosexec";
  if (is_bitmap(bytes)) return "image/bmp";
  if (is_page(bytes)) return "text/html";
  return {};
}

}  // namespace simwarden
