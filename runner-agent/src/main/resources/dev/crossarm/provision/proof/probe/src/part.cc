// What C++ needs of its standard library: streams, containers, exceptions, type information, threads and what ends with them.
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

struct Shape {
    virtual ~Shape() = default;
};

struct Square : Shape {
    int side = 3;
};

struct CountsItsEnd {
    int *ended = nullptr;
    ~CountsItsEnd() {
        if (ended != nullptr) {
            ++*ended;
        }
    }
};

thread_local CountsItsEnd local;

std::string found(const std::string &name) {
    const std::map<std::string, int> known{{"one", 1}};
    try {
        return std::to_string(known.at(name));
    } catch (const std::out_of_range &) {
        return "caught";
    }
}

}  // namespace

/* 1 when all of it works, else 0. */
extern "C" int probe_cpp() {
    int ended = 0;
    for (int i = 0; i < 4; i++) {
        std::thread([&ended] { local.ended = &ended; }).join();
    }
    const std::unique_ptr<Shape> shape = std::make_unique<Square>();
    const auto *square = dynamic_cast<const Square *>(shape.get());
    std::ostringstream said;
    said << found("one") << ' ' << found("two") << ' ' << ended << ' ' << (square == nullptr ? 0 : square->side);
    return said.str() == "1 caught 4 3" ? 1 : 0;
}
