// SPDX-License-Identifier: Apache-2.0
// What gateways and mail servers send: forms, texts of SMS, requests for a
// policy, frames of a milter. The first byte chooses. A milter's session ends
// alike whether its bytes come at once or are cut anywhere, and keeps no more
// than its limit.
#include "diag/hex.h"
#include "door/form.h"
#include "door/milter_session.h"
#include "door/policy_request.h"
#include "door/sms_text.h"
#include "fuzz/input.h"

using namespace simwarden;

namespace {

constexpr uint32_t kLimit = 512;

void check_form(std::string_view bytes) {
  FormFields fields;
  const bool fine = read_form(bytes, fields);
  CHECK(fields.size() <= kFormFieldsMax, "fields are bounded");
  CHECK(fine || fields.size() == kFormFieldsMax, "all of them, or the most");
  size_t total = 0;
  for (const auto& [name, value] : fields) total += name.size() + value.size();
  CHECK(total <= bytes.size(), "decoding adds nothing");
}

void check_policy(std::string_view bytes) {
  const size_t size = policy_request_size(bytes);
  CHECK(size <= bytes.size(), "a request lies in its bytes");
  PolicyRequest request;
  if (size > 0 && read_policy_request(bytes.substr(0, size), request)) {
    CHECK(request.sender.find('\n') == std::string::npos, "a value is a line");
  }
}

// What a session says to all of it, given in pieces.
std::string milter_says(std::string_view bytes, size_t piece) {
  ListenerSettings settings;
  settings.limits.request_bytes = kLimit;
  MemoryBudget memory(1 << 16);
  std::string said;
  {
    MilterSession session(settings, memory);
    std::string arrived;
    while (!bytes.empty()) {
      const std::string_view next = bytes.substr(0, piece);
      bytes.remove_prefix(next.size());
      arrived += next;
      MilterFrame frame;
      FrameCut cut = FrameCut::unfinished;
      while ((cut = cut_frame(arrived, frame)) == FrameCut::whole) {
        const MilterStep step = session.take(frame);
        arrived.erase(0, frame.bytes);
        if (step.wrong || step.end) return said;
        said += step.out;
        CHECK(session.mail().size() <= kLimit, "a mail is bounded");
        if (step.judge) {
          said += session.mail();
          said += session.told({.told = Told::rewrite_subject});
        }
      }
      if (cut == FrameCut::wrong) return said;
    }
  }
  CHECK(memory.used() == 0, "what was held is given back");
  return said;
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view bytes = fuzz::as_text(data, size);
  if (bytes.empty()) return 0;
  const auto choice = static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  switch (choice % 4) {
    case 0: check_form(bytes); break;
    case 1: check_policy(bytes); break;
    case 2: {
      SmsCoding coding{.latin1 = choice > 128};
      if (!bytes.empty()) {
        coding.scheme = static_cast<unsigned char>(bytes.back());
      }
      if (choice / 4 % 3 > 0) coding.has_header = choice / 4 % 3 == 1;
      const auto text = sms_text(bytes, coding);
      CHECK(!text || text->size() <= 4 * bytes.size() + 4, "no bomb");
      from_hex(bytes);
      break;
    }
    default:
      CHECK(milter_says(bytes, bytes.size()) ==
                milter_says(bytes, size_t{1} + choice / 4),
            "cut anywhere it is the same");
  }
  return 0;
}
