// SPDX-License-Identifier: Apache-2.0
#include "document/office.h"

#include <algorithm>

#include "diag/ascii.h"
#include "document/office_text.h"
#include "text/charset.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

template <typename Is>
bool holds(const ZipReading& zip, const Is& is) {
  return std::any_of(zip.entries.begin(), zip.entries.end(), is);
}

bool holds_file(const ZipReading& zip, std::string_view name) {
  return holds(
      zip, [&](const ZipEntry& one) { return same_letters(one.name, name); });
}

// LibreOffice mends one without its manifest.
bool is_open_document(const ZipReading& zip) {
  return holds_file(zip, "content.xml") &&
         (holds_file(zip, "META-INF/manifest.xml") ||
          holds_file(zip, "mimetype"));
}

// By its name, which Office goes by as well as by its media type
// (office_text.cc).
bool is_macro(const ZipEntry& one) {
  const std::string name = small_letters(one.name);
  const bool of_libre_office =
      (name.starts_with("basic/") && !name.ends_with("script-lc.xml") &&
       !name.ends_with("script-lb.xml")) ||
      name.starts_with("scripts/");
  return name.ends_with("vbaproject.bin") || of_libre_office ||
         name.find("/macrosheets/") != name.npos;
}

void make_utf8(std::string& text) {
  if (count_utf8(text).bad > 0) text = to_utf8(text, "utf-8").view.text;
}

}  // namespace

bool is_office(const ZipReading& zip) {
  return holds_file(zip, "[Content_Types].xml") || is_open_document(zip);
}

OfficeReading read_office(const ZipReading& zip, DocumentBudget& budget) {
  OfficeReading out;
  out.reading = zip.reading;
  out.runs = holds(zip, is_macro);
  OfficeText text(out, budget);
  for (const ZipEntry& one : zip.entries) {
    if (may_be_xml(one.bytes)) text.read(one.bytes);
  }
  make_utf8(out.text);
  make_utf8(out.hidden);
  for (std::string& link : out.links) make_utf8(link);
  return out;
}

bool holds_encrypted_office(std::string_view bytes) {
  constexpr std::string_view kOle = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv;
  constexpr std::string_view kStream =
      "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;
  return bytes.starts_with(kOle) && bytes.find(kStream) != bytes.npos;
}

std::string_view type_in_zip(const ZipReading& zip, bool runs) {
  if (holds_file(zip, "AndroidManifest.xml")) {
    return "application/vnd.android.package-archive";
  }
  const bool has_classes = holds(
      zip, [](const ZipEntry& one) { return one.name.ends_with(".class"); });
  if (has_classes && holds_file(zip, "META-INF/MANIFEST.MF")) {
    return "application/java-archive";
  }
  if (!runs) return {};
  struct Row {
    std::string_view folder;
    std::string_view type;
  };
  constexpr Row kRows[] = {
      {"xl/", "application/vnd.ms-excel.sheet.macroenabled.12"},
      {"ppt/", "application/vnd.ms-powerpoint.presentation.macroenabled.12"}};
  for (const Row& row : kRows) {
    if (holds(zip, [&](const ZipEntry& one) {
          return one.name.starts_with(row.folder);
        })) {
      return row.type;
    }
  }
  return "application/vnd.ms-word.document.macroenabled.12";
}

}  // namespace simwarden
