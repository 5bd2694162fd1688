# SPDX-License-Identifier: Apache-2.0
# sohoa_target(NAME): C++20, every warning an error, sanitizers when asked.
add_library(sohoa_warnings INTERFACE)
target_compile_features(sohoa_warnings INTERFACE cxx_std_20)
target_compile_options(sohoa_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wformat=2
  # Clang, which only fuzzes, warns of other things in each version.
  $<$<CXX_COMPILER_ID:GNU>:-Werror>
  # GCC 12 sees dangling pointers and overflows in inlined library code at -O2 that are not there.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-stringop-overflow -Wno-array-bounds
                           -Wno-maybe-uninitialized>)

function(sohoa_target name)
  target_link_libraries(${name} PRIVATE sohoa_warnings)
  target_include_directories(${name} PUBLIC "${CMAKE_SOURCE_DIR}")
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF)
  # The record's header brings the JSON library, a third of most files' time. ccache does better without; clang-tidy, which
  # reads the other builds' commands, wants none of GCC's.
  if(CMAKE_BUILD_TYPE STREQUAL Release AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    target_precompile_headers(${name} PRIVATE "${CMAKE_SOURCE_DIR}/core/document.hpp")
  endif()
  if(SOHOA_SANITIZE)
    target_compile_options(${name} PUBLIC -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${name} PUBLIC -fsanitize=address,undefined)
  endif()
  if(SOHOA_FUZZ)
    set(sanitizers -fsanitize=fuzzer-no-link,address,undefined,float-cast-overflow)
    target_compile_options(${name} PUBLIC ${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${name} PUBLIC ${sanitizers})
  endif()
endfunction()
