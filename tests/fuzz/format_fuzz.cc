// SPDX-License-Identifier: Apache-2.0
// Any bytes to be formatted. What is YAML by our rules can be formatted with
// nothing lost, and is then in the style already.
#include "fuzz/input.h"
#include "notation/yaml_format.h"

using namespace simwarden;

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::vector<YamlKeyOrder> orders = {
      {"rules[]", {"id", "title", "flag"}}, {"", {"b", "a"}}};
  const SourceText file("fuzz.yaml", std::string(fuzz::as_text(data, size)));
  Issues issues;
  const FormattedYaml made = format_yaml(file, orders, issues);
  if (issues.has_errors()) return 0;
  CHECK(made.text.has_value(), "nothing would be lost");
  Issues none;
  const FormattedYaml again =
      format_yaml(SourceText("fuzz.yaml", *made.text), orders, none);
  CHECK(again.text == made.text, "it is in the style already");
  return 0;
}
