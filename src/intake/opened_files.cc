// SPDX-License-Identifier: Apache-2.0
// All files share one budget. Those inside others stand behind them in the
// list, so that it is walked once.
#include "intake/opened_files.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "diag/ascii.h"
#include "document/office.h"
#include "document/pdf.h"
#include "document/rtf.h"
#include "document/xml.h"
#include "document/zip.h"
#include "mail/file_types.h"
#include "mail/parts.h"

namespace simwarden {
namespace {

constexpr std::string_view kZip = "application/zip";

template <size_t size>
bool ends_in(const std::string_view (&endings)[size], std::string_view name) {
  const std::string small = small_letters(name);
  return std::any_of(
      std::begin(endings), std::end(endings),
      [&](std::string_view ending) { return small.ends_with(ending); });
}

// What stands in the text of the mail. Of a longer plain text nothing does.
bool is_shown(std::string_view name, std::string_view bytes) {
  constexpr std::string_view kPages[] = {".htm",   ".html", ".shtml",
                                         ".xhtml", ".xht",  ".svg"};
  const std::string_view type = text_type_by_name(name);
  if (type == "text/plain") return bytes.size() <= kAttachedTextBytesMax;
  return !type.empty() || ends_in(kPages, name) ||
         is_mail_file(name, {}, bytes) ||
         detect_file_type(bytes) == "text/html";
}

bool is_wanted(std::string_view name, std::string_view front) {
  constexpr std::string_view kTypes[] = {"application/pdf", kZip,
                                         "application/x-ole-storage"};
  const std::string_view type = detect_file_type(front);
  return type.starts_with("image/") ||
         std::find(std::begin(kTypes), std::end(kTypes), type) !=
             std::end(kTypes) ||
         is_pdf(front) || is_rtf(front) || may_be_xml(front) ||
         is_shown(name, front);
}

// Programs find an archive behind other bytes, too.
bool opens_as_zip(const MailFile& file) {
  constexpr std::string_view kEndings[] = {".zip",  ".docx", ".docm", ".xlsx",
                                           ".xlsm", ".pptx", ".pptm", ".odt",
                                           ".ods",  ".odp",  ".apk",  ".jar"};
  if (is_zip(file.bytes)) return true;
  const bool may_be =
      detect_file_type(file.bytes).empty() || ends_in(kEndings, file.name);
  return may_be && ends_as_zip(file.bytes);
}

// What programs open as an archive may have the files of an office file put
// beside its own.
bool is_named_office(std::string_view name) {
  constexpr std::string_view kEndings[] = {
      ".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".xltx",
      ".xltm", ".xlsb", ".pptx", ".pptm", ".ppsx", ".ppsm", ".potx",
      ".potm", ".odt",  ".ods",  ".odp",  ".odg",  ".ott"};
  return ends_in(kEndings, name);
}

class Opener {
 public:
  Opener(MailMessage& mail, const MailOptions& options)
      : mail_(mail), options_(options) {
    out_.files.resize(mail.files.size());
    depths_.resize(mail.files.size(), 1);
    unpacked_.resize(mail.files.size());
    for (size_t i = 0; i < mail.files.size(); ++i) outer_.push_back(i);
  }

  OpenedFiles open() {
    for (size_t i = 0; i < mail_.files.size(); ++i) {
      const size_t before = budget_.unpacked;
      if (!out_.files[i].opened) open(i);
      unpacked_[outer_[i]] += before - budget_.unpacked;
    }
    out_.cut = out_.cut || budget_.cut;
    for (size_t i = 0; i < unpacked_.size(); ++i) {
      if (!is_packed_in_packed(mail_.files[i].bytes.size(), unpacked_[i])) {
        continue;
      }
      out_.files[i].reading = FileReading::bomb;
    }
    return std::move(out_);
  }

 private:
  void open(size_t i) {
    const MailFile& file = mail_.files[i];
    if (opens_as_zip(file)) return archive(i);
    if (is_pdf(file.bytes)) return pdf(i);
    if (is_rtf(file.bytes)) return rtf(i);
    if (!holds_encrypted_office(file.bytes)) return;
    out_.files[i].opened = true;
    out_.files[i].reading = FileReading::encrypted;
  }

  void pdf(size_t i) {
    PdfReading read = read_pdf(mail_.files[i].bytes, budget_);
    show_document(read.text, "", mail_);
    OpenedFile& out = out_.files[i];
    out.opened = true;
    out.reading = read.reading;
    out.links = std::move(read.links);
    out.pictures = std::move(read.pictures);
  }

  void rtf(size_t i) {
    RtfReading read = read_rtf(mail_.files[i].bytes, budget_);
    show_document(read.text, read.hidden, mail_);
    OpenedFile& out = out_.files[i];
    out.opened = true;
    out.reading = read.reading;
    out.links = std::move(read.links);
  }

  void archive(size_t i) {
    out_.files[i].opened = true;
    if (depths_[i] > kInnerFilesDepthMax) {
      out_.files[i].reading = FileReading::left_out;
      out_.cut = true;
      return;
    }
    ZipReading zip = read_zip(mail_.files[i].bytes, budget_, is_wanted);
    out_.cut = out_.cut || zip.cut;
    if (is_office(zip)) return office(i, zip);
    OpenedFile& out = out_.files[i];
    out.type = type_in_zip(zip, false);
    // What is in a program nobody opens.
    out.reading = FileReading::not_looked_into;
    if (!out.type.empty()) return;
    out.type = kZip;
    out.reading = zip.reading;
    for (ZipEntry& one : zip.entries) add(i, one);
  }

  void office(size_t i, ZipReading& zip) {
    OfficeReading read = read_office(zip, budget_);
    show_document(read.text, read.hidden, mail_);
    OpenedFile& out = out_.files[i];
    out.type = type_in_zip(zip, read.runs);
    out.reading = read.reading;
    out.links = std::move(read.links);
    const bool is_one_file = is_named_office(mail_.files[i].name);
    for (ZipEntry& one : zip.entries) {
      if (is_one_file && detect_file_type(one.bytes).starts_with("image/")) {
        picture(out_.files[i], one);
      } else if (!is_one_file || is_file_in_office(one)) {
        add(i, one);
      }
    }
  }

  // What opens as it does outside; not what the document is made of.
  static bool is_file_in_office(const ZipEntry& one) {
    constexpr std::string_view kTypes[] = {"application/pdf", kZip, "text/html",
                                           "application/x-dosexec",
                                           "application/x-elf"};
    const std::string_view type = detect_file_type(one.bytes);
    return std::find(std::begin(kTypes), std::end(kTypes), type) !=
           std::end(kTypes);
  }

  void picture(OpenedFile& out, ZipEntry& one) {
    if (budget_.pictures == 0) {
      out.reading = FileReading::partly;
      return;
    }
    --budget_.pictures;
    out.pictures.push_back(std::move(one.bytes));
  }

  void add(size_t i, ZipEntry& one) {
    if (mail_.files.size() >= kMailPartsMax) {
      out_.cut = true;
      return;
    }
    if (is_shown(one.name, one.bytes)) keep_within_shown(one);
    MimePart part;
    part.path = mail_.files[i].part;
    part.type = text_type_by_name(one.name);
    part.attached = true;
    part.name = one.name;
    part.bytes = std::move(one.bytes);
    const size_t at = mail_.files.size();
    show_inner_file(part, options_, mail_);
    MailFile& file = mail_.files[at];
    const std::string& outer = mail_.files[i].name;
    file.name = outer.empty() ? one.name : outer + "/" + one.name;
    file.size = one.size;
    // Of what nobody wanted there is its front.
    if (file.shown == Showing::whole && one.size > file.bytes.size()) {
      file.shown = Showing::front;
    }
    const bool whole =
        one.reading == FileReading::read || one.reading == FileReading::partly;
    out_.files.push_back({.opened = !whole, .reading = one.reading});
    depths_.push_back(depths_[i] + 1);
    outer_.push_back(outer_[i]);
    name_files_of_mail(at);
  }

  // Those that a mail in an archive brought, behind it.
  void name_files_of_mail(size_t at) {
    if (mail_.files.size() > kMailPartsMax) {
      mail_.files.resize(kMailPartsMax);
      out_.cut = true;
    }
    for (size_t k = at + 1; k < mail_.files.size(); ++k) {
      mail_.files[k].part = mail_.files[at].part;
      mail_.files[k].name = mail_.files[at].name + "/" + mail_.files[k].name;
      out_.files.emplace_back();
      depths_.push_back(depths_[at] + 1);
      outer_.push_back(outer_[at]);
    }
  }

  void keep_within_shown(ZipEntry& one) {
    if (one.bytes.size() > shown_) {
      one.bytes.clear();
      const bool was_read = one.reading != FileReading::bomb;
      if (was_read) one.reading = FileReading::left_out;
      out_.cut = true;
    }
    shown_ -= one.bytes.size();
  }

  MailMessage& mail_;
  const MailOptions& options_;
  size_t shown_ = kInnerTextBytesMax;
  DocumentBudget budget_;
  OpenedFiles out_;
  std::vector<int> depths_;       // by MailMessage::files
  std::vector<size_t> outer_;     // the file of the mail that it lies in
  std::vector<size_t> unpacked_;  // of such a file, all that lies in it
};

}  // namespace

OpenedFiles open_files(MailMessage& mail, const MailOptions& options) {
  return Opener(mail, options).open();
}

}  // namespace simwarden
