// SPDX-License-Identifier: Apache-2.0
// mail_json FILE...: what the room makes of each mail of a file, a JSON line
// each, for run.
#include <cstdio>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "intake/mailbox.h"
#include "mail/mail.h"
#include "notation/json_text.h"

using namespace simwarden;

namespace {

class Line {
 public:
  void text(std::string_view name, std::string_view value) {
    key(name);
    append_json_string(out_, value);
  }
  void number(std::string_view name, uint64_t value) {
    key(name);
    out_ += std::to_string(value);
  }
  template <typename List, typename Write>
  void list(std::string_view name, const List& items, Write write) {
    key(name);
    out_ += '[';
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += ',';
      first = false;
      Line inner;
      write(item, inner);
      out_ += inner.done();
    }
    out_ += ']';
  }
  std::string done() const { return "{" + out_ + "}"; }

 private:
  void key(std::string_view name) {
    if (!out_.empty()) out_ += ',';
    append_json_string(out_, name);
    out_ += ':';
  }
  std::string out_;
};

void write_addresses(Line& line, std::string_view name,
                     const std::vector<MailAddress>& list) {
  line.list(name, list, [](const MailAddress& one, Line& out) {
    out.text("name", one.name);
    out.text("address", one.address);
  });
}

std::string json_of(const std::string& path, uint64_t begin,
                    std::string_view bytes) {
  Line line;
  line.text("file", path);
  line.number("begin", begin);
  const auto mail = read_mail(bytes, {});
  if (!mail) {
    line.text("error", "E101");
    return line.done();
  }
  line.text("id", mail->id);
  line.text("subject", mail->subject);
  write_addresses(line, "from", mail->from);
  write_addresses(line, "recipients", mail->recipients);
  line.text("text", mail->text);
  line.text("hidden_text", mail->hidden_text);
  line.list("links", mail->links, [](const MailLink& link, Line& out) {
    out.text("target", link.target);
  });
  line.list("files", mail->files, [](const MailFile& file, Line& out) {
    out.text("part", file.part);
    out.text("name", file.name);
    out.text("type", file.type);
    out.number("size", file.bytes.size());
  });
  return line.done();
}

void show(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream contents;
  contents << file.rdbuf();
  const std::string bytes = contents.str();
  std::string_view rest = bytes;
  const bool mailbox = is_mailbox(rest);
  while (!rest.empty()) {
    const size_t size = mailbox ? cut_mail(rest, true) : rest.size();
    const std::string_view one = rest.substr(0, size);
    const std::string mail = mailbox ? unwrapped_mail(one) : std::string(one);
    fmt::print("{}\n", json_of(path, bytes.size() - rest.size(), mail));
    rest.remove_prefix(size);
  }
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) show(argv[i]);
  return 0;
}
