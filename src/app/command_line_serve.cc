// SPDX-License-Identifier: Apache-2.0
#include "app/command_options.h"

// The options of the daemon; all else is in its file of settings.
namespace simwarden {

void add_serve(CLI::App& top, ServeOptions& o, int& exit_code) {
  CLI::App* app =
      top.add_subcommand("serve", "Judge what arrives, as a daemon");
  app->add_option("--config", o.config, "Its settings (docs/serve.md)")
      ->required()
      ->type_name("FILE");
  app->add_flag("--check", o.check,
                "Read settings, tokens, certificates and policies, say what is "
                "wrong with them, and open nothing");
  add_new_site_key(app, o.key_change);
  app->footer(
      "Examples:\n"
      "  simwarden serve --config simwarden.yaml --check\n"
      "  simwarden serve --config simwarden.yaml\n"
      "  kill -HUP PID    reads the policies again\n"
      "  kill PID         finishes what is in flight, then ends\n\n"
      "Exit codes: 0 stopped as asked, 2 a policy is wrong, 3 the settings "
      "are wrong,\n5 a door could not be opened.");
  app->callback([&o, &exit_code] { exit_code = run_serve(o); });
}

}  // namespace simwarden
