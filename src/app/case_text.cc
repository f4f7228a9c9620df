// SPDX-License-Identifier: Apache-2.0
#include "app/case_text.h"

#include "judge/secrets.h"
#include "notation/json_text.h"
#include "privacy/masks.h"

// The decoded record, not the bytes of its source: in base64 or behind \u
// escapes no code could be seen.

namespace simwarden {
namespace {

class Writer {
 public:
  explicit Writer(Facts& facts) : facts_(facts), record_(facts.record()) {}

  std::string write() {
    out_ = R"({"kind":)";
    append_json_string(out_, name_of(record_.kind()));
    const auto all = fields_of(record_.kind());
    const FieldId first = first_field(record_.kind());
    for (size_t i = 0; i < all.size(); ++i) {
      if (all[i].group == kNoGroup) {
        put_field(all[i], record_.slot(FieldId(first + i)));
      }
    }
    for (size_t id = 0; id < groups().size(); ++id) {
      if (groups()[id].kind == record_.kind()) put_group(GroupId(id));
    }
    return out_ + "}";
  }

 private:
  static bool is_there(const Slot& slot) {
    return slot.state == SlotState::given || slot.state == SlotState::invalid;
  }

  void put_key(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    append_json_string(out_, name);
    out_ += ':';
  }

  void put_field(const Field& field, const Slot& slot) {
    if (!is_there(slot)) return;
    put_key(field.name);
    if (!field.list || slot.state == SlotState::invalid) {
      return put_value(field, slot);
    }
    Field one = field;
    one.list = false;
    const auto id = FieldId(&field - fields().data());
    out_ += '[';
    for (uint32_t i = 0; i < slot.list.count; ++i) {
      if (i > 0) out_ += ',';
      put_value(one, record_.element(id, i));
    }
    out_ += ']';
  }

  void put_value(const Field& field, const Slot& slot) {
    if (!is_there(slot)) {
      out_ += "null";
      return;
    }
    if (field.privacy == Privacy::code) {
      out_ += R"("[code]")";
      return;
    }
    const std::string text = slot.state == SlotState::invalid
                                 ? std::string(record_.text(slot))
                                 : to_text(record_, field, slot);
    const bool bare =
        slot.state == SlotState::given &&
        (field.type == FieldType::boolean || field.type == FieldType::integer ||
         field.type == FieldType::number);
    if (bare) {
      out_ += text;
    } else {
      append_json_string(out_,
                         replace_codes(text, secrets_in(facts_, field.name)));
    }
  }

  // What the eye read as a code, in whatever spelling.
  bool holds_code(const Group& group, uint32_t index) {
    using What = Beside::What;
    const bool drawn = group.name == "qr_codes";
    if (!drawn && group.name != "file_links") return false;
    return simwarden::holds_code(
        facts_.followable(), {drawn ? What::qr_code : What::file_link, index});
  }

  void put_group(GroupId id) {
    const Group& group = groups()[id];
    const Slot& slot = record_.group_slot(id);
    if (!is_there(slot)) return;
    put_key(group.name);
    if (slot.state == SlotState::invalid) {
      append_json_string(out_, replace_codes(record_.text(slot)));
      return;
    }
    out_ += '[';
    for (uint32_t index = 0; index < slot.list.count; ++index) {
      out_ += index > 0 ? ",{" : "{";
      const bool coded = holds_code(group, index);
      for (uint8_t member = 0; member < group.size; ++member) {
        const auto field_id = FieldId(group.first + member);
        const Slot& value = record_.member(field_id, index);
        if (!is_there(value)) continue;
        const std::string_view name = field(field_id).name;
        put_key(name.substr(group.name.size() + 3));  // behind "[]."
        if (member == 0 && coded) {
          out_ += R"("[code]")";
        } else {
          put_value(field(field_id), value);
        }
      }
      out_ += '}';
    }
    out_ += ']';
  }

  Facts& facts_;
  const Record& record_;
  std::string out_;
};

}  // namespace

std::string case_text(Facts& facts) {
  return Writer(facts).write();
}

}  // namespace simwarden
