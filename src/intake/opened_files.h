// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/mail.h"
#include "picture/picture.h"

namespace simwarden {

// Files inside each other: a document in an archive in an archive.
inline constexpr int kInnerFilesDepthMax = 3;
// Pages and texts in archives, all together: as much as one page of a mail has.
// They are small when they are packed, and cost as much as those that are not.
inline constexpr size_t kInnerTextBytesMax = kMailHtmlBytesMax;

// What a file of a mail holds besides text, which is shown in the mail.
struct OpenedFile {
  bool opened = false;  // else it may be a picture
  FileReading reading = FileReading::not_looked_into;
  std::string_view type;  // by what is in it; "" when its first bytes tell it
  std::vector<std::string> links;
  std::vector<std::string> pictures;
};

struct OpenedFiles {
  std::vector<OpenedFile> files;  // by MailMessage::files
  bool cut = false;               // the bounds of a message were reached
};

// Opens the PDF files, office files and archives of a mail. What archives hold
// becomes files of the mail, behind its own: what these show stands behind its
// text, as do the texts of PDF and office files.
OpenedFiles open_files(MailMessage& mail, const MailOptions& options);

}  // namespace simwarden
