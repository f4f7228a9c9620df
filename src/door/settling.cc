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

}  // namespace

Task<bool> may_be_told(Service& service, const ListenerSettings& settings,
                       Ticket ticket) {
  if (ticket.number == 0) co_return true;
  const Kept kept = co_await settled(service, ticket);
  if (kept == Kept::yes) co_return true;
  if (settings.on_error == OnError::pass) {
    service.note(settings, DoorEvent::not_kept);
    co_return true;
  }
  service.note(settings, DoorEvent::busy);
  co_return false;
}

}  // namespace simwarden
