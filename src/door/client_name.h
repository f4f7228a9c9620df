// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <boost/asio/generic/stream_protocol.hpp>

// Who is at the other end of a connection, for the log (docs/serve.md).
namespace simwarden {

using SocketAddress = boost::asio::generic::stream_protocol::endpoint;

// Of TCP the address without its port, "192.0.2.7" or "2001:db8::7"; what an
// IPv6 socket has of IPv4 as IPv4. Of a Unix socket whose program it is:
// "uid:1000". Empty: nobody knows.
std::string client_name(const SocketAddress& from, int descriptor);

}  // namespace simwarden
