// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "document/budget.h"

// A PDF file -> what its pages say, where its links lead, and the pictures on
// them.
//
//   DocumentBudget budget;
//   read_pdf(bytes, budget).links       // {"https://demo.example/a"}
//   read_pdf(bytes, budget).text        // "Call us"
//
// ISO 32000-2. The file is not laid out and nothing in it is run: its strings
// and streams are read from the first byte to the last, so that a broken table
// of contents hides nothing, and that the work is linear in what they unpack
// to, which is bounded. Read are the targets of URI actions (12.6.4.8), of
// forms and of files elsewhere, in object streams too, and pictures of JPEG,
// and of samples of up to 8 bits, and text (pdf_text.h). Streams may be packed
// by Flate, LZW, run lengths and as ASCII, with predictors. Not read: text in
// fonts that do not say which letters they draw, drawings made of lines, files
// in other files, and what is encrypted.
//
// Any thread.
namespace simwarden {

inline constexpr size_t kPdfBytesMax = size_t{32} << 20;
// The words "stream" and "endstream" in a file.
inline constexpr size_t kPdfStreamsMax = 20'000;

struct PdfReading {
  // read, partly (a stream is broken, or something is more than the budget),
  // bomb, too_large or encrypted: it says so; what can be read in clear all the
  // same, was.
  FileReading reading = FileReading::not_looked_into;
  std::string text;                   // UTF-8, a line for each line
  std::vector<std::string> links;     // UTF-8, in the order of the file
  std::vector<std::string> pictures;  // files for read_pictures()
};

bool is_pdf(std::string_view bytes);
// REQUIRES: is_pdf(bytes).
PdfReading read_pdf(std::string_view bytes, DocumentBudget& budget);

}  // namespace simwarden
