#error "<@name@> belongs to the standard library of C++, which is not there for musl: install it with 'crossarm provision --cpp'"
#include "C++ for musl: crossarm provision --cpp"
