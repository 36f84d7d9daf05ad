#include "part.h"
#include <stdexcept>

int Counter::add(const std::string &text) const {
    try {
        return start + std::stoi(text);
    } catch (const std::invalid_argument &) {
        throw std::runtime_error("no number: " + text);
    }
}

std::unique_ptr<Counter> new_counter(int start) { return std::make_unique<Counter>(start); }

std::unique_ptr<std::string> name_of(const Counter &counter) {
    return std::make_unique<std::string>("counter " + std::to_string(counter.start));
}
