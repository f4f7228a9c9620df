// SPDX-License-Identifier: Apache-2.0
#include "intake/mail_pictures.h"

#include <algorithm>
#include <iterator>

namespace simwarden {

MailPictures read_pictures_of(const MailMessage& mail) {
  std::vector<std::string_view> bytes;
  for (const MailFile& file : mail.files) bytes.push_back(file.bytes);
  for (const MailImage& image : mail.images) bytes.push_back(image.bytes);
  std::vector<PictureReading> readings = read_pictures(bytes);
  MailPictures out;
  out.cut = std::any_of(readings.begin(), readings.end(),
                        [](const PictureReading& one) {
                          return one.reading == FileReading::left_out;
                        });
  const auto images =
      readings.begin() + static_cast<ptrdiff_t>(mail.files.size());
  out.files.assign(std::make_move_iterator(readings.begin()),
                   std::make_move_iterator(images));
  out.images.assign(std::make_move_iterator(images),
                    std::make_move_iterator(readings.end()));
  return out;
}

}  // namespace simwarden
