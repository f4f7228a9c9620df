// SPDX-License-Identifier: Apache-2.0
#include "door/tls.h"

#include <fmt/format.h>

namespace simwarden {
namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

Error no_good(const std::string& file, error_code why) {
  return {Trouble::environment, fmt::format("{}: {}", file, why.message())};
}

}  // namespace

Result<std::unique_ptr<ssl::context>> tls_context(const TlsSettings& settings) {
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  context->set_options(ssl::context::default_workarounds |
                       ssl::context::no_sslv2 | ssl::context::no_sslv3 |
                       ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
  error_code why;
  context->use_certificate_chain_file(settings.certificate, why);
  if (why) return no_good(settings.certificate, why);
  context->use_private_key_file(settings.key, ssl::context::pem, why);
  if (why) return no_good(settings.key, why);
  if (settings.client_ca.empty()) return context;
  context->load_verify_file(settings.client_ca, why);
  if (why) return no_good(settings.client_ca, why);
  context->set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert);
  return context;
}

}  // namespace simwarden
