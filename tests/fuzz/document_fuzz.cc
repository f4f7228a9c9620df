// SPDX-License-Identifier: Apache-2.0
// PDF files. Links are UTF-8, what comes out is within the budget, and it is
// the same again.
#include "document/pdf.h"
#include "fuzz/input.h"
#include "text/charset.h"

using namespace simwarden;

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = fuzz::as_text(data, size);
  if (!is_pdf(bytes)) return 0;
  DocumentBudget budget{.unpacked = size_t{1} << 20, .links = 20, .pictures = 5};
  const DocumentBudget whole = budget;
  const PdfReading reading = read_pdf(bytes, budget);
  CHECK(reading.links.size() <= whole.links, "links are bounded");
  CHECK(reading.pictures.size() <= whole.pictures, "pictures are bounded");
  CHECK(budget.unpacked <= whole.unpacked, "nothing is given back");
  for (const std::string& link : reading.links) {
    CHECK(count_utf8(link).bad == 0, "a link is UTF-8");
  }
  DocumentBudget other = whole;
  CHECK(read_pdf(bytes, other).links == reading.links, "the same links");
  const std::vector<std::string_view> files(reading.pictures.begin(),
                                            reading.pictures.end());
  (void)read_pictures(files);
  return 0;
}
