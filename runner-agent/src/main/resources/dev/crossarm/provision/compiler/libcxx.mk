# Builds libc++ and libc++abi for the target from the sources in zig's wheel, with zig's clang, against musl's headers.
# Position-independent, because Rust's programs are; a section for each function, so that programs get what they call.
SOURCES := $(ZIG)/lib
CXX := $(ZIG)/zig clang --driver-mode=g++

FLAGS := --target=$(TARGET) -O2 -fPIC -ffunction-sections -fdata-sections -funwind-tables -std=c++23 -w \
  -nostdinc -nostdinc++ -fvisibility=hidden -fvisibility-inlines-hidden -DNDEBUG -DLIBCXX_BUILDING_LIBCXXABI $(DEFINES) \
  -I$(SOURCES)/libcxx/include -I$(SOURCES)/libcxxabi/include -I$(SOURCES)/libcxx/src -I$(SOURCES)/libcxx/libc \
  -isystem $(SOURCES)/include -isystem $(MUSL)/include -idirafter $(MUSL)/kernel

# Left out: parts for other systems, and what libc++ itself calls experimental.
OTHERS := $(addprefix $(SOURCES)/libcxx/src/,pstl/% support/% experimental/%)
LIBRARY := $(filter-out $(OTHERS),$(sort $(shell find $(SOURCES)/libcxx/src -name '*.cpp')))
# The other half of a pair: for programs without exceptions.
RUNTIME := $(filter-out %/cxa_noexception.cpp,$(sort $(wildcard $(SOURCES)/libcxxabi/src/*.cpp)))

all: libc++.a libc++abi.a
.PHONY: all
.DELETE_ON_ERROR:

libc++.a: $(LIBRARY:$(SOURCES)/%.cpp=objects/%.o)
libc++abi.a: $(RUNTIME:$(SOURCES)/%.cpp=objects/%.o)
libc++.a libc++abi.a:
	@$(AR) crsD $@ $^

objects/libcxx/%.o: $(SOURCES)/libcxx/%.cpp
	@echo 'compiling $*.cpp'
	@mkdir -p $(@D)
	@$(CXX) $(FLAGS) -D_LIBCPP_BUILDING_LIBRARY -c $< -o $@

objects/libcxxabi/%.o: $(SOURCES)/libcxxabi/%.cpp
	@echo 'compiling $*.cpp'
	@mkdir -p $(@D)
	@$(CXX) $(FLAGS) -D_LIBCPP_BUILDING_LIBRARY -D_LIBCXXABI_BUILDING_LIBRARY \
	  -DLIBCXXABI_NON_DEMANGLING_TERMINATE -fstrict-aliasing -c $< -o $@
