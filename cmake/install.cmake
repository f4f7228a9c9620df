# `cmake --install build/release` puts the program and the policies where it
# looks for them: next to itself, under ../share/simwarden. tools/package makes
# a Debian package of the same files.
include(GNUInstallDirs)
install(TARGETS simwarden)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/policies
  DESTINATION ${CMAKE_INSTALL_DATADIR}/simwarden)

set(from ${CMAKE_SOURCE_DIR}/packaging)
install(FILES ${from}/simwarden.service DESTINATION lib/systemd/system)
install(FILES ${from}/simwarden.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${from}/simwarden.bash RENAME simwarden
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)

install(DIRECTORY ${CMAKE_SOURCE_DIR}/docs DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/CHANGELOG.md
  DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE ${from}/copyright
  DESTINATION ${CMAKE_INSTALL_DOCDIR})
# What the pages screen, and what a list of phrases is learnt from beside one's
# own; corpus/unread is for measuring only.
install(DIRECTORY ${CMAKE_SOURCE_DIR}/corpus
  DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples PATTERN unread EXCLUDE)
install(FILES ${from}/simwarden.yaml
  DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "simwarden <simwarden@simwarden.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
  "screens SIM replacement requests and messages against policy")
set(CPACK_PACKAGE_DESCRIPTION
"Was an official channel used, was the person's identity verified as required,
does a message carry contacts or links that lead away from official service?
Screens logs and mailboxes, filters what arrives as a daemon, keeps every
verdict with its proof, and writes compliance reports.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Clocks of places are the machine's (docs/adr/0024); /bin/kill reloads.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "tzdata, procps")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${from}/postinst ${from}/prerm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
