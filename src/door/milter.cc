// SPDX-License-Identifier: Apache-2.0
// A milter of Postfix and Sendmail. What the frames mean is in
// milter_session.cc; why libmilter is not used, in docs/adr/0019.
#include "door/doors.h"
#include "door/inflow.h"
#include "door/milter_session.h"
#include "door/settling.h"

namespace simwarden {
namespace {

class MilterConversation {
 public:
  MilterConversation(Wire& wire, const ListenerSettings& settings,
                     Service& service)
      : wire_(wire),
        settings_(settings),
        service_(service),
        inflow_(wire, settings),
        session_(settings, service.memory(settings)) {
    wire.acknowledge_at_once();
  }

  Task<void> run() {
    while (true) {
      MilterFrame frame;
      const FrameCut cut = cut_frame(inflow_.bytes(), frame);
      if (cut == FrameCut::wrong) {
        note(DoorEvent::malformed);
        co_return;
      }
      if (cut == FrameCut::unfinished) {
        if (!co_await more()) co_return;
        continue;
      }
      const MilterStep step = session_.take(frame);
      inflow_.drop(frame.bytes);
      if (step.wrong) {
        note(DoorEvent::malformed);
        co_return;
      }
      if (step.end) co_return;
      std::string out = step.out;
      if (step.judge) out = co_await judge();
      if (!co_await send(std::move(out))) co_return;
    }
  }

 private:
  void note(DoorEvent event) {
    service_.note(settings_, event, {.client = wire_.client()});
  }

  Task<bool> more() {
    const bool idle = inflow_.bytes().empty() && !session_.in_mail();
    const bool is_first = !session_.has_negotiated();
    const WireState state = co_await inflow_.more(idle, is_first);
    if (state == WireState::open) co_return true;
    const bool is_mute = is_first && state == WireState::too_slow;
    if (!idle || is_mute) {
      note(state == WireState::too_slow ? DoorEvent::too_slow
                                        : DoorEvent::broken);
    }
    co_return false;
  }

  Task<std::string> judge() {
    if (session_.has_no_room()) {
      note(DoorEvent::busy);
      co_return session_.told(answer_on_error(settings_));
    }
    if (session_.is_forged()) {
      note(DoorEvent::malformed);
      co_return session_.told_forged();
    }
    const auto rules = service_.in_force(settings_);
    MailAnswer answer = judged_or_on_error(service_, settings_, [&] {
      return judge_mail(session_.mail(), session_.envelope(), settings_,
                        *rules);
    });
    co_await settle_answer(service_, settings_, answer);
    co_return session_.told(std::move(answer));
  }

  Task<bool> send(std::string bytes) {
    if (bytes.empty()) co_return true;
    const WireState state =
        co_await wire_.write(bytes, settings_.timeouts.write);
    co_return state == WireState::open;
  }

  Wire& wire_;
  const ListenerSettings& settings_;
  Service& service_;
  Inflow inflow_;
  MilterSession session_;
};

}  // namespace

Task<void> converse_milter(Wire& wire, const ListenerSettings& settings,
                           Service& service) {
  MilterConversation conversation(wire, settings, service);
  co_await conversation.run();
}

// The protocol has no word for it: a connection that is closed makes the mail
// server do what it was told for that (milter_default_action).
Task<void> refuse_milter(Wire&, const ListenerSettings&, Service&) {
  co_return;
}

}  // namespace simwarden
