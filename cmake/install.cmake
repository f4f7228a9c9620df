# `cmake --install build/release` puts the program and the policies where it
# looks for them: next to itself, under ../share/simwarden.
include(GNUInstallDirs)
install(TARGETS simwarden)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/policies
  DESTINATION ${CMAKE_INSTALL_DATADIR}/simwarden)
configure_file(${CMAKE_SOURCE_DIR}/cmake/simwarden.service.in
  ${CMAKE_BINARY_DIR}/simwarden.service @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/simwarden.service
  DESTINATION lib/systemd/system)
