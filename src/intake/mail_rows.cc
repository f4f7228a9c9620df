// SPDX-License-Identifier: Apache-2.0
// Mails to records. What a reader is shown becomes the text; each file of the
// mail is an attachment or a picture, and its bytes are here (MailFile::bytes)
// for whatever looks into them.
#include <algorithm>

#include <fmt/format.h>

#include "intake/mail_files.h"
#include "intake/mailbox.h"
#include "intake/row_writer.h"
#include "intake/rows.h"
#include "mail/file_types.h"
#include "mail/mail.h"
#include "record/time.h"

namespace simwarden {
namespace {

FieldId message_field(std::string_view name) {
  return *find_field(Kind::message, name);
}
GroupId message_group(std::string_view name) {
  return *find_group(Kind::message, name);
}

// Of every mail.
struct MailFields {
  FieldId id = message_field("id");
  FieldId text = message_field("text");
  FieldId subject = message_field("subject");
  FieldId transport = message_field("transport");
  FieldId sender = message_field("sender");
  FieldId from = message_field("from");
  FieldId display_name = message_field("display_name");
  FieldId recipients = message_field("recipients");
  FieldId reply_to = message_field("reply_to");
  FieldId return_path = message_field("return_path");
  FieldId received_at = message_field("received_at");
  FieldId hidden_text = message_field("hidden_text");
  FieldId alternative_text = message_field("alternative_text");
  FieldId comments_in_words = message_field("comments_in_words");
  FieldId mail_faults = message_field("mail_faults");
};

const MailFields& mail_fields() {
  static const MailFields fields;
  return fields;
}

constexpr std::string_view kPlaces[] = {"anchor", "area", "form", "refresh",
                                        "frame"};

// Of the shown text of a link: one may stand around the whole page, and a
// hundred inside each other.
constexpr size_t kShownBytesMax = 1024;

class MailWriter {
 public:
  MailWriter(Item& item, const IntakeOptions& options)
      : writer_(item, options.mapping.get()) {}

  void write(MailMessage& mail, const MailOptions& reading, Position start) {
    contents_ = look_into_files(mail, reading);
    if (mail.id.empty()) {
      put(to_.id, fmt::format("line-{}", start.line));
    } else {
      put(to_.id, mail.id);
    }
    put(to_.text, mail.text);
    if (!mail.subject.empty()) put(to_.subject, mail.subject);
    put(to_.transport, "email");
    sender(mail);
    put_addresses(to_.recipients, mail.recipients);
    put_addresses(to_.reply_to, mail.reply_to);
    if (mail.return_path) put(to_.return_path, *mail.return_path);
    received(mail);
    authentication(mail);
    unseen(mail);
    links(mail);
    files(mail);
    codes();
    file_links();
    faults(mail);
    writer_.finish(contents_.drawn);
  }

 private:
  Record& record() { return writer_.record(); }

  void put(FieldId id, std::string_view value) {
    writer_.put_cell({id, 0}, value);
  }

  void put_member(std::string_view name, uint32_t item,
                  std::string_view value) {
    const FieldId id = message_field(name);
    writer_.put({id, item}, read_scalar(record(), field(id), value));
  }

  void put_number(std::string_view name, uint32_t item, uint64_t value) {
    put_number({message_field(name), item}, value);
  }

  void put_number(Spot spot, uint64_t value) {
    if (const auto slot =
            read_number(field(spot.field), static_cast<int64_t>(value))) {
      writer_.put(spot, *slot);
    }
  }

  void put_addresses(FieldId id, const std::vector<MailAddress>& from) {
    if (from.empty()) return;
    std::vector<Slot> slots;
    for (const MailAddress& one : from) {
      if (slots.size() == kListItemsMax) break;
      slots.push_back(read_scalar(record(), field(id), one.address));
    }
    writer_.put_list(id, slots);
  }

  void sender(const MailMessage& mail) {
    if (mail.from.empty()) return;
    const MailAddress& first = mail.from.front();
    put(to_.sender, first.address);
    put(to_.from, first.address);
    if (!first.name.empty()) put(to_.display_name, first.name);
  }

  void received(const MailMessage& mail) {
    if (!mail.received) return;
    const Timestamp time{mail.received->seconds, 0,
                         mail.received->zone_minutes};
    if (writer_.mapping() != nullptr || !is_plain(time)) {
      return put(to_.received_at, to_text(time));
    }
    Slot slot{.state = SlotState::given, .zone_minutes = time.zone_minutes};
    slot.integer = time.seconds;
    writer_.put({to_.received_at, 0}, slot);
  }

  // What its text would be read as: a year of four digits.
  static bool is_plain(const Timestamp& time) {
    constexpr int64_t kSecondsMax = 253'370'764'800;  // 9999-01-01
    constexpr int kZoneMax = 24 * 60;
    return time.seconds >= 0 && time.seconds < kSecondsMax &&
           time.zone_minutes > -kZoneMax && time.zone_minutes < kZoneMax;
  }

  // A list without items: the receiver wrote that it checked nothing.
  void authentication(const MailMessage& mail) {
    static const GroupId group = message_group("authentication_results");
    if (!mail.authentication) return;
    const auto count = static_cast<uint32_t>(mail.authentication->size());
    writer_.put_group(group, count);
    for (uint32_t i = 0; i < count; ++i) {
      const AuthenticationResult& one = (*mail.authentication)[i];
      put_member("authentication_results[].method", i, one.method);
      put_member("authentication_results[].result", i, one.result);
      if (!one.domain.empty()) {
        put_member("authentication_results[].domain", i, one.domain);
      }
    }
  }

  void unseen(const MailMessage& mail) {
    if (!mail.hidden_text.empty()) put(to_.hidden_text, mail.hidden_text);
    if (!mail.alternative_text.empty()) {
      put(to_.alternative_text, mail.alternative_text);
    }
    put_number({to_.comments_in_words, 0}, mail.comments_in_words);
  }

  void links(const MailMessage& mail) {
    static const GroupId group = message_group("html_links");
    const auto count =
        static_cast<uint32_t>(std::min(mail.links.size(), kGroupItemsMax));
    writer_.put_group(group, count);
    for (uint32_t i = 0; i < count; ++i) {
      const MailLink& link = mail.links[i];
      put_member("html_links[].target", i, link.target);
      const std::string_view shown =
          std::string_view(mail.text).substr(link.begin, link.end - link.begin);
      put_member("html_links[].shown", i, cut(shown, kShownBytesMax));
      put_member("html_links[].place", i, kPlaces[size_t(link.place)]);
      put_number("html_links[].begin", i, link.begin);
      put_number("html_links[].end", i, link.end);
      put_member("html_links[].hidden", i, link.hidden ? "true" : "false");
    }
  }

  void files(const MailMessage& mail) {
    std::vector<const MailFile*> attachments;
    std::vector<const MailFile*> pictures;
    for (const MailFile& file : mail.files) {
      const bool picture = file.type.starts_with("image/") ||
                           detect_file_type(file.bytes).starts_with("image/");
      auto& list = picture ? pictures : attachments;
      if (picture && file.attached) attachments.push_back(&file);
      list.push_back(&file);
    }
    attachments.resize(std::min(attachments.size(), kGroupItemsMax));
    pictures.resize(std::min(pictures.size(), kGroupItemsMax));
    write_attachments(mail, attachments);
    write_pictures(mail, pictures);
  }

  const MailFileReading& reading_of(const MailMessage& mail,
                                    const MailFile& file) const {
    return contents_.files[static_cast<size_t>(&file - mail.files.data())];
  }

  std::string_view type_of(const MailMessage& mail,
                           const MailFile& file) const {
    const std::string_view type = reading_of(mail, file).type;
    return type.empty() ? detect_file_type(file.bytes) : type;
  }

  std::string_view word_for(const MailMessage& mail,
                            const MailFile& file) const {
    const FileReading reading = reading_of(mail, file).reading;
    if (reading != FileReading::not_looked_into) return name_of(reading);
    switch (file.shown) {
      case Showing::nothing: return name_of(reading);
      case Showing::front: return name_of(FileReading::partly);
      case Showing::whole: return name_of(FileReading::read);
    }
    return {};
  }

  static std::string_view name_of(FileReading reading) {
    return kFileReadingNames[static_cast<size_t>(reading)];
  }

  void write_attachments(const MailMessage& mail,
                         const std::vector<const MailFile*>& files) {
    static const GroupId group = message_group("attachments");
    writer_.put_group(group, static_cast<uint32_t>(files.size()));
    for (uint32_t i = 0; i < files.size(); ++i) {
      const MailFile& file = *files[i];
      put_member("attachments[].name", i, file.name);
      // An archive declares no types.
      if (!file.type.empty()) put_member("attachments[].type", i, file.type);
      put_member("attachments[].detected_type", i, type_of(mail, file));
      // A mail inside the mail has its parts as files of their own.
      const uint64_t size = std::max<uint64_t>(file.size, file.bytes.size());
      if (size > 0) put_number("attachments[].size", i, size);
      put_member("attachments[].part", i, file.part);
      put_member("attachments[].reading", i, word_for(mail, file));
    }
  }

  // The picture of the mail that an <img> shows, by its content id.
  static const MailImage* shown_by(const MailMessage& mail,
                                   const MailFile& file) {
    if (file.content_id.empty()) return nullptr;
    const auto found = std::find_if(
        mail.images.begin(), mail.images.end(), [&](const MailImage& image) {
          return image.source.size() > 4 &&
                 std::string_view(image.source).substr(4) == file.content_id;
        });
    return found == mail.images.end() ? nullptr : &*found;
  }

  void write_pictures(const MailMessage& mail,
                      const std::vector<const MailFile*>& files) {
    static const GroupId group = message_group("images");
    std::vector<const MailImage*> linked;
    for (const MailImage& image : mail.images) {
      const bool inside = image.source.starts_with("cid:");
      if (!inside && files.size() + linked.size() < kGroupItemsMax) {
        linked.push_back(&image);
      }
    }
    writer_.put_group(group,
                      static_cast<uint32_t>(files.size() + linked.size()));
    uint32_t i = 0;
    for (const MailFile* file : files) write_picture(i++, mail, *file);
    for (const MailImage* image : linked) {
      const bool data = image->source.starts_with("data:");
      put_member("images[].source", i, data ? "inline" : "linked");
      if (data) {
        put_member("images[].type", i,
                   std::string_view(image->source).substr(5));
        put_number("images[].size", i, image->bytes.size());
        write_reading(
            i,
            contents_.images[static_cast<size_t>(image - mail.images.data())]);
      } else {
        put_member("images[].name", i, image->source);
      }
      put_member("images[].alt", i++, image->alt);
    }
  }

  void write_picture(uint32_t i, const MailMessage& mail,
                     const MailFile& file) {
    const std::string_view detected = detect_file_type(file.bytes);
    put_member("images[].source", i, file.attached ? "attached" : "inline");
    put_member("images[].name", i, file.name);
    put_member("images[].type", i, detected.empty() ? file.type : detected);
    put_number("images[].size", i, file.bytes.size());
    put_member("images[].part", i, file.part);
    write_reading(i, reading_of(mail, file));
    if (const MailImage* image = shown_by(mail, file)) {
      put_member("images[].alt", i, image->alt);
    }
  }

  void write_reading(uint32_t i, const MailFileReading& reading) {
    put_member("images[].reading", i, name_of(reading.reading));
    if (reading.width == 0) return;
    put_number("images[].width", i, reading.width);
    put_number("images[].height", i, reading.height);
  }

  void codes() {
    static const GroupId group = message_group("qr_codes");
    const auto count =
        static_cast<uint32_t>(std::min(contents_.codes.size(), kGroupItemsMax));
    writer_.put_group(group, count);
    for (uint32_t i = 0; i < count; ++i) write_code(i, contents_.codes[i]);
  }

  void write_code(uint32_t i, const MailCode& found) {
    const PictureCode& code = found.code;
    put_member("qr_codes[].content", i, code.content);
    put_member("qr_codes[].kind", i, code.kind);
    put_member("qr_codes[].place", i,
               found.table != nullptr ? "table"
               : found.in_document    ? "document"
                                      : "picture");
    if (found.file != nullptr) {
      put_file("qr_codes[].part", "qr_codes[].name", i, *found.file);
    }
    if (found.table != nullptr) {
      put_member("qr_codes[].part", i, found.table->part);
      put_number("qr_codes[].begin", i, found.table->begin);
      put_number("qr_codes[].end", i, found.table->begin);
    }
    if (code.frame > 1) put_number("qr_codes[].frame", i, code.frame);
    put_number("qr_codes[].left", i, code.box.left);
    put_number("qr_codes[].top", i, code.box.top);
    put_number("qr_codes[].width", i, code.box.width);
    put_number("qr_codes[].height", i, code.box.height);
  }

  void file_links() {
    static const GroupId group = message_group("file_links");
    const auto count =
        static_cast<uint32_t>(std::min(contents_.links.size(), kGroupItemsMax));
    writer_.put_group(group, count);
    for (uint32_t i = 0; i < count; ++i) {
      const MailFileLink& link = contents_.links[i];
      put_member("file_links[].target", i, link.target);
      put_file("file_links[].part", "file_links[].name", i, *link.file);
    }
  }

  void put_file(std::string_view part, std::string_view name, uint32_t i,
                const MailFile& file) {
    put_member(part, i, file.part);
    if (!file.name.empty()) put_member(name, i, file.name);
  }

  void faults(const MailMessage& mail) {
    std::vector<Slot> names;
    for (size_t i = 0; i < kMailFaultNames.size(); ++i) {
      const auto fault = static_cast<MailFault>(i);
      const bool here = mail.faults.has(fault) ||
                        (fault == MailFault::cut_pictures && contents_.cut) ||
                        (fault == MailFault::cut_files && contents_.files_cut);
      if (!here) continue;
      names.push_back(
          read_scalar(record(), field(to_.mail_faults), kMailFaultNames[i]));
    }
    if (!names.empty()) writer_.put_list(to_.mail_faults, names);
  }

  RowWriter writer_;
  const MailFields& to_ = mail_fields();
  MailContents contents_;
};

// An empty line ends a header: mail programs show all that is behind it as the
// text, its own header too.
std::string why_no_mail(std::string_view bytes) {
  const bool ended = bytes.starts_with('\n') || bytes.starts_with("\r\n");
  return ended ? "no mail: it begins with an empty line, which ends its header "
                 "before the first field; take that line away"
               : "no mail: it has no header field";
}

void read_one(std::string_view bytes, Position start,
              const IntakeOptions& options, Item& item) {
  item.record.clear(Kind::message);
  item.record.position = start;
  item.bad.reset();
  item.unknown_keys.clear();
  const MailOptions reading{
      .authserv_id = options.authserv_id,
      .charset = options.encoding ? options.encoding->name : ""};
  auto mail = read_mail(bytes, reading);
  if (!mail) {
    item.bad = BadRow{"E101", why_no_mail(bytes), start};
    return;
  }
  MailWriter(item, options).write(*mail, reading, start);
}

Item read_one(std::string_view bytes, Position start,
              const IntakeOptions& options) {
  Item item{.record = Record(Kind::message)};
  read_one(bytes, start, options, item);
  return item;
}

}  // namespace

Item parse_mail(std::string_view bytes, const IntakeOptions& options) {
  return read_one(bytes, Position{1, 0}, options);
}

void parse_mail(std::string_view bytes, const IntakeOptions& options,
                Item& item) {
  read_one(bytes, Position{1, 0}, options, item);
}

void parse_mails(const Chunk& chunk, const IntakeOptions& options,
                 std::vector<Item>& items) {
  std::string_view rest = chunk.bytes;
  Position start{chunk.first_line, chunk.first_byte};
  if (!is_mailbox(rest)) {
    if (!rest.empty()) items.push_back(read_one(rest, start, options));
    return;
  }
  while (!rest.empty()) {
    const std::string_view mail = rest.substr(0, cut_mail(rest, true));
    items.push_back(read_one(unwrapped_mail(mail), start, options));
    start.line +=
        static_cast<uint64_t>(std::count(mail.begin(), mail.end(), '\n'));
    start.byte += mail.size();
    rest.remove_prefix(mail.size());
  }
}

}  // namespace simwarden
