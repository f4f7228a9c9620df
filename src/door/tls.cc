// SPDX-License-Identifier: Apache-2.0
#include "door/tls.h"

#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include "privacy/sha256.h"

namespace simwarden {
namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

// What a file should hold, for a person.
struct TlsFile {
  const std::string& path;
  std::string_view holds;
};

Error no_good(const TlsFile& file, error_code why) {
  const auto said = [&](std::string_view what) {
    return Error{Trouble::environment, fmt::format("{}: {}", file.path, what)};
  };
  const auto code = static_cast<unsigned long>(why.value());
  const int library = ERR_GET_LIB(code);
  const int reason = ERR_GET_REASON(code);
  const bool is_empty =
      library == ERR_LIB_OSSL_DECODER ||  // what it says of keys
      (library == ERR_LIB_PEM && reason == PEM_R_NO_START_LINE) ||
      (library == ERR_LIB_X509 && reason == X509_R_NO_CERTIFICATE_OR_CRL_FOUND);
  if (is_empty) {
    return said(fmt::format("no {} in PEM stands in it", file.holds));
  }
  const bool is_other =
      library == ERR_LIB_X509 && (reason == X509_R_KEY_VALUES_MISMATCH ||
                                  reason == X509_R_KEY_TYPE_MISMATCH);
  if (is_other) return said("this key does not belong to the certificate");
  return said(
      fmt::format("cannot be read as {}: {}", file.holds, why.message()));
}

// The library says less of a file that is not there.
Status is_readable(const TlsFile& file) {
  const int opened = ::open(file.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) {
    return Error{Trouble::environment,
                 fmt::format("{}: {}", file.path, std::strerror(errno))};
  }
  ::close(opened);
  return Done{};
}

}  // namespace

Result<std::unique_ptr<ssl::context>> tls_context(const TlsSettings& settings) {
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  context->set_options(ssl::context::default_workarounds |
                       ssl::context::no_sslv2 | ssl::context::no_sslv3 |
                       ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
  const TlsFile certificate{settings.certificate, "certificate"};
  const TlsFile key{settings.key, "private key"};
  const TlsFile client_ca{settings.client_ca, "certificate"};
  for (const TlsFile& file : {certificate, key, client_ca}) {
    if (file.path.empty()) continue;
    if (Status readable = is_readable(file); !readable) return readable.error();
  }
  error_code why;
  context->use_certificate_chain_file(certificate.path, why);
  if (why) return no_good(certificate, why);
  context->use_private_key_file(key.path, ssl::context::pem, why);
  if (why) return no_good(key, why);
  if (client_ca.path.empty()) return context;
  context->load_verify_file(client_ca.path, why);
  if (why) return no_good(client_ca, why);
  context->set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert);
  return context;
}

namespace {

void add(Sha256& hash, X509* certificate) {
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificate, &der);
  if (size < 0) return;
  hash.add({reinterpret_cast<const char*>(der), size_t(size)});
  OPENSSL_free(der);
}

std::string digest_of(X509* certificate) {
  if (certificate == nullptr) return {};
  Sha256 hash;
  add(hash, certificate);
  return hex_of(hash.finish());
}

std::string digest_of(const STACK_OF(X509) * chain) {
  const int size = sk_X509_num(chain);  // -1: there is none
  if (size <= 0) return {};
  Sha256 hash;
  for (int i = 0; i < size; ++i) add(hash, sk_X509_value(chain, i));
  return hex_of(hash.finish());
}

std::string digest_of(const X509_STORE* store) {
  const auto* objects = X509_STORE_get0_objects(store);
  const int size = sk_X509_OBJECT_num(objects);
  if (size <= 0) return {};
  Sha256 hash;
  for (int i = 0; i < size; ++i) {
    X509* each = X509_OBJECT_get0_X509(sk_X509_OBJECT_value(objects, i));
    if (each != nullptr) add(hash, each);
  }
  return hex_of(hash.finish());
}

std::string spelt(const ASN1_TIME* time) {
  std::tm broken{};
  if (ASN1_TIME_to_tm(time, &broken) != 1) return "an unknown time";
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}Z", broken);
}

}  // namespace

TlsDigests digests_of(ssl::context& context) {
  SSL_CTX* const of = context.native_handle();
  STACK_OF(X509)* chain = nullptr;
  SSL_CTX_get0_chain_certs(of, &chain);
  return {.certificate = digest_of(SSL_CTX_get0_certificate(of)),
          .chain = digest_of(chain),
          .client_ca = digest_of(SSL_CTX_get_cert_store(of))};
}

std::string not_valid_now(const TlsSettings& settings, ssl::context& context) {
  const X509* certificate = SSL_CTX_get0_certificate(context.native_handle());
  const ASN1_TIME* from = X509_get0_notBefore(certificate);
  const ASN1_TIME* until = X509_get0_notAfter(certificate);
  if (X509_cmp_current_time(until) <= 0) {
    return fmt::format("{}: the certificate ended at {}", settings.certificate,
                       spelt(until));
  }
  if (X509_cmp_current_time(from) > 0) {
    return fmt::format("{}: the certificate begins at {}", settings.certificate,
                       spelt(from));
  }
  return {};
}

Result<std::unique_ptr<ssl::context>> valid_tls_context(
    const TlsSettings& settings) {
  auto made = tls_context(settings);
  if (!made) return made;
  const std::string why = not_valid_now(settings, **made);
  if (!why.empty()) return Error{Trouble::environment, why};
  return made;
}

}  // namespace simwarden
