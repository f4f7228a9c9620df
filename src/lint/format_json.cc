// SPDX-License-Identifier: Apache-2.0
#include "lint/codes.h"
#include "lint/formats.h"
#include "notation/json_object.h"

namespace simwarden {
namespace {

void append(std::string& out, const Issue& issue) {
  JsonObject object(out);
  object.text("code", issue.code);
  object.text("severity", name_of(issue.severity));
  object.text("message", issue.message);
  object.text("file", issue.file);
  if (issue.place.line > 0) {  // otherwise the file as a whole
    object.whole("line", issue.place.line);
    object.whole("column", issue.place.column);
    object.whole("width", issue.place.width);
    object.text("line_text", issue.line_text);
  }
  object.text("label", issue.label);
  object.text("help", issue.help);
  if (const CodeRow* row = find_code(issue.code)) {
    object.text("title", row->title);
  }
  object.close();
}

}  // namespace

std::string issues_as_json(const Issues& issues, std::string_view) {
  std::string out = "[";
  for (const Issue& issue : issues.sorted()) {
    out += out.size() > 1 ? ",\n " : "";
    append(out, issue);
  }
  return out + "]\n";
}

}  // namespace simwarden
