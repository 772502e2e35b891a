# SPDX-License-Identifier: MIT
# What every target of the project shares: standard, warnings, sanitizers, and one function per kind of target.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(HATSTAND_CCACHE ccache)
if(HATSTAND_CCACHE)
    # By paths relative to the tree, so that one clone finds what another has compiled.
    set(CMAKE_C_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${HATSTAND_CCACHE})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_C_COMPILER_LAUNCHER})
endif()

# For size first: most of the time is Qt's and the libraries', and what is not loaded takes no memory.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG -ffunction-sections -fdata-sections")
set(CMAKE_EXE_LINKER_FLAGS_RELEASE "-Wl,--gc-sections -Wl,-O1")

add_library(hatstand_options INTERFACE)
target_compile_options(hatstand_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wformat=2
    $<$<BOOL:${HATSTAND_WERROR}>:-Werror>)
target_compile_definitions(hatstand_options INTERFACE
    QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_KEYWORDS QT_STRICT_ITERATORS
    QT_DISABLE_DEPRECATED_BEFORE=0x060400 HATSTAND_VERSION="${PROJECT_VERSION}")
target_include_directories(hatstand_options INTERFACE ${CMAKE_SOURCE_DIR})
if(HATSTAND_SANITIZE)
    target_compile_options(hatstand_options INTERFACE -fsanitize=${HATSTAND_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(hatstand_options INTERFACE -fsanitize=${HATSTAND_SANITIZE})
    target_compile_definitions(hatstand_options INTERFACE HATSTAND_SANITIZED)
endif()
if(HATSTAND_FUZZ)
    # So that libFuzzer sees which branches of the libraries an input takes.
    target_compile_options(hatstand_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(HATSTAND_COVERAGE)
    target_compile_options(hatstand_options INTERFACE --coverage -O0)
    target_link_options(hatstand_options INTERFACE --coverage)
endif()

# hatstand_library(base SOURCES a.cpp ... PUBLIC Qt6::Core ... PRIVATE ...)
# A static library hatstand_<name>. Its PUBLIC and PRIVATE lines are who it may know: the architecture.
function(hatstand_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(hatstand_${name} STATIC ${ARG_SOURCES})
    target_link_libraries(hatstand_${name} PUBLIC hatstand_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()
