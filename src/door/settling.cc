// SPDX-License-Identifier: Apache-2.0
#include "door/settling.h"

#include <memory>

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace simwarden {
namespace {

namespace net = boost::asio;

// Waits without holding up the thread.
Task<Kept> settled(Service& service, Ticket ticket) {
  return net::async_initiate<decltype(net::use_awaitable), void(Kept)>(
      [&service, ticket](auto handler) {
        auto kept = std::make_shared<decltype(handler)>(std::move(handler));
        const auto executor = net::get_associated_executor(*kept);
        service.settle(ticket, [kept, executor](Kept how) {
          net::post(executor, [kept, how] { (*kept)(how); });
        });
      },
      net::use_awaitable);
}

DoorEvent event_of(Kept kept, const ListenerSettings& settings) {
  if (settings.on_error == OnError::pass) return DoorEvent::not_kept;
  return kept == Kept::failed ? DoorEvent::store_failed : DoorEvent::busy;
}

}  // namespace

Task<bool> may_be_told(Service& service, const ListenerSettings& settings,
                       Ticket ticket) {
  if (ticket.number == 0) co_return true;
  const Kept kept = co_await settled(service, ticket);
  if (kept == Kept::yes) co_return true;
  service.note(settings, event_of(kept, settings));
  co_return settings.on_error == OnError::pass;
}

Task<void> settle_answer(Service& service, const ListenerSettings& settings,
                         MailAnswer& answer) {
  if (answer.ticket.number == 0) co_return;
  const Kept kept = co_await settled(service, answer.ticket);
  if (kept == Kept::yes) co_return;
  service.note(settings, event_of(kept, settings));
  if (settings.on_error == OnError::pass) {
    answer.stored_as.clear();
  } else {
    answer = answer_not_kept(std::move(answer), settings);
  }
}

}  // namespace simwarden
