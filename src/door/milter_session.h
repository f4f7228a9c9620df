// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "door/mail_judging.h"
#include "door/memory_budget.h"

// The milter protocol without its wire (libmilter/mfdef.h of Sendmail; version
// 6, and down to 2): frames in, frames out.
//
//   MilterSession session(settings, memory);
//   while (cut_frame(bytes, frame) == FrameCut::whole) {
//     const MilterStep step = session.take(frame);   // to send: step.out
//     if (step.judge) out = session.told(judge_mail(session.mail(), …));
//   }
namespace simwarden {

// Postfix sends a header field of up to header_size_limit (100 KiB) as one
// frame; bodies come in pieces of less than 64 KiB.
inline constexpr size_t kMilterFrameBytesMax = size_t{1} << 20;

// Each costs the server a walk through all of its header. A filter writes six
// at most, and takes those away that were there: no honest mail has that many.
inline constexpr uint32_t kForeignFieldsMax = 100;

struct MilterFrame {
  char command = 0;
  std::string_view data;  // into the bytes it was cut from
  size_t bytes = 0;       // with its length
};
enum class FrameCut : uint8_t { whole, unfinished, wrong };
FrameCut cut_frame(std::string_view bytes, MilterFrame& frame);
// One frame, ready to be sent.
std::string milter_frame(char command, std::string_view data = {});

struct MilterStep {
  std::string out;     // to be sent; may be empty
  bool judge = false;  // the mail is whole: judge it and send told()
  bool end = false;    // the other side wants no more
  bool wrong = false;  // it broke the protocol: close
};

class MilterSession {
 public:
  // Keeps both by reference.
  MilterSession(const ListenerSettings& settings, MemoryBudget& memory);

  MilterStep take(const MilterFrame& frame);

  // Whether the other side has said what it speaks.
  bool has_negotiated() const { return negotiated_; }
  // Whether a mail was begun and is not answered yet.
  bool in_mail() const { return phase_ != Phase::none; }
  // The mail as it came, lines ended by CRLF, cut at limits.request: the
  // envelope says so.
  const std::string& mail() const { return mail_; }
  const Envelope& envelope() const { return envelope_; }
  bool has_no_room() const { return no_room_; }
  // The mail brings more than kForeignFieldsMax fields of ours: it is not
  // judged, and refused.
  bool is_forged() const { return foreign_count_ > kForeignFieldsMax; }

  // How an answer is told, with what the other side allows. The mail is then
  // forgotten. REQUIRES: the step said `judge`.
  std::string told(MailAnswer answer);
  // The same of a mail that is_forged().
  std::string told_forged();

 private:
  enum class Phase : uint8_t { none, mail, header, body };

  MilterStep negotiate(std::string_view data);
  MilterStep reply(uint32_t unless);
  void macros(std::string_view data);
  void begin_mail(std::string_view data);
  bool holds_more(size_t bytes);
  void recipient(std::string_view address);
  void note_foreign(const std::string& name);
  void header(std::string_view data);
  void append(std::string_view bytes);
  void end_header();
  void forget();
  void end_mail();
  std::string foreign_fields() const;
  std::string marks(const MailAnswer& answer) const;

  const ListenerSettings& settings_;
  HeldMemory held_;
  bool negotiated_ = false;
  uint32_t actions_ = 0;
  uint32_t steps_ = 0;
  Phase phase_ = Phase::none;
  bool header_ended_ = false;
  Envelope envelope_;
  size_t envelope_bytes_ = 0;
  std::string mail_;
  bool no_room_ = false;
  bool has_subject_ = false;
  std::string subject_;  // as it came, encoded words and all
  // How often a field of ours came from outside, by name in small letters.
  std::map<std::string, uint32_t> foreign_;
  uint32_t foreign_count_ = 0;
};

}  // namespace simwarden
