#include <atomic>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <typeinfo>
#include <vector>

namespace {

std::atomic<int> destroyed{0};

struct Counted {
    int value = 0;
    ~Counted() { destroyed++; }
};

thread_local Counted of_this_thread;

int deeper(int depth) {
    Counted on_the_stack;
    if (depth == 0) throw std::out_of_range("bottom");
    return deeper(depth - 1) + 1;
}

struct Shape {
    virtual ~Shape() = default;
};
struct Square : Shape {};

}  // namespace

extern "C" int thrown_and_caught(int depth) {
    destroyed = 0;
    try {
        return deeper(depth);
    } catch (const std::logic_error &error) {
        return std::string(error.what()) == "bottom" ? destroyed - 1 : -1;
    }
}

extern "C" int words(const char *text) {
    std::istringstream stream(text);
    std::map<std::string, int> counted;
    for (std::string word; stream >> word;) counted[word]++;
    return static_cast<int>(counted.size());
}

extern "C" int sum_of_threads(int threads) {
    destroyed = 0;
    std::atomic<int> sum{0};
    std::vector<std::thread> running;
    for (int i = 0; i < threads; i++) {
        running.emplace_back([&sum] {
            for (int j = 0; j < 1000; j++) of_this_thread.value++;
            sum += of_this_thread.value;
        });
    }
    for (auto &thread : running) thread.join();
    // Each thread's own value was destroyed as the thread ended.
    return sum + destroyed;
}

extern "C" int casts() {
    std::unique_ptr<Shape> shape = std::make_unique<Square>();
    try {
        throw *static_cast<Square *>(shape.get());
    } catch (const Shape &caught) {
        return dynamic_cast<Square *>(shape.get()) != nullptr && typeid(caught) == typeid(Square);
    }
}
