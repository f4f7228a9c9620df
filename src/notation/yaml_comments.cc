// SPDX-License-Identifier: Apache-2.0
#include "notation/yaml_comments.h"

#include <algorithm>

// Comments are what begins with # and is in no scalar. Every item has its
// place in the text; a comment is decided by the item that began last before
// it and the one that begins next.
namespace simwarden {
namespace {

using Form = LaidNode::Form;

constexpr size_t kNone = SIZE_MAX;

struct Span {
  size_t begin;
  size_t end;
};

struct Comment {
  size_t at;
  std::string text;
  bool own_line;
  bool after_blank;
  size_t column;
};

// An item, the collection that it is in, and the item that has that as its
// value.
struct Anchor {
  LaidItem* item;
  LaidNode* in;
  size_t owner;
};

std::string without_trailing_blanks(std::string_view text) {
  const size_t last = text.find_last_not_of(" \r");
  return std::string(text.substr(0, last + 1));
}

class Placer {
 public:
  Placer(std::string_view text, LaidItem& root) : text_(text) {
    anchors_.push_back({&root, nullptr, kNone});
    gather(root, 0);
  }

  void place() {
    for (const Comment& comment : find_comments()) {
      if (comment.own_line) {
        place_line(comment);
      } else {
        place_trailing(comment);
      }
    }
    for (const Anchor& anchor : anchors_) {
      const bool in_block =
          anchor.in != nullptr && anchor.in->form == Form::block;
      if (in_block && after_blank(anchor.item->begin)) {
        anchor.item->before.emplace_back();
      }
    }
  }

 private:
  void gather(LaidItem& item, size_t self) {
    if (item.key) add_span(*item.key);
    add_span(item.value);
    for (LaidItem& below : item.value.items) {
      anchors_.push_back({&below, &item.value, self});
      gather(below, anchors_.size() - 1);
    }
  }

  void add_span(const LaidNode& node) {
    if (node.raw.empty()) return;
    if (node.form != Form::block_text) {
      spans_.push_back({node.begin, node.end});
      return;
    }
    // Between the marks and the end of their line there may be a comment.
    const size_t marks =
        std::min(node.raw.find_first_of(" #\n"), node.raw.size());
    const size_t line = std::min(node.raw.find('\n'), node.raw.size());
    spans_.push_back({node.begin, node.begin + marks});
    spans_.push_back({node.begin + line, node.end});
  }

  size_t line_begin(size_t at) const {
    const size_t before =
        at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
    return before == std::string_view::npos ? 0 : before + 1;
  }

  // Whether `at` is the first of its line, and the line above is blank and
  // belongs to no text.
  bool after_blank(size_t at) const {
    const size_t line = line_begin(at);
    if (line == 0 || text_.find_first_not_of(' ', line) != at) return false;
    const size_t above = line_begin(line - 1);
    if (text_.find_first_not_of(' ', above) != line - 1) return false;
    const auto next = std::lower_bound(
        spans_.begin(), spans_.end(), at,
        [](const Span& span, size_t to) { return span.begin < to; });
    return next == spans_.begin() || std::prev(next)->end < above;
  }

  std::vector<Comment> find_comments() const {
    std::vector<Comment> found;
    size_t at = 0;
    for (const Span& span : spans_) {
      find_between(at, span.begin, found);
      at = span.end;
    }
    find_between(at, text_.size(), found);
    return found;
  }

  void find_between(size_t at, size_t end, std::vector<Comment>& found) const {
    while (at < end) {
      const size_t mark = text_.substr(at, end - at).find('#');
      if (mark == std::string_view::npos) return;
      at += mark;
      const size_t stop = std::min(text_.find('\n', at), text_.size());
      Comment comment;
      comment.at = at;
      comment.text = without_trailing_blanks(text_.substr(at, stop - at));
      comment.column = at - line_begin(at);
      comment.own_line =
          text_.find_first_not_of(' ', at - comment.column) == at;
      comment.after_blank = after_blank(at);
      found.push_back(std::move(comment));
      at = stop;
    }
  }

  // The last item that began at or before `at`.
  size_t begun(size_t at) const {
    const auto next = std::upper_bound(anchors_.begin() + 1, anchors_.end(), at,
                                       [](size_t to, const Anchor& anchor) {
                                         return to < anchor.item->begin;
                                       });
    return size_t(next - anchors_.begin()) - 1;
  }

  static bool is_open_flow(const LaidNode* node, size_t at) {
    return node != nullptr && node->form == Form::flow && node->end > at;
  }
  static bool is_closed_flow(const LaidNode* node, size_t at) {
    return node != nullptr && node->form == Form::flow && node->end <= at;
  }

  // The same, but what was closed since counts as a whole.
  size_t subject(size_t at) const {
    size_t i = begun(at);
    while (is_closed_flow(anchors_[i].in, at)) i = anchors_[i].owner;
    return i;
  }

  // Comments that were set below each other stay so: the gap counts.
  void place_trailing(const Comment& comment) {
    const size_t self = subject(comment.at);
    LaidItem& item = *anchors_[self].item;
    const bool nothing = item.value.form == Form::nothing;
    // Behind the --- of a document, which we do not keep.
    const bool above_all =
        self == 0 && (nothing || item.value.form == Form::block ||
                      item.value.begin > comment.at);
    if (above_all) return place_line(comment);
    if (!item.trailing.empty()) {
      item.before.push_back(item.trailing.substr(item.trailing.find('#')));
    }
    const size_t stop = text_.find_last_not_of(' ', comment.at - 1);
    const size_t gap = std::max<size_t>(comment.at - stop - 1, 1);
    item.trailing = std::string(gap, ' ') + comment.text;
  }

  static void put(std::vector<std::string>& lines, const Comment& comment,
                  bool keep_blank) {
    if (comment.after_blank && keep_blank) lines.emplace_back();
    lines.push_back(comment.text);
  }

  void place_line(const Comment& comment) {
    const size_t self = subject(comment.at);
    const Anchor& last = anchors_[self];
    const size_t next_index = begun(comment.at) + 1;
    const Anchor* next =
        next_index < anchors_.size() ? &anchors_[next_index] : nullptr;
    const LaidNode& value = last.item->value;
    const bool value_follows = value.form != Form::nothing &&
                               value.form != Form::block &&
                               value.begin > comment.at;
    if (value_follows) return put(last.item->before, comment, false);
    LaidNode* flow = nullptr;
    if (is_open_flow(last.in, comment.at)) flow = last.in;
    if (is_open_flow(&value, comment.at)) flow = &last.item->value;
    if (flow != nullptr) {
      const bool inside = next != nullptr && next->item->begin < flow->end;
      return put(inside ? next->item->before : flow->after, comment, false);
    }
    place_in_block(comment, self, next);
  }

  // By indentation: still the collection above, or what comes next.
  void place_in_block(const Comment& comment, size_t self, const Anchor* next) {
    if (next != nullptr && next->owner == self) {
      return put(next->item->before, comment, true);
    }
    if (self != self_before_) at_ = self_before_ = self;
    while (anchors_[at_].in != nullptr) {
      LaidNode* in = anchors_[at_].in;
      if (next != nullptr && in == next->in) break;
      const bool outermost = next == nullptr && anchors_[at_].owner == 0;
      if (comment.column >= in->column || outermost) {
        return put(in->after, comment, true);
      }
      at_ = anchors_[at_].owner;
    }
    if (next != nullptr) return put(next->item->before, comment, true);
    LaidItem& root = *anchors_[0].item;
    const bool closed = root.value.form == Form::flow;
    put(closed ? root.before : root.value.after, comment, !closed);
  }

  std::string_view text_;
  std::vector<Anchor> anchors_;  // in the order of the text; [0] is the root
  std::vector<Span> spans_;      // of scalars
  // Comments below one item only ever go outwards.
  size_t self_before_ = kNone;
  size_t at_ = kNone;
};

}  // namespace

void place_comments(std::string_view text, LaidItem& root) {
  Placer(text, root).place();
}

}  // namespace simwarden
