// SPDX-License-Identifier: Apache-2.0
#include "door/milter_session.h"

#include <algorithm>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "door/marked_mail.h"

namespace simwarden {
namespace {

// What a filter may do (SMFIF_*).
constexpr uint32_t kAddHeader = 0x01;
constexpr uint32_t kChangeHeader = 0x10;
constexpr uint32_t kQuarantine = 0x20;
constexpr uint32_t kWantedActions = kAddHeader | kChangeHeader | kQuarantine;

// What is not sent, and what waits for no reply (SMFIP_*).
constexpr uint32_t kNoConnect = 0x1;
constexpr uint32_t kNoHelo = 0x2;
constexpr uint32_t kNoUnknown = 0x100;
constexpr uint32_t kNoData = 0x200;
constexpr uint32_t kQuietConnect = 0x1000;
constexpr uint32_t kQuietHelo = 0x2000;
constexpr uint32_t kQuietMail = 0x4000;
constexpr uint32_t kQuietRcpt = 0x8000;
constexpr uint32_t kQuietData = 0x10000;
constexpr uint32_t kQuietUnknown = 0x20000;
constexpr uint32_t kQuietHeader = 0x80;
constexpr uint32_t kQuietHeaderEnd = 0x40000;
constexpr uint32_t kQuietBody = 0x80000;
// Nothing is said before the end of the mail, and nobody waits until then.
constexpr uint32_t kWantedSteps = kNoConnect | kNoHelo | kNoUnknown | kNoData |
                                  kQuietConnect | kQuietHelo | kQuietMail |
                                  kQuietRcpt | kQuietData | kQuietUnknown |
                                  kQuietHeader | kQuietHeaderEnd | kQuietBody;

constexpr uint32_t kVersionLeast = 2;
constexpr uint32_t kVersionMost = 6;
// Of what a macro says that is kept.
constexpr size_t kMacroBytesMax = 1024;
constexpr std::string_view kSpamField = "X-Spam";

uint32_t number_at(std::string_view bytes, size_t at) {
  uint32_t number = 0;
  for (size_t i = 0; i < 4; ++i) {
    number = number << 8 | uint8_t(bytes[at + i]);
  }
  return number;
}

std::string number_bytes(uint32_t number) {
  return {char(number >> 24), char(number >> 16), char(number >> 8),
          char(number)};
}

// The text up to the next NUL, which goes with it.
std::string_view take_text(std::string_view& data) {
  const std::string_view text = data.substr(0, data.find('\0'));
  data.remove_prefix(std::min(text.size() + 1, data.size()));
  return text;
}

std::string named(std::string_view name, std::string_view value) {
  std::string data(name);
  data += '\0';
  data += value;
  data += '\0';
  return data;
}

std::string add_field(std::string_view name, std::string_view value) {
  return milter_frame('h', named(name, value));
}
// An empty value takes it away.
std::string change_field(uint32_t index, std::string_view name,
                         std::string_view value) {
  return milter_frame('m', number_bytes(index) + named(name, value));
}

// "554 5.7.1 …": what SMTP answers.
std::string smtp_reply(std::string_view codes, std::string_view text) {
  std::string data = fmt::format("{} {}", codes, text);
  data += '\0';
  return milter_frame('y', data);
}

}  // namespace

FrameCut cut_frame(std::string_view bytes, MilterFrame& frame) {
  constexpr size_t kLengthBytes = 4;
  if (bytes.size() < kLengthBytes) return FrameCut::unfinished;
  const size_t length = number_at(bytes, 0);
  if (length == 0 || length > kMilterFrameBytesMax) return FrameCut::wrong;
  if (bytes.size() < kLengthBytes + length) return FrameCut::unfinished;
  frame.command = bytes[kLengthBytes];
  frame.data = bytes.substr(kLengthBytes + 1, length - 1);
  frame.bytes = kLengthBytes + length;
  return FrameCut::whole;
}

std::string milter_frame(char command, std::string_view data) {
  std::string frame = number_bytes(uint32_t(data.size() + 1));
  frame += command;
  frame += data;
  return frame;
}

MilterSession::MilterSession(const ListenerSettings& settings,
                             MemoryBudget& memory)
    : settings_(settings), held_(memory) {}

MilterStep MilterSession::take(const MilterFrame& frame) {
  if (!negotiated_ && frame.command != 'O' && frame.command != 'Q') {
    return {.wrong = true};
  }
  switch (frame.command) {
    case 'O': return negotiate(frame.data);
    case 'D': macros(frame.data); return {};
    case 'C': forget(); return reply(kQuietConnect);
    case 'H': forget(); return reply(kQuietHelo);
    case 'A':
    case 'K': end_mail(); return {};
    case 'Q': return {.end = true};
    case 'M': begin_mail(frame.data); return reply(kQuietMail);
    case 'U': return reply(kQuietUnknown);
    default: break;
  }
  if (phase_ == Phase::none) return {.wrong = true};
  std::string_view data = frame.data;
  switch (frame.command) {
    case 'R':
      if (phase_ != Phase::mail) return {.wrong = true};
      recipient(take_text(data));
      return reply(kQuietRcpt);
    case 'T':
      return phase_ == Phase::mail ? reply(kQuietData)
                                   : MilterStep{.wrong = true};
    case 'L':
      if (phase_ == Phase::body) return {.wrong = true};
      phase_ = Phase::header;
      header(data);
      return reply(kQuietHeader);
    case 'N':
      if (phase_ == Phase::body) return {.wrong = true};
      end_header();
      return reply(kQuietHeaderEnd);
    case 'B':
      end_header();
      append(data);
      return reply(kQuietBody);
    case 'E':
      end_header();
      append(data);
      return {.judge = true};
    default: return {.wrong = true};
  }
}

MilterStep MilterSession::negotiate(std::string_view data) {
  constexpr size_t kNumbers = 12;
  if (negotiated_ || data.size() < kNumbers) return {.wrong = true};
  const uint32_t version = std::min(number_at(data, 0), kVersionMost);
  if (version < kVersionLeast) return {.wrong = true};
  actions_ = number_at(data, 4) & kWantedActions;
  steps_ = number_at(data, 8) & kWantedSteps;
  negotiated_ = true;
  return {.out =
              milter_frame('O', number_bytes(version) + number_bytes(actions_) +
                                    number_bytes(steps_))};
}

MilterStep MilterSession::reply(uint32_t unless) {
  if ((steps_ & unless) != 0) return {};
  return {.out = milter_frame('c')};
}

void MilterSession::macros(std::string_view data) {
  if (data.empty()) return;
  data.remove_prefix(1);  // the command that they are for
  while (!data.empty()) {
    const std::string_view name = take_text(data);
    const std::string_view value = take_text(data).substr(0, kMacroBytesMax);
    if (name == "i") envelope_.queue_id = value;
  }
}

void MilterSession::begin_mail(std::string_view data) {
  forget();
  phase_ = Phase::mail;
  envelope_.mail_from = std::string(bare_address(take_text(data)));
}

// A mail of which something would be missing is not judged.
bool MilterSession::holds_more(size_t bytes) {
  constexpr size_t kPlaceBytes = 96;  // of a text in a list or a map
  if (no_room_) return false;
  envelope_bytes_ += kPlaceBytes + bytes;
  if (held_.grow_to(envelope_bytes_ + mail_.size())) return true;
  no_room_ = true;
  mail_ = std::string();
  return false;
}

// No record has more of them.
void MilterSession::recipient(std::string_view address) {
  if (envelope_.recipients.size() == kListItemsMax) return;
  if (!holds_more(address.size())) return;
  envelope_.recipients.emplace_back(bare_address(address));
}

void MilterSession::note_foreign(const std::string& name) {
  if (++foreign_count_ > kForeignFieldsMax) return;
  const auto known = foreign_.find(name);
  if (known != foreign_.end()) {
    ++known->second;
  } else if (holds_more(name.size())) {
    foreign_.emplace(name, 1);
  }
}

void MilterSession::header(std::string_view data) {
  const std::string_view name = take_text(data);
  const std::string_view value = take_text(data);
  const std::string small = small_letters(name);
  if (small == "x-spam" || begins_as_ours(name)) note_foreign(small);
  if (small == "subject" && !has_subject_ && holds_more(value.size())) {
    has_subject_ = true;
    subject_ = value;
  }
  std::string field(name);
  field += value.starts_with(' ') || value.starts_with('\t') ? ":" : ": ";
  for (const char c : value) {
    if (c == '\n' && field.back() != '\r') field += '\r';
    field += c;
  }
  field += "\r\n";
  append(field);
}

void MilterSession::end_header() {
  phase_ = Phase::body;
  if (header_ended_) return;
  header_ended_ = true;
  if (!mail_.empty()) append("\r\n");
}

void MilterSession::append(std::string_view bytes) {
  if (no_room_) return;
  const size_t room =
      settings_.limits.request_bytes -
      std::min<size_t>(mail_.size(), settings_.limits.request_bytes);
  if (bytes.size() > room) {
    envelope_.cut = true;
    bytes = bytes.substr(0, room);
  }
  if (!held_.grow_to(envelope_bytes_ + mail_.size() + bytes.size())) {
    no_room_ = true;
    mail_ = std::string();
    return;
  }
  mail_ += bytes;
}

void MilterSession::forget() {
  phase_ = Phase::none;
  header_ended_ = no_room_ = has_subject_ = false;
  Envelope fresh;
  fresh.queue_id = std::move(envelope_.queue_id);
  envelope_ = std::move(fresh);
  envelope_bytes_ = 0;
  mail_ = std::string();
  subject_.clear();
  foreign_.clear();
  foreign_count_ = 0;
  held_.release();
}

// What macros say of a mail is not said of the next one.
void MilterSession::end_mail() {
  forget();
  envelope_.queue_id.clear();
}

// From the last to the first: what is taken away moves those behind it.
std::string MilterSession::foreign_fields() const {
  std::string out;
  if ((actions_ & kChangeHeader) == 0) return out;
  for (const auto& [name, count] : foreign_) {
    for (uint32_t i = count; i > 0; --i) out += change_field(i, name, {});
  }
  return out;
}

std::string MilterSession::marks(const MailAnswer& answer) const {
  std::string out;
  if ((actions_ & kAddHeader) == 0) return out;
  out += add_field(kSpamField, "Yes");
  for (const MailField& field : fields_of(answer)) {
    out += add_field(field.name, field.value);
  }
  if (envelope_.cut) {
    out += add_field("X-Simwarden-Cut",
                     fmt::format("{} bytes were read", mail_.size()));
  }
  return out;
}

std::string MilterSession::told(MailAnswer answer) {
  std::string out;
  if (answer.told == Told::quarantine && (actions_ & kQuarantine) == 0) {
    answer.told = Told::add_header;
  }
  if (answer.told < Told::soft_reject) out += foreign_fields();
  switch (answer.told) {
    case Told::no_action: break;
    case Told::rewrite_subject: {
      const std::string subject = std::string(kSubjectMark) + subject_;
      if ((actions_ & kChangeHeader) != 0 && has_subject_) {
        out += change_field(1, "Subject", subject);
      } else if ((actions_ & kAddHeader) != 0 && !has_subject_) {
        out += add_field("Subject", subject);
      }
      out += marks(answer);
      break;
    }
    case Told::add_header: out += marks(answer); break;
    case Told::quarantine: {
      out += marks(answer);
      std::string why = "held by policy: " + names_of_acting(answer);
      why += '\0';
      out += milter_frame('q', why);
      break;
    }
    case Told::soft_reject:
      out += smtp_reply("451 4.7.1", smtp_text(answer.told));
      break;
    case Told::reject:
      out += smtp_reply("554 5.7.1", smtp_text(answer.told));
      break;
  }
  if (answer.told < Told::soft_reject) out += milter_frame('a');
  end_mail();
  return out;
}

std::string MilterSession::told_forged() {
  end_mail();
  return smtp_reply("554 5.6.0", "Too many header fields of a mail filter");
}

}  // namespace simwarden
