// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "judge/judge.h"
#include "record/verdict.h"

// Which paragraphs of a message stand out by themselves: an advert wrapped
// round an honest article is flagged at the wrapper only.
namespace simwarden {

// Paragraphs of one message that are judged alone: a text of a thousand lines
// must not cost a thousand verdicts.
inline constexpr size_t kBlocksJudgedMax = 64;

// Judges by themselves, with `judge`, the paragraphs of the record that
// `bench` looks at, those first in which evidence of `verdict` lies or from
// which something unofficial can be reached. Gives `verdict` those that do not
// pass, in order, and how many were not judged; nothing of a text with one
// paragraph.
// REQUIRES: the record is a message, and `judge` is not the one of `bench`.
void judge_blocks(Verdict& verdict, Bench& bench, Judge& judge);

}  // namespace simwarden
