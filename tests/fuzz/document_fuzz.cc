// SPDX-License-Identifier: Apache-2.0
// PDF files, archives, office files. Names, texts and links are UTF-8, what
// comes out is within the budget, and it is the same again.
#include "document/office.h"
#include "document/pdf.h"
#include "document/rtf.h"
#include "document/zip.h"
#include "fuzz/input.h"
#include "text/charset.h"

using namespace simwarden;

namespace {

constexpr DocumentBudget kBudget{.unpacked = size_t{1} << 20,
                                 .links = 20,
                                 .text = 1000,
                                 .pictures = 5,
                                 .entries = 100};

void check_utf8(std::string_view text) {
  CHECK(count_utf8(text).bad == 0, "what is read is UTF-8");
}

void check_links(const std::vector<std::string>& links) {
  CHECK(links.size() <= kBudget.links, "links are bounded");
  for (const std::string& link : links) check_utf8(link);
}

void read_as_pdf(std::string_view bytes) {
  DocumentBudget budget = kBudget;
  const PdfReading reading = read_pdf(bytes, budget);
  check_links(reading.links);
  CHECK(reading.pictures.size() <= kBudget.pictures, "pictures are bounded");
  check_utf8(reading.text);
  CHECK(reading.text.size() <= kBudget.text, "text is bounded");
  CHECK(budget.unpacked <= kBudget.unpacked, "nothing is given back");
  DocumentBudget other = kBudget;
  const PdfReading again = read_pdf(bytes, other);
  CHECK(again.links == reading.links && again.text == reading.text,
        "the same again");
  const std::vector<std::string_view> files(reading.pictures.begin(),
                                            reading.pictures.end());
  (void)read_pictures(files);
}

void read_as_rtf(std::string_view bytes) {
  DocumentBudget budget = kBudget;
  const RtfReading reading = read_rtf(bytes, budget);
  check_utf8(reading.text);
  check_utf8(reading.hidden);
  check_links(reading.links);
  CHECK(reading.text.size() <= kBudget.text, "text is bounded");
}

void read_as_office(const ZipReading& zip) {
  DocumentBudget budget = kBudget;
  const OfficeReading reading = read_office(zip, budget);
  check_utf8(reading.text);
  check_utf8(reading.hidden);
  check_links(reading.links);
}

void read_as_zip(std::string_view bytes) {
  DocumentBudget budget = kBudget;
  const auto by_front = [](std::string_view /*name*/, std::string_view front) {
    return !front.starts_with("no");
  };
  const ZipReading zip = read_zip(bytes, budget, by_front);
  size_t unpacked = 0;
  for (const ZipEntry& one : zip.entries) {
    check_utf8(one.name);
    unpacked += one.bytes.size();
  }
  CHECK(unpacked == kBudget.unpacked - budget.unpacked, "all is counted");
  read_as_office(zip);
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = fuzz::as_text(data, size);
  if (is_pdf(bytes)) read_as_pdf(bytes);
  if (is_rtf(bytes)) read_as_rtf(bytes);
  if (is_zip(bytes) || ends_as_zip(bytes)) read_as_zip(bytes);
  return 0;
}
