// SPDX-License-Identifier: Apache-2.0
#include "notation/json_object.h"
#include "rollout/policy_diff.h"

namespace simwarden {
namespace {

void append_piece(std::string& out, const WordPiece& piece) {
  constexpr std::string_view kNames[] = {"same", "removed", "added"};
  JsonObject keys(out);
  append_json_string(keys.key(kNames[size_t(piece.is)]), piece.text);
  keys.close();
}

void append_kept(std::string& out, const KeptValue& kept) {
  JsonObject keys(out);
  keys.text("profile", kept.profile);
  keys.text("value", kept.value);
  keys.close();
}

void append_key(std::string& out, const KeyChange& change) {
  JsonObject keys(out);
  keys.text("key", change.key);
  keys.text("old", change.before);
  keys.text("new", change.after);
  if (change.same_condition) keys.flag("same_condition", true);
  keys.each("words", change.words, append_piece);
  keys.each("kept", change.kept, append_kept);
  keys.close();
}

void append_set(std::string& out, const SetChange& change) {
  JsonObject keys(out);
  keys.text("key", change.key);
  keys.whole("added", change.added);
  keys.whole("removed", change.removed);
  keys.whole("altered", change.altered);
  keys.texts("added_names", change.added_names);
  keys.texts("removed_names", change.removed_names);
  keys.texts("altered_names", change.altered_names);
  keys.texts("altered_how", change.altered_how);
  keys.close();
}

void append_thing(std::string& out, const ThingChange& change) {
  JsonObject keys(out);
  keys.text("name", change.name);
  keys.text("change", name_of(change.is));
  keys.text("title", change.title);
  keys.each("keys", change.keys, append_key);
  keys.each("sets", change.sets, append_set);
  keys.close();
}

}  // namespace

std::string to_json(const PolicyDiff& diff) {
  std::string out;
  JsonObject keys(out);
  keys.text("digest_old", diff.digest_before);
  keys.text("digest_new", diff.digest_after);
  keys.whole("changes", diff.changes());
  for (const Section& section : diff.sections) {
    keys.each(section.name, section.things, append_thing);
  }
  keys.close();
  out += '\n';
  return out;
}

}  // namespace simwarden
