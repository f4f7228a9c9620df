// SPDX-License-Identifier: Apache-2.0
// All pictures of a mail are read together, those of its documents too: they
// share one budget.
#include "intake/mail_files.h"

#include <algorithm>
#include <utility>

#include "intake/opened_files.h"

namespace simwarden {
namespace {

// Where a picture came from.
struct Origin {
  const MailFile* file = nullptr;
  size_t index = 0;  // of the file or the image
  bool in_document = false;
};

class Looker {
 public:
  Looker(const MailMessage& mail, OpenedFiles opened)
      : mail_(mail), opened_(std::move(opened)) {
    out_.files.resize(mail.files.size());
    out_.images.resize(mail.images.size());
    out_.files_cut = opened_.cut;
  }

  MailContents look() {
    for (size_t i = 0; i < mail_.files.size(); ++i) file(i);
    for (size_t i = 0; i < mail_.images.size(); ++i) {
      add({nullptr, i, false}, mail_.images[i].bytes);
    }
    std::vector<PictureReading> readings = read_pictures(bytes_);
    for (size_t i = 0; i < readings.size(); ++i) take(origins_[i], readings[i]);
    for (const MailTable& one : mail_.tables) table(one);
    return std::move(out_);
  }

 private:
  void file(size_t i) {
    const MailFile& one = mail_.files[i];
    OpenedFile& opened = opened_.files[i];
    out_.files[i].reading = opened.reading;
    out_.files[i].type = opened.type;
    if (!opened.opened) return add({&one, i, false}, one.bytes);
    for (std::string& target : opened.links) {
      out_.links.push_back({std::move(target), &one});
    }
    for (const std::string& picture : opened.pictures) {
      add({&one, i, true}, picture);
    }
  }

  void table(const MailTable& one) {
    CellCodes found = find_cell_codes(one.colours, one.columns, out_.drawn);
    for (PictureCode& code : found.codes) {
      out_.codes.push_back({std::move(code), nullptr, false, &one});
    }
    out_.cut = out_.cut || found.cut;
  }

  void add(Origin origin, std::string_view bytes) {
    if (bytes.empty()) return;
    origins_.push_back(origin);
    bytes_.push_back(bytes);
  }

  void take(const Origin& origin, PictureReading& read) {
    for (PictureCode& code : read.codes) {
      out_.codes.push_back(
          {std::move(code), origin.file, origin.in_document, nullptr});
    }
    out_.cut = out_.cut || read.reading == FileReading::left_out;
    if (origin.in_document) return worsen(out_.files[origin.index], read);
    auto& list = origin.file == nullptr ? out_.images : out_.files;
    MailFileReading& out = list[origin.index];
    out.reading = read.reading;
    out.width = read.width;
    out.height = read.height;
  }

  // A document with a picture that was made to be slow is one itself.
  static void worsen(MailFileReading& document, const PictureReading& picture) {
    const bool made = picture.reading == FileReading::bomb ||
                      picture.reading == FileReading::crowded;
    if (made) document.reading = picture.reading;
  }

  const MailMessage& mail_;
  MailContents out_;
  OpenedFiles opened_;  // their pictures are read last
  std::vector<Origin> origins_;
  std::vector<std::string_view> bytes_;
};

}  // namespace

MailContents look_into_files(MailMessage& mail, const MailOptions& options) {
  if (mail.files.empty() && mail.images.empty() && mail.tables.empty()) {
    return {};
  }
  OpenedFiles opened = open_files(mail, options);
  return Looker(mail, std::move(opened)).look();
}

}  // namespace simwarden
