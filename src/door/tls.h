// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "diag/result.h"
#include "door/settings.h"

namespace simwarden {

// TLS 1.2 and later, the library's own choice of ciphers. An Error names the
// file that is no good.
Result<std::unique_ptr<boost::asio::ssl::context>> tls_context(
    const TlsSettings& settings);
// Why its certificate is none at this moment: "server.pem: the certificate
// ended at 2026-11-29T09:00:00Z"; empty when it is one.
std::string not_valid_now(const TlsSettings& settings,
                          boost::asio::ssl::context& context);
// The same as tls_context(), and an Error where it is not valid now.
Result<std::unique_ptr<boost::asio::ssl::context>> valid_tls_context(
    const TlsSettings& settings);

// SHA-256 over the certificates, in DER: of a single one its fingerprint, as
// `openssl x509 -fingerprint -sha256` has it. "" where there is none.
struct TlsDigests {
  std::string certificate;
  std::string chain;      // between it and who issued them
  std::string client_ca;  // by which clients are known

  bool operator==(const TlsDigests&) const = default;
};
// REQUIRES: no connection has used the context.
TlsDigests digests_of(boost::asio::ssl::context& context);

}  // namespace simwarden
