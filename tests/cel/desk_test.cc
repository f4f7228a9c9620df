// SPDX-License-Identifier: Apache-2.0
#include "cel/desk.h"

#include <new>

#include <boost/test/unit_test.hpp>

namespace cel {
namespace {

constexpr std::string_view kKinds[] = {"web", "phone", "mail"};

const Type* link_type() {
  return object_type("demo_link", {{"url", string_type(), {}, ""},
                                   {"kind", string_type(), kKinds, ""},
                                   {"port", int_type(), {}, ""}});
}

}  // namespace

Desk::Desk() {
  declare("reason", string_type(), {"lost", "stolen", "damaged"});
  declare("amount", double_type());
  declare("tariff", double_type());
  declare("count", int_type());
  declare("big", uint_type());
  declare("ok", bool_type());
  declare("text", string_type());
  declare("raw", bytes_type());
  declare("any", dyn_type());
  declare("at", timestamp_type());
  declare("wait", duration_type());
  declare("tags", list_type(string_type()));
  declare("ages", map_type(string_type(), int_type()));
  declare("request.channel.type", string_type());
  declare("request.channel.id", string_type());
  declare("request.links", list_type(link_type()));
  Function in_list;
  in_list.name = "in_list";
  in_list.params = {string_type(), string_type()};
  in_list.result = bool_type();
  in_list.run = [](std::span<const Value> args, Scratch&) {
    return Value::of_bool(args[1].as_string() == "demo shop");
  };
  in_list.check = [](std::span<const std::optional<Value>> args)
      -> std::optional<Function::Complaint> {
    if (!args[0]) return Function::Complaint{0, "the list must be a text", ""};
    if (args[0]->as_string() == "shops") return std::nullopt;
    return Function::Complaint{0, "there is no such list",
                               "did you mean shops?"};
  };
  environment_.add(std::move(in_list));
  set("reason", Value::of_string("lost"));
  set("amount", Value::of_number(25));
  set("tariff", Value::of_number(10));
  set("count", Value::of_int(3));
  set("big", Value::of_uint(7));
  set("ok", Value::of_bool(true));
  set("text", Value::of_string("caf\xC3\xA9 \xE5\x8D\xA1"));
  set("request.channel.type", Value::of_string("dealer"));
  set("at", Value::of_timestamp(1'790'000'000, 0));
  environment_.add(Variable{.name = "essay",
                            .type = string_type(),
                            .slot = slot("request.links") + 1,
                            .extent = {8 << 20, 0}});
  declare_links();
}

// Two links; the port of the second was not recorded.
void Desk::declare_links() {
  const std::span<Value> first = keep_.values(3);
  first[0] = Value::of_string("https://example.com/");
  first[1] = Value::of_string("web");
  first[2] = Value::of_int(443);
  const std::span<Value> second = keep_.values(3);
  second[0] = Value::of_string("tel:+12025550100");
  second[1] = Value::of_string("phone");
  second[2] = keep_.make_missing(slot("request.links"), 0);
  const std::span<Value> links = keep_.values(2);
  for (size_t i = 0; i < 2; ++i) {
    void* memory = keep_.allocate(sizeof(Object), alignof(Object));
    links[i] = Value::of_object(::new (memory) Object{
        link_type(), i == 0 ? first.data() : second.data()});
  }
  set("request.links", keep_.make_list(links));
}

void Desk::declare(const std::string& name, const Type* type,
                   std::vector<std::string> choices) {
  const auto slot = static_cast<uint32_t>(environment_.variables().size());
  environment_.add(Variable{name, type, slot, std::move(choices)});
}

uint32_t Desk::slot(const std::string& name) const {
  return environment_.find(name)->slot;
}

void Desk::set(const std::string& name, const Value& value) {
  values_[slot(name)] = value;
}

void Desk::forget(const std::string& name) {
  values_.erase(slot(name));
}

Value Desk::fact(uint32_t slot, Scratch& scratch) {
  ++questions_;
  const auto found = values_.find(slot);
  if (found != values_.end()) return found->second;
  return scratch.make_missing(slot, 1);
}

std::string Desk::run(std::string_view source, const CompileOptions& options) {
  simwarden::Issues found;
  const auto program = compile(source, environment_, {}, found, options);
  if (!program) return render(found);
  scratch_.clear();
  std::string answer = to_text(program->evaluate(*this, scratch_));
  compare_with_suite(*program, answer);
  return answer;
}

void Desk::compare_with_suite(const Program& program,
                              const std::string& answer) {
  const size_t before = questions_;
  const Program* const twice[] = {&program, &program};
  const auto suite = Suite::make(twice);
  Suite::Round round(*suite);
  for (size_t pass = 0; pass < 2; ++pass) {
    round.begin();
    scratch_.clear();
    for (size_t i = 0; i < 2; ++i) {
      const Value value = suite->evaluate(i, *this, round, scratch_);
      BOOST_TEST_CONTEXT(program.source().substr(0, 200)) {
        BOOST_TEST(to_text(value) == answer);
      }
    }
  }
  questions_ = before;
}

std::string Desk::issues(std::string_view source,
                         const CompileOptions& options) {
  simwarden::Issues found;
  compile(source, environment_, {}, found, options);
  return render(found);
}

void check_rows(std::span<const AnswerRow> rows) {
  Desk desk;
  for (const AnswerRow& row : rows) {
    BOOST_TEST_CONTEXT(row.source) {
      BOOST_TEST(desk.run(row.source) == row.answer);
      CompileOptions unfolded;
      unfolded.fold = false;
      BOOST_TEST(desk.run(row.source, unfolded) == row.answer);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_desk_answers_with_what_was_put_on_it) {
  Desk desk;
  BOOST_TEST(desk.run("count") == "3");
  desk.forget("count");
  BOOST_TEST(desk.run("count") == "missing(3)");
}

}  // namespace cel
