#pragma once
#include "rust/cxx.h"
#include <memory>
#include <string>

class Counter {
  public:
    explicit Counter(int start) : start(start) {}
    int add(const std::string &text) const;
    const int start;
};

std::unique_ptr<Counter> new_counter(int start);
std::unique_ptr<std::string> name_of(const Counter &counter);
