// SPDX-License-Identifier: Apache-2.0
#include "door/http_openapi.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "notation/json_object.h"
#include "record/fields.h"

namespace simwarden {
namespace {

// Names and nesting of the fields, as they stand in a record.
struct SchemaNode {
  const Field* field = nullptr;  // of a leaf
  bool items = false;            // a repeated group
  std::map<std::string, SchemaNode> children;
};

SchemaNode tree_of(Kind kind) {
  SchemaNode root;
  for (const Field& row : fields_of(kind)) {
    SchemaNode* node = &root;
    std::string_view rest = row.name;
    while (!rest.empty()) {
      const size_t dot = rest.find('.');
      std::string_view name = rest.substr(0, dot);
      rest.remove_prefix(dot == std::string_view::npos ? rest.size() : dot + 1);
      const bool items = name.ends_with("[]");
      if (items) name.remove_suffix(2);
      node = &node->children[std::string(name)];
      node->items |= items;
    }
    node->field = &row;
  }
  return root;
}

std::string_view type_name(FieldType type) {
  switch (type) {
    case FieldType::boolean: return "boolean";
    case FieldType::integer: return "integer";
    case FieldType::number: return "number";
    default: return "string";
  }
}

void append_value(std::string& out, const Field& field) {
  JsonObject schema(out);
  schema.text("type", type_name(field.type));
  if (field.type == FieldType::timestamp) schema.text("format", "date-time");
  if (field.type == FieldType::date) schema.text("format", "date");
  if (!field.choices.empty()) {
    schema.texts("enum", {field.choices.begin(), field.choices.end()});
  }
  schema.text("description", field.doc);
  schema.close();
}

// As deep as the names of fields have dots.
void append_schema(std::string& out, const SchemaNode& node) {
  if (node.items) {
    SchemaNode one = node;
    one.items = false;
    out += R"({"type":"array","items":)";
    append_schema(out, one);
    out += '}';
    return;
  }
  if (node.field != nullptr && node.children.empty()) {
    if (!node.field->list) return append_value(out, *node.field);
    out += R"({"type":"array","items":)";
    append_value(out, *node.field);
    out += '}';
    return;
  }
  JsonObject schema(out);
  schema.text("type", "object");
  JsonObject properties(schema.key("properties"));
  for (const auto& [name, child] : node.children) {
    append_schema(properties.key(name), child);
  }
  properties.close();
  schema.close();
}

constexpr std::string_view kVerdict = R"json({"type":"object",
"required":["kind","action","score","source","policy"],"properties":{
"id":{"type":"string"},"kind":{"type":"string","enum":["request","message"]},
"action":{"type":"string","enum":["pass","review","hold","refuse"]},
"score":{"type":"number","minimum":0,"maximum":100},
"findings":{"type":"array","items":{"type":"object","required":["rule","outcome"],
"properties":{"rule":{"type":"string"},"outcome":{"type":"string"},
"family":{"type":"string"},"severity":{"type":"string"},"score":{"type":"number"},
"title":{"type":"string"},"reason":{"type":"string"},"remedy":{"type":"string"},
"evidence":{"type":"array","items":{"type":"object"}},
"controls":{"type":"array","items":{"type":"string"}}}}},
"undetermined":{"type":"array","items":{"type":"string"}},
"failed":{"type":"array","items":{"type":"object","required":["rule"],
"properties":{"rule":{"type":"string"},"error":{"type":"string"}}}},
"not_recorded":{"type":"array","items":{"type":"string"}},
"closed":{"type":"array","description":"files that nobody looked into",
"items":{"type":"object","required":["attachment","reading"],"properties":{
"attachment":{"type":"integer"},"name":{"type":"string"},
"reading":{"type":"string"}}}},"closed_left":{"type":"integer"},
"would_pass_if":{"type":"array","items":{"type":"string"}},
"source":{"type":"object","required":["name","line"],"properties":{
"name":{"type":"string"},"line":{"type":"integer"},"stored_as":{"type":"string"},
"repeated":{"type":"boolean","description":"this record was given before"},
"correlator":{"type":"string"}}},
"policy":{"type":"object","properties":{"digest":{"type":"string"},
"packs":{"type":"array","items":{"type":"string"}},"profile":{"type":"string"}}}}})json";

constexpr std::string_view kUnreadable = R"json({"type":"object",
"required":["error","source"],"properties":{"error":{"type":"object",
"required":["code","message"],"properties":{"code":{"type":"string"},
"message":{"type":"string"},"line":{"type":"integer"},"byte":{"type":"integer"}}},
"source":{"type":"object","properties":{"name":{"type":"string"}}}}})json";

constexpr std::string_view kProblem = R"json({"type":"object",
"required":["title","status","detail"],"properties":{"title":{"type":"string"},
"status":{"type":"integer"},"detail":{"type":"string"},"code":{"type":"string"}}})json";

constexpr std::string_view kStored = R"json({"type":"object",
"required":["stored_as","verdict_id","verdict"],"properties":{
"stored_as":{"type":"string"},"verdict_id":{"type":"integer"},
"ruleset":{"type":"string"},"source":{"type":"string"},"line":{"type":"integer"},
"verdict":{"nullable":true,"type":"object"},
"left":{"type":"object","description":"of a purged verdict","properties":{
"action":{"type":"string"},"score":{"type":"number"},
"top_rule":{"type":"string"},"event_time":{"type":"string"}}},
"purged":{"type":"object","properties":{
"class":{"type":"string"},"at":{"type":"string"}}},
"decisions":{"type":"array","items":{"type":"object"}}}})json";

constexpr std::string_view kDecision = R"json({"type":"object",
"required":["outcome"],"properties":{"verdict_id":{"type":"integer"},
"stored_as":{"type":"string","description":"instead of verdict_id"},
"record_id":{"type":"string","description":"has to be that of the verdict; alone, names the verdict that stands on that record"},
"outcome":{"type":"string"},"decided_by":{"type":"string"},
"decided_at":{"type":"string","format":"date-time"},"state":{"type":"string"},
"owner":{"type":"string"},"due":{"type":"string","format":"date"},
"note":{"type":"string"}}})json";

// What a path takes and gives beside problems.
struct Contents {
  std::string_view path;
  std::string_view request;  // of requestBody.content; "" for none
  std::string_view reply;    // of content of 200
};
constexpr Contents kContents[] = {
    {"/v1/screen",
     R"json("application/json":{"schema":{"oneOf":[{"$ref":"#/components/schemas/Record"},
{"type":"array","items":{"$ref":"#/components/schemas/Record"}}]}},
"application/x-ndjson":{"schema":{"type":"string"}},
"text/plain":{"schema":{"type":"string"}})json",
     R"json("application/json":{"schema":{"oneOf":[{"$ref":"#/components/schemas/Verdict"},
{"type":"array","items":{"oneOf":[{"$ref":"#/components/schemas/Verdict"},
{"$ref":"#/components/schemas/Unreadable"}]}}]}},
"application/x-ndjson":{"schema":{"type":"string"}})json"},
    {"/v1/explain",
     R"json("application/json":{"schema":{"$ref":"#/components/schemas/Record"}},
"text/plain":{"schema":{"type":"string"}})json",
     R"json("text/plain":{"schema":{"type":"string"}})json"},
    {"/v1/policy", "",
     R"json("application/json":{"schema":{"type":"object","required":["digest","packs","profile","rules"]}})json"},
    {"/v1/verdicts/*", "",
     R"json("application/json":{"schema":{"$ref":"#/components/schemas/Stored"}})json"},
    {"/v1/decisions",
     R"json("application/json":{"schema":{"oneOf":[{"$ref":"#/components/schemas/Decision"},
{"type":"array","items":{"$ref":"#/components/schemas/Decision"}}]}},
"application/x-ndjson":{"schema":{"type":"string"}},"text/csv":{"schema":{"type":"string"}})json",
     R"json("application/json":{"schema":{"type":"object","required":["stored"],
"properties":{"stored":{"type":"integer"},"repeated":{"type":"integer"},
"without_outcome":{"type":"integer"}}}})json"},
    {"/v1/reload", "",
     R"json("application/json":{"schema":{"type":"object","required":["digest"]}})json"},
    {"/readyz", "",
     R"json("application/json":{"schema":{"type":"object","required":["ready"]}})json"},
    {"/openapi.json", "",
     R"json("application/json":{"schema":{"type":"object"}})json"},
    {"/healthz", "", R"json("text/plain":{"schema":{"type":"string"}})json"},
    {"/metrics", "", R"json("text/plain":{"schema":{"type":"string"}})json"},
    {"/", "", R"json("text/html":{"schema":{"type":"string"}})json"},
};

const Contents* contents_of(std::string_view path) {
  const auto* const found =
      std::find_if(std::begin(kContents), std::end(kContents),
                   [path](const Contents& c) { return c.path == path; });
  return found == std::end(kContents) ? nullptr : found;
}

std::string in_braces(std::string_view keys) {
  return fmt::format("{{{}}}", keys);
}

void append_operation(std::string& out, const HttpRoute& route) {
  const Contents* contents = contents_of(route.path);
  JsonObject operation(out);
  operation.text("summary", route.doc);
  if (route.path.ends_with('*')) {
    operation.key("parameters") +=
        R"([{"name":"id","in":"path","required":true,"schema":{"type":"string"}}])";
  }
  if (route.path == "/v1/explain") {
    operation.key("parameters") +=
        R"([{"name":"language","in":"query",)"
        R"("description":"of the words, instead of that of the settings",)"
        R"("schema":{"type":"string","example":"zh"}}])";
  }
  if (route.streams) {
    operation.key("parameters") +=
        R"([{"name":"Idempotency-Key","in":"header",)"
        R"("description":"the same when this very request is sent again",)"
        R"("schema":{"type":"string","maxLength":256}}])";
  }
  if (contents != nullptr && !contents->request.empty()) {
    operation.key("requestBody") += fmt::format(
        R"({{"required":true,"content":{}}})", in_braces(contents->request));
  }
  if (route.role != TokenRole::none) {
    operation.key("security") += R"([{"bearer":[]},{}])";
  }
  JsonObject responses(operation.key("responses"));
  responses.key("200") += fmt::format(
      R"({{"description":"done","content":{}}})",
      in_braces(contents != nullptr ? contents->reply : std::string_view()));
  responses.key("default") +=
      R"({"description":"a problem of RFC 9457",
      "content" : {"application/problem+json":)"
      R"({"schema":{"$ref":"#/components/schemas/Problem"}}}})";
  responses.close();
  operation.close();
}

std::string shown_path(std::string_view path) {
  std::string shown(path);
  if (shown.ends_with('*')) shown.replace(shown.size() - 1, 1, "{id}");
  return shown;
}

std::string in_small(std::string_view method) {
  std::string small(method);
  for (char& c : small) c = char(c | 0x20);
  return small;
}

void append_schemas(JsonObject& components) {
  JsonObject schemas(components.key("schemas"));
  append_schema(schemas.key("Request"), tree_of(Kind::request));
  append_schema(schemas.key("Message"), tree_of(Kind::message));
  schemas.key("Record") +=
      R"({"anyOf":[{"$ref":"#/components/schemas/Request"},{"$ref":"#/components/schemas/Message"}]})";
  schemas.key("Verdict") += kVerdict;
  schemas.key("Unreadable") += kUnreadable;
  schemas.key("Problem") += kProblem;
  schemas.key("Stored") += kStored;
  schemas.key("Decision") += kDecision;
  schemas.close();
}

}  // namespace

std::string openapi_document(std::span<const HttpRoute> routes) {
  std::string out;
  JsonObject document(out);
  document.text("openapi", "3.0.3");
  document.key("info") +=
      R"({"title":"simwarden","version":"1","description":"Verdicts on SIM replacement requests and messages."})";
  JsonObject paths(document.key("paths"));
  for (const HttpRoute& route : routes) {
    JsonObject path(paths.key(shown_path(route.path)));
    append_operation(path.key(in_small(route.method)), route);
    path.close();
  }
  paths.close();
  JsonObject components(document.key("components"));
  append_schemas(components);
  components.key("securitySchemes") +=
      R"({"bearer":{"type":"http","scheme":"bearer"}})";
  components.close();
  document.close();
  out += '\n';
  return out;
}

}  // namespace simwarden
