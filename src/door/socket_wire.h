// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>

#include "door/client_name.h"
#include "door/wire.h"

// A Wire over a socket, with or without TLS.
namespace simwarden {

using StreamSocket = boost::asio::generic::stream_protocol::socket;

// What all connections of a server share.
struct Closing {
  std::atomic<bool> now{false};
};

// `from`: whose connection it is, as it was accepted.
std::shared_ptr<Wire> plain_wire(StreamSocket socket, const SocketAddress& from,
                                 const Closing& closing);
// The handshake is part of the first read.
std::shared_ptr<Wire> tls_wire(StreamSocket socket, const SocketAddress& from,
                               boost::asio::ssl::context& context,
                               const Closing& closing);

}  // namespace simwarden
