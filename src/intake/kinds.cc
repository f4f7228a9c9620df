// SPDX-License-Identifier: Apache-2.0
#include "intake/kinds.h"

#include <fmt/format.h>

#include "diag/characters.h"
#include "intake/names.h"

namespace simwarden {
void KindVotes::count(std::string_view key) {
  if (mapping_ != nullptr) {
    if (const auto* said = mapping_->columns().find(key)) key = said->ours;
  }
  const int vote = Names::vote(key);
  if (vote > 0) ++requests_;
  if (vote < 0) ++messages_;
}

std::optional<Kind> KindVotes::winner() const {
  if (requests_ == messages_) return std::nullopt;
  return requests_ > messages_ ? Kind::request : Kind::message;
}

BadRow KindVotes::complaint(std::string code, Position start) const {
  constexpr std::string_view kRemedy = "give the row a key `kind`";
  const std::string option = "or say --kind request or --kind message";
  if (requests_ == 0) {
    return {std::move(code),
            fmt::format("this is neither a request nor a message: it has no "
                        "field of either; {}",
                        kRemedy),
            start, option + ", or name its fields with --map"};
  }
  return {std::move(code),
          fmt::format("this may be a request or a message: it has {} fields of "
                      "each; {}",
                      requests_, kRemedy),
          start, option};
}

std::optional<Kind> kind_named(std::string_view word) {
  word = without_blank_ends(word);
  if (word == "request") return Kind::request;
  if (word == "message") return Kind::message;
  return std::nullopt;
}

std::optional<Kind> kind_told(const IntakeOptions& options) {
  if (options.kind == KindChoice::request) return Kind::request;
  if (options.kind == KindChoice::message) return Kind::message;
  return options.mapping ? options.mapping->kind : std::nullopt;
}

}  // namespace simwarden
