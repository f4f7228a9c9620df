// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/mail.h"
#include "picture/drawn.h"
#include "picture/picture.h"

namespace simwarden {

// A code in one of the files of a mail, or in its HTML.
struct MailCode {
  PictureCode code;
  const MailFile* file = nullptr;    // null: it stands in the HTML
  bool in_document = false;          // in a picture of the file
  const MailTable* table = nullptr;  // its cells are the code; else "data:"
};

struct MailFileLink {
  std::string target;
  const MailFile* file = nullptr;
};

// What came of one file or picture.
struct MailFileReading {
  FileReading reading = FileReading::not_looked_into;
  std::string_view type;  // by what is in it; "" when its first bytes tell it
  uint32_t width = 0;     // of a picture
  uint32_t height = 0;
};

// What is in the files of a mail and in the pictures ("data:") and coloured
// tables of its HTML.
struct MailContents {
  std::vector<MailFileReading> files;   // by MailMessage::files
  std::vector<MailFileReading> images;  // by MailMessage::images
  std::vector<MailCode> codes;          // in that order
  std::vector<MailFileLink> links;
  bool cut = false;        // the bounds of a message on pictures were reached
  bool files_cut = false;  // those on what is in files
  DrawnBudget drawn;       // what the tables left of it
};

// Adds to the mail what its archives hold and its documents say
// (opened_files.h). Keeps pointers into the mail.
MailContents look_into_files(MailMessage& mail, const MailOptions& options);

}  // namespace simwarden
