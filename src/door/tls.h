// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <boost/asio/ssl/context.hpp>

#include "diag/result.h"
#include "door/settings.h"

namespace simwarden {

// TLS 1.2 and later, the library's own choice of ciphers. An Error names the
// file that is no good.
Result<std::unique_ptr<boost::asio::ssl::context>> tls_context(
    const TlsSettings& settings);

}  // namespace simwarden
