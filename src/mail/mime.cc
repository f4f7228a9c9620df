// SPDX-License-Identifier: Apache-2.0
// GMime reads the mail where it lies: its stream is a window on the bytes, and
// a part's content is a smaller window, which is decoded straight from them.
#include "mail/mime.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <gmime/gmime.h>

#include "diag/ascii.h"
#include "mail/file_types.h"
#include "mail/header_fields.h"
#include "mail/mime_guard.h"
#include "mail/plain_fields.h"
#include "mail/signed_content.h"
#include "mail/words.h"

namespace simwarden {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

// What GMime does with text whose charset is not said must not depend on the
// locale of this machine.
GMimeParserOptions* parser_options() {
  static GMimeParserOptions* const options = [] {
    g_mime_init();
    GMimeParserOptions* made = g_mime_parser_options_new();
    const char* charsets[] = {"utf-8", "windows-1252", nullptr};
    g_mime_parser_options_set_fallback_charsets(made, charsets);
    return made;
  }();
  return options;
}

std::string text_or_empty(const char* text) {
  return text == nullptr ? std::string() : std::string(text);
}

// Behind the line "begin 644 name"; nothing where there is none.
std::string_view uuencoded_lines(std::string_view bytes) {
  size_t at = bytes.starts_with("begin ") ? 0 : bytes.find("\nbegin ");
  if (at == bytes.npos) return {};
  at = bytes.find('\n', at + 1);
  return at == bytes.npos ? std::string_view() : bytes.substr(at + 1);
}

std::string decoded(std::string_view bytes, GMimeContentEncoding encoding) {
  const bool is_encoded = encoding == GMIME_CONTENT_ENCODING_BASE64 ||
                          encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE ||
                          encoding == GMIME_CONTENT_ENCODING_UUENCODE;
  if (!is_encoded) return std::string(bytes);
  GMimeEncoding state;
  g_mime_encoding_init_decode(&state, encoding);
  if (encoding == GMIME_CONTENT_ENCODING_UUENCODE) {
    bytes = uuencoded_lines(bytes);
    state.state |= GMIME_UUDECODE_STATE_BEGIN;
  }
  std::string out(g_mime_encoding_outlen(&state, bytes.size()) + 1, '\0');
  const size_t size =
      g_mime_encoding_step(&state, bytes.data(), bytes.size(), out.data());
  out.resize(size);
  return out;
}

constexpr std::string_view kEncodingField = "content-transfer-encoding";

// Of "base64;" and of a word in quotes mail programs take the word.
GMimeContentEncoding read_encoding(std::string_view value, MailFaults& faults) {
  std::string word(value);
  const auto strict = g_mime_content_encoding_from_string(word.c_str());
  if (strict != GMIME_CONTENT_ENCODING_DEFAULT) return strict;
  faults.add(MailFault::unknown_encoding);
  word.resize(std::min(word.find(';'), word.size()));
  std::erase_if(word, [](char c) { return c == '"' || is_blank_char(c); });
  return g_mime_content_encoding_from_string(word.c_str());
}
constexpr std::string_view kPaddingOrBlank = "= \t\r\n";

bool is_base64(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_ascii_letter(c) || is_digit(c) || c == '+' || c == '/' ||
           kPaddingOrBlank.find(c) != kPaddingOrBlank.npos;
  });
}

// Some programs put pieces behind each other, each with its "=", and some
// readers decode them all. What a mailing list wrote behind it is none.
std::string decoded_part(std::string_view bytes, GMimeContentEncoding encoding,
                         MailFaults& faults) {
  const auto end_of_piece = [&] {
    const size_t padding = bytes.find('=');
    if (padding == bytes.npos) return bytes.size();
    return std::min(bytes.find_first_not_of(kPaddingOrBlank, padding),
                    bytes.size());
  };
  if (encoding != GMIME_CONTENT_ENCODING_BASE64) {
    return decoded(bytes, encoding);
  }
  size_t end = end_of_piece();
  std::string out = decoded(bytes.substr(0, end), encoding);
  if (end == bytes.size()) return out;
  faults.add(MailFault::wrong_encoding);
  if (!is_base64(bytes.substr(end))) return out;
  while (end < bytes.size()) {
    bytes.remove_prefix(end);
    end = end_of_piece();
    out += decoded(bytes.substr(0, end), encoding);
  }
  return out;
}

// Blanks and comments.
std::string_view without_comments(std::string_view value) {
  value = without_blanks(value);
  while (value.starts_with('(')) {
    const size_t close = value.find(')');
    if (close == value.npos) return {};
    value = without_blanks(value.substr(close + 1));
  }
  return value;
}

// Takes the name of a type or of a subtype away; false where none stands.
bool take_type_name(std::string_view& value) {
  constexpr std::string_view kNone = "()<>@,;:\\\"/[]?=* \t\r\n\f";
  value = without_comments(value);
  const size_t end = std::min(value.find_first_of(kNone), value.size());
  value = without_comments(value.substr(end));
  return end > 0;
}

// "text/plain", whatever stands behind it.
bool is_type(std::string_view value) {
  if (!take_type_name(value) || !value.starts_with('/')) return false;
  value.remove_prefix(1);
  return take_type_name(value);
}

// What Content-Type says.
void tell_type(GMimeContentType* type, MimePart& part) {
  const auto parameter = [&](const char* name) {
    return text_or_empty(g_mime_content_type_get_parameter(type, name));
  };
  part.type = small_letters(
      text_or_empty(g_mime_content_type_get_media_type(type)) + "/" +
      text_or_empty(g_mime_content_type_get_media_subtype(type)));
  part.charset = parameter("charset");
  part.start = parameter("start");
  part.flowed = same_word(parameter("format"), "flowed");
  part.delete_space = same_word(parameter("delsp"), "yes");
  part.name = parameter("name");
}

// A value that names no type is for plain text (RFC 2045, 5.2).
void tell_wrong_type(std::string_view value, MimePart& part,
                     MailFaults& faults) {
  faults.add(MailFault::wrong_type);
  const size_t parameters = std::min(value.find(';'), value.size());
  const std::string plain =
      "text/plain" + std::string(value.substr(parameters));
  const Owned<GMimeContentType> type(
      g_mime_content_type_parse(parser_options(), plain.c_str()));
  tell_type(type.get(), part);
}

std::string subject_of(GMimeObject* object) {
  GMimeHeader* header = g_mime_header_list_get_header(
      g_mime_object_get_header_list(object), "Subject");
  const char* raw =
      header == nullptr ? nullptr : g_mime_header_get_raw_value(header);
  return unfolded(raw == nullptr ? "" : raw);
}

// The tree of parts of a mail whose Content-* fields stand at its front.
struct Tree {
  explicit Tree(std::string_view mime)
      : window{reinterpret_cast<guint8*>(const_cast<char*>(mime.data())),
               static_cast<guint>(mime.size())},
        stream(g_mime_stream_mem_new_with_byte_array(&window)) {
    g_mime_stream_mem_set_owner(reinterpret_cast<GMimeStreamMem*>(stream.get()),
                                FALSE);
    const Owned<GMimeParser> parser(
        g_mime_parser_new_with_stream(stream.get()));
    root.reset(g_mime_parser_construct_part(parser.get(), parser_options()));
  }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  GByteArray window;  // not a copy: GMime only reads it
  Owned<GMimeStream> stream;
  Owned<GMimeObject> root;  // nothing when there is none
};

// GMime gets the fields that speak of parts and no others: it makes half a
// dozen objects of each field.
std::string mime_of(HeaderFields& header) {
  return std::move(header.mime.append("\n").append(header.body));
}

class TreeReader {
 public:
  TreeReader(std::string_view bytes, MailFaults& faults, size_t leaves = 0)
      : bytes_(bytes), faults_(faults), leaves_(leaves) {}

  MimePart read(GMimeObject* object, const std::string& path, int depth) {
    MimePart part;
    part.path = path;
    describe(object, part);
    if (depth > kMailDepthMax) {
      faults_.add(MailFault::cut_depth);
      return part;
    }
    if (GMIME_IS_MULTIPART(object)) {
      read_multipart(GMIME_MULTIPART(object), part, depth);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
      read_message(GMIME_MESSAGE_PART(object), part, depth);
    } else if (GMIME_IS_PART(object)) {
      read_leaf(GMIME_PART(object), part);
      if (is_message_type(part.type)) {
        read_encoded_message(part, depth);
      } else if (is_mail_file(part.name, part.type, part.bytes)) {
        read_held(part.bytes, part, depth);
      }
      if (may_be_signed(part.type, part.name)) read_signed(part, depth);
    }
    return part;
  }

 private:
  static bool is_message_type(std::string_view type) {
    return type == "message/rfc822" || type == "message/global" ||
           type == "message/news";
  }

  // RFC 2046, 5.2.1 forbids it; some readers decode and show it.
  void read_encoded_message(MimePart& part, int depth) {
    faults_.add(MailFault::wrong_encoding);
    read_inside(std::exchange(part.bytes, {}), part, depth);
  }

  // Mailing lists sign what was signed.
  void read_signed(MimePart& part, int depth) {
    auto content = signed_content(part.bytes);
    if (!content) return;
    if (begins_with_empty_line(*content)) {
      content->insert(0, "Content-Type: text/plain\n");
    }
    read_held(std::move(*content), part, depth);
  }

  void read_held(std::string content, MimePart& part, int depth) {
    constexpr int kHeldMax = 2;  // each holds all of the mail again
    if (held_ >= kHeldMax) return faults_.add(MailFault::cut_depth);
    if (held_++ > 0) part.bytes = {};  // one file is enough
    read_inside(std::move(content), part, depth);
    --held_;
  }

  void read_inside(std::string bytes, MimePart& part, int depth) {
    const std::string_view message =
        std::string_view(bytes).substr(0, guarded_size(bytes, faults_));
    HeaderFields header = read_header(message);
    for (const auto& [name, value] : header.fields) {
      if (same_word(name, "subject")) part.subject = value;
    }
    if (header.fields.empty() || is_full()) return;
    const std::string mime = mime_of(header);
    bytes = {};
    const Tree tree(mime);
    if (tree.root == nullptr) return;
    TreeReader inside(mime, faults_, leaves_);
    inside.held_ = held_;
    part.parts.push_back(
        inside.read(tree.root.get(), child_path(part.path, 0), depth + 1));
    leaves_ = inside.leaves_;
  }

  bool is_full() {
    if (leaves_ < kMailPartsMax) return false;
    faults_.add(MailFault::cut_parts);
    return true;
  }

  // Of a text, of two fields that name a type the one that was not taken.
  static std::string other_type(GMimeObject* object, std::string_view taken) {
    constexpr std::string_view kText = "text/";
    GMimeHeaderList* fields = g_mime_object_get_header_list(object);
    for (int i = 0; i < g_mime_header_list_get_count(fields); ++i) {
      GMimeHeader* field = g_mime_header_list_get_header_at(fields, i);
      const std::string value = text_or_empty(g_mime_header_get_value(field));
      if (!same_word(g_mime_header_get_name(field), "content-type") ||
          !is_type(value)) {
        continue;
      }
      MimePart other;
      const Owned<GMimeContentType> type(
          g_mime_content_type_parse(parser_options(), value.c_str()));
      tell_type(type.get(), other);
      if (other.type != taken && other.type.starts_with(kText)) {
        return other.type;
      }
    }
    return {};
  }

  // A field that stands there twice is read in two ways.
  void count_fields(GMimeObject* object) {
    GMimeHeaderList* fields = g_mime_object_get_header_list(object);
    int types = 0;
    int encodings = 0;
    for (int i = 0; i < g_mime_header_list_get_count(fields); ++i) {
      const std::string_view name =
          g_mime_header_get_name(g_mime_header_list_get_header_at(fields, i));
      types += same_word(name, "content-type") ? 1 : 0;
      encodings += same_word(name, kEncodingField) ? 1 : 0;
    }
    if (types > 1) faults_.add(MailFault::wrong_type);
    if (encodings > 1) faults_.add(MailFault::wrong_encoding);
  }

  void describe(GMimeObject* object, MimePart& part) {
    count_fields(object);
    const char* type = g_mime_object_get_header(object, "Content-Type");
    if (type == nullptr || is_type(type)) {
      tell_type(g_mime_object_get_content_type(object), part);
    } else {
      tell_wrong_type(type, part, faults_);
    }
    if (faults_.has(MailFault::wrong_type) && part.type.starts_with("text/")) {
      part.other_type = other_type(object, part.type);
    }
    const std::string disposition =
        text_or_empty(g_mime_object_get_disposition(object));
    part.attached = same_word(disposition, "attachment");
    part.named_inline = same_word(disposition, "inline");
    part.content_id = text_or_empty(g_mime_object_get_content_id(object));
    const char* name =
        g_mime_object_get_content_disposition_parameter(object, "filename");
    if (name != nullptr && *name != '\0') part.name = name;
  }

  void read_multipart(GMimeMultipart* multipart, MimePart& part, int depth) {
    if (multipart->write_end_boundary == FALSE) {
      faults_.add(MailFault::open_multipart);
    }
    // Without one part in it, it is shown as the text that it holds.
    const int count = g_mime_multipart_get_count(multipart);
    if (count == 0) read_empty_multipart(multipart, part);
    for (int i = 0; i < count && !is_full(); ++i) {
      part.parts.push_back(read(g_mime_multipart_get_part(multipart, i),
                                child_path(part.path, i), depth + 1));
    }
  }

  static void read_empty_multipart(GMimeMultipart* multipart, MimePart& part) {
    part.type = "text/plain";
    part.bytes = text_or_empty(g_mime_multipart_get_prologue(multipart));
  }

  void read_message(GMimeMessagePart* holder, MimePart& part, int depth) {
    GMimeMessage* message = g_mime_message_part_get_message(holder);
    if (message == nullptr) return;
    part.subject = subject_of(GMIME_OBJECT(message));
    GMimeObject* body = g_mime_message_get_mime_part(message);
    if (body == nullptr || is_full()) return;
    const std::string path =
        GMIME_IS_MULTIPART(body) ? part.path : child_path(part.path, 0);
    part.parts.push_back(read(body, path, depth + 1));
  }

  void read_leaf(GMimePart* leaf, MimePart& part) {
    ++leaves_;
    GMimeDataWrapper* content = g_mime_part_get_content(leaf);
    if (content == nullptr) return;
    const GMimeStream* window = g_mime_data_wrapper_get_stream(content);
    const auto begin = static_cast<size_t>(window->bound_start);
    const size_t end = window->bound_end < 0
                           ? bytes_.size()
                           : static_cast<size_t>(window->bound_end);
    if (begin >= end || end > bytes_.size()) return;
    GMimeContentEncoding encoding = g_mime_part_get_content_encoding(leaf);
    const char* named =
        g_mime_object_get_header(GMIME_OBJECT(leaf), kEncodingField.data());
    if (encoding == GMIME_CONTENT_ENCODING_DEFAULT && named != nullptr) {
      encoding = read_encoding(named, faults_);
    }
    const std::string_view written = bytes_.substr(begin, end - begin);
    part.bytes = decoded_part(written, encoding, faults_);
    read_otherwise(leaf, written, encoding, part);
  }

  // Of several fields mail programs take the first or the last.
  void read_otherwise(GMimePart* leaf, std::string_view written,
                      GMimeContentEncoding taken, MimePart& part) {
    GMimeHeaderList* fields = g_mime_object_get_header_list(GMIME_OBJECT(leaf));
    std::vector<GMimeContentEncoding> named;
    for (int i = 0; i < g_mime_header_list_get_count(fields); ++i) {
      GMimeHeader* field = g_mime_header_list_get_header_at(fields, i);
      if (!same_word(g_mime_header_get_name(field), kEncodingField)) continue;
      named.push_back(
          g_mime_content_encoding_from_string(g_mime_header_get_value(field)));
    }
    if (named.size() < 2) return;
    const GMimeContentEncoding other =
        named.front() == taken ? named.back() : named.front();
    if (other == taken) return;
    part.other_bytes = decoded_part(written, other, faults_);
    if (part.other_bytes == part.bytes) part.other_bytes.clear();
  }

  static std::string child_path(const std::string& path, int index) {
    return (path.empty() ? "" : path + ".") + std::to_string(index + 1);
  }

  std::string_view bytes_;
  MailFaults& faults_;
  size_t leaves_;
  int held_ = 0;  // around what is read
};

void add_mailboxes(InternetAddressList* list, int depth,
                   std::vector<MailAddress>& out) {
  constexpr int kGroupDepthMax = 4;  // RFC 5322 has no group inside a group
  const int count = internet_address_list_length(list);
  for (int i = 0; i < count; ++i) {
    InternetAddress* address = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_GROUP(address)) {
      if (depth >= kGroupDepthMax) continue;
      add_mailboxes(
          internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)),
          depth + 1, out);
    } else if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
      out.push_back({text_or_empty(internet_address_get_name(address)),
                     text_or_empty(internet_address_mailbox_get_addr(
                         INTERNET_ADDRESS_MAILBOX(address)))});
    }
  }
}

// Some programs leave the line that parted the mails of a mailbox, quoted or
// not, in front of the header.
std::string_view without_separators(std::string_view mail) {
  constexpr std::string_view kFrom = "From ";
  while (true) {
    const size_t begin = mail.starts_with('>') ? 1 : 0;
    if (!mail.substr(begin).starts_with(kFrom)) return mail;
    const size_t word = mail.find_first_not_of(" \t", begin + kFrom.size());
    // A field that is called "From " and has nothing to do with mailboxes.
    if (word == mail.npos || mail[word] == ':') return mail;
    const size_t feed = mail.find('\n', word);
    if (feed == mail.npos) return mail;
    mail.remove_prefix(feed + 1);
  }
}

std::optional<MimePart> read_parts(std::string_view mime, MailFaults& faults) {
  const Tree tree(mime);
  if (tree.root == nullptr) return std::nullopt;
  const std::string path = GMIME_IS_MULTIPART(tree.root.get()) ? "" : "1";
  return TreeReader(mime, faults).read(tree.root.get(), path, 0);
}

// The fields that say what the one text of a mail is written in.
struct TextFields {
  std::optional<std::string_view> type;
  std::optional<std::string_view> encoding;
};

// Nothing when more has to be known than their values: one stands there twice,
// or the part may be a file.
std::optional<TextFields> text_fields(const std::vector<MimeHeader>& headers) {
  TextFields fields;
  for (const auto& [name, value] : headers) {
    if (same_word(name, "content-disposition") ||
        same_word(name, "content-id")) {
      return {};
    }
    const bool is_type = same_word(name, "content-type");
    if (!is_type && !same_word(name, kEncodingField)) continue;
    auto& place = is_type ? fields.type : fields.encoding;
    if (place) return {};
    place = value;
  }
  return fields;
}

// Without bytes of a charset, encoded words, and what is a blank to us and none
// to GMime.
bool is_plain_field(std::string_view text) {
  return is_ascii(text) && text.find("=?") == text.npos &&
         text.find('\f') == text.npos && text.find('\0') == text.npos;
}

// Nearly all say the same: the last one is remembered if it is no longer than
// what names a charset.
void tell_type(std::string_view value, MimePart& part, MailFaults& faults) {
  constexpr size_t kRememberedMax = 128;
  thread_local std::string last;
  thread_local MimePart of_last;
  if (value == last && !of_last.type.empty()) {
    part.type = of_last.type;
    part.charset = of_last.charset;
    part.start = of_last.start;
    part.flowed = of_last.flowed;
    part.delete_space = of_last.delete_space;
    part.name = of_last.name;
    return;
  }
  if (!is_type(value)) return tell_wrong_type(value, part, faults);
  const Owned<GMimeContentType> type(
      g_mime_content_type_parse(parser_options(), std::string(value).c_str()));
  tell_type(type.get(), part);
  if (value.size() > kRememberedMax) return;
  last = value;
  of_last = part;
}

// Of a mail that is one text GMime reads the fields, but need not make a
// stream, a parser and an object of the part: they cost more than all else that
// a small mail asks for. False for other mails.
bool read_text_alone(const HeaderFields& header, MimePart& part,
                     MailFaults& faults) {
  if (!is_plain_field(header.mime)) return false;
  const auto fields = text_fields(header.fields);
  if (!fields) return false;
  part.path = "1";
  if (fields->type) {
    tell_type(*fields->type, part, faults);
  } else {
    part.type = "text/plain";
  }
  if (!part.type.starts_with("text/")) return false;
  GMimeContentEncoding encoding = GMIME_CONTENT_ENCODING_DEFAULT;
  if (fields->encoding && !header.body.empty()) {
    encoding = read_encoding(*fields->encoding, faults);
  }
  part.bytes = decoded_part(header.body, encoding, faults);
  return true;
}

}  // namespace

MimeMessage read_mime(std::string_view bytes) {
  MimeMessage mail;
  bytes = without_separators(bytes);
  bytes = bytes.substr(0, guarded_size(bytes, mail.faults));
  HeaderFields header = read_header(bytes);
  if (header.fields.empty()) return mail;
  const bool is_text =
      read_text_alone(header, mail.body.emplace(), mail.faults);
  mail.headers = std::move(header.fields);
  mail.unfolded = std::move(header.unfolded);
  if (is_text) return mail;
  mail.body = read_parts(mime_of(header), mail.faults);
  return mail;
}

std::vector<MailAddress> read_addresses(std::string_view value) {
  std::vector<MailAddress> out;
  const Owned<InternetAddressList> list(internet_address_list_parse(
      parser_options(), std::string(value).c_str()));
  if (list != nullptr) add_mailboxes(list.get(), 0, out);
  return out;
}

std::optional<MailTime> read_mail_time(std::string_view value) {
  if (const auto time = plain_time(value)) return time;
  parser_options();  // GMime is ready
  const std::unique_ptr<GDateTime, decltype(&g_date_time_unref)> time(
      g_mime_utils_header_decode_date(without_leap_second(value).c_str()),
      &g_date_time_unref);
  if (time == nullptr) return std::nullopt;
  constexpr int64_t kMicrosecondsAMinute = 60'000'000;
  return MailTime{g_date_time_to_unix(time.get()),
                  static_cast<int16_t>(g_date_time_get_utc_offset(time.get()) /
                                       kMicrosecondsAMinute)};
}

std::string decode_base64(std::string_view text) {
  return decoded(text, GMIME_CONTENT_ENCODING_BASE64);
}

std::string decode_quoted_printable(std::string_view text) {
  return decoded(text, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
}

std::string decode_q(std::string_view text) {
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), '_', ' ');
  return decode_quoted_printable(plain);
}

}  // namespace simwarden
