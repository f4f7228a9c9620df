// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "door/http_routes.h"

// What `POST /v1/screen` does with a body of many records that has come as a
// whole: an array, or lines of JSON that were packed or came with HTTP/1.0.
// Other lines are answered while they come (http.cc).
namespace simwarden {

// Bytes of records that are judged in one turn, and one record at least: some
// milliseconds of the dearest texts.
inline constexpr size_t kTurnBytes = size_t{16} << 10;

// Null: the body is no such. REQUIRES: `ask` lives longer.
std::unique_ptr<HttpBatch> begin_batch(const HttpAsk& ask);

// Whether a body of this type is one record in JSON, or an array. No type is
// one, and so is what `curl -d` says.
bool is_json_type(std::string_view type);

// Where a record of the request stands, and where its line goes to.
RecordPlace place_of(const HttpAsk& ask, uint64_t line, std::string_view bytes,
                     HttpReply& reply);

// Names that no field has, each once, in a field of the answer.
void tell_unknown(const std::vector<std::string>& names, HttpReply& reply);

}  // namespace simwarden
