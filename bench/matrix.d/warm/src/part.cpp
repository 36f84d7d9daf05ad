#include <stdexcept>
#include <string>

extern "C" int cpp_part(const char *text) {
    try {
        return std::stoi(std::string(text));
    } catch (const std::exception &) {
        return -1;
    }
}
