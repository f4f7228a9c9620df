// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "mail/mail.h"
#include "picture/picture.h"

namespace simwarden {

// What came of looking for codes in the pictures of a mail: its files, and what
// stands in the source of its HTML ("data:").
struct MailPictures {
  std::vector<PictureReading> files;   // by MailMessage::files
  std::vector<PictureReading> images;  // by MailMessage::images
  bool cut = false;                    // the bounds of a message were reached
};

MailPictures read_pictures_of(const MailMessage& mail);

}  // namespace simwarden
