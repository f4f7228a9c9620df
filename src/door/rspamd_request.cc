// SPDX-License-Identifier: Apache-2.0
#include "door/rspamd_request.h"

#include <algorithm>

#include "diag/ascii.h"
#include "door/form.h"

namespace simwarden {
namespace {

constexpr std::string_view kBlanks = " \t";

// Calls take(piece) for each piece of a list.
template <typename Take>
void for_each_in(std::string_view list, char separator, Take take) {
  while (!list.empty()) {
    const size_t end = std::min(list.find(separator), list.size());
    if (const auto piece = trimmed(list.substr(0, end), kBlanks);
        !piece.empty()) {
      take(piece);
    }
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

class RequestReader {
 public:
  // Keeps it by reference.
  explicit RequestReader(RspamdRequest& request) : request_(request) {}

  void take(std::string_view name, std::string_view value) {
    constexpr std::string_view kLongest = "accept-encoding";
    if (name.size() > kLongest.size()) return;
    value = trimmed(value, kBlanks);
    const std::string lowered = small_letters(name);
    const std::string_view key = lowered;
    Envelope& envelope = request_.envelope;
    if (std::string* text = place_of(key)) {
      if (text->empty()) *text = value;
    } else if (key == "from") {
      envelope.mail_from = std::string(bare_address(value));
    } else if (key == "rcpt") {
      for_each_in(value, ',', [&](std::string_view one) { recipient(one); });
    } else if (key == "flags") {
      for_each_in(value, ',',
                  [&](std::string_view one) { flag(small_letters(one)); });
    } else {
      option(key, value);
    }
  }

  void finish() {
    if (request_.envelope.recipients.empty()) recipient(deliver_to_);
  }

 private:
  std::string* place_of(std::string_view key) {
    Envelope& envelope = request_.envelope;
    if (key == "queue-id") return &envelope.queue_id;
    if (key == "subject") return &envelope.subject;
    return key == "deliver-to" ? &deliver_to_ : nullptr;
  }

  void option(std::string_view key, std::string_view value) {
    if (key == "raw") {
      const std::string word = small_letters(value);
      request_.envelope.plain = word == "yes" || word == "true";
    } else if (key == "url-format") {
      request_.urls_at_length |= small_letters(value) == "extended";
    } else if (key == "compression") {
      request_.packs_body = small_letters(value) == "zstd";
    } else if (key == "accept-encoding") {
      for_each_in(small_letters(value), ',', [&](std::string_view one) {
        request_.packs_reply |= one.substr(0, one.find(';')) == "zstd";
      });
    }
  }

  void flag(std::string_view name) {
    if (name == "skip" || name == "skip_process") request_.skip = true;
    if (name == "groups") request_.groups = true;
    if (name == "ext_urls") request_.urls_at_length = true;
    if (name == "body_block") request_.body_block = true;
    if (name == "zstd") request_.packs_reply = true;
  }

  void recipient(std::string_view address) {
    auto& recipients = request_.envelope.recipients;
    if (address.empty() || recipients.size() == kRspamdRecipientsMax) return;
    recipients.emplace_back(bare_address(address));
  }

  RspamdRequest& request_;
  std::string deliver_to_;
};

}  // namespace

RspamdRequest read_rspamd_request(const HttpHead& head) {
  RspamdRequest request;
  RequestReader reader(request);
  for (const auto& [name, value] : head.fields) reader.take(name, value);
  for_each_in(head.query, '&', [&](std::string_view pair) {
    const size_t equals = std::min(pair.find('='), pair.size());
    const auto value = pair.substr(std::min(equals + 1, pair.size()));
    reader.take(form_decoded(pair.substr(0, equals)), form_decoded(value));
  });
  reader.finish();
  return request;
}

}  // namespace simwarden
