// SPDX-License-Identifier: Apache-2.0
#include "report/document.h"

#include <csignal>
#include <cstdio>

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>
#include <unistd.h>

namespace simwarden {
namespace {

ReportTable two_columns() {
  return {.id = "demo", .columns = {{"name", "Name"}, {"hits", "Hits"}}};
}

// Whether a row of so many cells is taken for a bug of ours.
bool ends_the_program(size_t cells) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);  // Boost.Test's would go on
    (void)std::freopen("/dev/null", "w", stderr);
    two_columns().add(std::vector<Cell>(cells));
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

BOOST_AUTO_TEST_SUITE(document)

BOOST_AUTO_TEST_CASE(a_row_has_a_cell_for_each_column) {
  BOOST_TEST(ends_the_program(1));
  BOOST_TEST(!ends_the_program(2));
  BOOST_TEST(ends_the_program(3));
  ReportTable table = two_columns();
  table.add({text_cell("R-1"), count_cell(7)});
  BOOST_TEST(table.rows.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
