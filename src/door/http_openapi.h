// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "door/http_routes.h"

namespace simwarden {

// The API as an OpenAPI 3.0 document, made from the table of routes and the
// table of fields: what it says is what is answered.
std::string openapi_document(std::span<const HttpRoute> routes);

}  // namespace simwarden
