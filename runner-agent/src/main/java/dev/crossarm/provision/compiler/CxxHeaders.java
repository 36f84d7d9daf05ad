package dev.crossarm.provision.compiler;

import java.util.List;

/**
 * Headers of the C++ standard library, C++98 to C++23 (ISO/IEC 14882:2024, [headers]), without those C has too, and without
 * {@code version}: code that needs none of the library asks for that one, to see whether it is there.
 */
final class CxxHeaders {
    private static final String ALL = """
                    algorithm any array atomic barrier bit bitset charconv chrono codecvt compare complex concepts
                    condition_variable coroutine deque exception execution expected filesystem flat_map flat_set format
                    forward_list fstream functional future generator initializer_list iomanip ios iosfwd iostream istream
                    iterator latch limits list locale map mdspan memory memory_resource mutex new numbers numeric optional
                    ostream print queue random ranges ratio regex scoped_allocator semaphore set shared_mutex
                    source_location span spanstream sstream stack stacktrace stdexcept stdfloat stop_token streambuf
                    string string_view strstream syncstream system_error thread tuple type_traits typeindex typeinfo
                    unordered_map unordered_set utility valarray variant vector
                    cassert ccomplex cctype cerrno cfenv cfloat cinttypes ciso646 climits clocale cmath csetjmp csignal
                    cstdalign cstdarg cstdbool cstddef cstdint cstdio cstdlib cstring ctgmath ctime cuchar cwchar cwctype
                    """;

    static final List<String> NAMES = List.of(ALL.strip().split("\\s+"));

    private CxxHeaders() {}
}
